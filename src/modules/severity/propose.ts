import type { FactName, SeverityFacts } from './facts.ts'
import { holds } from './holds.ts'
import { type Condition, levelAt, rankOf, type SeverityScheme } from './severity-scheme.ts'

export interface Proposal {
  /** Key of the level. */
  level: string
  /** 1 is the worst. */
  rank: number
  /** The fact that decided it; `default` when no rule spoke, `unknown` when nothing is known. */
  because: { fact: FactName | 'default' | 'unknown'; value: SeverityFacts[FactName] | null }
  /** What moved it afterwards, in order: keys of levels. */
  adjusted: { by: 'worsening' | 'cosmetic' | 'internal' | 'conditional'; from: string; to: string }[]
  /** Up to three facts not yet known that could make it worse, the worst first. */
  missing: FactName[]
}

const MISSING_MAX = 3
/** As an alert that says no severity. */
const RANK_OF_UNKNOWN = 2

/** The level that a scheme gives to these facts: the worst that any rule gives, and then what worsens, holds or lifts it. */
export function propose(scheme: SeverityScheme, facts: SeverityFacts): Proposal {
  const matches = scheme.rules.filter(({ when }) => holds(when, facts))
  const worst = Math.min(...matches.map((rule) => rankOf(scheme, rule.level)))
  const first = matches.find((rule) => rankOf(scheme, rule.level) === worst)
  const isKnown = Object.entries(facts).some(([fact, value]) => fact !== 'tags' && value !== undefined)
  const start = first
    ? { rank: worst, because: because(first.when, facts) }
    : isKnown
      ? { rank: rankOf(scheme, scheme.default), because: { fact: 'default' as const, value: null } }
      : { rank: Math.min(RANK_OF_UNKNOWN, scheme.levels.length), because: { fact: 'unknown' as const, value: null } }
  const { rank, adjusted } = isKnown ? adjust(scheme, facts, start.rank) : { rank: start.rank, adjusted: [] }
  return { level: levelAt(scheme, rank).key, rank, because: start.because, adjusted, missing: missing(scheme, facts, rank) }
}

function adjust(scheme: SeverityScheme, facts: SeverityFacts, start: number): { rank: number; adjusted: Proposal['adjusted'] } {
  const adjusted: Proposal['adjusted'] = []
  let rank = start
  const move = (by: Proposal['adjusted'][number]['by'], to: number) => {
    if (to === rank) return
    adjusted.push({ by, from: levelAt(scheme, rank).key, to: levelAt(scheme, to).key })
    rank = to
  }
  // Getting worse is no outage yet: the worst level needs a fact of its own.
  if (facts.worsening && rank > 2) move('worsening', rank - 1)
  const isGrave = facts.data === 'lost' || facts.data === 'at-risk' || facts.security === 'breached' || facts.security === 'suspected'
  const { cosmetic, internal } = scheme.holds ?? {}
  if (cosmetic && !isGrave && (facts.extent === 'cosmetic' || facts.extent === 'nothing'))
    move('cosmetic', Math.max(rank, rankOf(scheme, cosmetic)))
  if (internal && !isGrave && facts.audience === 'internal') move('internal', Math.max(rank, rankOf(scheme, internal)))
  for (const { from, to, when } of scheme.conditional ?? [])
    if ((from === undefined || rankOf(scheme, from) === rank) && holds(when, facts)) move('conditional', Math.min(rank, rankOf(scheme, to)))
  return { rank, adjusted }
}

function because(when: Condition, facts: SeverityFacts): Proposal['because'] {
  const fact = Object.keys(when)[0] as keyof Condition
  return { fact, value: facts[fact] ?? null }
}

function missing(scheme: SeverityScheme, facts: SeverityFacts, rank: number): FactName[] {
  const worse = scheme.rules.filter((rule) => rankOf(scheme, rule.level) < rank)
  const unset = worse.flatMap(({ when }) => (Object.keys(when) as FactName[]).filter((fact) => facts[fact] === undefined))
  return [...new Set(unset)].slice(0, MISSING_MAX)
}
