import { expect, test } from 'vitest'
import { faultLine, setInLines } from './body-text.ts'

test('JSON is set in lines, and no value is touched', () => {
  expect(setInLines('{"a":1.0e5,"b":[],"c":["x\\u00e9",{"d":12345678901234567890}],"e":{}}')).toBe(
    `{
  "a": 1.0e5,
  "b": [],
  "c": [
    "x\\u00e9",
    {
      "d": 12345678901234567890
    }
  ],
  "e": {}
}`,
  )
  expect(setInLines('{"a": "{ not [ a, list: }"}')).toBe('{\n  "a": "{ not [ a, list: }"\n}')
})

test('what is not JSON stays as it came', () => {
  expect(setInLines('<html>\n  down</html>')).toBe('<html>\n  down</html>')
})

test.each([
  ['{"a": 1}', undefined],
  ['  [1, "two", null, true, -0.5]  \n', undefined],
  ['', 1],
  ['<html>', 1],
  ['{\n  "a": 1,\n  "b": oops\n}', 3],
  ['{\n  "a": 1\n  "b": 2\n}', 3],
  ['{\n  "a": 1,\n}', 3],
  ['{"a": 1}\n{"b": 2}', 2],
  ['{"a":\n "never closed', 2],
  ['[1, 2', 1],
])('the line where it stops being JSON: %j', (text, line) => {
  expect(faultLine(text)).toBe(line)
})
