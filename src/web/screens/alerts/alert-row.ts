import type { Instant } from '../../../kernel/time.ts'
import type { SeverityRank } from '../../parts/severity-mark.tsx'

/** Fires and nobody has it; fires and somebody does; is over. */
export type AlertState = 'open' | 'acknowledged' | 'ended'

/** One alert as lists show it: no more of it is kept, because a list may be long. */
export interface AlertRow {
  id: string
  title: string
  severity: SeverityRank
  state: AlertState
  service: string
  /** How often it was reported. */
  count: number
  openedAt: Instant
  endedAt?: Instant | undefined
  /** `INC-142`; without one it belongs to no incident. */
  incident?: string | undefined
  /** The labels by which its incident gathers alerts; none where it stands on its own, `all` where it gathers everything. */
  groupedBy: string[] | 'all'
  /** It no longer belongs into the list, and stays until that is asked for anew. */
  gone?: boolean | undefined
}
