import { expect, test } from 'vitest'
import { alertSources } from '../../plugs/alert-sources/index.ts'
import { channels } from '../../plugs/channels/index.ts'
import { type Document, type Origin, snapshotOf } from '../documents/index.ts'
import { readDocuments } from './read.ts'
import { issueText } from './start-up.ts'
import { checkTogether, goingAlong, stillNeeded } from './together.ts'

const NOW = Date.parse('2026-11-20T03:11:00Z')
const inFile = (line: number): Origin => ({ kind: 'file', file: 'company.yaml', line })

function onServer(...objects: [kind: string, name: string, spec: unknown, origin?: Origin][]) {
  return snapshotOf(
    objects.map(([kind, name, spec, origin = { kind: 'ui' }]): Document<unknown> => {
      return { kind, name, spec, origin, version: 3, uid: `doc_${name}`, changedAt: 0, changedBy: 'person:ada', validFrom: 0 }
    }),
  )
}

const reading = (text: string) => readDocuments([{ file: 'new.yaml', text }], { channels, sources: alertSources })
const team = (members: string) => `apiVersion: tocsin.dev/v1\nkind: Team\nmetadata: { name: payments }\nspec:\n  members: ${members}\n`

test('a reference may lead to what the server has already', () => {
  expect(checkTogether(reading(team('[ada]')), onServer(['Person', 'ada', {}]))).toEqual([])
  expect(checkTogether(reading(team('[adda]')), onServer(['Person', 'ada', {}])).map(issueText)).toEqual([
    'new.yaml:5 spec.members.0: there is no Person ‹adda›; did you mean ‹ada›?',
  ])
  expect(checkTogether(reading(team('[xaver]')), onServer(['Person', 'ada', {}], ['Person', 'lin', {}])).map(issueText)).toEqual([
    'new.yaml:5 spec.members.0: there is no Person ‹xaver›; there are: ada, lin',
  ])
})

test('what the documents still name is not removed behind their back', () => {
  const server = onServer(['Person', 'ada', {}, inFile(2)], ['Team', 'payments', { members: ['ada'] }, inFile(9)])
  expect(checkTogether(reading(team('[ada]')), server, [{ kind: 'Person', name: 'ada' }]).map(issueText)).toEqual([
    'new.yaml:5 spec.members.0: Person ‹ada› is no longer written and would be removed; write it again, or take it out here',
  ])
})

test('what goes and is still needed is told with who needs it', () => {
  const server = onServer(
    ['Person', 'ada', {}, inFile(2)],
    ['Team', 'payments', { members: ['ada'] }, inFile(9)],
    ['Team', 'night', { members: [], lead: 'ada' }],
  )
  expect(checkTogether(reading(''), server, [{ kind: 'Person', name: 'ada' }]).map(issueText)).toEqual([
    'Person/ada: Person ‹ada› cannot be removed: Team ‹payments› (company.yaml, line 9) refers to it in members.0',
    'Person/ada: Person ‹ada› cannot be removed: Team ‹night› refers to it in lead',
  ])
  const together = [
    { kind: 'Person', name: 'ada' },
    { kind: 'Team', name: 'payments' },
    { kind: 'Team', name: 'night' },
  ]
  expect(checkTogether(reading(''), server, together)).toEqual([])
})

test('an object that needs what goes may be written anew without it', () => {
  const server = onServer(['Person', 'ada', {}, inFile(2)], ['Team', 'payments', { members: ['ada'] }, inFile(9)])
  expect(checkTogether(reading(team('[]')), server, [{ kind: 'Person', name: 'ada' }])).toEqual([])
})

test('overrides go along with their schedule, and with a person once they are over', () => {
  const server = onServer(
    ['Schedule', 'night', { timeZone: 'UTC', layers: [] }],
    ['Person', 'ada', {}],
    ['Person', 'lin', {}],
    ['Override', 'ovr_1', { schedule: 'night', person: 'ada', from: '2026-11-01T00:00:00Z', until: '2026-11-02T00:00:00Z' }],
    ['Override', 'ovr_2', { schedule: 'night', person: 'lin', from: '2026-11-20T00:00:00Z', until: '2026-11-21T00:00:00Z' }],
  )
  const going = (kind: string, name: string) => goingAlong(server, [{ kind, name }], NOW).map((one) => one.name)
  expect(going('Schedule', 'night')).toEqual(['ovr_1', 'ovr_2'])
  expect(going('Person', 'ada')).toEqual(['ovr_1'])
  expect(going('Person', 'lin')).toEqual([])
  expect(stillNeeded(server, [{ kind: 'Person', name: 'lin' }]).map(issueText)).toEqual([
    'Person/lin: Person ‹lin› cannot be removed: an override of Schedule ‹night› until 2026-11-21T00:00:00Z names it; delete that first',
  ])
})

test('a key that the server knows under another name is not given twice', () => {
  const integration = (name: string, key: string) =>
    `apiVersion: tocsin.dev/v1\nkind: Integration\nmetadata: { name: ${name} }\nspec: { source: generic, service: api, key: ${key} }\n`
  const { spec } = reading(integration('one', 'aaaaaaaaaaaaaaaaaaaaaaaa')).documents[0]!
  const server = onServer(['Service', 'api', {}], ['Integration', 'one', spec])
  expect(checkTogether(reading(integration('one', 'aaaaaaaaaaaaaaaaaaaaaaaa')), server)).toEqual([])
  expect(checkTogether(reading(integration('two', 'bbbbbbbbbbbbbbbbbbbbbbbb')), server)).toEqual([])
  expect(checkTogether(reading(integration('two', 'aaaaaaaaaaaaaaaaaaaaaaaa')), server).map(issueText)).toEqual([
    'new.yaml:4 spec.key: is the key of Integration ‹one› too; make each its own with `openssl rand -hex 16`',
  ])
})
