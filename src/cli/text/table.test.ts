import { expect, test } from 'vitest'
import { severityMark } from './severity.ts'
import { plain, render, tone } from './spans.ts'
import { type Column, pairLines, tableLines } from './table.ts'

interface Incident {
  severity: number
  number: number
  title: string
  age: string
  who: string | null
}

const columns: Column<Incident>[] = [
  { head: 'SEV', cell: ({ severity }) => severityMark(severity) },
  { head: 'ID', cell: ({ number }) => String(number), right: true },
  { head: 'TITLE', cell: ({ title }) => tone('strong', title), shrinks: true },
  { head: 'AGE', cell: ({ age }) => age, right: true },
  { head: 'WHO', cell: ({ who }) => who ?? tone('missing', '!nobody') },
]
const incidents: Incident[] = [
  { severity: 1, number: 142, title: 'API Gateway Down', age: '12 m', who: 'bea' },
  { severity: 2, number: 98, title: 'EU login errors', age: '4 m', who: null },
]

test('columns line up, numbers end at the right, nothing trails', () => {
  expect(tableLines(incidents, columns).map(plain)).toEqual([
    'SEV   ID  TITLE              AGE  WHO',
    '<1>  142  API Gateway Down  12 m  bea',
    '/2\\   98  EU login errors    4 m  !nobody',
  ])
})

test('a narrow terminal shortens the title, and only as far as it stays readable', () => {
  const narrow = tableLines(incidents, columns, 38).map(plain)
  expect(narrow[1]).toBe('<1>  142  API Gateway …  12 m  bea')
  expect(tableLines(incidents, columns, 10).map(plain)[1]).toBe('<1>  142  API Gateway…  12 m  bea')
})

test('colour does not shift a column', () => {
  const [, first] = tableLines(incidents, columns).map((line) => render(line, true))
  expect(first?.replace(/\u001b\[[\d;]*m/g, '')).toBe('<1>  142  API Gateway Down  12 m  bea')
})

test('pairs stand under each other', () => {
  expect(
    pairLines([
      ['service', 'checkout'],
      ['policy', tone('missing', 'none')],
    ]).map(plain),
  ).toEqual(['service  checkout', 'policy   none'])
})
