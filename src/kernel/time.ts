/**
 * A moment, in milliseconds since 1970-01-01T00:00Z. A number, because one alert touches dozens of moments and the
 * hot path must not allocate for each; calendar arithmetic (rotations, zones) goes through Temporal instead.
 */
export type Instant = number

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The one source of `now`, held by main and by tests. Never runs backwards. */
export interface Clock {
  now(): Instant
  /** What is wrong with the clock it goes by, worded; null when nothing is. */
  trouble?(): string | null
}

/** ISO 8601 in UTC with milliseconds: the only form in which moments leave the process. */
export function iso(at: Instant): string {
  // One batch writes the same moment thousands of times, and making the text was the dearest call of the intake.
  if (at !== lastAt) {
    lastText = new Date(at).toISOString()
    lastAt = at
  }
  return lastText
}

let lastAt: Instant = Number.NaN
let lastText = ''

/** Reads an ISO 8601 date-time with an offset; undefined when it is not one. */
export function parseInstant(text: string): Instant | undefined {
  if (!/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/i.test(text)) return undefined
  const at = Date.parse(text)
  // Years that an offset pushes out of the calendar are no moments either: `iso` would write what no database reads.
  return at >= YEAR_1 && at < YEAR_10000 ? at : undefined
}

const YEAR_1 = Date.parse('0001-01-01T00:00:00Z')
const YEAR_10000 = Date.parse('9999-12-31T23:59:59.999Z') + 1
