import { expect, test } from 'vitest'
import { agoText, askedZone, countdown, momentText } from './moment.ts'

const at = (text: string) => Date.parse(text)
const now = at('2026-11-20T03:11:24Z')

test.each([
  ['2026-11-20T03:11:00Z', 'Europe/Berlin', '04:11 Berlin, 03:11 UTC'],
  ['2026-11-20T03:11:00Z', 'UTC', '03:11 UTC'],
  ['2026-11-20T03:11:00Z', 'Etc/UTC', '03:11 UTC'],
  ['2026-11-18T03:11:00Z', 'Europe/Berlin', '18 Nov 04:11 Berlin, 03:11 UTC'],
  ['2026-11-20T02:11:00Z', 'America/New_York', '21:11 New York, 20 Nov 02:11 UTC'],
  ['2026-11-19T20:00:00Z', 'Asia/Ho_Chi_Minh', '03:00 Ho Chi Minh, 19 Nov 20:00 UTC'],
])('%s for somebody in %s is %s', (moment, zone, said) => {
  expect(momentText(at(moment), now, { zone, language: 'en' })).toBe(said)
})

test('a later day is named, with its year when that is another', () => {
  expect(momentText(at('2026-11-21T03:11:00Z'), now, { zone: 'Europe/Berlin', language: 'en' })).toBe('21 Nov 04:11 Berlin, 03:11 UTC')
  expect(momentText(at('2027-01-02T03:11:00Z'), now, { zone: 'UTC', language: 'en' })).toBe('2 Jan 2027 03:11 UTC')
})

test('in German it is said in German', () => {
  expect(momentText(at('2026-11-18T03:11:00Z'), now, { zone: 'Europe/Berlin', language: 'de' })).toBe('18. Nov. 04:11 Berlin, 03:11 UTC')
})

test('a zone that is asked for is taken when there is one of that name', () => {
  expect([askedZone('Asia/Tokyo'), askedZone('Asia/Toki'), askedZone('+02:00'), askedZone(undefined)]).toEqual([
    'Asia/Tokyo',
    'UTC',
    'UTC',
    'UTC',
  ])
})

test('a zone that is not known here is no reason to fail: it is said in UTC', () => {
  expect(momentText(at('2026-05-02T03:11:00Z'), now, { zone: 'Mars/Olympus', language: 'de' })).toBe('2. Mai 03:11 UTC')
})

test('around the new year both clocks say their own day', () => {
  expect(momentText(at('2026-12-31T23:30:00Z'), now, { zone: 'Europe/Berlin', language: 'en' })).toBe(
    '1 Jan 2027 00:30 Berlin, 31 Dec 23:30 UTC',
  )
})

test('what is left and what is past are told in the unit that matters', () => {
  expect([252_000, 30_000, 3_859_001, 0, -5].map(countdown)).toEqual(['4:12', '0:30', '1:04:20', '0:00', '0:00'])
  expect([24_000, 720_000, 3 * 3_600_000, 72 * 3_600_000, -1].map((ms) => agoText(ms, 'en'))).toEqual([
    '24 s ago',
    '12 min ago',
    '3 h ago',
    '3 days ago',
    '0 s ago',
  ])
})

test('how long ago is said in German', () => {
  expect([24_000, 720_000, 72 * 3_600_000].map((ms) => agoText(ms, 'de'))).toEqual(['vor 24 s', 'vor 12 min', 'vor 3 Tagen'])
})
