import { parseDuration } from '../../kernel/duration.ts'
import { DAY, HOUR, type Instant, MINUTE, parseInstant } from '../../kernel/time.ts'
import { instantOf, localOf, zoneOf } from '../../kernel/zone.ts'

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

/**
 * A time as people say it, in their zone: `fri 18:00`, `18:00`, `tomorrow 9:00`, `2026-01-05T09:00`, `in 3h`, or with an
 * offset of its own. Weekdays and times of day are the next ones to come. Undefined when it is none of these.
 */
export function parseWhen(text: string, now: Instant, zoneName: string): Instant | undefined {
  const said = text.trim().toLowerCase()
  if (said === 'now') return now
  const length = parseDuration(said.replace(/^in\s+/, '').replaceAll(' ', ''))
  if (length !== undefined) return now + length
  const exact = parseInstant(text.trim())
  if (exact !== undefined) return exact
  const zone = zoneOf(zoneName)
  const local = parseLocal(said, localOf(zone, now))
  return local === undefined ? undefined : instantOf(zone, local)
}

/** The same looking back: `24h` and `24h ago` are before now, weekdays and times of day the last ones there were. */
export function parsePast(text: string, now: Instant, zoneName: string): Instant | undefined {
  const length = parseDuration(
    text
      .trim()
      .toLowerCase()
      .replace(/\s+ago$/, '')
      .replaceAll(' ', ''),
  )
  if (length !== undefined) return now - length
  const [soonest, ...earlier] = [now, now - DAY, now - 7 * DAY].map((from) => parseWhen(text, from, zoneName))
  return [soonest, ...earlier].find((at) => at !== undefined && at <= now) ?? soonest
}

/** On the wall of the reader, in milliseconds as if that were UTC. */
function parseLocal(said: string, here: number): number | undefined {
  const dated = /^(\d{4}-\d\d-\d\d)(?:[t ](\d{1,2}:\d\d))?$/.exec(said)
  if (dated) {
    const day = Date.parse(`${dated[1]}T00:00Z`)
    const time = timeOfDay(dated[2] ?? '00:00')
    const real = !Number.isNaN(day) && new Date(day).toISOString().startsWith(dated[1]!)
    return real && time !== undefined ? day + time : undefined
  }
  const found = /^(?:(today|tomorrow|[a-z]{3,9})\s*)?(\d{1,2}:\d\d)?$/.exec(said)
  if (!found || said === '') return undefined
  const [, day, written] = found
  const time = timeOfDay(written ?? '00:00')
  if (time === undefined) return undefined
  const today = here - (((here % DAY) + DAY) % DAY)
  if (day === undefined) return today + time >= here ? today + time : today + DAY + time
  if (day === 'today') return today + time
  if (day === 'tomorrow') return today + DAY + time
  const weekday = WEEKDAYS.findIndex((name) => name.startsWith(day))
  if (weekday < 0) return undefined
  const ahead = (weekday - new Date(today).getUTCDay() + 7) % 7
  const next = today + ahead * DAY + time
  return next >= here ? next : next + 7 * DAY
}

function timeOfDay(text: string): number | undefined {
  const [hour = Number.NaN, minute = Number.NaN] = text.split(':').map(Number)
  return hour < 24 && minute < 60 ? hour * HOUR + minute * MINUTE : undefined
}
