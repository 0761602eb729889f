import { expect, test } from 'vitest'
import { type Goal, INSTEAD, type Leaving, mayMove } from './moving.ts'

const from = (more: Partial<Leaving['incident']> = {}, keepsAny = true): Leaving => ({
  incident: {
    ...{ number: 142, status: 'detected', visibility: 'public', demo: false, origin: 'alert', declaredAt: null, mergedInto: null },
    ...more,
  },
  keepsAny,
})
const to = (more: Partial<Goal> = {}): Goal => ({
  ...{ visibility: 'public', demo: false, origin: 'alert', there: { number: 143, status: 'acknowledged' } },
  ...more,
})
const asked = (sources: Leaving[], goal: Goal, { hides = false, loose = [] as { demo: boolean }[] } = {}) =>
  mayMove({ loose, sources }, goal, { hides, instead: INSTEAD.move })

test('alerts go from what is open to what is open, on one side of every border', () => {
  expect(asked([from()], to())).toBeUndefined()
  expect(asked([from({ demo: true })], to({ demo: true }))).toBeUndefined()
  expect(asked([from({ origin: 'drill' })], to())).toBeUndefined()
  expect(asked([], to(), { loose: [{ demo: false }] })).toBeUndefined()
  for (const [sources, goal, refusal] of [
    [[from()], to({ there: { number: 143, status: 'closed' } }), 'target-not-open'],
    [[from({ status: 'resolved' })], to(), 'source-not-open'],
    [[from({ status: 'merged', mergedInto: 141 })], to(), 'source-not-open'],
    [[from({ visibility: 'private' })], to(), 'would-disclose'],
    [[from()], to({ visibility: 'private' }), 'would-hide'],
    [[from()], to({ demo: true }), 'drill-or-demo'],
    [[from()], to({ origin: 'drill' }), 'drill-or-demo'],
    [[from({}, false)], to(), 'last-alert'],
    [[from(), from({ number: 141 }, false)], to(), 'last-alert'],
  ] as const)
    expect(asked([...sources], goal)).toMatchObject({ refusal })
  expect(asked([], to(), { loose: [{ demo: true }] })).toMatchObject({ refusal: 'drill-or-demo' })
  expect(asked([], to({ origin: 'drill' }), { loose: [{ demo: false }] })).toMatchObject({ refusal: 'drill-or-demo' })
  // From one drill to another.
  expect(asked([from({ origin: 'drill' })], to({ origin: 'drill' }))).toBeUndefined()
  // What is in no incident is seen by everybody, and one public source of two is enough to hide something.
  expect(asked([], to({ visibility: 'private' }), { loose: [{ demo: false }] })).toMatchObject({ refusal: 'would-hide' })
  const hidden = from({ number: 141, visibility: 'private' })
  expect(asked([hidden, from()], to({ visibility: 'private' }))).toMatchObject({ refusal: 'would-hide' })
})

test('a declared incident stands without alerts, and a private one takes them where that is meant', () => {
  expect(asked([from({ declaredAt: 1 }, false)], to())).toBeUndefined()
  expect(asked([from()], to({ visibility: 'private' }), { hides: true })).toBeUndefined()
  expect(asked([from({ visibility: 'private' })], to({ visibility: 'private' }))).toBeUndefined()
})

test('who is refused hears what to do instead', () => {
  expect(asked([from({}, false)], to())?.message).toBe(
    'INC-142 would keep no alert; merge the whole of it: PUT /incidents/INC-142/merge { into: "INC-143" }.',
  )
  const without = (instead: (typeof INSTEAD)[keyof typeof INSTEAD]) =>
    mayMove({ loose: [], sources: [from({}, false)] }, to(), { hides: false, instead })?.message
  expect(without(INSTEAD.split)).toBe('INC-142 would keep no alert; leave one in it, or rename it: PATCH /incidents/INC-142.')
  expect(without(INSTEAD.declare)).toBe('INC-142 would keep no alert; declare it itself: POST /incidents/INC-142/declaration.')
  expect(asked([from({ status: 'merged', mergedInto: 141 })], to())?.message).toBe(
    'INC-142 was merged into INC-141, and its alerts go there; try again when they have.',
  )
  expect(asked([from({ status: 'resolved', mergedInto: 141 })], to())?.message).toBe(
    'INC-142 is resolved; its alerts stay where they were. Link the two incidents instead.',
  )
})
