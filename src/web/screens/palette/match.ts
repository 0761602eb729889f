import { lettersOff } from '../../../kernel/letters.ts'

/**
 * How well a text answers what was typed; undefined when it does not. Every typed word must be found: as a whole, as a
 * beginning, inside, a letter or two off, or as the first letters of words.
 */
export function rate(typed: string, text: string): number | undefined {
  const asked = wordsOf(typed)
  if (asked.length === 0) return 0
  const there = wordsOf(text)
  let sum = 0
  for (const word of asked) {
    const best = Math.max(...there.map((one) => rateWord(word, one)), rateInitials(word, there))
    if (best <= 0) return undefined
    sum += best
  }
  // Of two that answer alike, the one that says less else is meant.
  return sum / asked.length - Math.min(there.length, 20) / 20
}

export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

function rateWord(asked: string, there: string): number {
  if (there === asked) return 100
  if (there.startsWith(asked)) return 90 - Math.min(20, there.length - asked.length)
  if (asked.length >= 3 && there.includes(asked)) return 50
  // Numbers are right or wrong: 142 is not 143.
  if (/^\d+$/.test(asked)) return 0
  const allowed = asked.length < 4 ? 0 : asked.length < 8 ? 1 : 2
  if (allowed === 0) return 0
  // What is being typed is the beginning of a word, so only as much of the word is compared.
  const off = Math.min(...[-1, 0, 1].map((more) => lettersOff(asked, there.slice(0, asked.length + more))))
  return off <= allowed ? 45 - 10 * off : 0
}

/** `agd` for “API Gateway Down”. */
function rateInitials(asked: string, there: string[]): number {
  const initials = there.map((word) => word[0]).join('')
  return asked.length >= 3 && initials.includes(asked) ? 40 : 0
}
