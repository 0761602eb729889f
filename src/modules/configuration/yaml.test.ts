import { expect, test } from 'vitest'
import { readYaml } from './yaml.ts'

const read = (text: string) => readYaml({ file: 'a.yaml', text })
const told = (text: string) => read(text).issues.map(({ file, line, path, message }) => `${file}:${line} ${path}${path && ': '}${message}`)

test.each([
  ['a tab', 'kind: Team\nspec:\n\tmembers: [ada]\n', 'a.yaml:3 is indented with a tab; YAML takes spaces only'],
  ['a crooked key', 'spec:\n   a: 1\n  b: 2\n', 'a.yaml:3 is not indented like its neighbours; keys of one group start in the same column'],
  ['an open list', 'a: [1, 2\nb: 3\n', 'a.yaml:2 comes before a [ or { above it was closed; add the missing ] or }, or indent this line'],
  ['an open quote', 'a: "abc\nb: 3\n', 'a.yaml:3 is reached before a quoted text ended; add the missing quote'],
  [
    'a dash without a space',
    'users:\n- a\n-b\n',
    'a.yaml:3 lacks a colon: write `key: value`, or `- value` with a space for an entry of a list',
  ],
  ['a key without a colon', 'kind: Team\nmetadata\nspec: {}\n', 'a.yaml:2 lacks a colon after its key: write `key: value`'],
  ['a second colon', 'title: down: again\n', 'a.yaml:1 has a second colon on one line; put text that holds `: ` in quotes'],
  ['an at-sign', 'kind: Team\nlead: @ada\n', 'a.yaml:2 begins with @, which YAML keeps for itself; put the text in quotes'],
  ['a tag', 'secret: !vault x\n', 'a.yaml:1 !vault is a tag, and tags are not read; write the value itself'],
  ['a doubled key', 'spec:\n  a: 1\n  b: 2\n  a: 3\n', 'a.yaml:4 spec.a: is written twice; keep one'],
  ['a key that is a list', 'spec:\n  ? [a]\n  : b\n', 'a.yaml:2 spec: has a key that is not a plain word; write `key: value`'],
  [
    'an alias to nothing',
    'a: &x 1\n---\nb: *x\n',
    'a.yaml:3 b: *x names an anchor that is not written before it in this document; anchors do not reach across ---',
  ],
  ['an alias to itself', 'a: &a [*a]\n', 'a.yaml:1 a.0.0.0.0.0: is nested more than 60 deep'],
])('%s is told with its line and the mend', (_, text, expected) => {
  expect(told(text)).toEqual([expected])
})

test('a bomb of aliases is defused, and what stands before it is still read', () => {
  const bomb = [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...'bcdefgh'.split('').map((key, i) => `${key}: &${key} [${Array(10).fill(`*${'abcdefg'[i]}`)}]`),
  ]
  const { values, issues } = read(`kind: Team\n---\n${bomb.join('\n')}\n`)
  expect(issues).toMatchObject([{ message: 'holds far too much; does an alias (*name) repeat it over and over?' }])
  expect(values[0]).toMatchObject({ value: { kind: 'Team' }, broken: false })
  expect(values[1]).toMatchObject({ broken: true })
})

test('a few anchors are fine', () => {
  expect(read('rules: &now\n  - { contact: hook, after: 0s }\nlow: *now\n').values[0]!.value).toEqual({
    rules: [{ contact: 'hook', after: '0s' }],
    low: [{ contact: 'hook', after: '0s' }],
  })
})

test('times, dates and yes stay the texts they were written as', () => {
  expect(read('from: 09:00\nstart: 2026-01-05T09:00\nanswer: yes\nno: 1\n').values[0]!.value).toEqual({
    from: '09:00',
    start: '2026-01-05T09:00',
    answer: 'yes',
    no: 1,
  })
})

test('lines are those of the key, or of the entry of a list, or of the nearest part that is written', () => {
  const [team] = read('# a remark\n\nkind: Team\nspec:\n  members:\n    - ada\n    - lin\n').values
  expect(team!.lineOf([])).toBe(3)
  expect(team!.lineOf(['spec', 'members'])).toBe(5)
  expect(team!.lineOf(['spec', 'members', 1])).toBe(7)
  expect(team!.lineOf(['spec', 'lead'])).toBe(4)
  expect(team!.lineOf(['metadata', 'name'])).toBe(3)
})

test('JSON is read too, with tabs, and a list is many documents', () => {
  const { values, issues } = read('[\n\t{ "kind": "Team" },\n\t{ "kind": "Person" }\n]')
  expect(issues).toEqual([])
  expect(values.map(({ value }) => value)).toEqual([{ kind: 'Team' }, { kind: 'Person' }])
  expect(values.map(({ lineOf }) => lineOf(['kind']))).toEqual([2, 3])
})

test('empty documents, a byte order mark and Windows line ends do not matter', () => {
  const { values, issues } = read('\uFEFFkind: Team\r\nspec:\r\n  members: []\r\n---\r\n# nothing\r\n---\r\n')
  expect(issues).toEqual([])
  expect(values.map(({ value }) => value)).toEqual([{ kind: 'Team', spec: { members: [] } }])
})

test('a key that would reach into the language is refused, a word of it is just a word', () => {
  expect(told('spec:\n  __proto__: { admin: true }\n')).toEqual(['a.yaml:2 spec.__proto__: cannot be used as a key'])
  expect(read('constructor: 1\n').values[0]!.value).toEqual({ constructor: 1 })
})

test('a mistake in one document leaves the others readable', () => {
  const { values, issues } = read('kind: A\n---\nkind: B\nx: [\n---\nkind: C\n')
  expect(issues).toHaveLength(1)
  expect(values.map(({ value, broken }) => [(value as { kind: string }).kind, broken])).toEqual([
    ['A', false],
    ['B', true],
    ['C', false],
  ])
})

test('tens of thousands of keys do not take quadratic time', () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `key${i}: value`).join('\n')
  expect(Object.keys(read(text).values[0]!.value as object)).toHaveLength(20_000)
})
