import { DAY, HOUR, type Instant, MINUTE } from '../../kernel/time.ts'
import { instantOf, localOf, zoneOf } from '../../kernel/zone.ts'

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Where the demo company has its clocks. */
export const HOME = 'Europe/Berlin'

/** The latest moment before `before` at which the company's clocks showed this weekday and time, such as `09:00`. */
export function lastTime(before: Instant, day: Weekday, time: string): Instant {
  const zone = zoneOf(HOME)
  const local = localOf(zone, before)
  const midnight = local - (local % DAY)
  // 1970-01-01 was a Thursday.
  const today = (Math.floor(local / DAY) + 3) % 7
  const [hours, minutes] = time.split(':').map(Number)
  const wanted = midnight - ((today - WEEKDAYS.indexOf(day) + 7) % 7) * DAY + hours! * HOUR + minutes! * MINUTE
  const at = instantOf(zone, wanted)
  return at < before ? at : instantOf(zone, wanted - 7 * DAY)
}

/** What the company's clocks show some whole days after a moment, as documents write it: `2026-01-05T09:00`. */
export function wallText(at: Instant, days = 0): string {
  return new Date(localOf(zoneOf(HOME), at) + days * DAY).toISOString().slice(0, 16)
}
