import { expect, test } from 'vitest'
import { type Combination, facetOf, type Picked } from './facets.ts'

type Field = 'status' | 'service'
const rows: Combination<Field>[] = [
  { values: { status: 'open', service: 'mail' }, count: 3 },
  { values: { status: 'open', service: 'web' }, count: 1 },
  { values: { status: 'ended', service: 'mail' }, count: 5 },
  { values: { status: 'ended', service: null }, count: 2 },
]
const anything: Picked<Field> = { status: null, service: null }

test('each value with how many have it, the most common first', () => {
  expect(facetOf(rows, anything, 'status').values).toEqual([
    { value: 'ended', count: 7 },
    { value: 'open', count: 4 },
  ])
  expect(facetOf(rows, anything, 'service').values).toEqual([
    { value: 'mail', count: 8 },
    { value: 'web', count: 1 },
  ])
})

test('what is picked narrows the other fields, not its own', () => {
  const picked: Picked<Field> = { status: ['open'], service: null }
  expect(facetOf(rows, picked, 'service').values).toEqual([
    { value: 'mail', count: 3 },
    { value: 'web', count: 1 },
  ])
  expect(facetOf(rows, picked, 'status').values.map(({ value }) => value)).toEqual(['ended', 'open'])
})

test('a field of very many values shows the top twenty and says how many more there are', () => {
  const many = Array.from({ length: 230 }, (_, i) => ({ values: { status: 'open', service: `s${i}` }, count: i + 1 }))
  const { values, more } = facetOf<Field>(many, anything, 'service')
  expect(values).toHaveLength(20)
  expect(values[0]).toEqual({ value: 's229', count: 230 })
  expect(more).toBe(210)
})
