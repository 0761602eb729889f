import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { LANGUAGES } from '../../kernel/language.ts'
import type { commandSentences } from './command-words.ts'
import type { DataOf, EventType, TimelineEvent } from './events.ts'
import type { Telling } from './found.ts'
import { decisionsOf } from './why.ts'
import { lineOf, plain, told } from './words.ts'

const called = (name: string) => ({ raj: 'Raj Iyer', li: 'Li Wei' })[name] ?? name
const alert = { alert: 'alr_1', integration: 'prometheus', dedupKey: 'db-1/disk', title: 'Disk full', severity: 2 }
const page = { page: 'p', person: 'raj', contact: 'phone', channel: 'ntfy', attempt: 1, answer: '502' }
const queued = { id: 'p', person: 'raj', contact: 'phone', channel: 'ntfy', rule: 0, afterMs: 0 }
const level = { run: 'run_1' as const, number: 1, reason: 'opened' as const, policy: 'payments', policyVersion: 3, round: 0, level: 1 }

/** One of each, with who did it, and how it is said. */
const samples: {
  [Type in Exclude<EventType, keyof typeof commandSentences>]: [actor: string, data: DataOf<Type>, english: string, german: string]
} = {
  'incident.opened': [
    'system',
    { title: 'Disk full', severity: 2, urgency: 'high', service: null, policy: null, origin: 'alert', alert },
    'Opened Disk full. prometheus: db-1/disk',
    'Eröffnet: Disk full. prometheus: db-1/disk',
  ],
  'alert.joined': [
    'system',
    { ...alert, others: ['alr_2'], grouping: [] },
    'Alert Disk full joined and 1 more',
    'Alert Disk full kam hinzu, dazu 1 weitere',
  ],
  'alert.moved-here': [
    'person:raj',
    { ...alert, from: 'INC-142' },
    'Raj Iyer moved Disk full here from INC-142',
    'Raj Iyer hat Disk full aus INC-142 hierher verschoben',
  ],
  'alert.moved-away': [
    'person:raj',
    { ...alert, others: ['alr_2', 'alr_3'], to: 'INC-143' },
    'Raj Iyer moved Disk full and 2 more to INC-143',
    'Raj Iyer hat Disk full und 2 weitere nach INC-143 verschoben',
  ],
  'alert.ended': [
    'system',
    { alert: 'alr_1', title: 'Disk full', by: 'lapsed' },
    'Alert Disk full ended: not reported again in time',
    'Alert Disk full endete: nicht rechtzeitig erneut gemeldet',
  ],
  'alert.acknowledged-by-source': [
    'integration:prometheus',
    { alert: 'alr_1', title: 'Disk full' },
    'Alert Disk full was acknowledged at its source',
    'Alert Disk full wurde an seiner Quelle quittiert',
  ],
  'incident.severity-changed': [
    'person:raj',
    { from: 3, to: 1, urgency: 'high', by: 'person', reason: 'customers write' },
    'Raj Iyer: Severity changed from 3 to 1. customers write',
    'Raj Iyer: Schweregrad von 3 auf 1 geändert. customers write',
  ],
  'incident.acknowledged': ['token:deploy bot', { via: 'api' }, '‹deploy bot› acknowledged', '‹deploy bot› hat quittiert'],
  'incident.unacknowledged': [
    'system',
    { reason: 'worse', alert },
    'It got worse: paged again from level 1. Because of “Disk full”',
    'Es wurde schlimmer: wieder alarmiert ab Stufe 1. Wegen „Disk full“',
  ],
  'incident.resolved': [
    'person:li',
    { reason: 'by-hand', alertsEnded: 2 },
    'Li Wei resolved it. 2 alerts ended with it.',
    'Li Wei hat ihn gelöst. Damit endeten 2 Alerts.',
  ],
  'incident.retitled': ['person:li', { from: 'a', to: 'b' }, 'Li Wei renamed it to “b”', 'Li Wei hat ihn in „b“ umbenannt'],
  'note.added': ['person:li', { text: 'socket pool is full' }, 'Li Wei: “socket pool is full”', 'Li Wei: “socket pool is full”'],
  'escalation.level-decided': [
    'system',
    { ...level, round: 1, found: [{ target: { person: 'raj' }, person: 'raj' }], pages: [queued, queued] },
    'Level 1, round 2 pages Raj Iyer',
    'Stufe 1, Runde 2 alarmiert Raj Iyer',
  ],
  'escalation.none': [
    'system',
    { reason: 'no-policy' },
    'Nobody is paged: no escalation policy',
    'Niemand wird alarmiert: es gibt keine Eskalationsrichtlinie',
  ],
  'escalation.level-failed': [
    'system',
    { run: 'run_1', round: 0, level: 2 },
    'Every contact of level 2 failed: the next level goes now',
    'Alle Kontakte von Stufe 2 haben versagt: die nächste Stufe folgt jetzt',
  ],
  'escalation.stopped': [
    'system',
    { run: 'run_1', reason: 'acknowledged', pagesWithdrawn: 1 },
    'Escalation stopped. One page withdrawn.',
    'Eskalation gestoppt. Eine Alarmierung zurückgezogen.',
  ],
  'page.delivered': ['system', page, 'Raj Iyer’s phone took the page. 502', 'Raj Iyer: phone hat die Alarmierung angenommen. 502'],
  'page.failed': ['system', { ...page, nextAttemptAt: null }, 'Raj Iyer’s phone failed. 502', 'Raj Iyer: phone hat versagt. 502'],
  'page.outcome-unknown': [
    'system',
    { ...page, nextAttemptAt: 5 },
    'Raj Iyer’s phone: nobody knows whether the page arrived. 502. It is tried again.',
    'Raj Iyer: phone, ungewiss, ob die Alarmierung ankam. 502. Es folgt ein weiterer Versuch.',
  ],
  'page.gave-up': ['system', page, 'Raj Iyer’s phone cannot be reached. 502', 'Raj Iyer: phone ist nicht erreichbar. 502'],
}

