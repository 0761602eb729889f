import { expect, test } from 'vitest'
import { alertSources } from '../../plugs/alert-sources/index.ts'
import { channels } from '../../plugs/channels/index.ts'
import { issueText } from './start-up.ts'
import { validateFiles } from './validate.ts'

const NOW = Date.parse('2026-11-20T03:11:00Z')

/** Documents that are allowed; answers what they are warned about. */
function warned(text: string): string[] {
  const { issues, warnings } = validateFiles([{ file: 'it.yaml', text }], { channels, sources: alertSources }, NOW)
  expect(issues).toEqual([])
  return warnings.map(issueText)
}

const write = (...documents: [kind: string, name: string, spec: string][]) =>
  documents
    .map(
      ([kind, name, spec]) =>
        `apiVersion: tocsin.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec:\n${spec.replace(/^/gm, '  ')}\n`,
    )
    .join('---\n')

const ada: [string, string, string] = ['Person', 'ada', 'contacts: [ { name: mail, channel: email, address: ada@example.org } ]']
const lin: [string, string, string] = ['Person', 'lin', 'displayName: Lin']
const kim: [string, string, string] = ['Person', 'kim', 'contacts: [ { name: phone, channel: screen, address: x } ]']

test('a level that leads to somebody without a contact', () => {
  expect(
    warned(
      write(ada, lin, [
        'EscalationPolicy',
        'p',
        'levels:\n  - { after: 0s, notify: [ { person: ada } ] }\n  - { after: 5m, notify: [ { person: lin } ] }\ncatchAll: { notify: [ { person: lin } ] }',
      ]),
    ),
  ).toEqual(['it.yaml:19 spec.levels.1.notify.0: Person ‹lin› has no contact and cannot be paged'])
})

test('a team with a member who has a phone on screen only', () => {
  expect(
    warned(
      write(
        ada,
        kim,
        ['Team', 't', 'members: [ ada, kim ]'],
        ['EscalationPolicy', 'p', 'levels: []\ncatchAll: { notify: [ { team: t } ] }'],
      ),
    ),
  ).toEqual([
    'it.yaml:24 spec.catchAll.notify.0: Person ‹kim› has a phone on screen only, which rings nowhere; add another contact; named here through Team ‹t›',
  ])
})

test('an empty team, an empty level, a service without a policy', () => {
  expect(
    warned(
      write(
        ada,
        ['Team', 't', 'members: []'],
        ['EscalationPolicy', 'p', 'levels:\n  - { after: 0s, notify: [] }\ncatchAll: { notify: [ { person: ada } ] }'],
        ['Service', 's', 'displayName: S'],
      ),
    ),
  ).toEqual([
    'it.yaml:11 spec.members: nobody is in this team, so that paging it reaches nobody',
    'it.yaml:18 spec.levels.0: pages nobody; the level after it goes at once',
    'it.yaml:24 spec: has no escalation policy, so that its alerts page nobody; write policy: name',
  ])
})

test('time without anybody within 14 days, and a turn of somebody who cannot be paged', () => {
  const layer = (users: string, restrictions: string) =>
    `timeZone: UTC\nlayers:\n  - { name: weekly, users: ${users}, start: 2026-01-05T09:00, turn: 7d, restrictions: ${restrictions} }`
  expect(warned(write(ada, lin, ['Schedule', 's', layer('[ ada, lin ]', '[]')]))).toEqual([
    'it.yaml:19 spec.layers.0.users.1: Person ‹lin› has no contact and cannot be paged',
  ])
  expect(warned(write(ada, ['Schedule', 's', layer('[ ada ]', '[ { from: 09:00, until: 17:00 } ]')]))).toEqual([
    'it.yaml:12 spec.layers: nobody is on call from 03:11 UTC to 09:00 UTC',
  ])
  expect(warned(write(ada, ['Schedule', 's', 'timeZone: UTC\nlayers: []']))).toEqual([
    'it.yaml:12 spec.layers: nobody is on call from 03:11 UTC to 4 Dec 03:11 UTC and perhaps longer',
  ])
})
