import { MINUTE, SECOND } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import type { Mailer } from '../../platform/mail.ts'
import type { Documents } from '../documents/index.ts'
import { numberText } from '../incidents/index.ts'
import { Person } from '../people/index.ts'
import { reminderText } from '../timeline/index.ts'
import { leaseMail, type MailNotice, mailGone } from './reminder-store.ts'

const AT_ONCE = 20

export interface NoticeMailParts {
  db: Database
  documents: Documents
  mailer: Mailer | null
  publicUrl(): string
}

/** Notices go by mail to whoever has an address, at it and by no paging contact: nobody is woken by them. */
export function noticeMailLoop({ db, documents, mailer, publicUrl }: NoticeMailParts): Loop {
  return {
    name: 'notice-mail',
    restsInPause: true,
    everyMs: 10 * SECOND,
    async tick(now) {
      if (mailer === null) return 0
      const due = await leaseMail(db.sql, now, now + 10 * MINUTE, AT_ONCE)
      if (due.length === 0) return 0
      const snapshot = documents.last()
      const gone = await Promise.all(
        due.map(async (notice) => {
          const person = snapshot.get(Person, notice.person)?.spec
          if (!person?.email) return notice.id
          const outcome = await mailer.send({ to: person.email, ...contentOf(notice, person.language ?? 'en', publicUrl()) })
          return outcome.kind === 'try-again' ? null : notice.id
        }),
      )
      await mailGone(
        db.sql,
        gone.flatMap((id) => id ?? []),
      )
      return gone.filter((id) => id !== null).length
    },
  }
}

/** Of a private incident a mail tells the number alone. */
function contentOf({ id, number, title, private: isPrivate, what }: MailNotice, language: 'en' | 'de', url: string) {
  const named = numberText(number)
  const said = reminderText(what.rule, what.rule === 'task' ? '' : what.subject, language)
  const link = `${url}/incidents/${named}`
  const first = isPrivate ? named : `${named}: ${title}`
  return {
    subject: `${named}: ${said}`,
    text: `${first}\n${said}\n\n${link}\n`,
    html: `<p>${escaped(first)}</p><p>${escaped(said)}</p><p><a href="${escaped(link)}">${escaped(named)}</a></p>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    messageId: `<${id}@notices.tocsin>`,
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
