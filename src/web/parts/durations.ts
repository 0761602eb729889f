import { formatDuration, parseDuration } from '../../kernel/duration.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../kernel/time.ts'
import { words } from './words.ts'

/** `5 minutes`, `1 day 12 hours`: a length of time as it is said. */
export function durationInWords(ms: number): string {
  if (ms === 0) return words.durations.none
  const said: string[] = []
  let left = ms
  for (const [unit, length] of [
    ['days', DAY],
    ['hours', HOUR],
    ['minutes', MINUTE],
    ['seconds', SECOND],
  ] as const) {
    const count = Math.floor(left / length)
    left -= count * length
    if (count > 0) said.push(words.durations[unit](count))
  }
  return said.join(' ')
}

/** What was probably meant by `5`, `5 min`, `1 hour 30` or `2 Tage`, in the spelling of documents; undefined when nobody can tell. */
export function meantDuration(written: string): string | undefined {
  const text = written.trim().toLowerCase()
  if (parseDuration(text) !== undefined) return text
  if (/^\d+$/.test(text)) return `${Number(text)}m`
  let total = 0
  let rest = text
  for (const [whole, amount, unit] of text.matchAll(/(\d+)\s*(\p{L}+)\.?/gu)) {
    const length = lengths[unit!.slice(0, 3)] ?? lengths[unit!.charAt(0)]
    if (length === undefined) return undefined
    total += Number(amount) * length
    rest = rest.replace(whole, '')
  }
  return /^[\s,]*(and|und)?[\s,]*$/.test(rest) && total > 0 ? formatDuration(total) : undefined
}

const lengths: Record<string, number> = {
  ...{ s: SECOND, sec: SECOND, sek: SECOND, m: MINUTE, min: MINUTE, h: HOUR, hou: HOUR, hrs: HOUR, st: HOUR, stu: HOUR, std: HOUR },
  ...{ d: DAY, day: DAY, t: DAY, tag: DAY, w: 7 * DAY, wee: 7 * DAY, woc: 7 * DAY },
}
