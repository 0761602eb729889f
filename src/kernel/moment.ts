import type { Language } from './language.ts'
import { DAY, HOUR, type Instant, MINUTE, SECOND } from './time.ts'
import { isTimeZone, localOf, type Zone, zoneOf } from './zone.ts'

/** Whoever reads a text: the language it is written in, and the IANA zone their clock goes by. */
export interface Reader {
  language: Language
  zone: string
}

/**
 * A moment as it is said to a reader, wherever a sentence names one: `05:11 Berlin, 03:11 UTC`, their own clock first, and the one
 * everybody shares. With the date when that is not today's, and the year when that is not this one; said once if both have the same.
 * A zone that is not known here is no reason to say nothing: then it is UTC alone.
 */
export function momentText(at: Instant, now: Instant, { language, zone }: Reader): string {
  const utc = wallOf(at, UTC)
  if (isUtc(zone) || !isTimeZone(zone)) return `${dated(utc, wallOf(now, UTC), language)} UTC`
  const own = wallOf(at, zoneOf(zone))
  const today = wallOf(now, zoneOf(zone))
  return `${dated(own, today, language)} ${zoneName(zone)}, ${utc.date === own.date ? utc.time : dated(utc, { date: `${today.date.slice(0, 4)}-`, time: '' }, language)} UTC`
}

/** What a clock in UTC shows: for records, which name the zone at their head or beside it. */
export function utcClock(at: Instant, precision: 'minutes' | 'seconds' = 'minutes'): string {
  return new Date(at).toISOString().slice(11, precision === 'minutes' ? 16 : 19)
}

/** `24 s ago`, `12 min ago`, `3 h ago`, `2 days ago`. */
export function agoText(ms: number, language: Language): string {
  const [unit, length] = ms < MINUTE ? ['s', SECOND] : ms < 2 * HOUR ? ['min', MINUTE] : ms < 2 * DAY ? ['h', HOUR] : ['days', DAY]
  const amount = Math.max(0, Math.floor(ms / length))
  return language === 'de' ? `vor ${amount} ${unit === 'days' ? 'Tagen' : unit}` : `${amount} ${unit} ago`
}

/** What is left: `4:19`, `1:04:19`. */
export function countdown(ms: number): string {
  const seconds = Math.ceil(Math.max(0, ms) / SECOND)
  const two = (value: number) => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** `Europe/Berlin` is Berlin, `America/Argentina/Buenos_Aires` is Buenos Aires, every spelling of UTC is UTC. */
export function zoneName(zone: string): string {
  return isUtc(zone) ? 'UTC' : zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
}

export function isUtc(zone: string): boolean {
  return /^(Etc\/)?(UTC|GMT|UCT|Zulu)$/.test(zone)
}

/** The zone that a Time-Zone header names; UTC when it names none. */
export function askedZone(header: string | string[] | undefined): string {
  return typeof header === 'string' && isTimeZone(header) ? header : 'UTC'
}

interface Wall {
  /** `2026-11-20` */
  date: string
  time: string
}

const UTC = zoneOf('UTC')

/** No offset is looked up twice, and no formatter built: a storm says some ten thousand moments. */
function wallOf(at: Instant, zone: Zone): Wall {
  const text = new Date(localOf(zone, at)).toISOString()
  return { date: text.slice(0, 10), time: text.slice(11, 16) }
}

/** `03:11`, `18 Nov 03:11`, `2 Jan 2027 03:11`; in German `18. Nov. 03:11`. */
function dated({ date, time }: Wall, today: Wall, language: Language): string {
  if (date === today.date) return time
  const [year = '', month, day] = date.split('-')
  const told = `${Number(day)}${language === 'de' ? '.' : ''} ${MONTHS[language][Number(month) - 1]}`
  return `${told}${today.date.startsWith(year) ? '' : ` ${year}`} ${time}`
}

const MONTHS: Record<Language, string[]> = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  de: ['Jan.', 'Feb.', 'März', 'Apr.', 'Mai', 'Juni', 'Juli', 'Aug.', 'Sept.', 'Okt.', 'Nov.', 'Dez.'],
}
