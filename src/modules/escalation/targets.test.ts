import { describe, expect, test } from 'vitest'
import { type Document, type Origin, snapshotOf } from '../documents/index.ts'
import type { Found } from '../timeline/index.ts'
import type { Target } from './policy.ts'
import { find, findAnybody } from './targets.ts'

const NOW = Date.parse('2026-11-20T03:11:00Z')

function company(...objects: [kind: string, name: string, spec: unknown, origin?: Origin][]) {
  return snapshotOf(
    objects.map(([kind, name, spec, origin = { kind: 'ui' }]): Document<unknown> => {
      return { kind, name, spec, origin, version: 1, uid: name, changedAt: NOW - 1000, changedBy: 'system', validFrom: 0 }
    }),
  )
}

const phone = { name: 'phone', channel: 'ntfy', address: 'https://example.org/x' }
const screen = { name: 'screen', channel: 'screen', address: 'x' }
const demo: Origin = { kind: 'demo' }

const everybody = company(
  ['Person', 'ada', { contacts: [phone] }],
  ['Person', 'lin', { contacts: [phone], paging: { low: [{ contact: 'phone', after: '10m' }] } }],
  ['Person', 'kim', {}],
  ['Person', 'mo', { contacts: [screen] }],
  ['Person', 'zoe', { contacts: [phone] }, demo],
  ['Person', 'olga', { role: 'owner', contacts: [phone] }],
  ['Team', 'payments', { members: ['lin', 'kim', 'gone'] }],
  ['Team', 'nobody', { members: [] }],
  ['Schedule', 'night', { timeZone: 'UTC', layers: [{ name: 'weekly', users: ['ada', 'lin'], start: '2026-11-20T03:00', turn: '15m' }] }],
  ['Schedule', 'empty', { timeZone: 'UTC', layers: [{ name: 'weekly', users: [], start: '2026-11-20T03:00', turn: '15m' }] }],
  ['Schedule', 'later', { timeZone: 'UTC', layers: [{ name: 'weekly', users: ['ada'], start: '2026-12-01T03:00', turn: '15m' }] }],
  ['Schedule', 'left', { timeZone: 'UTC', layers: [{ name: 'weekly', users: ['gone'], start: '2026-11-20T03:00', turn: '15m' }] }],
)

/** `ada`, or `kim: no-contact`, or `: nobody-on-call`. */
const told = (found: Found[]) => found.map(({ person = '', absent }) => (absent === undefined ? person : `${person}: ${absent}`))

describe('whom a target leads to', () => {
  const cases: [target: Target, people: string[]][] = [
    [{ person: 'ada' }, ['ada']],
    [{ person: 'gone' }, ['gone: no-such-person']],
    [{ person: 'kim' }, ['kim: no-contact']],
    [{ person: 'mo' }, ['mo: only-on-screen']],
    [{ person: 'zoe' }, ['zoe: demo-person']],
    [{ team: 'payments' }, ['lin', 'kim: no-contact', 'gone: no-such-person']],
    [{ team: 'nobody' }, [': empty-team']],
    [{ team: 'gone' }, [': no-such-team']],
    [{ schedule: 'night' }, ['ada']],
    [{ schedule: 'empty' }, [': nobody-on-call']],
    [{ schedule: 'later' }, [': nobody-on-call']],
    [{ schedule: 'left' }, ['gone: no-such-person']],
    [{ schedule: 'gone' }, [': no-such-schedule']],
    [{ admins: true }, ['olga']],
  ]
  test.each(cases)('%j', (target, people) => {
    expect(told(find(everybody, [target], 'high', 'real', NOW))).toEqual(people)
  })

  test('every name of a level counts, in the order written', () => {
    const targets: Target[] = [{ schedule: 'night' }, { person: 'ada' }, { team: 'payments' }]
    expect(told(find(everybody, targets, 'high', 'real', NOW))).toEqual(['ada', 'ada', 'lin', 'kim: no-contact', 'gone: no-such-person'])
  })

  test('the one on call comes with the shift that says so', () => {
    expect(find(everybody, [{ schedule: 'night' }], 'high', 'real', NOW)).toEqual([
      {
        target: { schedule: 'night' },
        person: 'ada',
        shift: { from: Date.parse('2026-11-20T03:00:00Z'), until: Date.parse('2026-11-20T03:15:00Z'), layer: 'weekly' },
      },
    ])
    expect(told(find(everybody, [{ schedule: 'night' }], 'high', 'real', NOW + 4 * 60_000))).toEqual(['lin'])
  })

  test('an override of this minute decides, and says why', () => {
    const override = { schedule: 'night', person: 'lin', from: '2026-11-20T03:11:00Z', until: '2026-11-20T04:00:00Z', reason: 'Ada is ill' }
    const snapshot = company(
      ...everybody.all({ name: 'Person' } as never).map(({ name, spec }): [string, string, unknown] => ['Person', name, spec]),
      ['Schedule', 'night', { timeZone: 'UTC', layers: [{ name: 'weekly', users: ['ada'], start: '2026-11-20T03:00', turn: '7d' }] }],
      ['Override', 'ovr-1', override],
    )
    expect(find(snapshot, [{ schedule: 'night' }], 'high', 'real', NOW)).toMatchObject([
      { person: 'lin', shift: { override: 'ovr-1', reason: 'Ada is ill' } },
    ])
    expect(told(find(snapshot, [{ schedule: 'night' }], 'high', 'real', NOW - 1))).toEqual(['ada'])
  })

  test('a phone on screen counts in the demo and in drills', () => {
    expect(told(find(everybody, [{ person: 'mo' }], 'high', 'drill', NOW))).toEqual(['mo'])
    expect(told(find(everybody, [{ person: 'mo' }, { person: 'zoe' }], 'high', 'demo', NOW))).toEqual(['mo', 'zoe'])
  })
})

describe('when nobody is left', () => {
  test('the admins come first', () => {
    expect(told(findAnybody(everybody, 'high', 'real'))).toEqual(['olga'])
  })

  test('then everyone with a working contact', () => {
    const snapshot = company(
      ['Person', 'olga', { role: 'owner' }],
      ['Person', 'ada', { contacts: [phone] }],
      ['Person', 'mo', { contacts: [screen] }],
    )
    expect(told(findAnybody(snapshot, 'high', 'real'))).toEqual(['ada'])
  })

  test('but for those who have been tried', () => {
    expect(told(findAnybody(everybody, 'high', 'real', new Set(['olga'])))).toEqual(['ada', 'lin'])
    expect(told(findAnybody(everybody, 'high', 'real', new Set(['olga', 'ada', 'lin'])))).toEqual([])
  })

  test('nobody real is woken for the demo', () => {
    expect(told(findAnybody(everybody, 'high', 'demo'))).toEqual(['zoe'])
  })
})
