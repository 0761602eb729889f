import type { Instant } from '../../../kernel/time.ts'
import type { Act } from '../../../modules/incidents/lifecycle.ts'
import type { Moments } from '../../../modules/incidents/moments.ts'
import type { IncidentStatus } from '../../../modules/incidents/status.ts'
import type { PersonLook } from '../../parts/avatar.tsx'
import type { IncidentRow } from '../../product/incidents/incident-row.ts'

/** One incident as its own page shows it. */
export interface Incident extends IncidentRow {
  urgency: 'high' | 'low'
  /** What customers feel; left out while nobody has said it. */
  summary?: string | undefined
  /** When it hurt, was noticed, was taken and was over; what has not happened is left out. */
  lifecycle: { impact?: Instant | undefined; detected: Instant; acknowledged?: Instant | undefined; resolved?: Instant | undefined }
  /** Everybody who has been paged for it. */
  paged: PersonLook[]
  policy?: { name: string; version?: number | undefined } | undefined
  openedBy: string
  /** The labels that its alerts share, as `service, region`. */
  groupedBy?: string | undefined
  alertCount: number | undefined
  firingAlertCount: number | undefined
  pageCount: number | undefined
  /** Seen by its members alone. */
  isPrivate?: boolean | undefined
  /** Once it is declared. */
  command?: CommandPart | undefined
}

export type DeclaredIncident = Incident & { command: CommandPart }

/** What a declared one has beside. */
export interface CommandPart {
  /** Its key, and what its scheme calls it. */
  level: string
  levelName?: string | undefined
  status: IncidentStatus
  held: boolean
  isDrill: boolean
  /** What whoever looks may do now. */
  can: Act[]
  moments: Moments
  monitoringUntil?: Instant | undefined
  parent?: string | undefined
  mergedInto?: string | undefined
  /** Where people talk over it. */
  bridge?: string | undefined
  cause?: string | undefined
  resolution?: string | undefined
  dataLoss?: ResolutionSaid['dataLoss'] | undefined
}

/** How far the work is, chosen by a person. */
export type Step = Extract<Act, 'investigate' | 'identify' | 'mitigate' | 'mitigated' | 'resolve' | 'close' | 'cancel' | 'reopen'>

/** What is said with it. */
export interface StepSaid {
  text?: string
  cause?: string
  reason?: string
  at?: string
  page?: boolean
}

export interface ResolutionSaid {
  resolution: string
  dataLoss: 'none' | 'some' | 'unknown'
  override?: { reason: string }
}

export function isOver(incident: Pick<IncidentRow, 'endedAt'>): boolean {
  return incident.endedAt !== undefined
}
