import { DAY, HOUR, MINUTE, SECOND } from './time.ts'

const UNITS: Record<string, number> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY }

/** `90s`, `5m`, `2h`, `7d`, `2w`, or several joined (`1h30m`), in milliseconds; undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  if (!/^(\d+[smhdw])+$/.test(text)) return undefined
  let total = 0
  for (const [, amount, unit] of text.matchAll(/(\d+)([smhdw])/gy)) total += Number(amount) * UNITS[unit!]!
  return Number.isSafeInteger(total) ? total : undefined
}

/** The shortest single-unit form that loses nothing: 90000 → `90s`, 3600000 → `1h`. */
export function formatDuration(ms: number): string {
  for (const unit of ['d', 'h', 'm'] as const) if (ms > 0 && ms % UNITS[unit]! === 0) return `${ms / UNITS[unit]!}${unit}`
  return `${Math.round(ms / SECOND)}s`
}
