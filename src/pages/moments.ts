import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../kernel/time.ts'

/** `05:11 Berlin, 03:11 UTC`: the person's own clock first, and the one everybody shares. The date is said once if it is the same. */
export function inBothZones(at: Instant, now: Instant, zone: string): string {
  if (isUtc(zone)) return inZone(at, now, 'UTC')
  const isSameDay = dayOf(at, zone) === dayOf(at, 'UTC')
  return `${inZone(at, now, zone)}, ${isSameDay ? timeOf(at, 'UTC') : dated(at, 'UTC')} UTC`
}

/** `05:11 Berlin`; with the date when that is not today's. */
export function inZone(at: Instant, now: Instant, zone: string): string {
  const name = isUtc(zone) ? 'UTC' : zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
  return `${dayOf(at, zone) === dayOf(now, zone) ? timeOf(at, zone) : dated(at, zone)} ${name}`
}

/** What is left: `4:12`, `1:04:19`. */
export function countdown(ms: number): string {
  const seconds = Math.ceil(Math.max(0, ms) / SECOND)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** `24 s ago`, `12 min ago`, `3 h ago`, `2 days ago`. */
export function ago(ms: number): string {
  if (ms < MINUTE) return `${Math.max(0, Math.floor(ms / SECOND))} s ago`
  if (ms < 2 * HOUR) return `${Math.floor(ms / MINUTE)} min ago`
  return ms < 2 * DAY ? `${Math.floor(ms / HOUR)} h ago` : `${Math.floor(ms / DAY)} days ago`
}

function dated(at: Instant, zone: string): string {
  return `${dayOf(at, zone).replace(/ \d+$/, '')} ${timeOf(at, zone)}`
}

/** `20 Nov 2026` */
function dayOf(at: Instant, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: 'short', day: 'numeric' }).format(at)
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
