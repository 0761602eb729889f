import type { Instant } from '../../../kernel/time.ts'

export type HearingState = 'receiving' | 'quiet' | 'silent' | 'never'

/** A way in, and what came by it. */
export interface HeardIntegration {
  name: string
  title: string
  source: string
  sourceTitle: string
  service: string
  state: HearingState
  lastEventAt?: Instant | undefined
  /** Within 24 hours. */
  events: number
  refused: number
  unparsed: number
  /** Each of the last 24 hours, oldest first. */
  perHour: number[]
}
