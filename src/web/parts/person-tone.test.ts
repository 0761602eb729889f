import { expect, test } from 'vitest'
import { initialsOf, personTone } from './person-tone.ts'

test('a person keeps one ground, whoever looks', () => {
  expect(personTone('Beatriz Amado')).toBe(personTone('Beatriz Amado'))
  expect(personTone('') >= 1 && personTone('') <= 8).toBe(true)
})

test('initials are taken from the first and the last name', () => {
  expect(['Beatriz Amado', 'Anne Marie van Dyk', 'Raj', 'Élodie Øst', '李 伟'].map(initialsOf)).toEqual(['BA', 'AD', 'RA', 'ÉØ', '李伟'])
})
