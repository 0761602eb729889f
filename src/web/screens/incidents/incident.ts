import type { Instant } from '../../../kernel/time.ts'
import type { PersonLook } from '../../parts/avatar.tsx'
import type { IncidentRow } from './incident-row.ts'

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
  firingAlertCount: number
  pageCount: number | undefined
}

export function isOver(incident: Pick<IncidentRow, 'endedAt'>): boolean {
  return incident.endedAt !== undefined
}
