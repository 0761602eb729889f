import { expect, test } from 'vitest'
import { givenKey, ownCaps, takenBy } from './key-map.ts'

const map = { a: 'q', 'Shift+R': 'Shift+X', g: 'h' }

test('a key put elsewhere acts there and no more where it was', () => {
  expect(givenKey('q', map)).toBe('a')
  expect(givenKey('a', map)).toBeUndefined()
  expect(givenKey('e', map)).toBe('e')
})

test('two keys may change places', () => {
  expect(givenKey('e', { a: 'e', e: 'a' })).toBe('a')
  expect(givenKey('a', { a: 'e', e: 'a' })).toBe('e')
})

test('a key that is taken names by what', () => {
  expect(takenBy('e', 'a', ['a', 'e'], {})).toBe('e')
  expect(takenBy('q', 'e', ['a', 'e'], map)).toBe('a')
  expect(takenBy('a', 'e', ['a', 'e'], map)).toBeUndefined()
})

test('caps are drawn as they act', () => {
  expect(ownCaps(['A'], map)).toEqual(['Q'])
  expect(ownCaps(['⇧', 'R'], map)).toEqual(['⇧', 'X'])
  expect(ownCaps(['⇧R'], map)).toEqual(['⇧', 'X'])
  expect(ownCaps(['G', 'N'], map)).toEqual(['H', 'N'])
  expect(ownCaps(['Enter'], map)).toEqual(['Enter'])
})
