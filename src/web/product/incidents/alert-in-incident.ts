import type { Instant } from '../../../kernel/time.ts'
import type { SeverityRank } from '../../parts/severity-mark.tsx'

/** One decision on an alert's way, in a plain sentence. */
export interface WhyDecision {
  step: 'received' | 'deduped' | 'grouped' | 'routed' | 'level' | 'person' | 'rule' | 'page' | 'stopped'
  at: Instant
  text: string
  outcome: 'done' | 'withheld' | 'failed' | 'waiting'
}

export interface AlertInIncident {
  id: string
  title: string
  severity: SeverityRank
  status: 'open' | 'ended'
  /** A second line: where it came from, or what it says about itself. */
  detail?: string | undefined
  /** How often it was reported. */
  count: number
  openedAt: Instant
  labels: Record<string, string>
}
