import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { contactAt, reachWith, somePage } from '../../../test/world/pages.ts'
import { type MailServer, type ReceivedMail, startMailServer } from '../../../test/world/smtp-server.ts'
import type { PageContent } from '../../modules/paging/index.ts'
import { createEgress } from '../../platform/egress/index.ts'
import { createMailer } from '../../platform/mail.ts'
import { email } from './email.ts'

const egress = createEgress({ allow: [], userAgent: 'Tocsin/test' })
let server: MailServer
let mail: ReturnType<typeof createMailer>

beforeEach(async () => {
  server = await startMailServer()
  mail = createMailer({ url: server.url, from: 'Tocsin <tocsin@pages.example.org>', timeoutMs: 5000 })
})

afterEach(async () => {
  mail.close()
  await server.close()
})

const send = (pages: PageContent[], idempotencyKey = 'inc_1:1:1:1:ada:1') =>
  email.send({ idempotencyKey, pages }, contactAt('ada@example.org'), reachWith(egress, { mail }))

async function sent(pages: PageContent[], key?: string): Promise<ReceivedMail> {
  expect(await send(pages, key)).toEqual({ kind: 'delivered', answer: expect.stringContaining('queued as 4711') })
  const received = server.mails.at(-1)!
  return { ...received, text: received.text.replaceAll('\r\n', '\n'), html: received.html.replaceAll('\r\n', '\n') }
}

/** What a reader sees of the HTML. */
function visible(html: string): string {
  return html
    .replace(/<(style|title)>[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, '\n')
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))
    .replace(/&nbsp;/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
}

/** Every link a reader can follow, by its words. */
function linksIn(html: string): Record<string, string> {
  const found = [...html.matchAll(/<a [^>]*?href="([^"]*)"[^>]*>([^<]*)<\/a>/g)]
  return Object.fromEntries(
    found.map(([, url = '', words = '']) => [words, url.replace(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))]),
  )
}

