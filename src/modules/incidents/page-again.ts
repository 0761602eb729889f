import type { Actor } from '../../kernel/actor.ts'
import type { IncidentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Snapshot } from '../documents/index.ts'
import { type EscalationParts, type Start, startEscalations, stopEscalations } from '../escalation/index.ts'
import { type AlertFact, append, type Entry, fact, type RunReason } from '../timeline/index.ts'
import { type Incident, stageOf } from './incident.ts'
import { mayAcknowledge } from './may.ts'
import { type FollowedParts, record } from './record.ts'
import { lockAckTimeouts, lockUnheld, updateIncidents } from './store.ts'

/** An incident that pages again: why, and what its pages go by and name where that is not the incident itself. */
export interface PagingAgain {
  incident: Incident
  reason: RunReason
  severity?: number
  urgency?: 'high' | 'low'
  cause?: AlertFact | null
  fromLevel?: number
}

/** Nobody has them any more: back to where nobody had, and a new run. Answers the facts, for the caller to append. */
export async function pageAgain(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  snapshot: Snapshot,
  all: PagingAgain[],
  actor: Actor,
): Promise<Entry[]> {
  if (all.length === 0) return []
  const incidents = all.map(({ incident }) => incident)
  const stopped = await stopEscalations(
    tx,
    now,
    incidents.map(({ id }) => id),
    'superseded',
    'incident',
  )
  const back = all
    .filter(({ incident }) => mayAcknowledge(incident) === 'already')
    .map(({ incident: { id: incidentId }, reason, cause }) =>
      fact({ incidentId, happenedAt: now, actor }, 'incident.unacknowledged', { reason, ...(cause && { alert: cause }) }),
    )
  tx.unawaited(updateIncidents(tx.sql, now, incidents.map(letGo)))
  const starts = all.flatMap(({ incident: { id, policy, severity, urgency, ...incident }, ...as }): Start[] =>
    policy === null ? [] : [{ incidentId: id, policy, severity, urgency, stage: stageOf(incident), ...as }],
  )
  const nobody = incidents.filter(({ policy }) => policy === null).map(({ id, service }) => pagesNobody(now, id, service))
  const decided = await startEscalations(tx, now, parts, snapshot, starts, false)
  // What was decided because somebody wanted it is told under their name.
  return [...stopped, ...back, ...nobody, ...decided.map((entry) => ({ ...entry, actor }))]
}

/** As it is once nobody has it: work that has gone further stays where it is. */
export function letGo(incident: Incident): Incident {
  const { status } = incident
  return {
    ...incident,
    status: status === 'acknowledged' ? 'detected' : status,
    held: false,
    acknowledgedAt: null,
    acknowledgedBy: null,
    ackTimeoutAt: null,
  }
}

/** The fact that an incident pages nobody, for it follows no policy. */
export function pagesNobody(now: Instant, incidentId: IncidentId, service: string | null): Entry {
  const reason = service === null ? 'no-service' : 'no-policy'
  return fact({ incidentId, happenedAt: now, actor: 'system' }, 'escalation.none', { reason })
}

/** Acknowledged but not resolved within the service's time: pages again. */
export async function lapseAcknowledgements(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts & FollowedParts,
  snapshot: Snapshot,
  limit: number,
): Promise<number> {
  const incidents = await lockAckTimeouts(tx.sql, now, limit)
  const lapsed = incidents.map((incident): PagingAgain => ({ incident, reason: 'ack-timeout' }))
  await record(tx, now, parts, await pageAgain(tx, now, parts, snapshot, lapsed, 'system'))
  return incidents.length
}

/**
 * Pages of every open incident that nobody has begin anew, from level 1: after a pause what waited is old, and what ended
 * meanwhile pages nobody. Answers whose.
 */
export async function pageAfresh(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  { by, after, limit }: { by: Actor; after: string; limit: number },
): Promise<IncidentId[]> {
  const incidents = await lockUnheld(tx.sql, after, limit)
  const snapshot = await parts.documents.fresh(tx.sql)
  const afresh = incidents.map((incident): PagingAgain => ({ incident, reason: 'resumed' }))
  await append(tx, now, await pageAgain(tx, now, parts, snapshot, afresh, by))
  return incidents.map(({ id }) => id)
}
