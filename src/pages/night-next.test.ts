import { expect, test } from 'vitest'
import { type Next, nextOf, nextText } from './night-next.ts'

const now = Date.parse('2026-11-20T03:11:24Z')
const at = now + 252_000

test.each<[Next, string, string]>([
  [{ kind: 'people', you: false, others: ['Noor'], at }, 'Noor is paged in 4:12', 'at 04:15 Berlin, 03:15 UTC'],
  [{ kind: 'people', you: true, others: [], at }, 'You are paged again in 4:12', 'at 04:15 Berlin, 03:15 UTC'],
  [{ kind: 'people', you: true, others: ['Noor'], at }, 'You and Noor are paged in 4:12', 'at 04:15 Berlin, 03:15 UTC'],
  [{ kind: 'people', you: false, others: ['Noor', 'Lin', 'Raj'], at }, 'Noor and 2 more are paged in 4:12', 'at 04:15 Berlin, 03:15 UTC'],
  [{ kind: 'people', you: false, others: ['Noor'], at: null }, 'Noor is paged next', ''],
  [{ kind: 'people', you: false, others: ['Noor'], at: now - 1 }, 'Noor is paged now', ''],
  [{ kind: 'everyone', at }, 'Everyone with a contact is paged in 4:12', 'at 04:15 Berlin, 03:15 UTC'],
  [
    { kind: 'nobody', why: 'nobody is on call for backup', at },
    'Nobody is paged in 4:12',
    'nobody is on call for backup; the level after goes at once',
  ],
  [{ kind: 'again', at }, 'It pages again in 4:12', 'at 04:15 Berlin, 03:15 UTC, unless resolved'],
  [{ kind: 'no-policy' }, 'Nobody else is paged', 'it has no escalation policy'],
  [{ kind: 'stopped' }, 'Nobody else is paged', ''],
])('%j', (next, text, detail) => {
  expect(nextText(next, now, { zone: 'Europe/Berlin', language: 'en' })).toMatchObject({ text, detail })
})

test.each<[Next, string, string]>([
  [{ kind: 'people', you: false, others: ['Noor'], at }, 'Noor wird in 4:12 alarmiert', '04:15 Berlin, 03:15 UTC'],
  [{ kind: 'people', you: true, others: ['Noor', 'Lin'], at: null }, 'Sie und 2 weitere werden als Nächstes alarmiert', ''],
  [{ kind: 'nobody', why: null, at: now }, 'Niemand wird jetzt alarmiert', 'die Stufe nennt niemanden; die Stufe danach folgt sofort'],
  [{ kind: 'again', at }, 'Es wird in 4:12 erneut alarmiert', '04:15 Berlin, 03:15 UTC, falls nicht gelöst'],
])('in German: %j', (next, text, detail) => {
  expect(nextText(next, now, { zone: 'Europe/Berlin', language: 'de' })).toMatchObject({ text, detail })
})

const detected = { status: 'detected', ackTimeoutAt: null } as const
const active = (people: string[], catchAll = false) => ({
  state: 'active' as const,
  policy: 'payments',
  run: 1,
  round: 0,
  level: 1,
  levels: [],
  next: {
    at: new Date(at).toISOString(),
    level: 2,
    round: 0,
    catchAll,
    people: people.map((person) => ({ person, displayName: person.toUpperCase(), through: 'nobody is on call for backup' })),
  },
})

test('people the engine would not reach are not promised', () => {
  const isReachable = (person: string) => person !== 'mute'
  expect(nextOf(detected, active(['mute', 'lin', 'ada', 'lin']), 'ada', isReachable)).toEqual({
    kind: 'people',
    you: true,
    others: ['LIN'],
    at,
  })
  expect(nextOf(detected, active(['mute']), 'ada', isReachable)).toEqual({ kind: 'nobody', why: 'nobody is on call for backup', at })
  expect(nextOf(detected, active([''], true), 'ada', isReachable)).toEqual({ kind: 'everyone', at })
})

test('once somebody has it, only a lapse of the acknowledgement pages again', () => {
  const yes = () => true
  expect(nextOf({ status: 'acknowledged', ackTimeoutAt: null }, active(['lin']), 'ada', yes)).toEqual({ kind: 'stopped' })
  expect(nextOf({ status: 'acknowledged', ackTimeoutAt: at }, active(['lin']), 'ada', yes)).toEqual({ kind: 'again', at })
  expect(nextOf({ status: 'resolved', ackTimeoutAt: null }, active(['lin']), 'ada', yes)).toEqual({ kind: 'stopped' })
  expect(nextOf(detected, { ...active([]), state: 'none', next: null }, 'ada', yes)).toEqual({ kind: 'no-policy' })
})
