import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shorten, storable } from './text.ts'

test('text that the database refuses is mended, all other stays as it is', () => {
  expect(storable('a\0b')).toBe('a\uFFFDb')
  expect(storable('a\ud800b')).toBe('a\uFFFDb')
  expect(storable('\udc00\ud800')).toBe('\uFFFD\uFFFD')
  expect(storable('😀\0')).toBe('😀\uFFFD')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const stored = storable(text)
      expect(stored).not.toContain('\0')
      expect(stored.isWellFormed()).toBe(true)
      if (text.isWellFormed() && !text.includes('\0')) expect(stored).toBe(text)
    }),
  )
})

test('long text is cut with an ellipsis, never through a character', () => {
  expect(shorten('disk', 4)).toBe('disk')
  expect(shorten('disks', 4)).toBe('dis…')
  expect(shorten('ab😀cd', 4)).toBe('ab…')
  expect(shorten('ab😀cd', 5)).toBe('ab😀…')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, max) => {
      expect(shorten(text, max).length).toBeLessThanOrEqual(max)
      expect(shorten(text, max).isWellFormed()).toBe(true)
    }),
  )
})
