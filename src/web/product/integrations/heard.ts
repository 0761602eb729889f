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
  /** How bodies that come now are kept. */
  bodies: 'whole' | 'first-part' | 'counted'
  /** How alerts that are new are kept. */
  newAlerts: 'each' | 'gathered'
  /** Each of the last 24 hours, oldest first. */
  perHour: number[]
}
