import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { brokenConfigurationTitle, issueText, readFolder } from './start-up.ts'

const folder = mkdtempSync(join(tmpdir(), 'tocsin-config-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('a folder is read with everything below it, in the order of its paths', () => {
  mkdirSync(join(folder, 'teams/.git'), { recursive: true })
  for (const [name, text] of Object.entries({
    'people.yaml': 'a: 1',
    'services.yml': 'b: 2',
    'notes.txt': '-',
    'teams/a.yaml': 'c: 3',
    'teams/.git/x.yaml': 'd: 4',
    '.hidden.yaml': 'e: 5',
  }))
    writeFileSync(join(folder, name), text)
  // As mounted configuration is laid out: the folder of the moment behind a link, and a way round in a circle.
  symlinkSync(folder, join(folder, 'teams/round'))
  symlinkSync(join(folder, 'people.yaml'), join(folder, 'linked.yaml'))
  expect(readFolder(folder)).toEqual({
    files: [
      { file: join(folder, 'linked.yaml'), text: 'a: 1' },
      { file: join(folder, 'people.yaml'), text: 'a: 1' },
      { file: join(folder, 'services.yml'), text: 'b: 2' },
      { file: join(folder, 'teams/a.yaml'), text: 'c: 3' },
    ],
    issues: [],
  })
})

test('a single file may be called anything', () => {
  expect(readFolder(join(folder, 'notes.txt')).files).toEqual([{ file: join(folder, 'notes.txt'), text: '-' }])
})

test('what cannot be read is told', () => {
  const told = (name: string) => readFolder(join(folder, name)).issues.map(({ message }) => message)
  mkdirSync(join(folder, 'empty'))
  writeFileSync(join(folder, 'latin1.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]))
  expect(told('nowhere')).toEqual(['does not exist'])
  expect(told('empty')).toEqual(['holds no *.yaml or *.yml file'])
  expect(told('latin1.yaml')).toEqual(['is not UTF-8 text'])
  // A device, as a pipe whose writer never comes, has no end.
  symlinkSync('/dev/zero', join(folder, 'zero.yaml'))
  expect(told('zero.yaml')).toEqual(['is not a regular file'])
  expect(told('')).toContain('is not a regular file')
})

test('an issue on one line, and an alarm of one sentence', () => {
  const issues = [
    { file: 'people.yaml', line: 12, path: 'spec.role', message: '‹king› is not known here' },
    { file: 'people.yaml', line: 14, path: '', message: 'is indented with a tab' },
  ]
  expect(issues.map(issueText)).toEqual(['people.yaml:12 spec.role: ‹king› is not known here', 'people.yaml:14: is indented with a tab'])
  expect(issueText({ path: 'Person/ada', message: 'is needed' })).toBe('Person/ada: is needed')
  expect(brokenConfigurationTitle('/etc/tocsin', issues)).toBe(
    'The configuration in /etc/tocsin was not applied; the last good one stays in force. people.yaml, line 12: spec.role ‹king› is not known here (and 1 more)',
  )
})
