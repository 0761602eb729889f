import { expect, test } from 'vitest'
import { csvText, formatOf, jsonText, yamlText } from './formats.ts'
import { tone } from './spans.ts'

test('people get tables, programs get JSON, and whoever says it gets what they say', () => {
  expect(formatOf({}, true)).toBe('table')
  expect(formatOf({}, false)).toBe('json')
  expect(formatOf({ output: 'yaml' }, true)).toBe('yaml')
  expect(formatOf({ json: true }, true)).toBe('json')
})

test('csv holds values, quoted where they must be, and no formula that runs', () => {
  const columns = [
    { head: 'TITLE', cell: ({ title }: { title: string }) => tone('strong', title), value: ({ title }: { title: string }) => title },
    { head: 'UNTIL (BERLIN)', cell: () => 'Fri 09:00', value: () => null },
    { head: 'OPEN INCIDENTS', cell: () => '2', value: () => 2 },
  ]
  expect(csvText([{ title: 'Disk "full", again' }, { title: '=HYPERLINK("x")' }], columns)).toBe(
    'title,until,open_incidents\r\n"Disk ""full"", again",,2\r\n"\'=HYPERLINK(""x"")",,2\r\n',
  )
})

test('json and yaml say the same', () => {
  expect(jsonText([{ id: 'inc_1' }])).toBe('[\n  {\n    "id": "inc_1"\n  }\n]\n')
  expect(yamlText([{ id: 'inc_1', at: null }])).toBe('- id: inc_1\n  at: null\n')
})
