import { expect, test } from 'vitest'
import { rankOf } from './severity.ts'

test.each([
  [1, ['critical', 'CRITICAL', ' Critical ', 'crit', 'fatal', 'emergency', 'disaster', 'page', 'P1', 'p0', 'sev1', 'SEV-1']],
  [2, ['error', 'major', 'high', 'P2', 'sev2']],
  [3, ['warning', 'warn', 'Minor', 'medium', 'average', 'P3', 'sev3']],
  [4, ['info', 'information', 'none', 'low', 'notice', 'debug', 'P4', 'P5', 'sev4', 'sev5']],
])('rank %i is %j', (rank, words) => {
  const warnings: string[] = []
  expect(words.map((word) => rankOf(word, warnings))).toEqual(words.map(() => rank))
  expect(warnings).toEqual([])
})

test.each([
  ['blue', 'unknown severity ‹blue›, taken as error'],
  [7, 'unknown severity ‹7›, taken as error'],
  [{ a: 1 }, 'unknown severity ‹{"a":1}›, taken as error'],
  ['__proto__', 'unknown severity ‹__proto__›, taken as error'],
  ['constructor', 'unknown severity ‹constructor›, taken as error'],
  ['', 'no severity given, taken as error'],
  [null, 'no severity given, taken as error'],
  [undefined, 'no severity given, taken as error'],
])('%j is taken as an error, and says so', (severity, warning) => {
  const warnings: string[] = []
  expect(rankOf(severity, warnings)).toBe(2)
  expect(warnings).toEqual([warning])
})
