import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { isText } from '../../kernel/text.ts'
import { alertSources } from '../../plugs/alert-sources/index.ts'
import { channels } from '../../plugs/channels/index.ts'
import { type Document, type Snapshot, snapshotOf } from '../documents/index.ts'
import { documentText, exportText } from './export.ts'
import { changesAnything, planOf } from './plan.ts'
import { readDocuments } from './read.ts'
import { checkTogether, snapshotAfter } from './together.ts'

const vocabulary = { channels, sources: alertSources }
const read = (text: string) => readDocuments([{ file: 'export.yaml', text }], vocabulary)
const kept = (kind: string, name: string, spec: unknown): Document<unknown> => {
  return { kind, name, spec, origin: { kind: 'ui' }, version: 1, uid: name, changedAt: 0, changedBy: 'person:ada', validFrom: 0 }
}

function expectSame(snapshot: Snapshot): void {
  const reading = read(exportText(snapshot))
  expect([...reading.issues, ...checkTogether(reading, undefined)]).toEqual([])
  const plan = planOf(reading.documents, snapshot, { prune: true })
  expect(plan.onlyOnServer).toEqual([])
  expect(changesAnything(plan), JSON.stringify(plan.changed)).toBe(false)
}

test.each(['first-steps.yaml', 'company.yaml'])('%s, exported, is the same again', (name) => {
  const reading = read(readFileSync(`examples/${name}`, 'utf8'))
  expect(reading.issues).toEqual([])
  const snapshot = snapshotAfter(reading.documents, undefined)
  expectSame(snapshot)
  expect(exportText(snapshot)).not.toMatch(/^\s*key:/m)
})

test('an export reads as a person would write it', () => {
  const snapshot = snapshotOf([
    kept('Service', 'api', {
      policy: 'payments',
      displayName: 'Payments API',
      links: [{ text: 'Wiki', href: 'https://example.org/wiki' }],
      description: 'Takes\nmoney.\n',
    }),
    kept('EscalationPolicy', 'payments', {
      catchAll: { notify: [{ team: 'payments' }] },
      levels: [{ notify: [{ person: 'lin' }, { person: 'ada' }], after: '0s' }],
    }),
    kept('Person', 'lin', {}),
    kept('Person', 'ada', {
      contacts: [{ address: 'https://example.org/a', channel: 'webhook', name: 'hook', secret: { env: 'TOCSIN_SECRET_HOOK' } }],
      displayName: 'no',
    }),
    kept('Team', 'payments', { members: ['lin', 'ada'] }),
  ])
  expect(exportText(snapshot)).toBe(`apiVersion: tocsin.dev/v1
kind: Person
metadata: { name: ada }
spec:
  displayName: "no"
  contacts:
    - { name: hook, channel: webhook, address: https://example.org/a, secret: { env: TOCSIN_SECRET_HOOK } }
---
apiVersion: tocsin.dev/v1
kind: Person
metadata: { name: lin }
spec: {}
---
apiVersion: tocsin.dev/v1
kind: Team
metadata: { name: payments }
spec:
  members: [ lin, ada ]
---
apiVersion: tocsin.dev/v1
kind: EscalationPolicy
metadata: { name: payments }
spec:
  levels:
    - { after: 0s, notify: [ { person: lin }, { person: ada } ] }
  catchAll: { notify: [ { team: payments } ] }
---
apiVersion: tocsin.dev/v1
kind: Service
metadata: { name: api }
spec:
  displayName: Payments API
  description: |
    Takes
    money.
  policy: payments
  links:
    - { href: https://example.org/wiki, text: Wiki }
`)
})

test('one kind or one object alone can be exported', () => {
  const snapshot = snapshotOf([kept('Person', 'ada', {}), kept('Person', 'lin', {}), kept('Team', 'payments', { members: [] })])
  expect(exportText(snapshot, { kind: 'Person' }).match(/kind: \w+/g)).toEqual(['kind: Person', 'kind: Person'])
  expect(exportText(snapshot, { kind: 'Person', name: 'lin' })).toBe(
    'apiVersion: tocsin.dev/v1\nkind: Person\nmetadata: { name: lin }\nspec: {}\n',
  )
  expect(exportText(snapshot, { kind: 'Service' })).toBe('')
})

