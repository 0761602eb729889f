import { expect, test } from 'vitest'
import { iso } from '../../kernel/time.ts'
import { parsePast, parseWhen } from './when.ts'

/** Tuesday, 04:23 in Berlin. */
const now = Date.parse('2026-10-20T02:23:00Z')

function when(text: string, zone = 'Europe/Berlin'): string | undefined {
  const at = parseWhen(text, now, zone)
  return at === undefined ? undefined : iso(at).slice(0, 16)
}

test('times are said as people say them, in their zone', () => {
  expect(when('fri 18:00')).toBe('2026-10-23T16:00')
  expect(when('friday 18:00')).toBe('2026-10-23T16:00')
  expect(when('Sun 03:11')).toBe('2026-10-25T02:11')
  expect(when('18:00')).toBe('2026-10-20T16:00')
  expect(when('18:00', 'UTC')).toBe('2026-10-20T18:00')
  expect(when('tomorrow 9:00')).toBe('2026-10-21T07:00')
  expect(when('2026-12-24')).toBe('2026-12-23T23:00')
  expect(when('2026-01-05T09:00')).toBe('2026-01-05T08:00')
  expect(when('2026-01-05 09:00')).toBe('2026-01-05T08:00')
})

test('what has passed today is meant for the next time', () => {
  expect(when('03:00')).toBe('2026-10-21T01:00')
  expect(when('tue 03:00')).toBe('2026-10-27T02:00')
  expect(when('tue 05:00')).toBe('2026-10-20T03:00')
})

test('lengths count from now, and a time with an offset is itself', () => {
  expect(when('in 3h')).toBe('2026-10-20T05:23')
  expect(when('1h 30m')).toBe('2026-10-20T03:53')
  expect(when('2026-10-20T10:00:00+02:00')).toBe('2026-10-20T08:00')
  expect(when('now')).toBe('2026-10-20T02:23')
})

test('what is no time is none', () => {
  for (const text of ['', 'soon', 'fri 25:00', '2026-02-30', 'fr!day', '12']) expect([text, when(text)]).toEqual([text, undefined])
})

test('looking back, a weekday is the last one there was', () => {
  const now = Date.parse('2026-11-20T12:00:00Z')
  const past = (text: string) => new Date(parsePast(text, now, 'Europe/Berlin')!).toISOString().slice(0, 16)
  expect(past('24h')).toBe('2026-11-19T12:00')
  expect(past('90 m ago')).toBe('2026-11-20T10:30')
  expect(past('09:00')).toBe('2026-11-20T08:00')
  expect(past('18:00')).toBe('2026-11-19T17:00')
  expect(past('mon 09:00')).toBe('2026-11-16T08:00')
  expect(past('fri 18:00')).toBe('2026-11-13T17:00')
  expect(past('2026-11-01')).toBe('2026-10-31T23:00')
  expect(parsePast('whenever', now, 'UTC')).toBeUndefined()
})