test.each(Object.keys(samples) as (keyof typeof samples)[])('%s is said as a line, in English and German', (type) => {
  const [actor, data, english, german] = samples[type]
  expect(LANGUAGES.map((language) => lineOf({ type, data, actor }, { language, called }))).toEqual([english, german])
})

test('a decision is a key moment, and what was taken away is not told', () => {
  const listener = { language: 'en', called } as const
  const note = (kind?: string) => told({ type: 'note.added', data: { text: 'Roll back', ...(kind && { kind }) } }, listener)
  expect([note(), note('observation'), note('decision')].map(({ weight }) => weight)).toEqual(['fact', 'fact', 'key'])
  expect(lineOf({ type: 'note.added', data: { text: 'Roll back', kind: 'decision' }, actor: 'person:raj' }, listener)).toBe(
    'Raj Iyer wrote down a decision: “Roll back”',
  )
  expect(lineOf({ type: 'note.added', data: {}, redacted: true, actor: 'person:raj' }, listener)).toBe(
    'Raj Iyer: What stood here was taken away',
  )
})

test('a level names whom it pages, once; one that leads to nobody stands out', () => {
  const say = (data: object) => told({ type: 'escalation.level-decided', data }, { language: 'en', called })
  expect(plain(say({ ...level, found: [], pages: [queued, { ...queued, person: 'li' }, queued] }).what)).toBe(
    'Level 1 pages Raj Iyer, Li Wei',
  )
  expect(say({ ...level, level: undefined, found: [], pages: [] })).toMatchObject({
    mark: 'warn',
    what: ['Catch-all ', { name: 'found nobody, the next goes at once' }],
  })
})

test('a decision names people as people do, and keeps the names of the configuration beside', () => {
  const telling: Telling = {
    reader: { language: 'en', zone: 'UTC' },
    now: 0,
    called: { person: called, schedule: (name) => `the ${name}`, team: String },
  }
  const event = {
    type: 'escalation.level-decided',
    data: { ...level, found: [{ target: { schedule: 'nights' }, person: 'raj' }], pages: [queued] },
  } as TimelineEvent
  expect(decisionsOf(event, telling)).toMatchObject([
    { step: 'level', text: 'Level 1 of the policy payments (version 3) came due.' },
    { step: 'person', text: 'Raj Iyer was chosen: on call for the nights.', data: { person: 'raj' } },
    { step: 'rule', text: 'Raj Iyer’s rule 1: phone (ntfy), at once.', data: { person: 'raj' } },
  ])
})

test('an event of a newer server is told by its name', () => {
  expect(lineOf({ type: 'war-room.opened', data: {}, actor: 'person:raj' }, { language: 'de', called })).toBe('war room opened')
  expect(lineOf({ type: 'constructor', data: {}, actor: 'system' }, { language: 'en', called })).toBe('constructor')
})

test('an event that nobody words does not compile, wherever it is left out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-events-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const room = join(folder, 'src/modules/timeline')
  cpSync('src/kernel', join(folder, 'src/kernel'), { recursive: true, filter: (path) => !path.includes('.test.') })
  for (const file of ['command-words', 'sentence', 'events', 'found', 'why', 'words'])
    cpSync(`src/modules/timeline/${file}.ts`, join(room, `${file}.ts`))
  const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8')) as { compilerOptions: object }
  const options = { ...compilerOptions, typeRoots: [resolve('node_modules/@types')] }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['src/modules'] }))
  const faults = () =>
    new Promise<string[]>((done) =>
      execFile(resolve('node_modules/.bin/tsc'), ['-p', folder, '--pretty', 'false'], { cwd: folder }, (_, out) =>
        done(out.split('\n').filter((line) => line.includes('error'))),
      ),
    )
  expect(await faults()).toEqual([])
  const events = join(room, 'events.ts')
  const planted = readFileSync(events, 'utf8').replace(
    'export type TimelineEvent =',
    "$&\n  | { type: 'war-room.opened'; data: { place: string } }",
  )
  writeFileSync(events, planted)
  const missing = (await faults()).filter((line) => line.includes('is missing') && line.includes('war-room.opened'))
  // In `events`: how it looks, and what it moves on open screens.
  expect(missing.map((line) => /timeline\/(\w+)\.ts/.exec(line)?.[1]).sort()).toEqual(['events', 'events', 'why', 'words'])
})
