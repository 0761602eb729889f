import { parseDuration } from '../../../kernel/duration.ts'
import { DAY, type Instant, iso } from '../../../kernel/time.ts'
import { instantOf, localOf, zoneOf } from '../../../kernel/zone.ts'
import { meantDuration } from '../../parts/durations.ts'

/** What is sent for what was typed: a while as `15m`, a time of day as the moment when the clocks of the zone show it next. */
export function whenMeant(typed: string, now: Instant, zone?: string): string | undefined {
  const [, hours, minutes] = /^\s*(\d{1,2}):(\d\d)\s*$/.exec(typed) ?? []
  if (hours !== undefined && zone !== undefined)
    return Number(hours) < 24 && Number(minutes) < 60 ? iso(nextTime(Number(hours), Number(minutes), now, zone)) : undefined
  const meant = meantDuration(typed)
  return meant !== undefined && (parseDuration(meant) ?? 0) > 0 ? meant : undefined
}

function nextTime(hours: number, minutes: number, now: Instant, zoneText: string): Instant {
  const zone = zoneOf(zoneText)
  const today = Math.floor(localOf(zone, now) / DAY) * DAY
  const local = today + (hours * 60 + minutes) * 60_000
  const at = instantOf(zone, local)
  return at > now ? at : instantOf(zone, local + DAY)
}
