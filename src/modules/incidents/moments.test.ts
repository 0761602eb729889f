import { expect, test } from 'vitest'
import { intervalsOf, momentIn, setMoment } from './moments.ts'

const counted = { status: 'resolved', drill: false } as const
const moments = {
  impactStarted: 1000,
  detected: 4000,
  declared: 9000,
  acknowledged: 10_000,
  identified: 50_000,
  mitigated: 70_000,
  resolved: 90_000,
}

test('each is measured from where it starts', () => {
  expect(intervalsOf(moments, counted)).toEqual({
    detect: { ms: 3000 },
    acknowledge: { ms: 6000 },
    declare: { ms: 5000 },
    identify: { ms: 40_000 },
    mitigate: { ms: 66_000 },
    resolve: { ms: 86_000 },
    tell: { ms: null, why: 'not-yet' },
  })
})

test('telling is measured from the impact, or from the first signal where that is not known', () => {
  expect(intervalsOf({ ...moments, firstUpdate: 8000 }, counted).tell).toEqual({ ms: 7000 })
  expect(intervalsOf({ detected: 4000, firstUpdate: 8000 }, counted).tell).toEqual({ ms: 4000 })
})

test('a signal before the impact was foreseen', () => {
  expect(intervalsOf({ ...moments, impactStarted: 5000 }, counted).detect).toEqual({ ms: null, why: 'foreseen' })
})

test.each([
  { status: 'cancelled', drill: false } as const,
  { status: 'merged', drill: false } as const,
  { status: 'resolved', drill: true } as const,
])('%j is in no number', (how) => {
  expect(Object.values(intervalsOf(moments, how)).map(({ ms }) => ms)).toEqual([null, null, null, null, null, null, null])
})

test('impact does not begin after it ended, whichever of the two is set', () => {
  expect(setMoment({ impactEnded: 5000 }, 'impactStarted', 6000, 9000)).toMatchObject({ refusal: 'out-of-order' })
  expect(setMoment({ impactStarted: 5000 }, 'impactEnded', 4000, 9000)).toMatchObject({ refusal: 'out-of-order' })
  expect(setMoment({ impactStarted: 5000 }, 'impactEnded', 6000, 9000)).toEqual({ impactStarted: 5000, impactEnded: 6000 })
})

test('it may begin after it was detected, and not in the future', () => {
  expect(setMoment({ detected: 1000 }, 'impactStarted', 2000, 9000)).toEqual({ detected: 1000, impactStarted: 2000 })
  expect(setMoment({}, 'mitigated', 9001, 9000)).toMatchObject({ refusal: 'in-the-future' })
})

test('a moment is as written, now unless said, and never to come', () => {
  expect(momentIn(undefined, 5000)).toBe(5000)
  expect(momentIn('1970-01-01T00:00:05Z', 5000)).toBe(5000)
  expect(momentIn('1970-01-01T00:00:04Z', 5000)).toBe(4000)
  expect(momentIn('1970-01-01T00:00:06Z', 5000)).toMatchObject({ refusal: 'in-the-future' })
})
