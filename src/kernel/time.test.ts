import { expect, test } from 'vitest'
import { iso, parseInstant } from './time.ts'

test('a moment leaves as ISO 8601 in UTC with milliseconds, each as itself', () => {
  expect(iso(0)).toBe('1970-01-01T00:00:00.000Z')
  const at = Date.parse('2026-11-20T03:11:00.123Z')
  expect([at, at, at + 1, at].map(iso)).toEqual([
    '2026-11-20T03:11:00.123Z',
    '2026-11-20T03:11:00.123Z',
    '2026-11-20T03:11:00.124Z',
    '2026-11-20T03:11:00.123Z',
  ])
})

test.each([
  ['2026-11-20T03:11:00Z', '2026-11-20T03:11:00.000Z'],
  ['2026-11-20T03:11Z', '2026-11-20T03:11:00.000Z'],
  ['2026-11-20 03:11:00Z', '2026-11-20T03:11:00.000Z'],
  ['2026-11-20T04:11:00+01:00', '2026-11-20T03:11:00.000Z'],
  ['2026-11-20T04:11:00+0100', '2026-11-20T03:11:00.000Z'],
  ['2026-11-20T03:11:00.123456789Z', '2026-11-20T03:11:00.123Z'],
  ['2026-11-20t03:11:00z', '2026-11-20T03:11:00.000Z'],
])('%s is a moment', (text, same) => {
  expect(iso(parseInstant(text)!)).toBe(same)
})

test.each([
  '',
  'now',
  '2026-11-20',
  '2026-11-20T03:11:00',
  '2026-13-20T03:11:00Z',
  '2026-11-20T25:11:00Z',
  '20261120T031100Z',
  '1763608260',
  '+002026-11-20T03:11:00Z',
])('‹%s› is none: it has no offset, or is no date', (text) => {
  expect(parseInstant(text)).toBeUndefined()
})

test('what an offset pushes out of the calendar is none: no database keeps it', () => {
  for (const text of ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00'])
    expect(parseInstant(text)).toBeUndefined()
  expect(iso(parseInstant('0001-01-02T00:00:00Z')!)).toBe('0001-01-02T00:00:00.000Z')
  expect(iso(parseInstant('9999-12-31T23:59:59.999Z')!)).toBe('9999-12-31T23:59:59.999Z')
})
