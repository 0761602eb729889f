import type { Instant } from '../../../kernel/time.ts'
import type { PersonLook } from '../../parts/avatar.tsx'

/** Paged, tried in vain, had nobody, not meant for this severity; the one that comes next; those after it. */
export type LadderState = 'done' | 'failed' | 'absent' | 'skipped' | 'next' | 'later'

/** One level of the ladder. */
export interface Rung {
  /** The level's number; the floor of the ladder has none. */
  level: number | 'catch-all'
  /** How long after the start it is due. */
  afterMs: number
  /** What the policy names: `payments-primary`, `team payments`. */
  targets: string[]
  /** Whom that leads to, as far as it is known. */
  people: PersonLook[]
  state: LadderState
}

/** Who is paged next, unless somebody acknowledges. */
export interface NextOnLadder {
  who: string
  /** How they were found: `on call for payments-primary`. */
  through?: string | undefined
  /** Left out while the level before waits to be reached. */
  at?: Instant | undefined
  /** When the level before was reached; the strokes count from here. */
  from?: Instant | undefined
}

export type Escalation =
  | { state: 'running'; round: number; next?: NextOnLadder | undefined; rungs: Rung[] }
  | { state: 'stopped'; reason: { kind: 'acknowledged'; by: string } | { kind: 'resolved' }; rungs: Rung[] }
  | { state: 'none' }
