import type { Language } from '../kernel/language.ts'
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../kernel/time.ts'
import { pageWords } from './words.ts'

/** `05:11 Berlin, 03:11 UTC`: the person's own clock first, and the one everybody shares. The date is said once if it is the same. */
export function inBothZones(at: Instant, now: Instant, zone: string, language: Language): string {
  if (isUtc(zone)) return inZone(at, now, 'UTC', language)
  const isSameDay = dayOf(at, zone) === dayOf(at, 'UTC')
  return `${inZone(at, now, zone, language)}, ${isSameDay ? timeOf(at, 'UTC') : dated(at, 'UTC', language)} UTC`
}

/** `05:11 Berlin`; with the date when that is not today's. */
export function inZone(at: Instant, now: Instant, zone: string, language: Language): string {
  const name = isUtc(zone) ? 'UTC' : zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
  return `${dayOf(at, zone) === dayOf(now, zone) ? timeOf(at, zone) : dated(at, zone, language)} ${name}`
}

/** What is left: `4:12`, `1:04:19`. */
export function countdown(ms: number): string {
  const seconds = Math.ceil(Math.max(0, ms) / SECOND)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** `24 s ago`, `12 min ago`, `3 h ago`, `2 days ago`. */
export function ago(ms: number, language: Language): string {
  const { units, ago: say } = pageWords[language]
  if (ms < MINUTE) return say(units.seconds(Math.max(0, Math.floor(ms / SECOND))))
  if (ms < 2 * HOUR) return say(units.minutes(Math.floor(ms / MINUTE)))
  return say(ms < 2 * DAY ? units.hours(Math.floor(ms / HOUR)) : units.days(Math.floor(ms / DAY)))
}

/** `18 Nov 04:11`, in German `18. Nov. 04:11`. */
function dated(at: Instant, timeZone: string, language: Language): string {
  const day = new Intl.DateTimeFormat(pageWords[language].locale, { timeZone, month: 'short', day: 'numeric' }).format(at)
  return `${day} ${timeOf(at, timeZone)}`
}

/** `20/11/2026`: only ever compared. */
function dayOf(at: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)
}

function timeOf(at: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

function isUtc(zone: string): boolean {
  return /^(Etc\/)?(UTC|GMT|UCT|Zulu)$/.test(zone)
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
