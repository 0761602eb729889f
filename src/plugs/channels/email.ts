import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Channel, PageContent } from '../../modules/paging/index.ts'
import { htmlOf } from './email-html.ts'
import { subjectOf, textOf } from './email-message.ts'
import { worstFirst } from './wording.ts'

export const email: Channel = {
  name: 'email',
  icon: 'mail',
  title: { en: 'Mail', de: 'E-Mail' },
  short: { en: 'Mail', de: 'Mail' },
  about: 'needs `TOCSIN_SMTP_URL` and `TOCSIN_MAIL_FROM`',
  address: {
    schema: z.email('Write an e-mail address like ada@example.org.').max(254, 'An e-mail address has at most 254 characters.'),
    hint: { en: 'ada@example.org', de: 'Etwa ada@example.org' },
    example: 'ada@example.org',
  },
  can: { acknowledge: 'by a link', bundle: true, reaches: 'an inbox' },
  needs: 'mail',

  async send({ idempotencyKey, pages }, contact, { mail, now }) {
    if (!mail) return { kind: 'try-again', answer: 'outgoing mail is not set up: set TOCSIN_SMTP_URL and TOCSIN_MAIL_FROM' }
    const sorted = worstFirst(pages)
    const domain = domainOf(mail.from)
    return mail.send({
      to: contact.address,
      subject: subjectOf(sorted),
      text: textOf(sorted, now),
      html: htmlOf(sorted, now),
      headers: { ...urgencyOf(sorted), ...thread(sorted, domain), ...BY_A_MACHINE },
      // The same for every attempt, so that mail programs show a repeated page once.
      messageId: `<page-${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32)}@${domain}>`,
    })
  },
}

/** Keeps holiday notices and list software from answering a page. */
const BY_A_MACHINE = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }

function urgencyOf(pages: PageContent[]): Record<string, string> {
  return pages.some((page) => page.incident.urgency === 'high') ? { Importance: 'high', 'X-Priority': '1' } : {}
}

/** All mails about one incident hang on a mail that does not exist, so that they are shown together. */
function thread(pages: PageContent[], domain: string): Record<string, string> {
  const [first, ...others] = pages
  if (!first || others.length > 0) return {}
  const root = `<${first.incident.id.replace(/[^\w.-]/g, '')}@${domain}>`
  return { References: root, 'In-Reply-To': root }
}

function domainOf(from: string): string {
  return /@([\w.-]+)/.exec(from)?.[1] ?? 'tocsin.invalid'
}
