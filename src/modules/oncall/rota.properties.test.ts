import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test, vi } from 'vitest'
import { DAY, HOUR, type Instant, iso, MINUTE, SECOND } from '../../kernel/time.ts'
import { isGap, nextGap, type Override, shiftsBetween, type Why, whoIsOnCall } from './rota.ts'
import { type LayerSpec, type ScheduleSpec, scheduleSpec } from './schedule.ts'

interface Case {
  schedule: ScheduleSpec
  extraOverrides: (Override & { from: Instant; until: Instant })[]
  since: Instant
  until: Instant
  instants: Instant[]
}

/** Every tenth of the world: finding the changes of a zone is what takes Temporal longest. */
const someZones = Intl.supportedValuesOf('timeZone').filter((_, i) => i % 10 === 0)

/** Schedules in many zones around one of its clock changes, with handoffs, windows and overrides that fall into it. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    timeZone: fc.oneof(
      fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'America/New_York', 'Africa/Casablanca', 'Pacific/Apia', 'America/Boa_Vista'),
      fc.constantFrom('UTC', ...someZones),
    ),
    around: fc.oneof(
      fc.integer({ min: Date.UTC(1995, 0) / SECOND, max: Date.UTC(2045, 0) / SECOND }),
      fc.constantFrom(Date.UTC(2011, 10, 1) / SECOND, Date.UTC(2000, 9, 1) / SECOND),
    ),
  })
  .chain(({ timeZone, around }) => {
    const begin = new Temporal.ZonedDateTime(BigInt(around) * 10n ** 9n, timeZone)
    const change = begin.getTimeZoneTransition('next') ?? begin
    const local = (range: number) => fc.integer({ min: -range, max: range }).map((minutes) => localNear(change, minutes))
    const instant = (range: number) => fc.integer({ min: -range, max: range }).map((ms) => change.epochMilliseconds + ms)
    // Near the change on the wall before it, so that times in the gap and in the doubled hour are common.
    const timeOfDay = fc.oneof(
      fc.constantFrom('00:00', '02:00', '02:30', '03:00', '09:00', '17:00'),
      fc.integer({ min: 0, max: 1439 }).map((minutes) => new Date(minutes * MINUTE).toISOString().slice(11, 16)),
    )
    const users = fc.array(fc.constantFrom('ada', 'lin', 'max'), { maxLength: 4 })
    const layer = fc.record(
      {
        users,
        start: fc.oneof(local(3 * 60), local(30 * 24 * 60)),
        turn: fc.oneof(
          fc.constantFrom('1d', '2d', '1w', '12h', '24h', '90m', '7h'),
          fc.integer({ min: 1, max: 40 }).map((n) => `${n}d`),
        ),
        end: local(60 * 24 * 60),
        restrictions: fc.array(
          fc.record(
            {
              days: fc.uniqueArray(fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'), { minLength: 1 }),
              from: timeOfDay,
              until: fc.oneof(timeOfDay, fc.constant('24:00')),
            },
            { requiredKeys: ['from', 'until'] },
          ),
          { maxLength: 3 },
        ),
      },
      { requiredKeys: ['users', 'start', 'turn'] },
    )
    const length = fc.integer({ min: 1, max: 3 * DAY })
    const reason = fc.constantFrom(undefined, 'swap', 'ill')
    const written = fc.record({
      user: fc.constantFrom('mei', 'ada'),
      from: fc.oneof(local(3 * 60), instant(9 * DAY).map(iso)),
      length,
      reason,
    })
    return fc
      .record({
        schedule: fc.record({ layers: fc.array(layer, { maxLength: 4 }), overrides: fc.array(written, { maxLength: 3 }) }).map((spec) =>
          scheduleSpec.parse({
            timeZone,
            layers: spec.layers.map((one, i) => ({
              name: `layer ${i}`,
              ...one,
              ...(one.end !== undefined && one.end <= one.start ? { end: aYearAfter(one.start) } : {}),
            })),
            overrides: spec.overrides.map(({ user, from, length: ms, reason: why }) => ({
              user,
              from,
              until: iso(momentOf(from, timeZone) + ms),
              ...(why ? { reason: why } : {}),
            })),
          }),
        ),
        extraOverrides: fc
          .array(
            fc
              .record({
                user: fc.constantFrom('zoe', 'ada'),
                from: instant(9 * DAY),
                length: fc.integer({ min: -HOUR, max: 2 * DAY }),
                reason,
              })
              .map(({ length: ms, ...override }) => ({ ...override, until: override.from + ms })),
            { maxLength: 2 },
          )
          .map((overrides) => overrides.map((override, i) => ({ ...override, id: `ovr_${i}` }))),
        since: instant(20 * DAY),
        length: fc.integer({ min: 0, max: 30 * DAY }),
        instants: fc.array(fc.oneof(instant(3 * HOUR), instant(40 * DAY)), { minLength: 5, maxLength: 10 }),
      })
      .map(({ length: ms, ...rest }) => ({ ...rest, until: rest.since + ms }))
  })

const check = (seed: number, numRuns: number, property: (one: Case) => void) => fc.assert(fc.property(cases, property), { seed, numRuns })

// A busy machine may take long over them without anything being wrong.
vi.setConfig({ testTimeout: 60_000 })

describe('shifts between two instants', () => {
  test('cover the window in order, without hole or overlap, and neighbours differ', () => {
    check(1, 200, ({ schedule, extraOverrides, since, until }) => {
      const entries = shiftsBetween(schedule, since, until, extraOverrides)
      let at = since
      let before: string | undefined
      for (const entry of entries) {
        expect(entry.from).toBe(at)
        expect(entry.until).toBeGreaterThan(at)
        const answer = JSON.stringify(isGap(entry) ? null : [entry.user, entry.why])
        expect(answer).not.toBe(before)
        at = entry.until
        before = answer
      }
      expect(at).toBe(until)
      expect(nextGap(schedule, since, until, extraOverrides)).toEqual(entries.find(isGap))
    })
  })

  test('agree with who is on call at every instant inside, bounds included', () => {
    check(2, 100, ({ schedule, extraOverrides, since, until }) => {
      for (const entry of shiftsBetween(schedule, since, until, extraOverrides)) {
        for (const instant of [entry.from, Math.floor((entry.from + entry.until) / 2), entry.until - 1]) {
          const shift = whoIsOnCall(schedule, instant, extraOverrides)
          if (isGap(entry)) expect(shift).toBeUndefined()
          else {
            expect(shift).toMatchObject({ user: entry.user, why: entry.why })
            if (entry.from > since) expect(shift!.from).toBe(entry.from)
            else expect(shift!.from).toBeLessThanOrEqual(since)
            if (entry.until < until) expect(shift!.until).toBe(entry.until)
            else expect(shift!.until ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(until)
          }
        }
      }
    })
  })
})

describe('agreement with a slow reference that steps through the calendar with Temporal', () => {
  test('at instants near and far from a clock change', () => {
    check(3, 250, ({ schedule, extraOverrides, instants }) => {
      for (const instant of instants) {
        const shift = whoIsOnCall(schedule, instant, extraOverrides)
        expect(shift && { user: shift.user, why: shift.why }).toEqual(reference(schedule, instant, extraOverrides))
      }
    })
  })

  test('on both sides of every bound', () => {
    check(4, 60, ({ schedule, extraOverrides, since, until }) => {
      for (const entry of shiftsBetween(schedule, since, until, extraOverrides).slice(0, 12)) {
        const answer = isGap(entry) ? undefined : { user: entry.user, why: entry.why }
        expect(reference(schedule, entry.from, extraOverrides)).toEqual(answer)
        expect(reference(schedule, entry.until - 1, extraOverrides)).toEqual(answer)
      }
    })
  })
})

/** Says nothing about bounds and keeps nothing: each answer is looked for from the start of the layer on. */
function reference(schedule: ScheduleSpec, at: Instant, extraOverrides: Case['extraOverrides']): { user: string; why: Why } | undefined {
  const { timeZone } = schedule
  for (const { user, from, until, id, reason } of extraOverrides.toReversed()) {
    if (from <= at && at < until) return { user, why: { kind: 'override', ...(reason ? { reason } : {}), ...(id ? { id } : {}) } }
  }
  for (const { user, from, until, reason } of (schedule.overrides ?? []).toReversed()) {
    if (momentOf(from, timeZone) <= at && at < momentOf(until, timeZone))
      return { user, why: { kind: 'override', ...(reason ? { reason } : {}) } }
  }
  for (const layer of schedule.layers.toReversed()) {
    const user = referenceUser(layer, timeZone, at)
    if (user) return { user, why: { kind: 'layer', layer: layer.name } }
  }
  return undefined
}

