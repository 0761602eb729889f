import { expect, test } from 'vitest'
import { type Document, type Origin, snapshotOf } from '../documents/index.ts'
import type { PolicySpec } from './policy.ts'
import { type SimulatedStep, simulate } from './simulate.ts'

const START = Date.parse('2026-11-20T03:11:00Z')

function company(...objects: [kind: string, name: string, spec: unknown, origin?: Origin][]) {
  return snapshotOf(
    objects.map(([kind, name, spec, origin = { kind: 'ui' }]): Document<unknown> => {
      return { kind, name, spec, origin, version: 1, uid: name, changedAt: 0, changedBy: 'system', validFrom: 0 }
    }),
  )
}

const phone = { name: 'phone', channel: 'ntfy', address: 'https://example.org/x' }
const mail = { name: 'mail', channel: 'email', address: 'x@example.org' }
const everybody = company(
  [
    'Person',
    'ada',
    {
      contacts: [phone, mail],
      paging: {
        high: [
          { contact: 'phone', after: '0s' },
          { contact: 'mail', after: '3m' },
        ],
      },
    },
  ],
  ['Person', 'lin', { contacts: [phone] }],
  ['Person', 'kim', {}],
  ['Team', 'payments', { members: ['ada', 'lin', 'kim'] }],
  ['Schedule', 'night', { timeZone: 'UTC', layers: [{ name: 'weekly', users: ['ada', 'lin'], start: '2026-11-20T03:00', turn: '15m' }] }],
)

const run = (policy: PolicySpec, { severity = 2, snapshot = everybody, stage = 'real' as const } = {}) =>
  simulate(policy, snapshot, { severity, urgency: 'high', stage, start: START })

/** Round, level, minute; then who is paged through what, at which minute. */
const told = (steps: SimulatedStep[]) =>
  steps.map(({ step, catchAll, pages }) => {
    const minute = (at: number) => (at - START) / 60_000
    return `${step.round}.${catchAll ? 'all' : step.level + 1} @${minute(step.dueAt)}: ${pages.map((page) => `${page.person}/${page.contact} @${minute(page.dueAt)}`).join(', ')}`
  })

const catchAll = { notify: [{ team: 'payments' }] }

test('levels, rounds and the catch-all come when the pager would bring them', () => {
  const policy: PolicySpec = {
    levels: [
      { after: '0s', notify: [{ person: 'ada' }] },
      { after: '5m', notify: [{ person: 'lin' }] },
    ],
    repeat: 1,
    catchAll,
  }
  expect(told(run(policy).steps)).toEqual([
    '0.1 @0: ada/phone @0, ada/mail @3',
    '0.2 @5: lin/phone @5',
    '1.1 @10: ada/phone @10, ada/mail @13',
    '1.2 @15: lin/phone @15',
    '2.all @20: ada/phone @20, lin/phone @20, ada/mail @23',
  ])
})

test('rounds between the second and the catch-all are only counted', () => {
  const policy: PolicySpec = {
    levels: [{ after: '0s', notify: [{ person: 'lin' }] }],
    repeat: 4,
    round: '20m',
    catchAll: { notify: [{ person: 'lin' }] },
  }
  expect(run(policy).skippedRounds).toBe(3)
  expect(told(run(policy).steps)).toEqual(['0.1 @0: lin/phone @0', '1.1 @20: lin/phone @20', '5.all @100: lin/phone @100'])
})

test('levels for other severities are as if unwritten', () => {
  const policy: PolicySpec = {
    levels: [
      { after: '0s', notify: [{ person: 'ada' }], severities: [1] },
      { after: '5m', notify: [{ person: 'lin' }] },
    ],
    catchAll,
  }
  expect(told(run(policy, { severity: 3 }).steps)[0]).toBe('0.2 @0: lin/phone @0')
  expect(told(run(policy, { severity: 1 }).steps)[0]).toBe('0.1 @0: ada/phone @0, ada/mail @3')
})

test('whoever is on call when a level is reached is paged, with the reason', () => {
  const policy: PolicySpec = {
    levels: [
      { after: '0s', notify: [{ schedule: 'night' }] },
      { after: '6m', notify: [{ schedule: 'night' }] },
    ],
    catchAll,
  }
  const { steps } = run(policy)
  expect(told(steps).slice(0, 2)).toEqual(['0.1 @0: ada/phone @0, ada/mail @3', '0.2 @6: lin/phone @6'])
  expect(steps[1]!.found).toMatchObject([{ person: 'lin', target: { schedule: 'night' }, shift: { layer: 'weekly' } }])
})

test('a level that leads to nobody hands on at once, a round that does leads to the catch-all', () => {
  const levels: PolicySpec['levels'] = [
    { after: '0s', notify: [{ person: 'kim' }] },
    { after: '5m', notify: [{ person: 'gone' }] },
  ]
  expect(told(run({ levels: [levels[0]!, { after: '5m', notify: [{ person: 'lin' }] }], catchAll }).steps).slice(0, 2)).toEqual([
    '0.1 @0: ',
    '0.2 @0: lin/phone @0',
  ])
  const { steps } = run({ levels, repeat: 3, catchAll })
  expect(told(steps)).toEqual(['0.1 @0: ', '0.2 @0: ', '1.all @0: ada/phone @0, lin/phone @0, ada/mail @3'])
  expect(steps[0]!.found).toMatchObject([{ person: 'kim', absent: 'no-contact' }])
})

test('a catch-all without anybody falls back to whoever can be reached', () => {
  const { steps } = run({ levels: [], catchAll: { notify: [{ person: 'kim' }] } })
  expect(told(steps)).toEqual(['0.all @0: ada/phone @0, lin/phone @0, ada/mail @3'])
})

test('a page that still waits gives way to the next level’s, and its time stands', () => {
  const policy: PolicySpec = {
    levels: [
      { after: '0s', notify: [{ person: 'ada' }] },
      { after: '2m', notify: [{ team: 'payments' }] },
    ],
    catchAll,
  }
  expect(told(run(policy).steps).slice(0, 2)).toEqual(['0.1 @0: ada/phone @0', '0.2 @2: ada/phone @2, lin/phone @2, ada/mail @3'])
})

test('a phone on screen counts in the demo only', () => {
  const snapshot = company(['Person', 'mo', { contacts: [{ name: 'screen', channel: 'screen', address: 'x' }] }, { kind: 'demo' }])
  const policy: PolicySpec = { levels: [{ after: '0s', notify: [{ person: 'mo' }] }], catchAll: { notify: [{ person: 'mo' }] } }
  const pages = (stage: 'real' | 'demo') =>
    simulate(policy, snapshot, { severity: 1, urgency: 'high', stage, start: START }).steps.flatMap((step) => step.pages)
  expect(pages('real')).toEqual([])
  expect(pages('demo')).toHaveLength(2)
})
