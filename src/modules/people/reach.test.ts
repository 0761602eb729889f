import { describe, expect, test } from 'vitest'
import type { PersonSpec } from './person.ts'
import { type ContactState, checksOf, hardness, masked, reachOf } from './reach.ts'

const phone = { name: 'phone', channel: 'ntfy', address: 'https://ntfy.example.org/ada' }
const mail = { name: 'mail', channel: 'email', address: 'ada@example.org' }
const ada: PersonSpec = { timeZone: 'Europe/Berlin', contacts: [phone, mail] }

const failing = (person: PersonSpec, states: Record<string, ContactState> = {}, inDemo = false) =>
  checksOf(person, (name) => states[name] ?? 'works', { inDemo })
    .filter(({ passes }) => !passes)
    .map(({ check }) => check)
const reach = (person: PersonSpec, states: Record<string, ContactState> = {}) =>
  reachOf(checksOf(person, (name) => states[name] ?? 'works', { inDemo: false }))

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

  test('the hardest to wake is the one whom nothing reaches', () => {
    const hard = (states: Record<string, ContactState>) => hardness(checksOf(ada, (name) => states[name] ?? 'works', { inDemo: false }))
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
