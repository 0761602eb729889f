import { expect, test } from 'vitest'
import { CommandError } from './errors.ts'
import { narrows } from './product/known-filters.ts'
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

test('an option that is not there is answered with the one meant, and with none where none is near', () => {
  const meant = [
    ['trigger x --severity 9', " '--severity'. Did you mean --sev? "],
    ['policy simulate payments --severity 1', " '--severity'. Did you mean --sev? "],
    ['person update owner --timezone Mars', " '--timezone'. Did you mean --zone? "],
    ['incident list --staus open', " '--staus'. Did you mean --status? "],
    ['incident list --prfile prod', " '--prfile'. Did you mean --profile? "],
    ['resolve 52 --reason done', " '--reason'. Such as"],
    ['override create payments lin --person lin', " '--person'. Such as"],
  ]
  for (const [line, says] of meant) expect(mistake(line!)).toMatchObject({ exit: 2, text: expect.stringContaining(says!) })
})

test('a noun alone does its usual thing where it has one', () => {
  expect(read('demo')).toMatchObject({ verb: { words: 'demo status' } })
  expect(mistake('incident')).toMatchObject({ exit: 2, text: expect.stringContaining('tocsin incident list|show|plan|watch|create') })
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
  expect(mistake('inc list').text).toContain('There is no command ‹inc›. Did you mean `tocsin incident list`?')
  expect(mistake('incident list --stauts open').text).toContain('Did you mean --status?')
  expect(mistake('incident list -o xml').text).toContain('table, wide, json, yaml, csv, md, name')
  expect(mistake('incident list --status opn').text).toContain('Did you mean ‹open›? It is one of: open, detected')
  expect(mistake('incident show').text).toContain('tocsin incident show 142')
  expect(mistake('completion tcsh').text).toContain('bash, zsh, fish')
  expect(mistake('frobnicate').text).toContain('`tocsin --help` lists the commands.')
  expect(mistake('incident list extra').exit).toBe(2)
})

test('what a list is narrowed by is chosen, or a name that is looked up: an unknown one is never an empty list', () => {
  const free = ['sev', 'label', 'dedup', 'text', 'since', 'until', 'limit', 'field', 'output', 'at', 'days']
  const unchecked = (verbs as readonly Verb[])
    .filter(({ words }) => narrows(words))
    .flatMap(({ words, options = {} }) => Object.entries(options).map(([name, option]) => ({ words, name, option })))
    .filter(({ name, option: { value, choices, names } }) => value !== undefined && !choices && !names && !free.includes(name))
  expect(unchecked).toEqual([])
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
