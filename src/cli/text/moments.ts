import { isUtc, zoneName } from '../../kernel/moment.ts'
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../kernel/time.ts'
import { localOf, zoneOf } from '../../kernel/zone.ts'

/** One unit, for a column of ages: `12 s`, `4 m`, `2 h`, `3 d`. */
export function age(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / SECOND))} s`
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} m`
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h`
  return `${Math.floor(ms / DAY)} d`
}

/** Two units, for a sentence: `41 s`, `12 m 5 s`, `5 h 12 m`, `3 d 3 h`. */
export function lengthOf(ms: number): string {
  const parts: [number, string][] = [
    [Math.floor(ms / DAY), 'd'],
    [Math.floor((ms % DAY) / HOUR), 'h'],
    [Math.floor((ms % HOUR) / MINUTE), 'm'],
    [Math.floor((ms % MINUTE) / SECOND), 's'],
  ]
  const first = parts.findIndex(([amount]) => amount > 0)
  if (first < 0) return '0 s'
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}

/** A countdown: `1:12` within the hour, then `5 h 12 m`. */
export function countdown(ms: number): string {
  if (ms >= HOUR) return lengthOf(ms)
  const seconds = Math.max(0, Math.ceil(ms / SECOND))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** A running clock: `00:12:41`. */
export function runningClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND))
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
}

/** Exact near now, a date further off: `09:00`, `Fri 09:00`, `Fri 30 Oct 09:00`, `30 Oct 2027 09:00`. */
export function dayTime(at: Instant, now: Instant, zone: string): string {
  const then = fieldsOf(at, zone)
  const today = fieldsOf(now, zone)
  const time = then.time.slice(0, 5)
  if (then.year === today.year && then.month === today.month && then.day === today.day) return time
  if (Math.abs(at - now) < 6 * DAY) return `${then.weekday} ${time}`
  if (then.year === today.year) return `${then.weekday} ${then.day} ${then.month} ${time}`
  return `${then.day} ${then.month} ${then.year} ${time}`
}

/** For a column under `zoneHead`: `Fri 09:00, 08:00`, the reader's clock and UTC; the day is said twice where it differs. */
export function dayTimes(at: Instant, now: Instant, zone: string): string {
  const own = dayTime(at, now, zone)
  if (isUtc(zone)) return own
  return `${own}, ${dayOf(at, zone) === dayOf(at, 'UTC') ? clockTime(at, 'UTC', 'minutes') : dayTime(at, now, 'UTC')}`
}

/** `Fri 20 Nov`. */
export function dayOf(at: Instant, zone: string): string {
  const { weekday, day, month } = fieldsOf(at, zone)
  return `${weekday} ${day} ${month}`
}

/** `03:11:00`, or `03:11:00.114`. */
export function clockTime(at: Instant, zone: string, precision: 'minutes' | 'seconds' | 'milliseconds' = 'seconds'): string {
  const { time } = fieldsOf(at, zone)
  if (precision === 'minutes') return time.slice(0, 5)
  const milliseconds = precision === 'milliseconds' ? `.${String(at % SECOND).padStart(3, '0')}` : ''
  return `${time}${milliseconds}`
}

/** For the head of a column of `dayTimes`: `BERLIN, UTC`. */
export function zoneHead(zone: string): string {
  return isUtc(zone) ? 'UTC' : `${zoneName(zone).toUpperCase()}, UTC`
}

/** For a rope, whose times are by the reader's clock: `Berlin, UTC+1`. */
export function zoneTold(zone: string, now: Instant): string {
  if (isUtc(zone)) return 'UTC'
  const minutes = Math.round((localOf(zoneOf(zone), now) - now) / MINUTE)
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${zoneName(zone)}, UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}

function fieldsOf(at: Instant, zone: string) {
  const [weekday = '', day = '', month = '', year = '', time = ''] = new Date(localOf(zoneOf(zone), at)).toUTCString().split(' ')
  return { weekday: weekday.slice(0, 3), day: Number(day), month, year, time }
}
