import { expect, test } from 'vitest'
import { DAY } from '../../kernel/time.ts'
import { createDayKept, createDaySum } from './quota.ts'

const noon = Date.parse('2026-11-20T12:00:00Z')
const KB = 1024

test('bodies of a day are kept whole, then their first 4 KB, then counted; the next day anew', () => {
  const day = createDayKept({ each: 40 * KB, all: 1000 * KB })
  const kept = Array.from({ length: 9 }, () => day.note('hog', noon, 9 * KB, 1) / KB)
  expect(kept).toEqual([9, 9, 9, 9, 9, 4, 4, 0, 0])
  expect(day.note('other', noon, 9 * KB, 1)).toBe(9 * KB)
  expect(day.over(noon)).toEqual({ integrations: ['hog'], all: false })
  expect(day.note('hog', noon + DAY, 9 * KB, 1)).toBe(9 * KB)
  expect(day.over(noon + DAY)).toEqual({ integrations: [], all: false })
  // What is written late about yesterday changes nothing today.
  day.set(noon, new Map([['hog', 99 * KB]]))
  expect(day.keeping('hog', noon + DAY)).toBe('whole')
})

test('many integrations together have an end as well, and what is kept twice counts twice', () => {
  const day = createDayKept({ each: 40 * KB, all: 40 * KB })
  for (const name of ['a', 'b', 'c', 'd']) day.note(name, noon, 5 * KB, 2)
  expect(day.over(noon)).toEqual({ integrations: [], all: true })
  expect(day.note('e', noon, 5 * KB, 1)).toBe(4 * KB)
})

test('what other nodes have kept counts', () => {
  const day = createDayKept({ each: 40 * KB, all: 1000 * KB })
  day.set(noon, new Map([['hog', 45 * KB]]))
  expect(day.keeping('hog', noon)).toBe('first-part')
  day.set(noon, new Map([['hog', 50 * KB]]))
  expect(day.keeping('hog', noon)).toBe('counted')
})

test('of new alerts what is taken up adds up by integration, by all, and by the day', () => {
  const day = createDaySum({ each: 40 * KB, all: 60 * KB })
  for (const name of ['a', 'b']) for (let i = 0; i < 3; i++) day.add(name, noon, 9 * KB)
  expect(day.share('a', noon)).toBeCloseTo(54 / 60)
  day.add('a', noon, 14 * KB)
  expect([day.share('a', noon) >= 1, day.share('c', noon) >= 1]).toEqual([true, true])
  expect(day.over(noon)).toEqual({ integrations: ['a'], all: true })
  expect(day.share('a', noon + DAY)).toBe(0)
})
