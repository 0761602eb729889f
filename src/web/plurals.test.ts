import { expect, test } from 'vitest'

/** Every table of words there is: a new one is found by its name. */
const tables = import.meta.glob<Record<string, unknown>>('./**/*words.ts', { eager: true })

const sayings = Object.entries(tables).flatMap(([file, module]) => sayingsOf(module, file))

test('nothing is ever said of 1 things', () => {
  expect(sayings.length).toBeGreaterThan(300)
  const wrong = sayings.flatMap(({ place, say }) =>
    /(?<![\d.:,-])1 (?!(?:was|is|has|works|fails|finds|stays|misses|uses|changes|goes|pass|follows|becomes|differs|wakes|asks|resolves|offers|reads|objects|coordinates|leads)\b)[a-z]{2,}s\b/.test(
      spoken(say),
    )
      ? [`${place}: ${spoken(say)}`]
      : [],
  )
  expect(wrong).toEqual([])
})

type Say = (...given: unknown[]) => unknown

function sayingsOf(value: unknown, place: string): { place: string; say: Say }[] {
  if (typeof value === 'function') return [{ place, say: value as Say }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => sayingsOf(part, `${place} ${key}`))
}

/** Those that take something else than a number or text have nothing to count. */
function spoken(say: Say): string {
  try {
    return String(say(...Array.from({ length: say.length }, () => 1)))
  } catch {
    return ''
  }
}
