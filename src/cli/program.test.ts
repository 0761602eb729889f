import { expect, test } from 'vitest'
import { CommandError } from './errors.ts'
import { readCommandLine } from './program.ts'
import type { Verb } from './verbs/verb.ts'
import { verbs } from './verbs.ts'

function read(line: string) {
  return readCommandLine(
    line.split(' ').map((word) => word.replaceAll('_', ' ')),
    '1.2.3',
  )
}

function mistake(line: string): { exit: number; text: string } {
  try {
    read(line)
  } catch (error) {
    if (error instanceof CommandError) return { exit: error.exit, text: `${error.message} ${error.mend ?? ''}` }
    throw error
  }
  throw new Error(`‹${line}› was understood`)
}

test('a command line is read into what its verb takes', () => {
  expect(read('incident create SEV1 API_down -s gateway --dry-run')).toMatchObject({
    verb: { words: 'incident create' },
    input: { title: ['SEV1', 'API down'], service: 'gateway', dryRun: true },
  })
  expect(read('ack 142 143 -')).toMatchObject({ input: { ids: ['142', '143', '-'] } })
  expect(read('ack --mine')).toMatchObject({ input: { ids: [], mine: true } })
  expect(read('trigger x --label a=b --label c=d')).toMatchObject({ input: { label: ['a=b', 'c=d'] } })
  expect(read('api get /readyz')).toMatchObject({ input: { method: 'GET', path: '/readyz' } })
})

test('the server may be named before or after the command', () => {
  expect(read('--profile prod incident list')).toMatchObject({ profile: 'prod' })
  expect(read('incident list --server https://x.example')).toMatchObject({ server: 'https://x.example', profile: undefined })
})

test('serve takes what it promises, and the demo can be left open', () => {
  expect(read('serve --data d --listen 0.0.0.0:0 --url http://x --database postgres://h/d --config c --no-demo')).toMatchObject({
    input: { data: 'd', listen: '0.0.0.0:0', url: 'http://x', database: 'postgres://h/d', config: 'c', demo: false },
  })
  expect(read('serve --demo')).toMatchObject({ input: { demo: true } })
  expect(read('serve')).toMatchObject({ input: {} })
  expect((read('serve') as { input: object }).input).not.toHaveProperty('demo')
})

test('a noun alone does its usual thing where it has one', () => {
  expect(read('demo')).toMatchObject({ verb: { words: 'demo status' } })
  expect(mistake('incident')).toMatchObject({ exit: 2, text: expect.stringContaining('tocsin incident list|show|watch|create') })
})

test('help and version are text', () => {
  expect(read('--version')).toEqual({ text: '1.2.3\n' })
  expect(read('incident list --help')).toMatchObject({ text: expect.stringContaining('Incidents, newest first.') })
  expect(read('help incident list')).toEqual(read('incident list --help'))
  expect(read('incident --help')).toMatchObject({ text: expect.stringContaining('tocsin incident watch') })
  expect(readCommandLine([], '1')).toMatchObject({ text: expect.stringContaining('At night') })
})

test('mistakes are answered with the right words', () => {
  expect(mistake('incidents list').text).toContain('Did you mean `tocsin incident list`?')
  expect(mistake('incident lst').text).toContain('There is no command ‹incident lst›. Did you mean `tocsin incident list`?')
  expect(mistake('incident list --stauts open').text).toContain('Did you mean --status?')
  expect(mistake('incident list -o xml').text).toContain('table, wide, json, yaml, csv, md, name')
  expect(mistake('incident show').text).toContain('tocsin incident show 142')
  expect(mistake('completion tcsh').text).toContain('bash, zsh, fish')
  expect(mistake('frobnicate').text).toContain('`tocsin --help` lists the commands.')
  expect(mistake('incident list extra').exit).toBe(2)
})

test('every verb has an example that its own definition understands', () => {
  for (const verb of verbs as readonly Verb[])
    for (const example of verb.examples) {
      const line = example
        .split(/ [|>] | \|\| /)
        .find((part) => part.includes('tocsin '))!
        .replace(/^.*tocsin /, '')
        .replace(/\)$/, '')
      const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((found) => found[1] ?? found[2] ?? found[3]!)
      expect([example, readCommandLine(words, '1')]).toMatchObject([example, { verb: { words: expect.any(String) } }])
    }
})
