import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test, vi } from 'vitest'
import { iso } from './time.ts'
import { firstInstantAt, instantOf, isTimeZone, localOf, parseLocal, parseMoment, parseTimeOfDay, zoneOf } from './zone.ts'

const wall = (text: string) => parseLocal(text)!
const at = (text: string) => Date.parse(text)

describe('names', () => {
  test.each(['Europe/Berlin', 'UTC', 'Etc/GMT+2', 'America/Argentina/Buenos_Aires', 'europe/berlin'])('%s is a zone', (name) => {
    expect(isTimeZone(name)).toBe(true)
  })
  test.each(['', 'Berlin', 'Europe/Atlantis', '+02:00', '-05', 'Europe/Berlin '])('‹%s› is not', (name) => {
    expect(isTimeZone(name)).toBe(false)
    expect(() => zoneOf(name)).toThrow(RangeError)
  })
})

describe('from the wall to the instant', () => {
  test.each<[zone: string, story: string, local: string, instant: string, firstInstant: string]>([
    ['Europe/Berlin', 'winter', '2026-01-05T09:00', '2026-01-05T08:00:00.000Z', '2026-01-05T08:00:00.000Z'],
    ['Europe/Berlin', 'last second before spring', '2026-03-29T01:59:59', '2026-03-29T00:59:59.000Z', '2026-03-29T00:59:59.000Z'],
    ['Europe/Berlin', 'first of the missing hour', '2026-03-29T02:00', '2026-03-29T01:00:00.000Z', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', 'inside the missing hour', '2026-03-29T02:30', '2026-03-29T01:30:00.000Z', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', 'just after it', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z', '2026-03-29T01:00:00.000Z'],
    ['Europe/Berlin', 'the doubled hour', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z', '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', 'its end', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z', '2026-10-25T02:00:00.000Z'],
    ['America/New_York', 'missing', '2026-03-08T02:30', '2026-03-08T07:30:00.000Z', '2026-03-08T07:00:00.000Z'],
    ['America/New_York', 'doubled', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z', '2026-11-01T05:30:00.000Z'],
    ['Australia/Lord_Howe', 'half an hour missing', '2026-10-04T02:15', '2026-10-03T15:45:00.000Z', '2026-10-03T15:30:00.000Z'],
    ['Australia/Lord_Howe', 'half an hour doubled', '2026-04-05T01:45', '2026-04-04T14:45:00.000Z', '2026-04-04T14:45:00.000Z'],
    ['Africa/Casablanca', 'doubled when Ramadan comes', '2025-02-23T02:30', '2025-02-23T01:30:00.000Z', '2025-02-23T01:30:00.000Z'],
    ['Africa/Casablanca', 'missing when it ends', '2025-04-06T02:30', '2025-04-06T02:30:00.000Z', '2025-04-06T02:00:00.000Z'],
    ['Pacific/Apia', 'the day that was left out', '2011-12-30T09:00', '2011-12-30T19:00:00.000Z', '2011-12-30T10:00:00.000Z'],
    ['Pacific/Apia', 'the day after', '2011-12-31T09:00', '2011-12-30T19:00:00.000Z', '2011-12-30T19:00:00.000Z'],
    ['Asia/Kolkata', 'half an hour off', '2026-01-05T09:00', '2026-01-05T03:30:00.000Z', '2026-01-05T03:30:00.000Z'],
    ['America/Boa_Vista', 'a summer of one week', '2000-10-12T12:00', '2000-10-12T15:00:00.000Z', '2000-10-12T15:00:00.000Z'],
    ['America/Boa_Vista', 'the week before', '2000-10-06T12:00', '2000-10-06T16:00:00.000Z', '2000-10-06T16:00:00.000Z'],
    ['America/Boa_Vista', 'the week after', '2000-10-17T12:00', '2000-10-17T16:00:00.000Z', '2000-10-17T16:00:00.000Z'],
    ['Africa/Monrovia', 'seconds off', '1950-01-01T00:00', '1950-01-01T00:44:30.000Z', '1950-01-01T00:44:30.000Z'],
  ])('%s, %s: %s', (name, _story, local, instant, firstInstant) => {
    const zone = zoneOf(name)
    expect([iso(instantOf(zone, wall(local))), iso(firstInstantAt(zone, wall(local)))]).toEqual([instant, firstInstant])
  })

  test('an instant at the edges of the calendar has a wall time too', () => {
    for (const edge of [-8.64e15, 8.64e15])
      expect([localOf(zoneOf('UTC'), edge), localOf(zoneOf('Asia/Kolkata'), edge) - edge]).toEqual([edge, expect.any(Number)])
  })
})

describe('agreement with Temporal', () => {
  // A busy machine may take long over them without anything being wrong.
  vi.setConfig({ testTimeout: 60_000 })
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC')
  const instants = fc.integer({ min: at('1971-01-01T00:00Z') / 1000, max: at('2060-01-01T00:00Z') / 1000 })

  test('on what the wall shows, anywhere and whenever', () => {
    const agrees = fc.property(zones, instants, (name, second) => {
      const shown = new Date(localOf(zoneOf(name), second * 1000)).toISOString().slice(0, 19)
      expect(shown).toBe(
        new Temporal.ZonedDateTime(BigInt(second) * 10n ** 9n, name).toPlainDateTime().toString({ smallestUnit: 'second' }),
      )
    })
    fc.assert(agrees, { seed: 11, numRuns: 120 })
  })

  test('within hours of a clock change, both ways', () => {
    const hours = fc.integer({ min: -26 * 60, max: 26 * 60 })
    const agrees = fc.property(zones, instants, hours, hours, (name, second, minutes, more) => {
      const begin = new Temporal.ZonedDateTime(BigInt(second) * 10n ** 9n, name)
      const change = begin.getTimeZoneTransition('next') ?? begin
      const near = change.add({ minutes })
      const zone = zoneOf(name)
      expect(localOf(zone, near.epochMilliseconds)).toBe(Date.parse(`${near.toPlainDateTime()}Z`))
      const plain = change.toPlainDateTime().add({ minutes: more })
      expect(instantOf(zone, Date.parse(`${plain}Z`))).toBe(plain.toZonedDateTime(name, { disambiguation: 'compatible' }).epochMilliseconds)
    })
    fc.assert(agrees, { seed: 12, numRuns: 120 })
  })

  test('what the wall showed leads back to the first time it did', () => {
    const leadsBack = fc.property(zones, instants, (name, second) => {
      const zone = zoneOf(name)
      const local = localOf(zone, second * 1000)
      const back = instantOf(zone, local)
      expect(localOf(zone, back)).toBe(local)
      expect(back).toBeLessThanOrEqual(second * 1000)
      expect(firstInstantAt(zone, local)).toBe(back)
    })
    fc.assert(leadsBack, { seed: 13, numRuns: 120 })
  })
})

describe('reading', () => {
  test('date and time on the wall', () => {
    expect(parseLocal('2026-01-05T09:00')).toBe(at('2026-01-05T09:00Z'))
    expect(parseLocal('2024-02-29T23:59:59')).toBe(at('2024-02-29T23:59:59Z'))
    for (const text of [
      '2026-02-29T09:00',
      '2026-13-01T09:00',
      '2026-01-05 09:00',
      '2026-01-05T9:00',
      '2026-01-05T09:60',
      '1899-01-01T00:00',
      '',
    ]) {
      expect([text, parseLocal(text)]).toEqual([text, undefined])
    }
  })

  test('a moment, with an offset or on the wall of the zone', () => {
    const berlin = zoneOf('Europe/Berlin')
    expect(parseMoment('2026-07-01T09:00', berlin)).toBe(at('2026-07-01T07:00Z'))
    expect(parseMoment('2026-07-01T09:00Z', berlin)).toBe(at('2026-07-01T09:00Z'))
    expect(parseMoment('2026-07-01T09:00:01.250Z', berlin)).toBe(at('2026-07-01T09:00:01.250Z'))
    expect(parseMoment('2026-07-01T09:00:00-04:00', berlin)).toBe(at('2026-07-01T13:00Z'))
    for (const text of ['2026-07-01', '2026-02-30T09:00Z', '2026-07-01T09:00:01.250', '2026-07-01T09:00+99:00', 'now']) {
      expect([text, parseMoment(text, berlin)]).toEqual([text, undefined])
    }
  })

  test('a time of day', () => {
    expect(['00:00', '09:30', '23:59', '24:00'].map(parseTimeOfDay)).toEqual([0, 34_200_000, 86_340_000, 86_400_000])
    expect(['9:30', '24:01', '12:60', '1200', ''].map(parseTimeOfDay)).toEqual([undefined, undefined, undefined, undefined, undefined])
  })
})
