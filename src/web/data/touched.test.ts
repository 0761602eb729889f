import { expect, test } from 'vitest'
import { commandSentences } from '../../modules/timeline/command-words.ts'
import { EVENT_TYPES, type EventType, touches } from '../../modules/timeline/events.ts'
import type { IncidentFilter } from '../product/incidents/filter.ts'
import type { HeardEvent } from './heard-event.ts'
import { type Asked, type Known, type Touch, touchedBy } from './touched.ts'
import type { ListedIncidentView } from './views.ts'

const A = incident('inc_a', '1')
const B = incident('inc_b', '2')

function incident(id: string, number: string, over: Partial<ListedIncidentView> = {}): ListedIncidentView {
  const next = { level: 2, round: 1, catchAll: false, people: [], dueAt: '2026-11-21T03:20:00.000Z' }
  const standing = { status: 'detected', acknowledgedAt: null, acknowledgedBy: null, resolvedAt: null, resolvedBy: null }
  return {
    id,
    number: `INC-${number}`,
    title: 'Checkout is slow',
    service: 'checkout',
    severity: 2,
    ...standing,
    next,
    ...over,
  } as ListedIncidentView
}

const fact = (type: EventType, data: HeardEvent['data'] = {}, over: Partial<HeardEvent> = {}): HeardEvent => ({
  ...{ position: 9, seq: 3, incidentId: B.id, type, data, actor: 'person:lin' },
  ...{ happenedAt: '2026-11-21T03:15:00.000Z', recordedAt: '2026-11-21T03:15:00.000Z' },
  ...over,
})

const known: Known = { me: 'ada', incidentOf: (name) => [A, B].find(({ id, number }) => id === name || number === `INC-${name}`) }
const touch = (event: HeardEvent, key: Asked['key'], data: unknown = {}) => touchedBy(event, { key, data }, known)
const list = (filter: Partial<IncidentFilter>, ...items: ListedIncidentView[]): [Asked['key'], unknown] => [
  ['incidents', 'list', { status: 'open', ...filter }],
  { items, next: null },
]
const itemsOf = ({ data }: Touch) => (data as { items: ListedIncidentView[] }).items

/** As much as each event carries, so that nothing is asked again for want of words. */
const said: Partial<Record<EventType, object>> = {
  'incident.opened': { title: 'Checkout is slow', severity: 2, urgency: 'high', service: 'checkout' },
  'incident.severity-changed': { from: 2, to: 1, urgency: 'high', by: 'person' },
  'incident.resolved': { reason: 'by-hand', alertsEnded: 0 },
  'incident.retitled': { from: 'Checkout is slow', to: 'Card payments fail' },
}
const every = EVENT_TYPES.map((type) => [type, fact(type, (said[type] ?? {}) as HeardEvent['data'])] as const)

test.each(every)('%s of another incident touches nothing of this one', (_, event) => {
  const mine = { id: 'alr_1', incidentId: A.id }
  const asked: [Asked['key'], unknown][] = [
    [['incident', '1'], A],
    [['incident', A.id], A],
    ...['escalation', 'timeline', 'alerts', 'pages'].map((part): [Asked['key'], unknown] => [['incident', '1', part], []]),
    [['alert', 'alr_1'], mine],
    [['alert', 'history', 'grafana', 'disk'], { items: [mine] }],
    [['why', 'alr_1'], { alert: mine }],
    [['me'], {}],
    [['on-call'], {}],
    [['configuration', 'export'], {}],
    [['people', 'names'], {}],
  ]
  for (const [key, data] of asked) expect(touch(event, key, data), key.join(' ')).toEqual({})
  for (const { data } of [touch(event, ...list({}, A, B)), touch(event, ['incidents', 'rail'], { items: [A, B] })])
    expect((data as { items: object[] } | undefined)?.items[0] ?? A).toBe(A)
})

