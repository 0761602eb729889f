import { expect, test } from 'vitest'
import { fieldLines, fieldOf, pathsIn } from './fields.ts'

const incident = {
  number: 'INC-1',
  service: null,
  title: 'Two\nlines\tand a tab',
  next: { people: [{ person: 'ada' }] },
  open: true,
  sev: 0,
}

test('a field is told as it stands, one line each', () => {
  expect(fieldOf(incident, 'number')).toBe('INC-1')
  expect(fieldOf(incident, 'next.people.0.person')).toBe('ada')
  expect(fieldOf(incident, 'next.people')).toBe('[{"person":"ada"}]')
  expect([fieldOf(incident, 'service'), fieldOf(incident, 'open'), fieldOf(incident, 'sev')]).toEqual(['', 'true', '0'])
  expect(fieldLines([incident, {}], ['number', 'title'])).toBe('INC-1\tTwo lines and a tab\n\t\n')
})

test('what is not there is nothing, and nothing of JavaScript is', () => {
  for (const path of ['nope', 'number.nope', 'constructor', '__proto__', 'next.people.length.x', ''])
    expect(fieldOf(incident, path)).toBe('')
})

test('paths are listed as they may be typed', () => {
  expect(pathsIn({ a: 1, b: { c: { d: 2 } } })).toEqual(['a', 'b', 'b.c', 'b.c.d'])
})
