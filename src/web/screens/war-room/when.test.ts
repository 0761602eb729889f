import { expect, test } from 'vitest'
import { whenMeant } from './when.ts'

const NOW = Date.parse('2026-10-20T22:30:00Z')

test('a while is understood as people write it', () => {
  expect(whenMeant('15m', NOW)).toBe('15m')
  expect(whenMeant('10', NOW)).toBe('10m')
  expect(whenMeant('1 h 30 min', NOW)).toBe('90m')
  expect(whenMeant('0m', NOW)).toBeUndefined()
  expect(whenMeant('soon', NOW)).toBeUndefined()
})

test('a time of day is the next one by the clocks of whoever types it', () => {
  expect(whenMeant('23:00', NOW, 'UTC')).toBe('2026-10-20T23:00:00.000Z')
  expect(whenMeant('22:30', NOW, 'UTC')).toBe('2026-10-21T22:30:00.000Z')
  // In Berlin it is half past midnight.
  expect(whenMeant('1:00', NOW, 'Europe/Berlin')).toBe('2026-10-20T23:00:00.000Z')
  expect(whenMeant('25:00', NOW, 'UTC')).toBeUndefined()
  expect(whenMeant('14:30', NOW)).toBeUndefined()
})
