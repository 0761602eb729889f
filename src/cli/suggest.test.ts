import { expect, test } from 'vitest'
import { lettersOff } from '../kernel/letters.ts'
import { nearestName, suggestVerb, verbOf } from './suggest.ts'

test('whoever types another product’s word is told ours', () => {
  const meant = [
    ['incident ls', 'incident list'],
    ['incidents list', 'incident list'],
    ['incidents', 'incident list'],
    ['acknowledge 142', 'ack'],
    ['declare SEV1 x', 'incident create'],
    ['why 142', 'alert why'],
    ['plan -f x', 'diff'],
    ['services', 'service list'],
    ['policies', 'policy list'],
    ['login', 'login-link'],
  ]
  for (const [typed, right] of meant) expect([typed, suggestVerb(typed!.split(' '))?.words]).toEqual([typed, right])
})

test('a letter or two off is forgiven, more is not guessed at', () => {
  expect(suggestVerb(['incidnet', 'list'])?.words).toBe('incident list')
  expect(suggestVerb(['resovle', '142'])?.words).toBe('resolve')
  expect(suggestVerb(['alert', 'whi'])?.words).toBe('alert why')
  expect(suggestVerb(['frobnicate'])).toBeUndefined()
})

test('names are compared by letters, swapped neighbours count once', () => {
  expect(lettersOff('paymnets', 'payments')).toBe(1)
  expect(lettersOff('kitten', 'sitting')).toBe(3)
  expect(nearestName('paymnts-api', ['payments-api', 'search'])).toBe('payments-api')
  expect(nearestName('x', ['payments-api'])).toBeUndefined()
})

test('a command line names its verb by two words, or one', () => {
  expect(verbOf(['incident', 'list', 'x'])?.words).toBe('incident list')
  expect(verbOf(['ack', '142'])?.words).toBe('ack')
  expect(verbOf(['incident'])).toBeUndefined()
})
