import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MINUTE } from '../../kernel/time.ts'
import { nextDue, type ReminderFacts, wanted } from './reminders.ts'

const T = 1_000_000_000
const quiet: ReminderFacts = {
  declared: true,
  state: 'open',
  rank: 3,
  held: true,
  heldSince: T,
  declaredAt: T,
  roles: [],
  promises: [],
  tasks: [],
  lastPersonAt: T,
  cause: false,
  mitigationBegan: false,
  alertsEndedAt: null,
  window: null,
  resolvedAt: null,
  pace: 1,
}
/** Minutes after T, by rule and subject. */
const minutes = (facts: Partial<ReminderFacts>) =>
  Object.fromEntries(
    wanted({ ...quiet, ...facts }).map(({ rule, subject, dueAt, how }) => [[rule, subject, how].join(' '), (dueAt - T) / MINUTE]),
  )

const empty = (role: string) => ({ role, wanted: true, empty: true, since: T, offeredAt: null })

test.each<[string, Partial<ReminderFacts>, Record<string, number>]>([
  ['a calm one wants nothing', {}, {}],
  ['nobody has it', { held: false }, { 'nobody-has-it  say': 5 }],
  [
    'no commander at the worst rank: said, then somebody is paged',
    { rank: 1, roles: [empty('commander')], cause: true },
    { 'commander-empty commander say': 2, 'commander-empty commander:run run': 4, 'quiet  say': 30 },
  ],
  ['no commander at rank 3 is only said', { roles: [empty('commander')] }, { 'commander-empty commander say': 10 }],
  ['another role is empty', { roles: [empty('scribe')] }, { 'role-empty scribe say': 3 }],
  ['a role not wanted may stay empty', { roles: [{ ...empty('scribe'), wanted: false }] }, {}],
  [
    'an offer nobody answers',
    { roles: [{ role: 'commander', wanted: true, empty: false, since: T, offeredAt: T + MINUTE }] },
    { 'offer commander say': 3 },
  ],
  [
    'an update was promised',
    { rank: 2, cause: true, promises: [{ audience: 'internal', promisedAt: T + 30 * MINUTE, madeAt: T }] },
    { 'update internal:before say': 25, 'update internal say': 30, 'update internal:run run': 40, 'quiet  say': 120 },
  ],
  ['a task is due', { tasks: [{ id: 'tsk_1', due: T + 3 * MINUTE, givenAt: T }] }, { 'task tsk_1 say': 3 }],
  ['no cause and no mitigation', { rank: 2 }, { 'quiet  say': 120, 'stuck  say': 30 }],
  ['its alerts have ended', { alertsEndedAt: T + MINUTE }, { 'mitigated  say': 1 }],
  ['the window asks', { window: { since: T, askAt: T + 60 * MINUTE }, alertsEndedAt: T }, { 'resolve  say': 60 }],
  ['a plain one that somebody has for long', { declared: false, declaredAt: null }, { 'declare  say': 30 }],
  ['a plain one that nobody has is paged for, not spoken of', { declared: false, held: false }, {}],
  ['resolved and not closed', { state: 'resolved', resolvedAt: T, held: false }, { 'close  say': 24 * 60 }],
  ['over', { state: 'ended', held: false, roles: [empty('commander')] }, {}],
])('%s', (_, facts, due) => {
  expect(minutes(facts)).toEqual(due)
})

test('a drill goes faster, and no faster than a second', () => {
  const [at] = wanted({ ...quiet, held: false, pace: 30 })
  expect(at).toMatchObject({ dueAt: T + 10_000, thenMs: [10_000] })
  expect(wanted({ ...quiet, rank: 1, cause: true, roles: [empty('commander')], pace: 60 })[0]!.dueAt).toBe(T + 2000)
  const [offer] = wanted({ ...quiet, roles: [{ role: 'scribe', wanted: false, empty: true, since: T, offeredAt: T }], pace: 60 })
  expect(offer).toMatchObject({ dueAt: T + 2000, thenMs: [5000] })
})

test('what is said again is said after its pause, the last pause for ever, and not beyond its number', () => {
  const [close] = wanted({ ...quiet, state: 'resolved', resolvedAt: T })
  const DAY = 24 * 60 * MINUTE
  expect([1, 2, 5, 6, 9].map((times) => nextDue(close!, times, T)! - T)).toEqual([DAY, DAY, DAY, 7 * DAY, 7 * DAY])
  const [role] = wanted({ ...quiet, roles: [empty('scribe')] })
  expect([1, 2, 3].map((times) => nextDue(role!, times, T))).toEqual([T + 10 * MINUTE, T + 10 * MINUTE, null])
  const [commander] = wanted({ ...quiet, roles: [empty('commander')] })
  expect(nextDue(commander!, 1, T)).toBeNull()
})

test('no two reminders of one incident have the same name', () => {
  const role = fc.record({
    role: fc.constantFrom('commander', 'scribe', 'expert'),
    wanted: fc.boolean(),
    empty: fc.boolean(),
    since: fc.constant(T),
    offeredAt: fc.option(fc.constant(T)),
  })
  const facts = fc.record({
    ...Object.fromEntries(Object.entries(quiet).map(([key, value]) => [key, fc.constant(value)])),
    rank: fc.integer({ min: 1, max: 5 }),
    held: fc.boolean(),
    roles: fc.uniqueArray(role, { selector: (one) => one.role }),
    alertsEndedAt: fc.option(fc.constant(T)),
  }) as unknown as fc.Arbitrary<ReminderFacts>
  fc.assert(
    fc.property(facts, (some) => {
      const names = wanted(some).map(({ rule, subject }) => `${rule} ${subject}`)
      expect(new Set(names).size).toBe(names.length)
    }),
  )
})
