import { DAY, type Instant, iso } from '../../kernel/time.ts'
import { instantOf, localOf, zoneOf } from '../../kernel/zone.ts'
import { eachShift, type Gap, isGap, type Override, whoIsOnCall } from './rota.ts'
import type { ScheduleSpec } from './schedule.ts'

/** How far ahead cover is looked at. */
export const COVER_DAYS = 60
/** A turn of seconds makes millions of shifts; what lies beyond this many is not known. */
const SHIFTS_MAX = 5000

/**
 * Of a day: `whole` has somebody all the time, `part` and `none` leave out hours for which the schedule is not written,
 * in a `gap` somebody is missing.
 */
export type DayCover = 'whole' | 'part' | 'none' | 'gap' | 'unknown'

export interface Cover {
  days: { date: string; cover: DayCover; people: string[] }[]
  /** Time in which somebody is missing; hours for which the schedule is not written are none. */
  gaps: Gap[]
}

/** The next days on the calendar of the schedule's zone, the one that contains `now` first. */
export function coverOf(schedule: ScheduleSpec, now: Instant, days: number, extraOverrides: readonly Override[] = []): Cover {
  const zone = zoneOf(schedule.timeZone)
  const today = Math.floor(localOf(zone, now) / DAY) * DAY
  const ends = Array.from({ length: days }, (_, i) => instantOf(zone, today + (i + 1) * DAY))
  const told = ends.map((_, i) => ({ date: iso(today + i * DAY).slice(0, 10), people: new Set<string>(), covered: 0, gap: false }))
  const gaps: Gap[] = []
  let day = 0
  let count = 0
  let knownUntil = now
  for (const entry of eachShift(schedule, now, ends.at(-1) ?? now, extraOverrides)) {
    if (++count > SHIFTS_MAX) break
    knownUntil = entry.until
    const missing = isGap(entry) ? missingIn(schedule, entry) : []
    gaps.push(...missing)
    while (day < days && ends[day]! <= entry.from) day++
    for (let i = day; i < days && (i === 0 ? now : ends[i - 1]!) < entry.until; i++) {
      const from = Math.max(entry.from, i === 0 ? now : ends[i - 1]!)
      const until = Math.min(entry.until, ends[i]!)
      if (isGap(entry)) told[i]!.gap ||= missing.some((gap) => gap.from < until && gap.until > from)
      else {
        told[i]!.people.add(entry.user)
        told[i]!.covered += until - from
      }
    }
  }
  return {
    gaps,
    days: told.map(({ date, people, covered, gap }, i) => {
      const length = ends[i]! - (i === 0 ? now : ends[i - 1]!)
      const cover = gap ? 'gap' : ends[i]! > knownUntil ? 'unknown' : covered === length ? 'whole' : covered > 0 ? 'part' : 'none'
      return { date, cover, people: [...people] }
    }),
  }
}

/** Why nobody is on call at a moment when nobody is: outside the hours the schedule is written for, or somebody is missing. */
export function absenceAt(schedule: ScheduleSpec, at: Instant): 'outside-hours' | 'gap' {
  return whoIsOnCall(withoutHours(schedule), at) ? 'outside-hours' : 'gap'
}

function missingIn(schedule: ScheduleSpec, { from, until }: Gap): Gap[] {
  return [...eachShift(withoutHours(schedule), from, until)].filter(isGap)
}

const unrestricted = new WeakMap<ScheduleSpec, ScheduleSpec>()

/** The schedule as it would be if its layers were on call around the clock. */
function withoutHours(schedule: ScheduleSpec): ScheduleSpec {
  let known = unrestricted.get(schedule)
  if (!known) {
    known = { ...schedule, overrides: [], layers: schedule.layers.map(({ restrictions: _, ...layer }) => layer) }
    unrestricted.set(schedule, known)
  }
  return known
}
