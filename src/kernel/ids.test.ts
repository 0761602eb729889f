import { expect, test } from 'vitest'
import { momentOf, newId } from './ids.ts'
import { DAY } from './time.ts'

const NOW = Date.parse('2026-11-20T03:11:00Z')

test('an id carries its noun and is safe in addresses, files and page ids', () => {
  expect(newId('inc', NOW)).toMatch(/^inc_[0-9a-z]{26}$/)
})

test('ids of one moment differ, thousands of them', () => {
  const many = Array.from({ length: 20_000 }, () => newId('alr', NOW))
  expect(new Set(many).size).toBe(many.length)
})

test('ids made later sort later, today and in a hundred years', () => {
  const moments = [1, NOW, NOW + 1, NOW + 31, NOW + 32, NOW + DAY, NOW + 365 * DAY, NOW + 36_500 * DAY]
  const ids = moments.map((at) => newId('run', at))
  expect([...ids].sort()).toEqual(ids)
})

test('an id tells when it was made', () => {
  for (const at of [1, NOW, NOW + 31, NOW + 36_500 * DAY]) expect(momentOf(newId('ovr', at))).toBe(at)
})
