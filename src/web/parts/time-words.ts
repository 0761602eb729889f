import { isUtc, zoneName } from '../../kernel/moment.ts'
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../kernel/time.ts'
import { inLanguage } from '../language.ts'

interface DayWords {
  locale: string
  now: string
  units: { minute: string; minuteNarrow: string; day: string }
  weekdayLetters: number
  /** `19 Oct`, with its year if it needs one. */
  date: (day: string, month: string, year?: string) => string
  longDay: (weekday: string, day: string, month: string) => string
}

const english: DayWords = {
  locale: 'en-GB',
  now: 'now',
  units: { minute: 'm', minuteNarrow: 'm', day: 'd' },
  weekdayLetters: 3,
  date: (day, month, year) => `${day} ${month}${year === undefined ? '' : ` ${year}`}`,
  longDay: (weekday, day, month) => `${weekday} ${day} ${month}`,
}

const german: DayWords = {
  locale: 'de-DE',
  now: 'jetzt',
  units: { minute: 'min', minuteNarrow: 'm', day: 'T' },
  weekdayLetters: 2,
  date: (day, month, year) => `${day}. ${month}${year === undefined ? '' : ` ${year}`}`,
  longDay: (weekday, day, month) => `${weekday}, ${day}. ${month}`,
}

const say = inLanguage(english, german)

/** `03:11`, or `03:11:07` with seconds. Its zone has to stand beside it. */
export function timeOfDay(at: Instant, zone: string, precision: 'minutes' | 'seconds' = 'minutes'): string {
  const { hour, minute, second } = partsOf(at, zone)
  return precision === 'seconds' ? `${hour}:${minute}:${second}` : `${hour}:${minute}`
}

/** To the thousandth, for what machines did: whole at first, then only what has changed since the moment before it. */
export function exactTime(at: Instant, before?: Instant): string {
  const thousandths = `.${String(at % SECOND).padStart(3, '0')}`
  const isSameMinute = before !== undefined && Math.floor(before / MINUTE) === Math.floor(at / MINUTE)
  return (isSameMinute ? partsOf(at, 'UTC').second : timeOfDay(at, 'UTC', 'seconds')) + thousandths
}

/** Exact near now, with the date further off: `03:11`, `19 Oct 22:04`, `19 Oct 2025 22:04`. */
export function moment(at: Instant, now: Instant, zone: string): string {
  const then = partsOf(at, zone)
  const today = partsOf(now, zone)
  const time = `${then.hour}:${then.minute}`
  if (then.year !== today.year) return `${say.date(then.day, then.month, then.year)} ${time}`
  return then.day === today.day && then.month === today.month ? time : `${say.date(then.day, then.month)} ${time}`
}

/** The same moment with its zone: in UTC, and beside it in the viewer's own when that differs. */
export function momentWithZones(at: Instant, now: Instant, zone: string): string {
  const utc = `${moment(at, now, 'UTC')} UTC`
  return isUtc(zone) ? utc : `${utc}, ${moment(at, now, zone)} ${zoneName(zone)}`
}

/** `20 Oct`. */
export function dayText(at: Instant, zone: string): string {
  const { day, month } = partsOf(at, zone)
  return say.date(day, month)
}

/** `Tuesday 20 October`. */
export function longDay(at: Instant, zone: string): string {
  const { weekday, day, longMonth } = partsOf(at, zone)
  return say.longDay(weekday, day, longMonth)
}

/** `Fri 09:00` as long as only one such day can be meant, `Fri 6 Nov 09:00` further off. */
export function shiftTime(at: Instant, now: Instant, zone: string): string {
  const { weekday, day, month, hour, minute } = partsOf(at, zone)
  const today = partsOf(now, zone)
  const isClear = Math.abs(at - now) < 7 * DAY && (weekday !== today.weekday || day === today.day)
  const date = isClear ? '' : ` ${say.date(day, month)}`
  return `${weekday.slice(0, say.weekdayLetters)}${date} ${hour}:${minute}`
}

/** What has run since: `00:12:41`, `3 d 02:12:41`. */
export function running(ms: number): string {
  const { hours, minutes, seconds } = split(Math.max(0, ms))
  const clock = `${two(hours % 24)}:${two(minutes)}:${two(seconds)}`
  return hours >= 24 ? `${Math.floor(hours / 24)} ${say.units.day} ${clock}` : clock
}

/** How long something took, in the two units that matter: `41 s`, `9 m 31 s`, `2 h 4 m`, `3 d 2 h`. */
export function interval(ms: number): string {
  const { hours, minutes, seconds } = split(Math.max(0, ms))
  if (hours >= 24) return pair(Math.floor(hours / 24), say.units.day, hours % 24, 'h')
  if (hours > 0) return pair(hours, 'h', minutes, say.units.minute)
  return minutes > 0 ? pair(minutes, say.units.minute, seconds, 's') : `${seconds} s`
}

/** How old something is, without seconds: `now`, `12 m`, `2 h 4 m`, `3 d`. */
export function age(ms: number): string {
  if (ms < MINUTE) return say.now
  if (ms >= DAY) return `${Math.floor(ms / DAY)} ${say.units.day}`
  const { hours, minutes } = split(ms)
  return hours > 0 ? `${hours} h ${minutes} ${say.units.minute}` : `${minutes} ${say.units.minute}`
}

/** The same in one unit, for narrow places: `12m`, `2h`, `3d`. */
export function shortAge(ms: number): string {
  if (ms < MINUTE) return say.now
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}${say.units.minuteNarrow}`
  return ms < DAY ? `${Math.floor(ms / HOUR)}h` : `${Math.floor(ms / DAY)}${say.units.day}`
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small > 0 ? `${large} ${largeUnit} ${small} ${smallUnit}` : `${large} ${largeUnit}`
}

function split(ms: number): { hours: number; minutes: number; seconds: number } {
  return { hours: Math.floor(ms / HOUR), minutes: Math.floor((ms % HOUR) / MINUTE), seconds: Math.floor((ms % MINUTE) / SECOND) }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

interface DateParts {
  year: string
  month: string
  longMonth: string
  day: string
  weekday: string
  hour: string
  minute: string
  second: string
}

function partsOf(at: Instant, zone: string): DateParts {
  const found: Record<string, string> = {}
  for (const { type, value } of formatter(zone).formatToParts(at)) found[type] = value
  const { year = '', month = '', day = '', weekday = '', hour = '', minute = '', second = '' } = found
  return { year, month: month.slice(0, 3), longMonth: month, day, weekday, hour, minute, second }
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Building a formatter is a hundred times dearer than using one, and a list shows hundreds of times. */
function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat(say.locale, {
    timeZone: zone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  formatters.set(zone, made)
  return made
}
