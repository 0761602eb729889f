import type { IncidentId } from '../../kernel/ids.ts'
import { type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Stage } from '../escalation/index.ts'
import type { TimelineEvent } from '../timeline/index.ts'

export const STATUSES = ['detected', 'acknowledged', 'resolved'] as const
export type IncidentStatus = (typeof STATUSES)[number]

/** Something that is wrong and that somebody must see to. */
export interface Incident {
  id: IncidentId
  number: number
  title: string
  summary: string | null
  status: IncidentStatus
  /** A rank, 1 worst, in the scheme it was opened under. */
  severity: number
  severityScheme: string
  severityByPerson: boolean
  urgency: 'high' | 'low'
  service: string | null
  serviceVersion: number | null
  policy: string | null
  groupKey: string | null
  grouping: [string, string][]
  kind: string
  origin: 'alert' | 'person' | 'drill'
  visibility: 'public' | 'private'
  demo: boolean
  autoResolve: boolean
  impactStartedAt: Instant | null
  detectedAt: Instant
  declaredAt: Instant | null
  declaredBy: string | null
  acknowledgedAt: Instant | null
  acknowledgedBy: string | null
  ackTimeoutAt: Instant | null
  resolvedAt: Instant | null
  resolvedBy: string | null
}

/** As people say it: INC-142. */
export function numberText(number: number): string {
  return `INC-${number}`
}

/** `INC-142`, `inc-142` or `142`; undefined when it is none of these. */
export function parseNumber(text: string): number | undefined {
  const found = /^(?:INC-)?(\d{1,15})$/i.exec(text)
  return found ? Number(found[1]) : undefined
}

/** Whom an incident may page, and whether phones on screen count. A drill among demo people stays in the demo. */
export function stageOf({ demo, origin }: Pick<Incident, 'demo' | 'origin'>): Stage {
  return demo ? 'demo' : origin === 'drill' ? 'drill' : 'real'
}

/** Whether an acknowledgement changes anything. It is idempotent: a second one only answers who did it. */
export function mayAcknowledge(
  incident: Pick<Incident, 'status' | 'number' | 'resolvedBy'>,
): 'yes' | 'already' | Refusal<'already-resolved'> {
  switch (incident.status) {
    case 'detected':
      return 'yes'
    case 'acknowledged':
      return 'already'
    case 'resolved':
      return refuse('already-resolved', `${numberText(incident.number)} is resolved; there is nothing left to acknowledge.`)
  }
}

export function mayEscalate(incident: Pick<Incident, 'status' | 'number' | 'policy'>): 'yes' | Refusal<'already-resolved' | 'no-policy'> {
  if (incident.status === 'resolved')
    return refuse('already-resolved', `${numberText(incident.number)} is resolved; there is nobody left to page.`)
  if (incident.policy === null) return refuse('no-policy', `${numberText(incident.number)} has no escalation policy. Give its service one.`)
  return 'yes'
}

/** The status an event leads to; the row always equals the fold of its events. */
export function statusAfter(status: IncidentStatus | null, event: TimelineEvent): IncidentStatus | null {
  switch (event.type) {
    case 'incident.opened':
    case 'incident.unacknowledged':
      return 'detected'
    case 'incident.acknowledged':
      return 'acknowledged'
    case 'incident.resolved':
      return 'resolved'
    default:
      return status
  }
}
