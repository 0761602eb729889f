import { expect, test } from 'vitest'
import { cut, padded, plain, render, tone, widthOf, wrapped } from './spans.ts'

test('colour repeats what the text says, and is left out without harm', () => {
  const line = [tone('sev1', '<1>'), ' ', tone('strong', 'API Gateway Down'), tone('sev5', ' x')]
  expect(render(line, true)).toBe('\u001b[1;35m<1>\u001b[0m \u001b[1mAPI Gateway Down\u001b[0m x')
  expect(render(line, false)).toBe('<1> API Gateway Down x')
})

test('a title cannot steer the terminal it is shown on', () => {
  expect(plain('\u001b[2Jall\u0007 gone\u009b31m')).toBe('\ufffd[2Jall\ufffd gone\ufffd31m')
  expect(plain('two\r\nlines\tand a tab')).toBe('two lines and a tab')
  expect(plain('safe\u202egnp.exe')).toBe('safe\ufffdgnp.exe')
})

test('widths are counted in columns, not in characters', () => {
  expect(widthOf('Zürich')).toBe(6)
  expect(widthOf('Zu\u0308rich')).toBe(6)
  expect(widthOf('東京')).toBe(4)
  expect(widthOf('🔥 hot')).toBe(6)
  expect(plain(padded('東京', 6))).toBe('東京  ')
  expect(plain(padded('4 m', 5, 'right'))).toBe('  4 m')
})

test('what is too long is cut at a column, across colours, and says so', () => {
  expect(plain(cut('short', 5))).toBe('short')
  expect(plain(cut('a longer title', 8))).toBe('a longe…')
  expect(plain(cut([tone('strong', 'bold'), ' and plain'], 7))).toBe('bold a…')
  expect(widthOf(cut('東京都庁', 6))).toBeLessThanOrEqual(6)
})

test('sentences are broken between words', () => {
  expect(wrapped('raj was chosen: on call for payments until Monday', 20)).toEqual([
    'raj was chosen: on',
    'call for payments',
    'until Monday',
  ])
  expect(wrapped('https://example.org/a-very-long-address', 10)).toEqual(['https://example.org/a-very-long-address'])
})
