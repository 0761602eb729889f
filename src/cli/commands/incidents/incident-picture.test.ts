import { expect, test } from 'vitest'
import { nextText, shortNumber } from '../../product/incident-cells.ts'
import type { EscalationView, IncidentView } from '../../product/kinds.ts'
import { plain } from '../../text/spans.ts'
import { incidentLines, ladderLines, timesText } from './incident-picture.ts'

const incident: IncidentView = {
  id: 'inc_1',
  number: 'INC-142',
  title: 'API Gateway Down',
  summary: '38 % of EU API calls fail.',
  status: 'detected',
  held: false,
  declared: false,
  level: 'SEV1',
  scheme: { name: 'sev1-sev4-sre', version: 0 },
  parent: null,
  mergedInto: null,
  severity: 1,
  urgency: 'high',
  service: 'api-gateway',
  policy: 'payments',
  kind: 'production',
  origin: 'alert',
  visibility: 'public',
  demo: false,
  grouping: [{ label: 'region', value: 'eu' }],
  startedAt: '2026-10-20T01:11:00.000Z',
  impactStartedAt: null,
  declaredAt: null,
  declaredBy: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  resolvedAt: null,
  resolvedBy: null,
}
const escalation: EscalationView = {
  state: 'active',
  policy: 'payments',
  run: 1,
  round: 0,
  level: 1,
  next: {
    at: '2026-10-20T01:16:00.000Z',
    level: 2,
    round: 0,
    catchAll: false,
    people: [{ person: 'li', displayName: 'Li', through: 'on call' }],
  },
  levels: [
    { level: 1, after: '0s', catchAll: false, applies: true, targets: ['schedule payments-primary'] },
    { level: 2, after: '5m', catchAll: false, applies: true, targets: ['li'] },
    { level: 3, after: '10m', catchAll: false, applies: false, targets: ['sam'] },
    { level: 4, after: '', catchAll: true, applies: true, targets: ['team payments'] },
  ],
}
const now = Date.parse('2026-10-20T01:14:48Z')

test('one incident: what, since when, who has it, who is next, what happened', () => {
  const at = '2026-10-20T01:12:00.000Z'
  const said = { type: 'note.added', data: { text: 'socket pool is full' }, actor: 'person:li' }
  const events = [{ seq: 4, ...said, happenedAt: at, recordedAt: at }]
  const lines = incidentLines(
    { incident, escalation, events, earlier: 3, called: (name) => (name === 'li' ? 'Li Wei' : name) },
    { now, zone: 'Europe/Berlin', width: 90 },
  ).map(plain)
  expect(lines).toEqual([
    '<1> SEV1  API Gateway Down   INC-142   detected   00:03:48',
    '38 % of EU API calls fail.',
    'has it !nobody   service api-gateway   policy payments   urgency high   grouped by region=eu',
    '',
    '● level 1      0s  schedule payments-primary',
    '○ level 2      5m  li  <- Li in 1:12',
    '- level 3     10m  sam  not for this severity',
    '○ catch-all        team payments',
    '',
    'Tue 20 Oct',
    '03:12:00  ○ 4  Li Wei: “socket pool is full”',
    '3 earlier. Times in Berlin, UTC+2.',
  ])
})

test('who is next is said as far as it is known', () => {
  expect(plain(nextText(escalation, now)!)).toBe('Li in 1:12')
  expect(nextText({ ...escalation, state: 'stopped', next: null }, now)).toBeUndefined()
  const next = escalation.next!
  expect(plain(nextText({ ...escalation, next: { ...next, at: null } }, now)!)).toBe('then Li')
  expect(plain(nextText({ ...escalation, next: { ...next, people: [], catchAll: true } }, now)!)).toBe('catch-all in 1:12')
  const many = ['ada', 'bea', 'cem', 'dua'].map((person) => ({ person, displayName: person, through: '' }))
  expect(plain(nextText({ ...escalation, next: { ...next, people: many } }, now)!)).toBe('ada, bea and 2 more in 1:12')
})

test('a ladder that stopped says why, later rounds are counted', () => {
  const stopped = ladderLines({ status: 'acknowledged' }, { ...escalation, state: 'stopped', next: null, round: 1 }, now).map(plain)
  expect(stopped.slice(-2)).toEqual(['  stopped, somebody has it', '  round 2'])
  expect(ladderLines(incident, { ...escalation, levels: [] }, now)).toEqual([])
})

test('the times it took are told once they are over', () => {
  expect(timesText(incident)).toBe('')
  expect(timesText({ ...incident, acknowledgedAt: '2026-10-20T01:11:41Z', resolvedAt: '2026-10-20T02:11:00Z' })).toBe(
    'acknowledged after 41 s, resolved after 1 h',
  )
  expect(shortNumber('INC-142')).toBe('142')
})
