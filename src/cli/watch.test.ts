import { expect, test } from 'vitest'
import { inPlace } from './watch.ts'

test('a picture is drawn over the last one: cleared once, each line to its end, the rest below', () => {
  expect(inPlace('one\ntwo\n', { first: true, rows: 30, foot: 'live' })).toBe(
    '\u001b[2J\u001b[H\u001b[?7lone\u001b[K\ntwo\u001b[K\n\u001b[K\nlive\u001b[K\n\u001b[J\u001b[?7h',
  )
  expect(inPlace('one\n', { first: false, rows: 30, foot: 'live' }).startsWith('\u001b[H')).toBe(true)
})

test('what does not fit is left out above the foot, so that nothing scrolls', () => {
  const picture = Array.from({ length: 50 }, (_, i) => `line ${i}`).join('\n')
  const drawn = inPlace(picture, { first: false, rows: 10, foot: 'live' })
  expect(drawn.split('\n').length).toBeLessThanOrEqual(10)
  expect(drawn).toContain('live')
  expect(drawn).not.toContain('line 7')
})