describe('a page by mail', () => {
  test('says in the subject how bad, what and which', async () => {
    const { to, from, subject } = await sent([somePage()])
    expect(to).toEqual(['ada@example.org'])
    expect(from).toBe('tocsin@pages.example.org')
    expect(subject).toBe('[SEV1] Checkout is down (INC-142)')
  })

  test('says in plain words since when, where, why me, what to do and what happens otherwise', async () => {
    const { text } = await sent([somePage({ page: { ifNobodyActs: 'Level 2 (Li Wei) is paged at 14:07 UTC.' } })])
    expect(text.trimEnd()).toBe(`SEV1 Checkout is down (INC-142)

Service: checkout
Since:   16:02 Berlin, 14:02 UTC (12 min ago)
Alerts:  3
Why you: You are on call for payments.

Acknowledge: https://tocsin.example.org/a/ack-sYqE5mJx0nQ2
Escalate:    https://tocsin.example.org/a/esc-Hn6vRd1CuXy4
Resolve:     https://tocsin.example.org/a/res-Zk3fTq8LwPb7
Open:        https://tocsin.example.org/incidents/INC-142

Level 2 (Li Wei) is paged at 14:07 UTC.

- 5xx above 5 %
    alertname = Checkout5xx
    region = eu-1

-- 
Sent to Ada Lovelace by Tocsin. Each action opens a page that asks once more before anything happens; whoever has this mail can take them.`)
  })

  test('is in German for somebody who reads German', async () => {
    const { text, html } = await sent([somePage({ person: { language: 'de' } })])
    expect(text.trimEnd()).toContain(`Service:   checkout
Seit:      16:02 Berlin, 14:02 UTC (vor 12 min)
Alerts:    3
Warum Sie: You are on call for payments.

Quittieren:  https://tocsin.example.org/a/ack-sYqE5mJx0nQ2
Eskalieren:  https://tocsin.example.org/a/esc-Hn6vRd1CuXy4
Lösen:       https://tocsin.example.org/a/res-Zk3fTq8LwPb7
Öffnen:      https://tocsin.example.org/incidents/INC-142

Quittiert niemand, wird die nächste Stufe der Eskalationsrichtlinie alarmiert.`)
    expect(html).toContain('<html lang="de">')
    expect(Object.keys(linksIn(html))).toEqual(expect.arrayContaining(['Quittieren', 'Eskalieren', 'Lösen']))
  })

  test('shows the same in HTML, with the three actions as buttons', async () => {
    const { html } = await sent([somePage()])
    const words = visible(html)
    for (const part of [
      'SEV1',
      'INC-142',
      'Checkout is down',
      'checkout',
      '16:02 Berlin, 14:02 UTC (12 min ago)',
      '3 alerts',
      'You are on call for payments.',
    ]) {
      expect(words).toContain(part)
    }
    for (const part of ['5xx above 5 %', 'alertname', 'Checkout5xx', 'If nobody acknowledges, the next level', 'Sent to Ada Lovelace'])
      expect(words).toContain(part)
    expect(linksIn(html)).toEqual({
      Acknowledge: 'https://tocsin.example.org/a/ack-sYqE5mJx0nQ2',
      Escalate: 'https://tocsin.example.org/a/esc-Hn6vRd1CuXy4',
      Resolve: 'https://tocsin.example.org/a/res-Zk3fTq8LwPb7',
      'INC-142': 'https://tocsin.example.org/incidents/INC-142',
    })
  })

  test('loads nothing from anywhere, and knows dark mode', async () => {
    const { html } = await sent([somePage()])
    expect(html).not.toMatch(/<(img|link|script|iframe|object|svg|form|base)\b|\bsrc=|url\(|@import|http-equiv/i)
    expect(html).toContain('<meta name="color-scheme" content="light dark">')
    expect(html).toContain('@media (prefers-color-scheme: dark)')
  })

  test('is urgent only when it is, is one thread per incident and one mail over all attempts', async () => {
    const first = (await sent([somePage()])).headers
    const again = (await sent([somePage({ page: { attempt: 2, possiblyDuplicate: true } })])).headers
    const later = (await sent([somePage({ incident: { urgency: 'low' } })], 'inc_1:1:2:1:ada:1')).headers
    expect(first.get('message-id')).toMatch(/^<page-[0-9a-f]{32}@pages\.example\.org>$/)
    expect(again.get('message-id')).toBe(first.get('message-id'))
    expect(later.get('message-id')).not.toBe(first.get('message-id'))
    expect([first, again, later].map((headers) => headers.get('references'))).toEqual(Array(3).fill('<inc_1@pages.example.org>'))
    expect([first.get('importance'), later.get('importance')]).toEqual(['high', undefined])
    expect(first.get('auto-submitted')).toBe('auto-generated')
  })

  test('says when it may be the second of its kind', async () => {
    const { text, html } = await sent([somePage({ page: { possiblyDuplicate: true } })])
    expect(text).toContain('You may have had this page before')
    expect(html).toContain('You may have had this page before')
  })

  test('without service, alerts or labels has no empty places', async () => {
    const { text } = await sent([somePage({ incident: { service: null, severity: 4 }, alerts: { count: 0, newest: [] } })])
    expect(text).toMatch(/^SEV4 Checkout is down \(INC-142\)\n\nSince: .*\nWhy you: .*\n\nAcknowledge/)
  })
})

describe('hostile words', () => {
  const EVIL = `"><img src=x onerror=alert(1)><script>alert('2')</script></style><a href='http://evil.example.org'>\u0000\u202Emoc`
  const LINE = 'x\r\nAcknowledge: http://evil.example.org/a\u2028Escalate: http://evil.example.org/b'
  const hostile = somePage({
    page: { reason: `${EVIL} ${LINE}`, ifNobodyActs: `${EVIL} ${LINE}` },
    incident: { title: `${EVIL} ${LINE}`, service: `${EVIL} ${LINE}`, number: 'INC-142' },
    person: { name: 'ada', displayName: `${EVIL} ${LINE}` },
    alerts: {
      count: 1,
      newest: [
        {
          dedupKey: EVIL,
          title: `${EVIL} ${LINE}`,
          severity: 1,
          labels: { [`${EVIL}${LINE}`]: `${EVIL} ${LINE}` },
          annotations: {},
        },
      ],
    },
    actions: { acknowledge: `https://tocsin.example.org/a/1?x="><b>&y='` },
  })

  test.each([
    ['a page', [hostile]],
    ['a bundle', [hostile, hostile]],
  ])('stay words in %s', async (_form, pages) => {
    const { html, text, subject, headers } = await sent(pages)
    expect(html).not.toMatch(/<img|<script|<a href='|<b>|\u202E|\0/)
    // Take away every tag we write ourselves: nothing that opens one may be left.
    const ours = /<\/?(html|head|body|meta|title|style|table|tr|td|div|p|h1|h2|a|span|br)( [a-z-]+="[^"<>]*")*>|<!doctype html>/g
    expect(html.replace(ours, '')).not.toMatch(/[<>]/)
    expect(Object.values(linksIn(html)).every((url) => url.startsWith('https://tocsin.example.org/'))).toBe(true)
    expect(visible(html)).toContain("<script>alert('2')</script>")
    expect(text).not.toMatch(/^\s*(Acknowledge|Escalate): http:\/\/evil/m)
    expect(text).not.toMatch(/[\u2028\u202E\0]/)
    expect(subject).toMatch(/^\[SEV1\] "><img src=x.* \(INC-142\)/)
    expect([...headers.keys()]).not.toContain('escalate')
  })

  test('that are very long do not push the buttons away', async () => {
    const labels = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`label${i}`, 'v'.repeat(5000)]))
    const newest = Array.from({ length: 20 }, (_, i) => ({
      dedupKey: `${i}`,
      title: 'T'.repeat(5000),
      severity: 1,
      labels,
      annotations: {},
    }))
    const { html, text, subject } = await sent([somePage({ incident: { title: 'T'.repeat(5000) }, alerts: { count: 20, newest } })])
    expect(subject.length).toBeLessThan(160)
    expect(html.length).toBeLessThan(40_000)
    expect(text).toContain('and 288 more')
  })
})