function referenceUser(layer: LayerSpec, timeZone: string, at: Instant): string | undefined {
  const start = Temporal.PlainDateTime.from(layer.start)
  if (at < momentOf(layer.start, timeZone) || (layer.end && at >= momentOf(layer.end, timeZone)) || !isOpen(layer, timeZone, at))
    return undefined
  const [, amount, unit] = /^(\d+)([wdhm])$/.exec(layer.turn)!
  const field = { w: 'weeks', d: 'days', h: 'hours', m: 'minutes' }[unit!]!
  const isCalendar = unit === 'w' || unit === 'd'
  const handoff = (turn: number) => {
    const by = { [field]: Number(amount) * turn }
    const zoned = isCalendar ? start.add(by).toZonedDateTime(timeZone) : start.toZonedDateTime(timeZone).toInstant().add(by)
    return zoned.epochMilliseconds
  }
  let turn = 0
  while (handoff(turn + 1) <= at) turn++
  return layer.users[turn % layer.users.length]
}

function isOpen({ restrictions }: LayerSpec, timeZone: string, at: Instant): boolean {
  if (!restrictions || restrictions.length === 0) return true
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate()
  const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  return [-3, -2, -1, 0, 1, 2].some((days) => {
    const date = today.add({ days })
    return restrictions.some((window) => {
      if (window.days && !window.days.some((day) => names.indexOf(day) === date.dayOfWeek - 1)) return false
      const opens = firstAt(date, window.from, timeZone)
      const closes = firstAt(window.until <= window.from ? date.add({ days: 1 }) : date, window.until, timeZone)
      return opens <= at && at < closes
    })
  })
}

/** When the wall clock first shows the time of the date or, if it never does, the end of the gap. */
function firstAt(date: Temporal.PlainDate, time: string, timeZone: string): Instant {
  const plain = time === '24:00' ? date.add({ days: 1 }).toPlainDateTime() : date.toPlainDateTime(Temporal.PlainTime.from(time))
  const zoned = plain.toZonedDateTime(timeZone)
  if (zoned.toPlainDateTime().equals(plain)) return zoned.epochMilliseconds
  return plain.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).getTimeZoneTransition('next')!.epochMilliseconds
}

function momentOf(written: string, timeZone: string): Instant {
  return /Z$/.test(written) ? Date.parse(written) : Temporal.PlainDateTime.from(written).toZonedDateTime(timeZone).epochMilliseconds
}

/** What the wall would show so many minutes from the change, had the clock not been changed. */
function localNear(change: Temporal.ZonedDateTime, minutes: number): string {
  const before = change.subtract({ nanoseconds: 1 }).toPlainDateTime().add({ nanoseconds: 1 })
  return before.add({ minutes }).toString().slice(0, 16)
}

function aYearAfter(local: string): string {
  return Temporal.PlainDateTime.from(local).add({ years: 1 }).toString().slice(0, 16)
}
