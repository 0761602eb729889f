import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../kernel/time.ts'

/** `05:11 Berlin, 03:11 UTC`: the person's own clock first, and the one everybody shares. */
export function inBothZones(at: Instant, now: Instant, zone: string): string {
  const utc = `${moment(at, now, 'UTC')} UTC`
  return isUtc(zone) ? utc : `${inZone(at, now, zone)}, ${utc}`
}

/** `05:11 Berlin`; with the date when that is not today's. */
export function inZone(at: Instant, now: Instant, zone: string): string {
  return `${moment(at, now, zone)} ${isUtc(zone) ? 'UTC' : zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')}`
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

function moment(at: Instant, now: Instant, zone: string): string {
  const [then, today] = [partsOf(at, zone), partsOf(now, zone)]
  const day = then.day === today.day && then.month === today.month && then.year === today.year ? '' : `${then.day} ${then.month} `
  return `${day}${then.hour}:${then.minute}`
}

function partsOf(at: Instant, timeZone: string): Record<string, string> {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
}

function isUtc(zone: string): boolean {
  return /^(Etc\/)?(UTC|GMT|UCT|Zulu)$/.test(zone)
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
