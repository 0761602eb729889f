import { expect, test } from 'vitest'
import { lastTime, wallText } from './calendar.ts'

const friday = Date.parse('2026-11-20T03:11:00Z')

test('Monday at nine in Berlin was four days ago, in winter at eight UTC', () => {
  expect(new Date(lastTime(friday, 'mon', '09:00')).toISOString()).toBe('2026-11-16T08:00:00.000Z')
})

test('a time of today that has not come yet was a week ago', () => {
  expect(new Date(lastTime(friday, 'fri', '04:10')).toISOString()).toBe('2026-11-20T03:10:00.000Z')
  expect(new Date(lastTime(friday, 'fri', '04:11')).toISOString()).toBe('2026-11-13T03:11:00.000Z')
})

test('over a clock change the wall keeps its time', () => {
  const monday = Date.parse('2026-10-26T12:00:00Z')
  expect(new Date(lastTime(monday, 'sat', '09:00')).toISOString()).toBe('2026-10-24T07:00:00.000Z')
  expect(wallText(lastTime(monday, 'sat', '09:00'), 7)).toBe('2026-10-31T09:00')
})