describe('a bundle', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      somePage({
        incident: {
          id: `inc_${i}`,
          number: `INC-${i}`,
          title: `Broken ${i}`,
          severity: i === 3 ? 1 : 2,
          url: `https://tocsin.example.org/incidents/INC-${i}`,
        },
        actions: { acknowledge: `https://tocsin.example.org/a/ack-${i}` },
      }),
    )

  test('has the worst on top and the buttons of each', async () => {
    const { subject, html, text, headers } = await sent(many(5), 'bun_1')
    expect(subject).toBe('[SEV1] Broken 3 (INC-3) and 4 more')
    expect(text).toMatch(
      /^5 incidents need you\.\n\nSEV1 Broken 3 \(INC-3\)\n {2}checkout · since .*\n {2}Acknowledge: https:\/\/tocsin\.example\.org\/a\/ack-3\n/,
    )
    expect([...html.matchAll(/a\/ack-(\d)"/g)].map(([, i]) => i)).toEqual(['3', '0', '1', '2', '4'])
    expect(headers.has('references')).toBe(false)
  })

  test('of a storm names what it can and counts the rest, within what mail programs show', async () => {
    const { html, text } = await sent(many(1000), 'bun_2')
    expect(html.length).toBeLessThan(100_000)
    expect(html).toContain('… and 835 more.')
    expect(text).toContain('… and 835 more.')
    expect([...html.matchAll(/INC-\d+"/g)]).toHaveLength(165)
  })
})

describe('what the mail server answers decides', () => {
  test('an unknown mailbox is final, a full one is not, silence after DATA leaves it open', async () => {
    server.behave({ kind: 'refuse', at: 'recipient', code: 550, text: '5.1.1 no such user' })
    expect(await send([somePage()])).toEqual({ kind: 'gave-up', answer: '550 5.1.1 no such user' })
    server.behave({ kind: 'refuse', at: 'recipient', code: 452, text: '4.2.2 mailbox full' })
    expect(await send([somePage()])).toEqual({ kind: 'try-again', answer: '452 4.2.2 mailbox full' })
    server.behave({ kind: 'cut', at: 'data' })
    expect(await send([somePage()])).toMatchObject({ kind: 'unknown' })
  })

  test('without a mail server the settings are named', async () => {
    const outcome = await email.send({ idempotencyKey: 'k', pages: [somePage()] }, contactAt('ada@example.org'), reachWith(egress))
    expect(outcome).toEqual({ kind: 'try-again', answer: expect.stringContaining('TOCSIN_SMTP_URL') })
  })
})

test.each(['ada@example.org', 'ada.lovelace+pager@mail.example.co.uk'])('%s is an address', (address) => {
  expect(email.address.schema.safeParse(address).success).toBe(true)
})

test.each(['ada', 'ada@', 'ada@example.org, eve@example.org', 'ada@example.org\r\nBcc: eve@example.org', 'Ada <ada@example.org>', ''])(
  '%j is refused with the mend',
  (address) => {
    expect(email.address.schema.safeParse(address).error?.issues.map((issue) => issue.message)).toEqual([
      'Write an e-mail address like ada@example.org.',
    ])
  },
)
