import { expect, test } from 'vitest'
import { markdownTable } from './markdown.ts'
import { tone } from './spans.ts'

test('a table for a ticket: marks in titles are text', () => {
  const columns = [
    { head: 'TITLE', cell: ({ title }: { title: string; age: number }) => tone('strong', title) },
    { head: 'AGE', cell: ({ age }: { title: string; age: number }) => String(age), right: true as const },
  ]
  expect(markdownTable([{ title: 'a|b <img> [x](y)\n`z`', age: 3 }], columns)).toBe(
    '| TITLE | AGE |\n| --- | ---: |\n| a\\|b \\<img\\> \\[x\\](y) \\`z\\` | 3 |\n',
  )
})
