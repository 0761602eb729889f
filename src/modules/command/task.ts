import { parseDuration } from '../../kernel/duration.ts'
import type { Instant } from '../../kernel/time.ts'
import { paced } from './reminders.ts'

/** Open ones that say nearly the same: most of their words are in both. */
export function alikeTo<One extends { text: string }>(text: string, open: One[]): One[] {
  const said = wordsOf(text)
  if (said.size === 0) return []
  return open.filter((one) => {
    const own = wordsOf(one.text)
    const shared = [...said].filter((word) => own.has(word)).length
    return shared > 0 && shared / Math.min(said.size, own.size) >= 0.6
  })
}

/** `3m` from now, at the pace of a drill; or the moment that is said. */
export function dueAt(said: string, now: Instant, pace: number): Instant {
  const ms = parseDuration(said)
  return ms === undefined ? Date.parse(said) : now + paced({ pace }, ms)
}

/** Without those that are in every sentence. */
function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return new Set(words.filter((word) => word.length > 2 && !EMPTY.has(word)))
}

const EMPTY = new Set(['the', 'and', 'for', 'with', 'der', 'die', 'das', 'und', 'den', 'mit'])
