import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { failedPage, overPage, unknownPage } from './link-pages.ts'
import { nightPage } from './night.ts'
import type { NightFacts } from './night-facts.ts'

const now = Date.parse('2026-11-20T03:11:24Z')
const hostile = `</h1><script>alert(1)</script><img src=x onerror='alert(2)'>"`

function someFacts(over: Partial<NightFacts> = {}): NightFacts {
  return {
    now,
    number: 142,
    title: 'API Gateway Down',
    severity: 1,
    joined: null,
    status: 'detected',
    since: now - 24_000,
    level: 1,
    reader: { displayName: 'Raj Iyer', zone: 'Europe/Berlin', language: 'en' },
    impact: '38 % of EU API calls fail.',
    service: 'API gateway',
    where: [['cluster', 'eu-1']],
    alerts: {
      total: 3,
      open: 2,
      newest: [{ title: '5xx above 5 %', severity: 2, open: true, openedAt: now - 120_000, labels: {}, annotations: {}, links: [] }],
    },
    reference: { kind: 'runbook', text: 'gateway-5xx', href: 'https://runbooks.example/gateway-5xx' },
    next: { kind: 'people', you: false, others: ['Noor'], at: now + 252_000 },
    taken: null,
    wanted: 'acknowledge',
    actions: { acknowledge: 'token-a', resolve: 'token-r', escalate: 'token-e' },
    policy: 'api',
    declared: false,
    escalatedAt: null,
    ...over,
  }
}

const pageOf = (over?: Partial<NightFacts>) => String(nightPage(someFacts(over)).body)
const buttons = (page: string) =>
  [...page.matchAll(/action="\/l\/([^"]+)"[^>]*><button( class="filled")?>([^<]+)/g)].map(
    ([, token, filled, word]) => `${word} ${token}${filled ? ' filled' : ''}`,
  )

test('it says what, how bad, where, since when, who is next, and that looking does nothing', () => {
  const page = pageOf()
  for (const fact of [
    'SEV1<span>INC-142, level 1, 24 s ago</span>',
    'API Gateway Down</h1>',
    '38 % of EU API calls fail.',
    'Since 04:11 Berlin, 03:11 UTC.',
    'Noor is paged in 4:12',
    'at 04:15 Berlin',
    'API gateway',
    'eu-1',
    '2 of 3 open',
    '5xx above 5 %',
    '2 more in the incident.',
    'href="https://runbooks.example/gateway-5xx"',
    'href="/i/142"',
    'For Raj Iyer. Opening this does not acknowledge.',
  ])
    expect(page).toContain(fact)
})

test('severity is a shape and a digit, not a colour alone', () => {
  const shapes = [1, 2, 3, 4, 5].map(
    (severity) => /class="sev sev-\d"[^>]*><path d="([^"]+)"\/><text[^>]*>(\d)/.exec(pageOf({ severity }))!,
  )
  expect(new Set(shapes.map(([, path]) => path)).size).toBe(5)
  expect(shapes.map(([, , digit]) => digit)).toEqual(['1', '2', '3', '4', '5'])
})

test.each<[string, Partial<NightFacts>, string[]]>([
  ['nobody has it', {}, ['Acknowledge token-a filled', 'Escalate now token-e', 'Resolve token-r']],
  ['the link was for resolving', { wanted: 'resolve' }, ['Acknowledge token-a', 'Escalate now token-e', 'Resolve token-r filled']],
  ['the link was for escalating', { wanted: 'escalate' }, ['Acknowledge token-a', 'Escalate now token-e filled', 'Resolve token-r']],
  ['the link has escalated', { wanted: 'escalate', escalatedAt: now }, ['Acknowledge token-a filled', 'Resolve token-r']],
  ['it is declared', { declared: true, wanted: 'resolve' }, ['Acknowledge token-a filled', 'Escalate now token-e']],
  ['there is nobody to escalate to', { policy: null }, ['Acknowledge token-a filled', 'Resolve token-r']],
  ['somebody has it', { status: 'acknowledged', taken: { by: 'Noor', at: now } }, ['Escalate now token-e', 'Resolve token-r']],
  ['it is over', { status: 'resolved', taken: { by: 'Noor', at: now } }, []],
])('the buttons when %s', (_, over, expected) => {
  expect(buttons(pageOf(over))).toEqual(expected)
})