test.each(every)('%s asks again for the parts of its incident that the dictionary names, and for no other', (type, event) => {
  const parts: readonly string[] = touches[type]
  const moves = ['incident.opened', 'incident.acknowledged', 'incident.unacknowledged', 'incident.resolved'].includes(type)
  for (const part of ['escalation', 'pages'])
    expect(touch(event, ['incident', '2', part]), part).toEqual(parts.includes(part) ? { again: 'soon' } : {})
  // Alerts say how their incident stands.
  expect(touch(event, ['incident', '2', 'alerts'])).toEqual(parts.includes('alerts') || moves ? { again: 'soon' } : {})
  expect(touch(event, ['why', 'alr_1'], { alert: { incidentId: B.id } })).toEqual(parts.length > 0 ? { again: 'soon' } : {})
  // Its fact and its row are told by the event itself; what is done in a declared incident moves more than its row.
  const timeline = touch(event, ['incident', '2', 'timeline'], [{ seq: 1 }, { seq: 2 }])
  expect(timeline).toEqual(type === 'entry.redacted' ? { again: 'soon' } : { data: [{ seq: 1 }, { seq: 2 }, event] })
  const ofCommand = type in commandSentences
  expect(touch(event, ['incident', '2'], B).again).toBe(ofCommand && parts.includes('incident') ? 'soon' : undefined)
  expect(touch(event, ['incident', '2'], B).data !== undefined).toBe(!ofCommand && parts.includes('incident'))
})

test.each(every)('%s that is too long to be told is asked for', (type, event) => {
  const cut = { ...event, data: null }
  expect(touch(cut, ['incident', '2', 'timeline'], [{ seq: 1 }, { seq: 2 }])).toEqual({ again: 'soon' })
  const isRow = (touches[type] as readonly string[]).includes('incident')
  expect(touch(cut, ['incident', '2'], B)).toEqual(isRow ? { again: 'soon' } : {})
  expect(touch(cut, ...list({}, B)).again === 'soon').toBe(isRow)
})

test('an event of a newer server touches all of its incident, and nothing of another', () => {
  const event = fact('incident.frozen' as EventType)
  expect(touch(event, ['incident', '2'], B)).toEqual({ again: 'soon' })
  expect(touch(event, ['incident', '2', 'pages'])).toEqual({ again: 'soon' })
  expect(touch(event, ['incident', '1'], A)).toEqual({})
})

test('a row says at once who has it, how bad it is, what it is called and that it is over', () => {
  const row = (event: HeardEvent, before = B) => (touch(event, ['incident', '2'], before).data ?? before) as ListedIncidentView
  const taken = row(fact('incident.acknowledged', { via: 'web' }))
  expect(taken).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'lin', acknowledgedAt: '2026-11-21T03:15:00.000Z', next: null })
  const back = row(fact('incident.unacknowledged', { reason: 'ack-timeout' }), taken)
  expect(back).toMatchObject({ status: 'detected', acknowledgedBy: null, acknowledgedAt: null })
  expect(row(fact('incident.resolved', { reason: 'by-hand' }))).toMatchObject({ status: 'resolved', resolvedBy: 'lin', next: null })
  expect(row(fact('incident.resolved', { reason: 'alerts-ended' }))).toMatchObject({ status: 'resolved', resolvedBy: 'alerts ended' })
  expect(row(fact('incident.severity-changed', { to: 1, urgency: 'low' }))).toMatchObject({
    severity: 1,
    urgency: 'low',
    status: 'detected',
  })
  expect(row(fact('incident.retitled', { to: 'Card payments fail' }))).toMatchObject({ title: 'Card payments fail' })
})

test('a fact is not told twice, and one that is missing before it is asked for', () => {
  const timeline = ['incident', '2', 'timeline']
  expect(touch(fact('note.added'), timeline, [{ seq: 2 }, { seq: 3 }])).toEqual({})
  expect(touch(fact('note.added', {}, { seq: 4 }), timeline, [{ seq: 2 }])).toEqual({ again: 'soon' })
  // Words that were taken away do not stay on open screens.
  expect(touch(fact('entry.redacted', { of: 2, reason: 'a name' }, { seq: 3 }), timeline, [{ seq: 2 }])).toEqual({ again: 'soon' })
})

test('which incident a number means is not known before it was answered', () => {
  const asked = { key: ['incident', '77', 'timeline'], data: undefined }
  expect(touchedBy(fact('note.added'), asked, known)).toEqual({ again: 'soon' })
})

