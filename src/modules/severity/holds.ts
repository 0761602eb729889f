import type { SeverityFacts } from './facts.ts'
import type { Condition } from './severity-scheme.ts'
import { usersOf } from './users.ts'

/** Unknown matches nothing. */
export function holds(when: Condition, facts: SeverityFacts): boolean {
  return (Object.keys(when) as (keyof Condition)[]).every((fact) => isSo(fact, when, facts))
}

function isSo(fact: keyof Condition, when: Condition, facts: SeverityFacts): boolean {
  switch (fact) {
    case 'users': {
      if (facts.users === undefined || when.users === undefined) return false
      return typeof when.users === 'string' ? usersOf(facts.users) === when.users : isWithin(facts.users.percent, when.users.percent)
    }
    case 'errorPercent':
    case 'revenuePerHourUsd':
    case 'systemsDown':
      return isWithin(facts[fact], when[fact])
    case 'tags':
      return when.tags !== undefined && (facts.tags ?? []).includes(when.tags)
    case 'extent':
    case 'sla':
    case 'data':
    case 'security':
    case 'scope':
    case 'workaround':
    case 'audience':
      return facts[fact] !== undefined && facts[fact] === when[fact]
  }
}

function isWithin(
  value: number | undefined,
  range: { from?: number | undefined; over?: number | undefined; to?: number | undefined } = {},
): boolean {
  if (value === undefined) return false
  const { from = Number.NEGATIVE_INFINITY, over = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = range
  return value >= from && value > over && value <= to
}
