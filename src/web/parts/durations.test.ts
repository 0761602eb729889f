import { expect, test } from 'vitest'
import { durationInWords, meantDuration } from './durations.ts'

test.each([
  [0, 'at once'],
  [90_000, '1 minute 30 seconds'],
  [300_000, '5 minutes'],
  [3_600_000, '1 hour'],
  [2 * 86_400_000 + 3_600_000, '2 days 1 hour'],
])('%i ms are said as ‹%s›', (ms, said) => {
  expect(durationInWords(ms)).toBe(said)
})

test.each([
  ['5', '5m'],
  ['5m', '5m'],
  ['5 min', '5m'],
  ['90 seconds', '90s'],
  ['1 hour 30 minutes', '90m'],
  ['2 Tage', '2d'],
  ['1 Stunde und 5 Minuten', '65m'],
])('‹%s› is meant as ‹%s›', (written, meant) => {
  expect(meantDuration(written)).toBe(meant)
})

test.each(['', 'soon', '5 parsecs', '5 minutes or so'])('nobody can tell what ‹%s› means', (written) => {
  expect(meantDuration(written)).toBeUndefined()
})
