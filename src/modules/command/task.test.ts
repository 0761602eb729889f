import { expect, test } from 'vitest'
import { alikeTo, dueAt } from './task.ts'

test.each([
  ['check the p99 of checkout', 'Check p99 on checkout', true],
  ['roll back gateway 2.14', 'roll back gw', true],
  ['call the vendor', 'check p99', false],
  ['the and', 'the and', false],
])('%s / %s: %s', (said, open, is) => {
  expect(alikeTo(said, [{ text: open }])).toHaveLength(is ? 1 : 0)
})

test('due is a while from now, shorter in a drill, or the moment itself', () => {
  expect(dueAt('3m', 1000, 1)).toBe(181_000)
  expect(dueAt('3m', 1000, 60)).toBe(4000)
  expect(dueAt('2026-01-05T08:00:00Z', 1000, 60)).toBe(Date.parse('2026-01-05T08:00:00Z'))
})
