import { type Actor, nameOf } from '../../kernel/actor.ts'
import type { IncidentId } from '../../kernel/ids.ts'
import type { Refusal } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { type EscalationParts, stopEscalations } from '../escalation/index.ts'
import { type DataOf, type Entry, fact } from '../timeline/index.ts'
import { notFound } from './find.ts'
import type { Incident } from './incident.ts'
import { mayResolve } from './may.ts'
import { type FollowedParts, record } from './record.ts'
import { lockIncidents, updateIncidents } from './store.ts'

export interface IncidentParts extends EscalationParts, FollowedParts {
  /** Ends the open alerts of an incident that a person resolves, behind this transaction; answers how many there are. */
  endAlerts(tx: Transaction, now: Instant, incidentId: IncidentId): Promise<number>
}

/** Resolves by hand, at once; the open alerts end with it, however many they are. Idempotent. */
export async function resolve(
  tx: Transaction,
  now: Instant,
  parts: IncidentParts,
  id: string,
  by: Actor,
): Promise<Incident | Refusal<'not-found'>> {
  const [incident] = await lockIncidents(tx.sql, [id])
  if (!incident) return notFound(id)
  if (mayResolve(incident) === 'already') return incident
  const { next, alertsEnded, stopped } = await endHeld(tx, now, parts, incident, { to: 'resolved', by })
  tx.unawaited(updateIncidents(tx.sql, now, [next]))
  const done = fact({ incidentId: incident.id, happenedAt: now, actor: by }, 'incident.resolved', { reason: 'by-hand', alertsEnded })
  await record(tx, now, parts, [done, ...stopped])
  return next
}

/** Ends one that is locked: its open alerts end, what runs for it stops. Answers it as it then is, for the caller to write and tell. */
export async function endHeld(
  tx: Transaction,
  now: Instant,
  parts: IncidentParts,
  incident: Incident,
  { to, by, at = now }: { to: 'resolved' | 'cancelled'; by: Actor; at?: Instant },
): Promise<{ next: Incident; alertsEnded: number; stopped: Entry[] }> {
  const why: DataOf<'escalation.stopped'>['reason'] = to
  const [alertsEnded, stopped] = await Promise.all([
    parts.endAlerts(tx, now, incident.id),
    stopEscalations(tx, now, [incident.id], why, 'anything'),
  ])
  return { next: { ...over(incident, at, nameOf(by)), status: to }, alertsEnded, stopped }
}

/**
 * The last alert of these incidents has ended: those that alerts opened resolve with it, unless somebody declared
 * them. The incidents are locked. Answers the facts, for the caller to append.
 */
export async function resolveEnded(tx: Transaction, now: Instant, incidents: Incident[]): Promise<Entry[]> {
  const ending = incidents.filter((incident) => mayResolve(incident) === 'yes' && incident.autoResolve && incident.declaredAt === null)
  if (ending.length === 0) return []
  const resolved = ending.map((incident) => over(incident, now, 'alerts ended'))
  tx.unawaited(updateIncidents(tx.sql, now, resolved))
  const ids = ending.map(({ id }) => id)
  const stopped = await stopEscalations(tx, now, ids, 'resolved', 'anything')
  const facts = ids.map((incidentId) =>
    fact({ incidentId, happenedAt: now, actor: 'system' }, 'incident.resolved', { reason: 'alerts-ended', alertsEnded: 0 }),
  )
  return [...facts, ...stopped]
}

function over(incident: Incident, now: Instant, by: string): Incident {
  return { ...incident, status: 'resolved', held: false, resolvedAt: now, resolvedBy: by, ackTimeoutAt: null }
}
