import { expect, test } from 'vitest'
import { initialsOf, shortName } from './person-names.ts'

// Name, initials, short name.
test.for([
  ['Beatriz Amado', 'BA', 'Beatriz'],
  ['Anne Marie van Dyk', 'AD', 'Anne'],
  ['Raj', 'RA', 'Raj'],
  ['Élodie Øst', 'ÉØ', 'Élodie'],
  ['Élodie Øst'.normalize('NFD'), 'ÉØ', 'Élodie'],
  ['Person 7', 'P7', 'Person 7'],
  ['Person 17', 'P17', 'Person 17'],
  ['Person 117', 'P17', 'Person 117'],
  ['van der Berg', 'BE', 'van der Berg'],
  ['ada lovelace', 'AL', 'ada lovelace'],
  ['Dr. Ada Lovelace', 'DL', 'Dr. Ada Lovelace'],
  ['A. Lovelace', 'AL', 'A. Lovelace'],
  ['Ada Lovelace (on leave)', 'AL', 'Ada'],
  ['李 伟', '李伟', '李 伟'],
  ['李伟', '李伟', '李伟'],
  ['欧阳修文', '欧阳', '欧阳修文'],
  ['محمد علي', 'مع', 'محمد'],
  ['X', 'X', 'X'],
  ['O’Neill', 'ON', 'O’Neill'],
  ['  ', '?', ''],
  ['🦊', '?', '🦊'],
] as const)('%s is %s, and %s where everybody knows each other', ([name, initials, short]) => {
  expect([initialsOf(name), shortName(name)]).toEqual([initials, short])
})
