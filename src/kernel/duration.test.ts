import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDuration, parseDuration } from './duration.ts'
import { DAY, HOUR, MINUTE, SECOND } from './time.ts'

test.each([
  ['0s', 0],
  ['90s', 90 * SECOND],
  ['5m', 5 * MINUTE],
  ['2h', 2 * HOUR],
  ['7d', 7 * DAY],
  ['2w', 14 * DAY],
  ['1h30m', 90 * MINUTE],
  ['1d12h', 36 * HOUR],
])('%s is a duration', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each(['', '5', 'm', '5 m', '-5m', '1.5h', '5M', '5min', 'PT5M', '5m ', '99999999999999w', '5m\n'])('‹%s› is none', (text) => {
  expect(parseDuration(text)).toBeUndefined()
})

test('is written in the largest unit that loses nothing', () => {
  const cases: [number, string][] = [
    [0, '0s'],
    [90 * SECOND, '90s'],
    [HOUR, '1h'],
    [90 * MINUTE, '90m'],
    [14 * DAY, '14d'],
  ]
  for (const [ms, text] of cases) expect(formatDuration(ms)).toBe(text)
})

test('what is written can be read again', () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), (seconds) => {
      expect(parseDuration(formatDuration(seconds * SECOND))).toBe(seconds * SECOND)
    }),
  )
})
