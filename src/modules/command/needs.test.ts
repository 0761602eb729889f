import { expect, test } from 'vitest'
import type { ReminderRow } from './around.ts'
import { needsOf, needsOfPlain } from './needs.ts'

const T = 1_000_000_000
const MINUTE = 60_000
const row = (rule: ReminderRow['rule'], more: Partial<ReminderRow> = {}): ReminderRow => ({
  ...{ id: `rem_${rule}`, rule, subject: '', since: T, firstDueAt: T, dueAt: T, promisedAt: null, snoozedUntil: null, snoozes: 0, sent: 0 },
  ...{ how: 'say', thenMs: [], timesMax: null, stoppedBecause: null },
  ...(more.dueAt != null && { firstDueAt: more.dueAt }),
  ...more,
})
const named = (rows: ReminderRow[]) => needsOf(rows, T + 10 * MINUTE).map(({ need }) => need)

test('what is overdue needs a person, the longest first, and no more than three at once', () => {
  const rows = [
    row('quiet', { dueAt: T + 4 * MINUTE }),
    row('commander-empty', { dueAt: T + 2 * MINUTE }),
    row('task', { dueAt: T + 3 * MINUTE }),
    row('stuck', { dueAt: T + 5 * MINUTE }),
    row('resolve', { dueAt: T + 60 * MINUTE }),
  ]
  expect(needsOf(rows, T + 10 * MINUTE)[0]).toEqual({ need: 'commander-empty', subject: '', since: T + 2 * MINUTE, act: 'take-role' })
  expect(named(rows)).toEqual(['commander-empty', 'task', 'quiet'])
})

test.each<[string, Partial<ReminderRow>]>([
  ['put off', { snoozedUntil: T + 20 * MINUTE }],
  ['not needed', { stoppedBecause: 'li looks', dueAt: null, sent: 1 }],
  ['only a page to somebody else', { how: 'run' }],
  ['a warning before it', { subject: 'internal:before' }],
])('%s needs nobody', (_, more) => {
  expect(named([row('update', more)])).toEqual([])
})

test('said for the last time it is needed all the same', () => {
  expect(named([row('commander-empty', { dueAt: null, sent: 1 })])).toEqual(['commander-empty'])
})

test('a plain one that somebody has for half an hour may be declared', () => {
  expect(needsOfPlain({ held: true, acknowledgedAt: T }, T + 31 * MINUTE)).toMatchObject([{ need: 'declare', act: 'declare' }])
  expect(needsOfPlain({ held: true, acknowledgedAt: T }, T + 29 * MINUTE)).toEqual([])
  expect(needsOfPlain({ held: false, acknowledgedAt: T }, T + 31 * MINUTE)).toEqual([])
})
