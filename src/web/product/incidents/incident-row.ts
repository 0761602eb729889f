import type { Instant } from '../../../kernel/time.ts'
import type { IncidentStatus } from '../../../modules/incidents/status.ts'
import type { PersonLook } from '../../parts/avatar.tsx'
import type { SeverityRank } from '../../parts/severity-mark.tsx'

/** One incident as lists show it. */
export interface IncidentRow {
  id: string
  /** `INC-142`. */
  number: string
  title: string
  severity: SeverityRank
  status: IncidentStatus
  held?: boolean
  service?: string | undefined
  startedAt: Instant
  /** Set once it is resolved. */
  endedAt?: Instant | undefined
  alertCount?: number | undefined
  /** Who acknowledged it. Nobody is shown in red while it is open. */
  holder?: PersonLook | undefined
  /** Who is paged next unless somebody acknowledges; left out where it is not known. */
  next?: NextPage | undefined
  /** It no longer belongs into the list it stands in, and stays until the list is asked for anew. */
  gone?: boolean | undefined
}

/** Without a time while the level before waits to be reached. */
export interface NextPage {
  who: string
  at?: Instant | undefined
}
