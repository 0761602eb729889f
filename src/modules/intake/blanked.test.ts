import { expect, test } from 'vitest'
import { blanked } from './blanked.ts'

const key = 'R0123456789abcdefghijklmnopqrstu'
const stars = `R01234${'*'.repeat(key.length - 6)}`
const escaped = (text: string) => [...text].map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
const said = (body: string) => blanked(Buffer.from(body), key)

test('a key is blanked wherever it stands, as it is or written in escapes', () => {
  expect(said(`{"routing_key":"${key}","a":"x${key}y"}`)).toEqual({
    body: Buffer.from(`{"routing_key":"${stars}","a":"x${stars}y"}`),
    times: 2,
  })
  const half = `${key.slice(0, 9)}${escaped(key.slice(9, 12)).toUpperCase().replaceAll('\\U', '\\u')}${key.slice(12)}`
  expect(said(`{"routing_key":"${key}","a":"é ${half} \\" ${escaped(key)}"}`)).toEqual({
    body: Buffer.from(`{"routing_key":"${stars}","a":"é ${stars} \\" ${stars}"}`),
    times: 3,
  })
})

test('it is blanked in what is no JSON as well', () => {
  expect(said(`"\\" ${escaped(key)} \\u00`).body.toString()).toBe(`"\\" ${stars} \\u00`)
})

test('an escaped backslash before it is no part of an escape, and everything else stays as it was sent', () => {
  const odd = `{"a":"\\\\u0052${key.slice(1)} \\u00e9 \\n \\u0041 \\ud83d","b":"\\\\"}`
  expect(said(odd)).toEqual({ body: Buffer.from(odd), times: 0 })
})
