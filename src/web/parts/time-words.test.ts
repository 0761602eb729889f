import { expect, test, vi } from 'vitest'
import { zoneName } from '../../kernel/moment.ts'
import { age, exactTime, interval, longDay, moment, momentWithZones, running, shiftTime, shortAge, timeOfDay } from './time-words.ts'

const now = Date.parse('2026-10-20T03:23:41Z')

test('Beatriz in Berlin reads when it began in both zones', () => {
  expect(momentWithZones(Date.parse('2026-10-20T03:11:00Z'), now, 'Europe/Berlin')).toBe('03:11 UTC, 05:11 Berlin')
})

test('somebody who lives in UTC is not told the same time twice', () => {
  expect(momentWithZones(Date.parse('2026-10-20T03:11:00Z'), now, 'Etc/UTC')).toBe('03:11 UTC')
})

test('times are exact near now and get a date further off, each by the day of its own zone', () => {
  const lateEvening = Date.parse('2026-10-19T22:30:00Z')
  expect(moment(lateEvening, now, 'UTC')).toBe('19 Oct 22:30')
  expect(moment(lateEvening, now, 'Europe/Berlin')).toBe('00:30')
  expect(moment(Date.parse('2025-09-03T07:00:00Z'), now, 'UTC')).toBe('3 Sep 2025 07:00')
})

test('what machines did is told to the thousandth, whole at first and then shortly', () => {
  const received = Date.parse('2026-10-20T03:11:00.114Z')
  expect([exactTime(received), exactTime(received + 7, received), exactTime(received + 60_000, received)]).toEqual([
    '03:11:00.114',
    '00.121',
    '03:12:00.114',
  ])
})

test('midnight is 00, not 24', () => {
  expect(timeOfDay(Date.parse('2026-10-20T00:00:05Z'), 'UTC', 'seconds')).toBe('00:00:05')
})

test('a running clock counts hours for a day, then days', () => {
  expect(running(761_000)).toBe('00:12:41')
  expect(running(3 * 86_400_000 + 7_961_000)).toBe('3 d 02:12:41')
})

test('intervals and ages keep the units that matter', () => {
  expect([41_000, 60_000, 571_000, 7_440_000, 266_400_000].map(interval)).toEqual(['41 s', '1 m', '9 m 31 s', '2 h 4 m', '3 d 2 h'])
  expect([5_000, 720_000, 7_440_000, 260_000_000].map(age)).toEqual(['now', '12 m', '2 h 4 m', '3 d'])
  expect([5_000, 720_000, 7_440_000, 260_000_000].map(shortAge)).toEqual(['now', '12m', '2h', '3d'])
})

test('days and shifts are said as people say them', () => {
  expect(longDay(now, 'Europe/Berlin')).toBe('Tuesday 20 October')
  expect(shiftTime(Date.parse('2026-10-23T07:00:00Z'), now, 'Europe/Berlin')).toBe('Fri 09:00')
  expect(shiftTime(Date.parse('2026-10-27T00:30:00Z'), now, 'Europe/Berlin')).toBe('Tue 27 Oct 01:30')
  expect(shiftTime(Date.parse('2026-11-06T08:00:00Z'), now, 'Europe/Berlin')).toBe('Fri 6 Nov 09:00')
})

test('a zone is called by its city', () => {
  expect(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC'].map(zoneName)).toEqual(['Berlin', 'Buenos Aires', 'UTC'])
})

test('a German reads days, months and units in German order and words', async () => {
  vi.resetModules()
  vi.doMock('../language.ts', () => ({ inLanguage: (_: unknown, german: unknown) => german }))
  const german = await import('./time-words.ts')
  const { decimalText, countText } = await import('./number-words.ts')
  const earlier = Date.parse('2026-10-19T22:04:00Z')
  expect(german.moment(earlier, now, 'UTC')).toBe('19. Okt 22:04')
  expect(german.moment(Date.parse('2025-03-03T07:00:00Z'), now, 'UTC')).toBe('3. Mär 2025 07:00')
  expect(german.longDay(now, 'Europe/Berlin')).toBe('Dienstag, 20. Oktober')
  expect(german.shiftTime(Date.parse('2026-10-23T07:00:00Z'), now, 'Europe/Berlin')).toBe('Fr 09:00')
  expect(german.shiftTime(Date.parse('2026-11-06T08:00:00Z'), now, 'Europe/Berlin')).toBe('Fr 6. Nov 09:00')
  expect([41_000, 571_000, 7_440_000, 266_400_000].map(german.interval)).toEqual(['41 s', '9 min 31 s', '2 h 4 min', '3 T 2 h'])
  expect([5_000, 720_000, 260_000_000].map(german.age)).toEqual(['jetzt', '12 min', '3 T'])
  expect([decimalText(0.02, 2), countText(33_180)]).toEqual(['0,02', '33.180'])
})
