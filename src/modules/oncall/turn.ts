import { parseDuration } from '../../kernel/duration.ts'
import { DAY } from '../../kernel/time.ts'

/** How long each person's turn is: calendar days on the wall of the zone, or time that really passes. */
export type Turn = { days: number } | { milliseconds: number }

/** Ten years: a longer turn is a slip, and its end could leave the range of dates. */
const LONGEST_TURN = 3660 * DAY

/**
 * Reads `7d`, `1w`, `12h`, `1h30m`: days and weeks are calendar days, everything smaller is elapsed time. Undefined
 * for nothing at all (`0h`), a mixture of both kinds (`1d12h`), more than ten years, and what is no duration.
 */
export function parseTurn(text: string): Turn | undefined {
  const length = parseDuration(text)
  if (!length || length > LONGEST_TURN) return undefined
  if (/^[\ddw]+$/.test(text)) return { days: length / DAY }
  return /[dw]/.test(text) ? undefined : { milliseconds: length }
}
