import { describe, expect, test } from 'vitest'
import { nested } from '../../../test/world/reading.ts'
import { dedupKeyOf, parseJson, quoted, scalarText, textOf } from './json.ts'

const parse = (text: string) => parseJson(Buffer.from(text))
const valueIn = (text: string) => (parse(text) as { value: unknown }).value

describe('a body', () => {
  test.each([
    ['', 'The body is empty: send JSON.'],
    [' \n', 'The body is empty: send JSON.'],
    ['{', 'The body is not JSON.'],
    ['<html>', 'The body is not JSON.'],
    ['payload=%7B%7D', 'The body is not JSON.'],
    ['{"a":"raw\0nul"}', 'The body is not JSON.'],
    ['[1]\0', 'The body is not JSON.'],
  ])('%j is refused with a reason and no word of its own', (text, problem) => {
    expect(parse(text)).toEqual({ problem })
  })

  test('may begin with a byte order mark', () => {
    expect(valueIn('\uFEFF{"a":1}')).toEqual({ a: 1 })
  })

  test('with NUL and lone surrogates comes out as text the database takes, names included', () => {
    expect(valueIn('{"a\\u0000":["\\ud800x",{"\\uDFFF":"b\\u0000"}]}')).toEqual({ 'a\uFFFD': ['\uFFFDx', { '\uFFFD': 'b\uFFFD' }] })
  })

  test('keeps what only looks unstorable: escaped pairs and escaped backslashes', () => {
    expect(valueIn('["\\ud83d\\ude00","\\\\u0000"]')).toEqual(['😀', '\\u0000'])
  })

  test('with bytes that are no UTF-8 is read with replacement characters', () => {
    expect(parseJson(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0xff, 0x22]))).toEqual({ value: '\uFFFD\uFFFD\uFFFD\uFFFD' })
  })

  test('with a key called __proto__ changes no prototype', () => {
    const value = valueIn('{"__proto__":{"bad\\u0000":1}}') as object
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(Object.keys(value)).toEqual(['__proto__'])
    expect('bad' in {}).toBe(false)
  })

  test('nested a hundred thousand deep is read, mended or not', () => {
    expect(parse(nested(100_000))).toHaveProperty('value')
    expect(parse(nested(100_000).replace('1', '"\\u0000"'))).toHaveProperty('value')
  })
})

describe('text of a value', () => {
  test.each([
    ['"x"', 'x'],
    ['1.5', '1.5'],
    ['true', 'true'],
    ['null', ''],
    ['1e400000', 'Infinity'],
    ['{"a":[1,null]}', '{"a":[1,null]}'],
    ['{"toJSON":1,"toString":2}', '{"toJSON":1,"toString":2}'],
    [nested(64), nested(64)],
    [nested(65), '(nested deeper than 64)'],
    [nested(100_000), '(nested deeper than 64)'],
    [`${'['.repeat(90)}${']'.repeat(90)}`, '(nested deeper than 64)'],
  ])('number %#', (json, text) => {
    expect(textOf(JSON.parse(json))).toBe(text)
  })

  test('undefined is empty', () => expect(textOf(undefined)).toBe(''))
})

test('a field meant to be text takes numbers and booleans, and nothing blank', () => {
  expect([scalarText('a'), scalarText(7), scalarText(false)]).toEqual(['a', '7', 'false'])
  expect([scalarText(''), scalarText(' \t'), scalarText(null), scalarText({}), scalarText(['a']), scalarText(undefined)]).toEqual(
    Array(6).fill(undefined),
  )
})

test('a key of 512 characters is kept, a longer one becomes its hash', () => {
  expect(dedupKeyOf('k'.repeat(512))).toBe('k'.repeat(512))
  expect(dedupKeyOf('k'.repeat(513))).toMatch(/^sha256:[0-9a-f]{64}$/)
  expect(dedupKeyOf('k'.repeat(513))).not.toBe(dedupKeyOf('k'.repeat(514)))
})

test('a quoted value is short', () => expect(quoted('x'.repeat(1000))).toHaveLength(66))