test('who has it, and since when, stands where the button was', () => {
  expect(pageOf({ status: 'acknowledged', taken: { by: 'Noor', at: now } })).toContain(
    'Acknowledged by Noor</b><small>04:11 Berlin, 03:11 UTC</small>',
  )
  expect(pageOf({ status: 'resolved', taken: { by: 'alerts ended', at: now } })).toContain('Resolved: its alerts ended</b>')
  expect(pageOf({ escalatedAt: now })).toContain('Escalated 04:11 Berlin')
})

test('texts from outside stay texts', () => {
  const alert = { title: hostile, severity: 1, open: true, openedAt: now, labels: {}, annotations: {}, links: [] }
  const page = pageOf({
    title: hostile,
    impact: hostile,
    service: hostile,
    where: [[hostile, hostile]],
    reader: { displayName: hostile, zone: 'UTC', language: 'en' },
    alerts: { total: 1, open: 1, newest: [alert] },
    reference: { kind: 'runbook', text: hostile, href: `https://x.example/"onclick="alert(3)` },
    next: { kind: 'nobody', why: hostile, at: null },
    status: 'acknowledged',
    taken: { by: hostile, at: now },
  })
  expect(page).not.toMatch(/<script|<img|<\/h1><|onclick="/)
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
})

test('it is one small answer that nothing keeps and no script can enter', () => {
  const alert = { title: 'x'.repeat(160), severity: 1, open: true, openedAt: now, labels: {}, annotations: {}, links: [] }
  const full = nightPage(
    someFacts({ title: 'x'.repeat(300), impact: 'x'.repeat(300), alerts: { total: 20, open: 20, newest: Array(20).fill(alert) } }),
  )
  expect(Buffer.byteLength(String(full.body))).toBeLessThan(20_000)
  expect(Buffer.byteLength(pageOf())).toBeLessThan(10_000)
  for (const reply of [full, overPage('old', 142, 'de'), unknownPage('en'), failedPage('POST', 'en')]) {
    const page = String(reply.body)
    const css = /<style>([\s\S]*?)<\/style>/.exec(page)![1]!
    expect(reply.headers!['content-security-policy']).toContain(`style-src 'sha256-${createHash('sha256').update(css).digest('base64')}'`)
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' })
    expect(page).not.toMatch(/<script|style="|src=|url\(|@import/)
    expect([...page.matchAll(/<link[^>]*>/g)].map(String)).toEqual(['<link rel="icon" href="data:,">'])
  }
})

test('a link that is over says what to do, and tells an incident only to those it still belongs to', () => {
  expect(overPage('resolved', 142, 'en')).toMatchObject({ status: 410, body: expect.stringContaining('href="/i/142"') })
  expect(String(overPage('person', 142, 'en').body)).not.toContain('142')
  expect(String(overPage('person', 142, 'en').body)).toContain('>Sign in</a>')
  expect(unknownPage('en').status).toBe(404)
})

test('somebody who reads German is told in German', () => {
  const page = pageOf({ reader: { displayName: 'Raj Iyer', zone: 'Europe/Berlin', language: 'de' } })
  for (const fact of [
    '<html lang="de">',
    'SEV1<span>INC-142, Stufe 1, vor 24 s</span>',
    'Seit 04:11 Berlin, 03:11 UTC.',
    'Noor wird in 4:12 alarmiert',
    '2 von 3 offen',
    '2 weitere im Incident.',
    '>Quittieren</button>',
    '>Jetzt eskalieren</button>',
    'Für Raj Iyer. Öffnen allein quittiert nicht.',
  ])
    expect(page).toContain(fact)
  expect(String(overPage('old', 142, 'de').body)).toContain('Anmelden und INC-142 ansehen')
})
