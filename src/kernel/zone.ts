import { DAY, HOUR, type Instant, MINUTE, parseInstant } from './time.ts'

/**
 * What the wall clock shows, in milliseconds since it showed 1970-01-01T00:00. One day on the wall is always 24 h
 * here, so calendar arithmetic is integer arithmetic; only the way back to an Instant needs the zone.
 */
export type LocalTime = number

/** A time zone whose offsets are looked up once and then kept: asking again costs some ten nanoseconds. */
export interface Zone {
  readonly name: string
  readonly wall: Intl.DateTimeFormat
  /** Offsets by stretch of 384 days, filled when first asked for. */
  readonly spans: Map<number, Span[]>
  recent: Span
}

/** A stretch of time, `until` excluded, in which the zone keeps one offset (milliseconds, east of Greenwich positive). */
interface Span {
  from: Instant
  until: Instant
  offset: number
}

const zones = new Map<string, Zone>()

/** The zone of an IANA name such as `Europe/Berlin`. Throws a RangeError when there is none. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name)
  if (known) return known
  // Newer runtimes read `+02:00` too, which knows no daylight saving and is not a zone.
  if (!/^[A-Za-z]/.test(name)) throw new RangeError(`‹${name}› is not an IANA time zone`)
  const zone: Zone = { name, wall: wallOf(name), spans: new Map(), recent: { from: 0, until: 0, offset: 0 } }
  // Names are read in any case (`europe/berlin`), so their number is not bounded by the zones there are.
  if (zones.size >= 1000) zones.clear()
  zones.set(name, zone)
  return zone
}

export function isTimeZone(name: string): boolean {
  try {
    zoneOf(name)
    return true
  } catch {
    return false
  }
}

/** What the wall clock of the zone shows at an instant (any finite number of milliseconds). */
export function localOf(zone: Zone, at: Instant): LocalTime {
  return at + spanAt(zone, at).offset
}

/**
 * When the wall clock shows `local`. A time that exists twice is the first of the two; one that a clock change skips
 * is as long after the change as it was meant to be (02:30 is 03:30 where 02:00 becomes 03:00), which is what
 * calendars and Temporal's `compatible` do.
 */
export function instantOf(zone: Zone, local: LocalTime): Instant {
  return find(zone, local, 'later by the gap')
}

/**
 * The first instant at which the wall clock shows `local` or later. Differs from `instantOf` only where a clock change
 * skips `local`: then it is the change itself (03:00 for 02:30). Never falls when `local` rises, so windows that touch
 * or overlap on the wall do so in time.
 */
export function firstInstantAt(zone: Zone, local: LocalTime): Instant {
  return find(zone, local, 'end of the gap')
}

function find(zone: Zone, local: LocalTime, skipped: 'later by the gap' | 'end of the gap'): Instant {
  // No zone was ever a full day away from Greenwich, so the search begins before the answer.
  let span = spanAt(zone, local - DAY)
  for (;;) {
    const at = local - span.offset
    if (at < span.until) return at
    const next = spanAt(zone, span.until)
    if (local - next.offset < next.from) return skipped === 'end of the gap' ? next.from : at
    span = next
  }
}

/** Sampled every three days: the closest that two changes of one zone have come since 1900 is four (Freetown, 1939). */
const STEP = 3 * DAY
const STRETCH = 128 * STEP
/** Before and after these a zone keeps the offset it has there: years before Christ have no sign, and dates do not go on for ever. */
const EARLIEST = Date.UTC(1800, 0, 1)
const LATEST = 8.64e15 - DAY

function spanAt(zone: Zone, at: Instant): Span {
  const recent = zone.recent
  if (at >= recent.from && at < recent.until) return recent
  const stretch = Math.floor(at / STRETCH)
  let spans = zone.spans.get(stretch)
  if (!spans) {
    spans = spansOf(zone, stretch * STRETCH)
    // Nobody plans for five hundred years; whoever asks at random must not fill the memory.
    if (zone.spans.size >= 500) zone.spans.clear()
    zone.spans.set(stretch, spans)
  }
  let i = 0
  while (at >= spans[i]!.until) i++
  zone.recent = spans[i]!
  return zone.recent
}

function spansOf(zone: Zone, stretchFrom: Instant): Span[] {
  const spans: Span[] = []
  const stretchUntil = stretchFrom + STRETCH
  let from = stretchFrom
  let offset = offsetOf(zone, from)
  for (let at = stretchFrom; at < stretchUntil; at += STEP) {
    const offsetAfter = offsetOf(zone, at + STEP)
    while (offset !== offsetAfter) {
      const change = firstChange(zone, Math.max(at, from), at + STEP, offset)
      if (change === stretchUntil) break
      spans.push({ from, until: change, offset })
      from = change
      offset = offsetOf(zone, change)
    }
  }
  spans.push({ from, until: stretchUntil, offset })
  return spans
}

/** The second at which the zone leaves `offset`, which it has at `before` and not at `after`. */
function firstChange(zone: Zone, before: Instant, after: Instant, offset: number): Instant {
  let low = before / 1000
  let high = after / 1000
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetOf(zone, middle * 1000) === offset) low = middle
    else high = middle
  }
  return high * 1000
}

/** Asks the runtime's own zone data; `at` is a whole second. Takes microseconds, hence the spans. */
function offsetOf(zone: Zone, at: Instant): number {
  const asked = Math.min(Math.max(at, EARLIEST), LATEST)
  const [month, day, year, hour, minute, second] = zone.wall.format(asked).match(/\d+/g)!.map(Number)
  return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - asked
}

function wallOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric'
  return new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: numeric,
    month: numeric,
    day: numeric,
    hour: numeric,
    minute: numeric,
    second: numeric,
  })
}

/** Reads `2026-01-05T09:00` (seconds allowed, years from 1900), a date that exists; undefined when it is not one. */
export function parseLocal(text: string): LocalTime | undefined {
  if (!/^(19|[2-9]\d)\d\d-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/.test(text)) return undefined
  const local = Date.parse(`${text}Z`)
  // 30 February is read as 2 March by some runtimes: only what prints as it was written exists.
  return !Number.isNaN(local) && new Date(local).toISOString().startsWith(text) ? local : undefined
}

/** Reads `2026-01-05T08:00Z`, `2026-01-05T09:00+01:00`, or without an offset the wall of the zone; undefined when it is neither. */
export function parseMoment(text: string, zone: Zone): Instant | undefined {
  const [, written = '', offset = ''] = /^(.{16}(?::\d\d)?)(?:\.\d{1,3})?(Z|[+-]\d\d:?\d\d)?$/.exec(text) ?? []
  const local = parseLocal(written)
  if (local === undefined) return undefined
  return offset === '' && written === text ? instantOf(zone, local) : parseInstant(text)
}

/** Reads `09:00`, up to and including `24:00`, in milliseconds since midnight; undefined when it is neither. */
export function parseTimeOfDay(text: string): number | undefined {
  if (text === '24:00') return DAY
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) return undefined
  return Number(text.slice(0, 2)) * HOUR + Number(text.slice(3)) * MINUTE
}
