import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../kernel/time.ts'
import { age, clockTime, countdown, dayOf, dayTime, dayTimes, lengthOf, runningClock, zoneHead, zoneTold } from './moments.ts'

const BERLIN = 'Europe/Berlin'
/** Tuesday 04:23 in Berlin. */
const now = Date.parse('2026-10-20T02:23:41.114Z')

test('times are exact near now, and dates further off', () => {
  expect(dayTime(Date.parse('2026-10-20T07:00:00Z'), now, BERLIN)).toBe('09:00')
  expect(dayTime(Date.parse('2026-10-23T07:00:00Z'), now, BERLIN)).toBe('Fri 09:00')
  expect(dayTime(Date.parse('2026-10-30T08:00:00Z'), now, BERLIN)).toBe('Fri 30 Oct 09:00')
  expect(dayTime(Date.parse('2027-10-30T07:00:00Z'), now, BERLIN)).toBe('30 Oct 2027 09:00')
})

test('midnight belongs to the day that begins, in the zone of the reader', () => {
  expect(dayTime(Date.parse('2026-10-20T22:00:00Z'), now, BERLIN)).toBe('Wed 00:00')
  expect(dayTime(Date.parse('2026-10-20T22:00:00Z'), now, 'UTC')).toBe('22:00')
  expect(dayOf(Date.parse('2026-10-20T22:00:00Z'), BERLIN)).toBe('Wed 21 Oct')
})

test('lengths are said with as many units as help', () => {
  expect([41 * SECOND, 12 * MINUTE, 5 * HOUR, 30 * HOUR, 3 * DAY].map(age)).toEqual(['41 s', '12 m', '5 h', '30 h', '3 d'])
  expect([0, 41 * SECOND, 12 * MINUTE, 725 * SECOND, 5 * HOUR + 12 * MINUTE, 3 * DAY + 3 * HOUR, 3 * DAY + MINUTE].map(lengthOf)).toEqual([
    '0 s',
    '41 s',
    '12 m',
    '12 m 5 s',
    '5 h 12 m',
    '3 d 3 h',
    '3 d',
  ])
  expect([72 * SECOND, 0, -5, 5 * HOUR].map(countdown)).toEqual(['1:12', '0:00', '0:00', '5 h'])
  expect(runningClock(12 * MINUTE + 41 * SECOND)).toBe('00:12:41')
  expect(runningClock(30 * HOUR)).toBe('30:00:00')
})

test('a clock says its zone', () => {
  expect(clockTime(now, BERLIN)).toBe('04:23:41')
  expect(clockTime(now, 'UTC', 'milliseconds')).toBe('02:23:41.114')
  expect(clockTime(now, 'UTC', 'minutes')).toBe('02:23')
  expect([zoneHead('Asia/Ho_Chi_Minh'), zoneHead('UTC')]).toEqual(['HO CHI MINH, UTC', 'UTC'])
  expect([BERLIN, 'America/St_Johns', 'Asia/Kolkata', 'UTC'].map((zone) => zoneTold(zone, now))).toEqual([
    'Berlin, UTC+2',
    'St Johns, UTC-2:30',
    'Kolkata, UTC+5:30',
    'UTC',
  ])
})

test('a column says each moment by the reader’s clock and in UTC, and the day twice where it differs', () => {
  expect(dayTimes(Date.parse('2026-10-23T07:00:00Z'), now, BERLIN)).toBe('Fri 09:00, 07:00')
  expect(dayTimes(Date.parse('2026-10-22T23:00:00Z'), now, BERLIN)).toBe('Fri 01:00, Thu 23:00')
  expect(dayTimes(Date.parse('2026-10-23T07:00:00Z'), now, 'UTC')).toBe('Fri 07:00')
})
