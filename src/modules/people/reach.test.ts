import { describe, expect, test } from 'vitest'
import { DAY } from '../../kernel/time.ts'
import type { PersonSpec } from './person.ts'
import { type ContactState, checksOf, hardness, type Known, masked, reachOf } from './reach.ts'

const phone = { name: 'phone', channel: 'ntfy', address: 'https://ntfy.example.org/ada' }
const mail = { name: 'mail', channel: 'email', address: 'ada@example.org' }
const ada: PersonSpec = { timeZone: 'Europe/Berlin', contacts: [phone, mail] }

const NOW = Date.parse('2026-11-20T03:11:00Z')
const known = (states: Record<string, ContactState>, days = 0): Known => ({
  stateOf: (name) => states[name] ?? 'works',
  provenAt: () => NOW - days * DAY,
  reaches: (channel) => (channel === 'screen' ? 'this screen' : channel === 'email' ? 'an inbox' : 'a phone'),
})

const failing = (person: PersonSpec, states: Record<string, ContactState> = {}, inDemo = false, days = 0) =>
  checksOf(person, known(states, days), { inDemo, now: NOW })
    .filter(({ passes }) => !passes)
    .map(({ check }) => check)
const reach = (person: PersonSpec, states: Record<string, ContactState> = {}) =>
  reachOf(checksOf(person, known(states), { inDemo: false, now: NOW }))

describe('whether a person can be woken', () => {
  test('two ways that have worked, one of them at once: nothing to say', () => {
    expect(failing(ada)).toEqual([])
    expect(reach(ada)).toBe('good')
  })

  test('nobody without a contact, nor with a drawn phone outside of the demo', () => {
    const drawn = { ...ada, contacts: [{ name: 'phone', channel: 'screen', address: 'Ada’s phone' }] }
    expect([failing({ timeZone: 'UTC' }), reach({})]).toEqual([['has-contact'], 'unreachable'])
    expect([failing(drawn), reach(drawn)]).toEqual([['rings-outside'], 'unreachable'])
    expect(failing(drawn, {}, true)).toEqual(['second-way'])
  })

  test('contacts that only low urgency uses do not count', () => {
    const quiet: PersonSpec = { ...ada, paging: { high: [{ contact: 'mail', after: '0s' }] } }
    expect(failing(quiet, { mail: 'failing' })).toEqual(['nothing-failing', 'tested', 'second-way'])
  })

  test('one failing contact is a doubt, all of them are no way at all, and never tried is a doubt too', () => {
    expect(reach(ada, { phone: 'failing' })).toBe('doubtful')
    expect(reach(ada, { phone: 'failing', mail: 'failing' })).toBe('unreachable')
    expect([failing(ada, { phone: 'untried', mail: 'untried' }), reach(ada, { phone: 'untried', mail: 'untried' })]).toEqual([
      ['tested'],
      'doubtful',
    ])
    expect(reach(ada, { mail: 'untried' })).toBe('good')
  })

  test('two contacts with one address are one way', () => {
    const twice = { ...ada, contacts: [phone, { ...phone, name: 'again', address: `${phone.address} ` }] }
    expect([failing(twice), reach(twice)]).toEqual([['second-way'], 'good'])
  })

  test('a first contact that waits for minutes is told, and so is a missing time zone', () => {
    const late: PersonSpec = {
      contacts: [phone, mail],
      paging: {
        high: [
          { contact: 'phone', after: '2m' },
          { contact: 'mail', after: '5m' },
        ],
      },
    }
    expect(failing(late)).toEqual(['at-once', 'has-zone'])
  })

  test('what worked is to be heard again within thirty days: no doubt, and said', () => {
    expect(failing(ada, {}, false, 30)).toEqual([])
    expect(failing(ada, {}, false, 31)).toEqual(['proven-lately'])
    expect(failing(ada, { phone: 'failing', mail: 'untried' }, false, 31)).toEqual(['nothing-failing', 'tested'])
    expect(failing(ada, {}, true, 31)).toEqual([])
    expect(reachOf(checksOf(ada, known({}, 31), { inDemo: false, now: NOW }))).toBe('good')
  })

  test('the hardest to wake is the one whom nothing reaches', () => {
    const hard = (states: Record<string, ContactState>) => hardness(checksOf(ada, known(states), { inDemo: false, now: NOW }))
    expect(hard({ phone: 'failing', mail: 'failing' })).toBeGreaterThan(hard({ phone: 'untried', mail: 'untried' }))
    expect(hard({ phone: 'untried', mail: 'untried' })).toBeGreaterThan(hard({}))
  })
})

test('an address is masked so that its owner knows it and nobody else can use it', () => {
  expect(['ada@example.org', 'https://user:pw@hooks.example.org/T0/abc', '+491511234417', 'x'].map(masked)).toEqual([
    'a…@example.org',
    'https://hooks.example.org/…',
    '+49…17',
    '…',
  ])
})
