import { expect, test } from 'vitest'
import { personTone } from './person-tone.ts'

test('a person keeps one ground, whoever looks', () => {
  expect(personTone('Beatriz Amado')).toBe(personTone('Beatriz Amado'))
  expect(personTone('') >= 1 && personTone('') <= 8).toBe(true)
})
