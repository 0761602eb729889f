import type { FactName, SeverityFacts } from '../../../modules/severity/facts.ts'
import { USERS, usersOf } from '../../../modules/severity/users.ts'

export type { SeverityFacts }
export type AskedFact = Exclude<FactName, 'tags'>

/** What can be said in a word, the gravest last as it is asked. */
export const VALUES = {
  users: [...USERS].reverse(),
  extent: ['nothing', 'cosmetic', 'partial', 'degraded', 'essential', 'everything'],
  data: ['safe', 'at-risk', 'lost'],
  security: ['none', 'suspected', 'breached'],
  workaround: ['yes', 'no'],
  worsening: ['no', 'yes'],
  sla: ['kept', 'at-risk', 'breached'],
  scope: ['service', 'region', 'global'],
  audience: ['internal', 'customers'],
} as const

export type WordFact = keyof typeof VALUES
export type NumberFact = Exclude<AskedFact, WordFact>

/** Always in view; the others are a click away. */
export const FIRST_FACTS: AskedFact[] = ['users', 'extent', 'data', 'security', 'workaround', 'worsening']
export const MORE_FACTS: AskedFact[] = ['errorPercent', 'systemsDown', 'revenuePerHourUsd', 'sla', 'scope', 'audience']

export function isWordFact(fact: AskedFact): fact is WordFact {
  return fact in VALUES
}

/** The word that is chosen; none while it is not known. */
export function wordOf(fact: WordFact, facts: SeverityFacts): string | undefined {
  if (fact === 'users') return facts.users && usersOf(facts.users)
  const value = facts[fact]
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
}

/** With that word; without one it is not known. */
export function withWord(fact: WordFact, word: string | undefined, { [fact]: _, ...others }: SeverityFacts): SeverityFacts {
  if (word === undefined) return others
  const value = fact === 'users' ? { words: word } : fact === 'workaround' || fact === 'worsening' ? word === 'yes' : word
  return { ...others, [fact]: value } as SeverityFacts
}

export function withNumber(fact: NumberFact, typed: string, { [fact]: _, ...others }: SeverityFacts): SeverityFacts {
  return typed === '' ? others : { ...others, [fact]: Number(typed) }
}

/** A share is counted with the word it amounts to. */
export function withShare(typed: string, { users: _, ...others }: SeverityFacts): SeverityFacts {
  return typed === '' ? others : { ...others, users: { percent: Number(typed) } }
}
