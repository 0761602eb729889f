import { expect, test } from 'vitest'
import { decoded } from './charset.ts'

const latin = (text: string) => Buffer.from(text, 'latin1')
const json = 'application/json'

test.each([
  ['UTF-8', Buffer.from('Äß€'), json, 'Äß€'],
  ['UTF-8, said to be', Buffer.from('Äß€'), `${json}; charset=UTF-8`, 'Äß€'],
  ['ISO-8859-1 by its header', latin('Pumpenhaus Ä'), `${json}; charset=iso-8859-1`, 'Pumpenhaus Ä'],
  ['a header in quotes', latin('Ö'), `${json};charset="ISO-8859-1"`, 'Ö'],
  ['Windows-1252 by its header', Buffer.from([0x80, 0x93, 0xc4]), `${json}; charset=windows-1252`, '€“Ä'],
  ['ISO-8859-15 by its header', Buffer.from([0xa4]), 'text/plain; charset=ISO-8859-15', '€'],
  ['Shift JIS by its header', Buffer.from([0x83, 0x65]), 'text/plain; charset=shift_jis', 'テ'],
  ['UTF-16 with its mark', Buffer.from('\ufeff{"a":"Ä"}', 'utf16le'), json, '{"a":"Ä"}'],
  ['UTF-16, big end first', Buffer.from('\ufeff{"a":"Ä"}', 'utf16le').swap16(), json, '{"a":"Ä"}'],
  ['UTF-16 without a mark', Buffer.from('{"a":"Ä"}', 'utf16le'), undefined, '{"a":"Ä"}'],
  ['UTF-16, big end first, without a mark', Buffer.from('{"a":"Ä"}', 'utf16le').swap16(), undefined, '{"a":"Ä"}'],
  ['UTF-16, said by the header', Buffer.from('Ä', 'utf16le'), 'text/plain; charset=utf-16le', 'Ä'],
  ['nothing', Buffer.alloc(0), undefined, ''],
  ['ASCII', Buffer.from('a'), 'text/plain; charset=us-ascii', 'a'],
])('%s is read as what it says', (_what, body, contentType, text) => {
  const { body: read, warning } = decoded(body, contentType)
  expect(read.toString('utf8')).toBe(text)
  expect(warning).toBeUndefined()
})

test.each([
  ['no charset', json, /^the body is not valid UTF-8, read as Windows-1252/],
  ['none at all', undefined, /^the body is not valid UTF-8, read as Windows-1252/],
  ['UTF-8, wrongly', `${json}; charset=utf-8`, /^the body is not valid UTF-8, read as Windows-1252/],
  ['ASCII, wrongly', 'text/plain; charset=us-ascii', /^the body is not valid UTF-8, read as Windows-1252/],
  ['a charset nobody knows', `${json}; charset=klingon`, /^the charset ‹klingon› is not known, read as Windows-1252/],
])('bytes that are no UTF-8, with %s, are told apart and warned of', (_what, contentType, words) => {
  const one = decoded(Buffer.from([0xc4, 0x2d, 0x80]), contentType)
  expect(one.body.toString('utf8')).toBe('Ä-€')
  expect(one.warning).toMatch(words)
  const all = decoded(Buffer.from(Array.from({ length: 256 }, (_, i) => i)), contentType).body.toString('utf8')
  expect(new Set(all).size).toBe(256)
})
