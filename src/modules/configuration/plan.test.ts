import { expect, test } from 'vitest'
import { type Document, type Origin, snapshotOf } from '../documents/index.ts'
import { writtenKind } from './kinds.ts'
import { changesAnything, differencesOf, planOf } from './plan.ts'
import type { WrittenDocument } from './read.ts'

const between = (kind: string, from: unknown, to: unknown) => differencesOf(writtenKind(kind)!, from, to)
const hook = { name: 'hook', channel: 'webhook', address: 'https://example.org/ada' }
const mail = { name: 'mail', channel: 'email', address: 'ada@example.org' }

test('the order of keys, empty lists and defaults mean nothing', () => {
  expect(
    between(
      'Person',
      { displayName: 'Ada', contacts: [{ ...hook, bundle: true }] },
      { contacts: [hook], displayName: 'Ada', paging: { high: [] } },
    ),
  ).toEqual([])
  expect(between('Service', { team: 'a' }, { autoResolve: true, urgency: 'by-severity', dependsOn: [], links: [], team: 'a' })).toEqual([])
  expect(between('EscalationPolicy', { levels: [], repeat: 0 }, { levels: [] })).toEqual([])
  expect(between('Person', { contacts: [{ ...hook, bundle: false }] }, { contacts: [hook] })).toEqual([
    { path: 'contacts.hook.bundle', from: false },
  ])
})

test('a value that changed is told with both sides, one that came or went with one', () => {
  expect(between('Team', { members: ['ada'], lead: 'ada' }, { members: ['ada', 'lin'], displayName: 'Payments' })).toEqual([
    { path: 'displayName', to: 'Payments' },
    { path: 'lead', from: 'ada' },
    { path: 'members', from: ['ada'], to: ['ada', 'lin'] },
  ])
})

test('entries with names are matched by name, wherever they stand', () => {
  expect(
    between(
      'Person',
      { contacts: [hook, mail] },
      {
        contacts: [
          { name: 'phone', channel: 'screen', address: 'x' },
          { ...hook, address: 'https://example.org/2' },
        ],
      },
    ),
  ).toEqual([
    { path: 'contacts.hook.address', from: 'https://example.org/ada', to: 'https://example.org/2' },
    { path: 'contacts.mail', from: mail },
    { path: 'contacts.phone', to: { name: 'phone', channel: 'screen', address: 'x' } },
  ])
  expect(between('Person', { contacts: [hook, mail] }, { contacts: [mail, hook] })).toEqual([
    { path: 'contacts.(order)', from: ['hook', 'mail'], to: ['mail', 'hook'] },
  ])
})

test('levels are matched by their place', () => {
  const level = (after: string, person: string) => ({ after, notify: [{ person }] })
  expect(
    between(
      'EscalationPolicy',
      { levels: [level('0s', 'ada'), level('5m', 'lin')] },
      { levels: [level('0s', 'ada'), level('10m', 'lin'), level('15m', 'kim')] },
    ),
  ).toEqual([
    { path: 'levels.1.after', from: '5m', to: '10m' },
    { path: 'levels.2', to: level('15m', 'kim') },
  ])
})

test('of a key the hash counts, not its first characters', () => {
  const one = { source: 'generic', service: 'api', keyHash: `sha256:${'a'.repeat(64)}`, keyStart: 'abcdef' }
  expect(between('Integration', one, { ...one, keyStart: undefined })).toEqual([])
  expect(between('Integration', one, { ...one, keyHash: `sha256:${'b'.repeat(64)}` })).toHaveLength(1)
})

test('a plan says what is made, changed, left, removed, and what is only on the server', () => {
  const current = (name: string, origin: Origin, members: string[] = []): Document<unknown> => {
    return { kind: 'Team', name, spec: { members }, origin, version: 4, uid: name, changedAt: 0, changedBy: 'system', validFrom: 0 }
  }
  const file = (line: number): Origin => ({ kind: 'file', file: 'teams.yaml', line })
  const server = snapshotOf([
    current('same', file(1)),
    current('other', file(5)),
    current('gone', file(9)),
    current('by-hand', { kind: 'ui' }),
    current('by-program', { kind: 'api' }),
    current('of-the-demo', { kind: 'demo' }),
    current('built-in', { kind: 'built-in' }),
  ])
  const write = (name: string, members: string[]): WrittenDocument => ({
    kind: 'Team',
    name,
    spec: { members },
    file: 'teams.yaml',
    line: 2,
    lineOf: () => 2,
  })
  const documents = [write('same', []), write('other', ['ada']), write('new', [])]
  const plan = planOf(documents, server, { prune: true })
  expect(plan).toEqual({
    created: [{ kind: 'Team', name: 'new', file: 'teams.yaml', line: 2 }],
    changed: [
      {
        kind: 'Team',
        name: 'other',
        file: 'teams.yaml',
        line: 2,
        version: 4,
        origin: file(5),
        differences: [{ path: 'members', to: ['ada'] }],
      },
    ],
    unchanged: [{ kind: 'Team', name: 'same', file: 'teams.yaml', line: 2, origin: file(1) }],
    removed: [{ kind: 'Team', name: 'gone', origin: file(9) }],
    onlyOnServer: [
      { kind: 'Team', name: 'by-hand', origin: { kind: 'ui' } },
      { kind: 'Team', name: 'by-program', origin: { kind: 'api' } },
    ],
  })
  expect(changesAnything(plan)).toBe(true)
  const careful = planOf(documents, server, { prune: false })
  expect(careful.removed).toEqual([])
  expect(careful.onlyOnServer.map(({ name }) => name)).toEqual(['by-hand', 'by-program', 'gone'])
})
