import type { FactName, SeverityFacts } from './facts.ts'
import { propose } from './propose.ts'
import type { SeverityScheme } from './severity-scheme.ts'

/** The order in which they are asked one by one: what ends the asking soonest comes first. */
export const QUESTIONS = [
  'extent',
  'data',
  'security',
  'workaround',
  'users',
  'revenuePerHourUsd',
  'sla',
  'errorPercent',
  'systemsDown',
  'scope',
  'audience',
  'worsening',
] as const satisfies FactName[]
export type Question = (typeof QUESTIONS)[number]

/** An answer that says as much as any other to the same question could. */
const GRAVEST: Required<Pick<SeverityFacts, Question>> = {
  extent: 'everything',
  data: 'lost',
  security: 'breached',
  workaround: false,
  users: { words: 'most' },
  revenuePerHourUsd: Number.MAX_SAFE_INTEGER,
  sla: 'breached',
  errorPercent: 100,
  systemsDown: 100_000,
  scope: 'region',
  audience: 'internal',
  worsening: true,
}

/** What to ask next: the first question whose gravest answer would change the proposal; none when nothing would. What nobody knows is not asked again. */
export function nextQuestion(scheme: SeverityScheme, facts: SeverityFacts, unknown: readonly Question[] = []): Question | undefined {
  const { rank } = propose(scheme, facts)
  return QUESTIONS.find((fact) => {
    if (facts[fact] !== undefined || unknown.includes(fact)) return false
    // Before anything is known the proposal stands in for an answer; the first question is asked whatever it says.
    return Object.keys(facts).length === 0 || propose(scheme, { ...facts, [fact]: GRAVEST[fact] }).rank !== rank
  })
}