test('what belongs to the demo says so, and a key is explained once', () => {
  const integration = { source: 'generic', service: 'api', keyHash: `sha256:${'0'.repeat(64)}`, keyStart: 'abcdef' }
  const text = exportText(
    snapshotOf([
      { ...kept('Service', 'api', {}), origin: { kind: 'demo' } },
      kept('Integration', 'a', integration),
      kept('Integration', 'b', { ...integration, keyHash: `sha256:${'1'.repeat(64)}` }),
    ]),
  )
  expect(text.match(/# .*/g)).toEqual([
    '# Of the demo company.',
    '# The key itself is not kept; keyHash stands for it. Write `key:` instead to give a new one.',
  ])
})

const anyText = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 60 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
    fc.constantFrom(
      'yes',
      'null',
      '~',
      '0x1F',
      '1e3',
      '.5',
      '-',
      '- a',
      '? b',
      '# c',
      ' d',
      'e ',
      'a: b',
      'x #y',
      '2026-01-05',
      '09:00',
      '|',
      '>',
      '*a',
      '&b',
      '!c',
      '%d',
      '@e',
      '`',
      '{',
      '[a',
      '"',
      "'",
      '\t',
      'a\nb',
      'a\n',
      '\n\nb ',
      'é\u0085\u2028',
      '---',
      '...',
      '<<',
      'true',
    ),
  )
  // Refused, wherever it comes from: as a key, and as no text.
  .filter((text) => text !== '__proto__' && isText(text))

test('whatever people write into texts comes back as it was', () => {
  fc.assert(
    fc.property(
      fc.array(anyText, { minLength: 4, maxLength: 4 }),
      fc.dictionary(anyText, anyText, { maxKeys: 4, noNullPrototype: true }),
      ([a, b, c, d], settings) => {
        const person = {
          displayName: a!,
          contacts: [{ name: b!, channel: 'screen', address: 'x', settings: { ...settings, deep: { list: [c, { [d!]: c }] } } }],
        }
        expectSame(
          snapshotOf([
            kept('Person', 'ada', person),
            kept('Service', 'api', { description: d!, links: [{ href: 'https://example.org/', text: c! }] }),
          ]),
        )
      },
    ),
    { numRuns: 100 },
  )
})

/** What one of the two readings of YAML takes for something else than text. */
const ODD_TEXTS = [
  ...[
    '22:00',
    '24:00',
    '1:2:3',
    'on',
    'y',
    'Off',
    'yes',
    '~',
    'null',
    '0777',
    '0o7',
    '0b11',
    '1_000',
    '1e3',
    '.5',
    '1.',
    '.inf',
    '+1',
    '12',
    '0x1F',
  ],
  ...[
    '2026-01-05',
    '2026-01-05T09:00',
    '=',
    '<<',
    'a: b',
    'http://127.0.0.1:9911/h?x=#frag',
    '?x',
    '? x',
    'x #y',
    '#',
    '- a',
    '-',
    '---',
    '...',
  ],
  ...['@x', '`x', '%x', '!x', '&x', '*x', '{x}', '[x]', 'x,y', 'a:', '::', 'x:y', '"q"', "'q'", '', '  sp ', '\\', '\\n', 'é', '\u{1f600}'],
  ...['a\nb\n\n c', 'a\tb', '\u0085x', '\u2028', '\uFEFFx', '\u0001', `${'x'.repeat(300)} ${'y'.repeat(200)}`],
]

test.each(ODD_TEXTS)('%j is the same text to readers of YAML 1.1 and 1.2', (text) => {
  const spec = {
    displayName: text,
    contacts: [{ name: text, channel: 'webhook', address: text, settings: { [text]: [text, { x: text }] } }],
  }
  const written = documentText({ kind: 'Person', name: 'ada', spec, origin: { kind: 'api' } })
  for (const version of ['1.1', '1.2'] as const) expect(parse(written, { version, merge: false }).spec).toEqual(spec)
})

test('what PyYAML cannot read within braces stands in quotes', () => {
  const spec = { contacts: [{ name: 'on', channel: 'webhook', address: 'http://127.0.0.1/h?x=#y' }] }
  expect(documentText({ kind: 'Person', name: 'ada', spec, origin: { kind: 'api' } })).toContain(
    '- { name: "on", channel: webhook, address: "http://127.0.0.1/h?x=#y" }',
  )
})