test('lists are patched where the incident stands; it leaves those it no longer belongs to', () => {
  const taken = fact('incident.acknowledged', { via: 'web' })
  const over = fact('incident.resolved', { reason: 'by-hand' })
  expect(itemsOf(touch(taken, ...list({}, A, B)))).toEqual([A, expect.objectContaining({ id: B.id, status: 'acknowledged' })])
  expect(touch(taken, ...list({}, A, B)).again).toBeUndefined()
  expect(itemsOf(touch(taken, ...list({ status: 'detected' }, A, B)))).toEqual([A])
  expect(itemsOf(touch(over, ...list({}, A, B)))).toEqual([A])
  expect(itemsOf(touch(over, ...list({ status: 'all' }, B)))[0]).toMatchObject({ status: 'resolved' })
  expect(itemsOf(touch(fact('incident.severity-changed', { to: 4, urgency: 'low' }), ...list({ severity: ['2'] }, A, B)))).toEqual([A])
  expect(itemsOf(touch(over, ['incidents', 'since', 24], { items: [B] }))[0]).toMatchObject({ status: 'resolved' })
  expect(touch(over, ['incidents', 'a new kind of list'])).toEqual({ again: 'soon' })
  expect(itemsOf(touch(over, ['incidents', 'service', 'checkout', 'open'], { items: [A, B] }))).toEqual([A])
})

test('lists are asked for again where the incident may come in, and nowhere else', () => {
  const comesIn = (event: HeardEvent, filter: Partial<IncidentFilter>) => touch(event, ...list(filter, A)).again === 'soon'
  const opened = fact('incident.opened', { ...said['incident.opened'] })
  const taken = fact('incident.acknowledged', { via: 'web' })
  expect(comesIn(opened, {})).toBe(true)
  expect(comesIn(opened, { status: 'resolved' })).toBe(false)
  expect(comesIn(opened, { service: ['search'] })).toBe(false)
  expect(comesIn(taken, {})).toBe(false)
  expect(comesIn(taken, { status: 'acknowledged' })).toBe(true)
  expect(comesIn(taken, { has: ['lin'] })).toBe(true)
  expect(comesIn(fact('incident.unacknowledged', {}), { status: 'waiting' })).toBe(true)
  expect(comesIn(fact('incident.resolved', {}), { status: 'resolved' })).toBe(true)
  expect(comesIn(fact('incident.retitled', { to: 'Card' }), { q: 'card' })).toBe(true)
  expect(comesIn(fact('incident.severity-changed', { to: 1 }), { severity: ['1'] })).toBe(true)
  const paged = (person: string) => fact('escalation.level-decided', { pages: [{ person }] })
  expect(comesIn(paged('ada'), { status: 'waiting' })).toBe(true)
  expect(comesIn(paged('lin'), { status: 'waiting' })).toBe(false)
})

test('who is paged next is asked for only where it shows, and not for pages about something else', () => {
  expect(touch(fact('escalation.level-decided', {}), ...list({}, B))).toEqual({ again: 'where-next-shows' })
  expect(touch(fact('page.delivered', { person: 'lin' }), ...list({}, B))).toEqual({ again: 'where-next-shows' })
  expect(touch(fact('escalation.level-decided', { purpose: 'role:lead' }), ...list({}, B))).toEqual({})
  expect(touch(fact('note.added', {}), ...list({}, B))).toEqual({})
})

test('alerts, people, phones and counts look again for what is theirs', () => {
  const again: Touch = { again: 'soon' }
  const joined = fact('alert.joined', { alert: 'alr_9', integration: 'grafana', dedupKey: 'disk', others: ['alr_10'] })
  expect(touch(joined, ['alert', 'alr_10'], { incidentId: null })).toEqual(again)
  expect(touch(joined, ['alert', 'alr_11'], { incidentId: null })).toEqual({})
  expect(touch(joined, ['why', 'alr_9'], { alert: { incidentId: null } })).toEqual(again)
  expect(touch(joined, ['alert', 'history', 'grafana', 'disk'], { items: [] })).toEqual(again)
  expect(touch(joined, ['alert', 'history', 'grafana', 'cpu'], { items: [] })).toEqual({})
  const delivered = fact('page.delivered', { person: 'lin' })
  for (const key of [
    ['people', 'one'],
    ['demo', 'phone'],
  ]) {
    expect(touch(delivered, [...key, 'lin'])).toEqual(again)
    expect(touch(delivered, [...key, 'ada'])).toEqual({})
  }
  expect(touch(delivered, ['counts', 'volume'])).toEqual(again)
  expect(touch(delivered, ['counts', 'incidents', {}])).toEqual({})
  expect(touch(fact('note.added'), ['counts', 'volume'])).toEqual({})
  expect(touch(fact('incident.resolved'), ['teams', 'list'])).toEqual(again)
})
