import type { SeverityFacts } from './facts.ts'

/** What is filled in of an incident's facts. */
export interface Known {
  facts: SeverityFacts
  /** Asked one by one, and nobody knew. */
  unknown: string[]
}

export interface Proposal {
  /** The scheme it was asked of. */
  scheme: string
  level: string
  rank: number
  because: { fact: string; value: unknown }
  adjusted: { by: 'worsening' | 'cosmetic' | 'internal' | 'conditional'; from: string; to: string }[]
  missing: string[]
  ask: string | null
}
