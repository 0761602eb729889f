import { DAY, type Instant, MINUTE } from '../../kernel/time.ts'
import { type PersonSpec, rulesOf } from './person.ts'

export type Check = 'has-contact' | 'rings-outside' | 'tested' | 'nothing-failing' | 'proven-lately' | 'second-way' | 'at-once' | 'has-zone'
export type Weight = 'unreachable' | 'doubtful' | 'hint'

export interface Checked {
  check: Check
  passes: boolean
  weight: Weight
  /** Contacts it speaks of. */
  contacts: string[]
}

/** What is known about a contact from the pages that went through it. */
export type ContactState = 'works' | 'failing' | 'untried'

/** What a channel is heard on first, as each says of itself. */
export const REACHES = ['a phone', 'an inbox', 'a program', 'this screen'] as const
export type Reaches = (typeof REACHES)[number]

/** What is known beside a person's own document. */
export interface Known {
  stateOf(contact: string): ContactState
  /** When a page last arrived there. */
  provenAt(contact: string): Instant | null
  reaches(channel: string): Reaches
}

/** What has not been heard for so long may be another's number by now, or muted; a test page tells. */
const PROVEN_FOR_MS = 30 * DAY

/** The first contact at high urgency should not wait longer than this: somebody may be waiting. */
const SOON_MS = MINUTE

/**
 * Finds what rules cannot say by themselves: that nothing would wake a person at night, or that nobody knows whether it
 * would. `inDemo` people have drawn phones on purpose.
 */
export function checksOf(person: PersonSpec, known: Known, { inDemo, now }: { inDemo: boolean; now: Instant }): Checked[] {
  const { stateOf, provenAt, reaches } = known
  const rules = rulesOf(person, 'high')
  const contacts = [...new Map(rules.map(({ contact }) => [contact.name, contact])).values()]
  const names = contacts.map(({ name }) => name)
  const rings = contacts.filter(({ channel }) => inDemo || reaches(channel) !== 'this screen')
  const inState = (state: ContactState) => rings.map(({ name }) => name).filter((name) => stateOf(name) === state)
  const firstMs = Math.min(...rules.map(({ afterMs }) => afterMs))
  const addresses = new Set(rings.map(({ address }) => address.trim().toLowerCase()))
  const checks: Checked[] = [{ check: 'has-contact', passes: contacts.length > 0, weight: 'unreachable', contacts: names }]
  if (contacts.length === 0) return [...checks, zoneCheck(person)]
  if (!inDemo) checks.push({ check: 'rings-outside', passes: rings.length > 0, weight: 'unreachable', contacts: names })
  if (rings.length === 0) return [...checks, zoneCheck(person)]
  const failing = inState('failing')
  const old = inState('works').filter((name) => !inDemo && now - (provenAt(name) ?? now) > PROVEN_FOR_MS)
  return [
    ...checks,
    {
      check: 'nothing-failing',
      passes: failing.length === 0,
      weight: failing.length === rings.length ? 'unreachable' : 'doubtful',
      contacts: failing,
    },
    { check: 'tested', passes: inState('works').length > 0, weight: 'doubtful', contacts: inState('untried') },
    { check: 'proven-lately', passes: old.length === 0, weight: 'hint', contacts: old },
    { check: 'second-way', passes: addresses.size > 1, weight: 'hint', contacts: rings.map(({ name }) => name) },
    {
      check: 'at-once',
      passes: firstMs <= SOON_MS,
      weight: 'hint',
      contacts: rules.filter(({ afterMs }) => afterMs === firstMs).map(({ contact }) => contact.name),
    },
    zoneCheck(person),
  ]
}

/** The heaviest check that does not pass; hints are no reason to doubt. */
export function reachOf(checks: readonly Checked[]): 'unreachable' | 'doubtful' | 'good' {
  const open = checks.filter(({ passes }) => !passes)
  if (open.some(({ weight }) => weight === 'unreachable')) return 'unreachable'
  return open.some(({ weight }) => weight === 'doubtful') ? 'doubtful' : 'good'
}

/** The higher, the harder this person is to wake. */
export function hardness(checks: readonly Checked[]): number {
  const weights: Record<Weight, number> = { unreachable: 100, doubtful: 10, hint: 1 }
  return checks.reduce((sum, { passes, weight }) => sum + (passes ? 0 : weights[weight]), 0)
}

/** Enough to recognise an address by, and not enough to use it: `a…@example.org`, `https://hooks.example.org/…`, `+49…17`. */
export function masked(address: string): string {
  const at = address.lastIndexOf('@')
  if (at > 0 && !address.includes('/')) return `${address.slice(0, 1)}…${address.slice(at)}`
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/?#]+)/i.exec(address)
  if (host) return `${address.slice(0, address.indexOf('://'))}://${host[1]}/…`
  return address.length > 5 ? `${address.slice(0, 3)}…${address.slice(-2)}` : '…'
}

function zoneCheck(person: PersonSpec): Checked {
  return { check: 'has-zone', passes: person.timeZone !== undefined, weight: 'hint', contacts: [] }
}
