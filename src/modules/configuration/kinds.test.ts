import { expect, test } from 'vitest'
import { PLURALS } from './contract.ts'
import { WRITTEN_KINDS } from './kinds.ts'

test('every kind has its place in addresses, and no two are called the same', () => {
  expect(WRITTEN_KINDS.map((kind) => kind.plural).sort()).toEqual([...PLURALS].sort())
  const called = WRITTEN_KINDS.flatMap((kind) => [kind.name.toLowerCase(), kind.plural, ...kind.alsoCalled])
  expect(called.filter((name, place) => called.indexOf(name) !== place)).toEqual([])
})
