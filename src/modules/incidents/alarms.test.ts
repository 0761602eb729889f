import { expect, test } from 'vitest'
import { isDown } from './alarms.ts'

test.each([
  ['never delivered, five failures', { failuresInARow: 5, lastDeliveredAt: null }, true],
  ['four failures', { failuresInARow: 4, lastDeliveredAt: null }, false],
  ['delivered half a minute ago', { failuresInARow: 9, lastDeliveredAt: 70_000 }, false],
  ['delivered long ago', { failuresInARow: 9, lastDeliveredAt: 10_000 }, true],
])('a channel is down: %s', (_, health, expected) => {
  expect(isDown(health, 100_000)).toBe(expected)
})
