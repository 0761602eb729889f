import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../kernel/time.ts'

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
  const time = `${then['hour']}:${then['minute']}`
  if (then['year'] === today['year'] && then['month'] === today['month'] && then['day'] === today['day']) return time
  if (Math.abs(at - now) < 6 * DAY) return `${then['weekday']} ${time}`
  if (then['year'] === today['year']) return `${then['weekday']} ${then['day']} ${then['month']} ${time}`
  return `${then['day']} ${then['month']} ${then['year']} ${time}`
}

/** `Fri 20 Nov`. */
export function dayOf(at: Instant, zone: string): string {
  const { weekday, day, month } = fieldsOf(at, zone)
  return `${weekday} ${day} ${month}`
}

/** `03:11:00`, or `03:11:00.114`. */
export function clockTime(at: Instant, zone: string, precision: 'minutes' | 'seconds' | 'milliseconds' = 'seconds'): string {
  const { hour, minute, second } = fieldsOf(at, zone)
  if (precision === 'minutes') return `${hour}:${minute}`
  const milliseconds = precision === 'milliseconds' ? `.${String(at % SECOND).padStart(3, '0')}` : ''
  return `${hour}:${minute}:${second}${milliseconds}`
}

/** For the head of a column: `BERLIN`, `UTC`. */
export function zoneHead(zone: string): string {
  return zoneCity(zone).toUpperCase()
}

/** `Berlin` for `Europe/Berlin`. */
export function zoneCity(zone: string): string {
  return zone.split('/').at(-1)!.replaceAll('_', ' ')
}

function fieldsOf(at: Instant, zone: string): Record<string, string> {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
    formats.set(zone, format)
  }
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
}

const formats = new Map<string, Intl.DateTimeFormat>()
