import { describe, expect, test } from 'vitest'
import { displayName, type PersonSpec, personSpec, rulesOf } from './person.ts'

const contacts = [
  { name: 'phone', channel: 'ntfy', address: 'https://example.org/x' },
  { name: 'mail', channel: 'email', address: 'ada@example.org' },
]
const ada: PersonSpec = {
  contacts,
  paging: {
    high: [
      { contact: 'phone', after: '0s' },
      { contact: 'mail', after: '3m' },
      { contact: 'phone', after: '10m' },
    ],
    low: [{ contact: 'mail', after: '1h' }],
  },
}

/** `phone +180` for a rule that comes after three minutes. */
const told = (person: PersonSpec, urgency: 'high' | 'low') =>
  rulesOf(person, urgency).map(({ contact, afterMs }) => `${contact.name} +${afterMs / 1000}`)

describe('personal rules', () => {
  test('are those of the urgency, one contact as often as it is named', () => {
    expect(told(ada, 'high')).toEqual(['phone +0', 'mail +180', 'phone +600'])
    expect(told(ada, 'low')).toEqual(['mail +3600'])
  })

  test('keep their place, which names their pages', () => {
    expect(rulesOf(ada, 'high').map(({ index }) => index)).toEqual([0, 1, 2])
  })

  test('without any for an urgency all contacts are tried now', () => {
    const onlyLow: PersonSpec = { contacts, paging: { low: [{ contact: 'mail', after: '1h' }] } }
    expect(told(onlyLow, 'high')).toEqual(['phone +0', 'mail +0'])
    expect(told({ contacts, paging: { high: [] } }, 'high')).toEqual(['phone +0', 'mail +0'])
    expect(told({ contacts }, 'low')).toEqual(['phone +0', 'mail +0'])
  })

  test('a person without contacts has none', () => {
    expect(told({}, 'high')).toEqual([])
  })
})

test('people are called as they wish to be', () => {
  expect(displayName('ada', { displayName: 'Ada Ekwueme' })).toBe('Ada Ekwueme')
  expect(displayName('ada', {})).toBe('ada')
  expect(displayName('ada', undefined)).toBe('ada')
})

describe('a person that cannot be saved', () => {
  const problems = (spec: unknown) =>
    personSpec.safeParse(spec).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

  test('rules name contacts that are there', () => {
    expect(problems({ contacts, paging: { high: [{ contact: 'pager', after: '0s' }] } })).toEqual([
      'paging.high.0.contact: no contact is named ‹pager›; the contacts are: phone, mail',
    ])
  })

  test('contacts have names of their own', () => {
    expect(problems({ contacts: [contacts[0], contacts[0]] })).toEqual([
      'contacts.1.name: ‹phone› is used twice; give each contact its own name',
    ])
  })

  test('durations, zones, addresses and secrets are written as they should be', () => {
    expect(problems({ contacts, paging: { low: [{ contact: 'mail', after: 'soon' }] } })).toEqual([
      'paging.low.0.after: write a duration such as 90s, 5m, 2h or 7d',
    ])
    expect(problems({ timeZone: 'Berlin' })).toEqual(['timeZone: is not a known time zone; write an IANA name such as Europe/Berlin'])
    expect(problems({ email: 'ada' })).toEqual(['email: write an address such as ada@example.org'])
    expect(problems({ contacts: [{ ...contacts[0], secret: 'tk_plain' }] }).join()).toContain('secrets are never written into documents')
  })

  test('nothing unknown is taken silently', () => {
    expect(problems({ phone: '+49' }).join()).toContain('phone')
  })
})
