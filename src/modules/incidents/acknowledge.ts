import { type Actor, nameOf } from '../../kernel/actor.ts'
import { parseDuration } from '../../kernel/duration.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import { crashPoint } from '../../platform/crash.ts'
import type { Transaction } from '../../platform/db.ts'
import { Service } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import { stopEscalations } from '../escalation/index.ts'
import { type DataOf, type Entry, fact } from '../timeline/index.ts'
import { notFound } from './find.ts'
import { type Incident, numberText } from './incident.ts'
import { afterAct } from './lifecycle.ts'
import { mayAcknowledge } from './may.ts'
import { type FollowedParts, record } from './record.ts'
import { lockIncidents, updateIncidents } from './store.ts'

export type Via = 'api' | 'link' | 'source' | 'cli' | 'web'

/**
 * Acknowledges: the escalation stops and what is queued is withdrawn, in this transaction. Idempotent: an incident
 * that somebody has already keeps them. Answers the incident as it then is.
 */
export async function acknowledge(
  tx: Transaction,
  now: Instant,
  parts: FollowedParts,
  snapshot: Snapshot,
  id: string,
  by: Actor,
  via: Via,
  page?: string,
): Promise<Incident | Refusal<'not-found' | 'already-resolved' | 'merged'>> {
  const [incident] = await lockIncidents(tx.sql, [id])
  if (!incident) return notFound(id)
  const may = mayBeTaken(incident)
  if (may === 'already') return incident
  if (isRefusal(may)) return may
  const { next, entries } = await give(tx, now, snapshot, incident, by, { via, ...(page !== undefined && { page }) })
  tx.unawaited(updateIncidents(tx.sql, now, [next]))
  await record(tx, now, parts, entries)
  tx.afterCommit(() => crashPoint('ack.after_commit'))
  return next
}

/** Over, or elsewhere, with the number of where: there is nothing left to acknowledge, and nobody to page. */
export function mayBeTaken(incident: Incident, act: 'acknowledge' | 'escalate' = 'acknowledge') {
  const { number, mergedInto } = incident
  const may = afterAct({ ...incident, declared: incident.declaredAt !== null }, act)
  if (!isRefusal(may)) return may === 'already' ? may : 'yes'
  if (mergedInto !== null && incident.status === 'merged')
    return refuse('merged', `${numberText(number)} was merged into ${numberText(mergedInto)}; act there.`)
  return refuse('already-resolved', `${numberText(number)} is ${incident.status}; ${NOTHING_LEFT[act]}.`)
}

const NOTHING_LEFT = { acknowledge: 'there is nothing left to acknowledge', escalate: 'there is nobody left to page' }

/** Acknowledges, in their source's name, incidents that are locked, as far as they may be. Answers the facts, for the caller to append. */
export async function acknowledgeAtSource(
  tx: Transaction,
  now: Instant,
  snapshot: Snapshot,
  taken: { incident: Incident; integration: string }[],
): Promise<Entry[]> {
  const all: Entry[] = []
  const given: Incident[] = []
  for (const { incident, integration } of taken) {
    if (mayAcknowledge(incident) !== 'yes') continue
    const { next, entries } = await give(tx, now, snapshot, incident, `integration:${integration}`, { via: 'source' })
    given.push(next)
    all.push(...entries)
  }
  tx.unawaited(updateIncidents(tx.sql, now, given))
  return all
}

/** From here somebody has it. It is locked; answers it as it then is, for the caller to write and tell. */
export async function give(
  tx: Transaction,
  now: Instant,
  snapshot: Snapshot,
  incident: Incident,
  by: Actor,
  { at = now, ...how }: DataOf<'incident.acknowledged'> & { at?: Instant },
): Promise<{ next: Incident; entries: Entry[] }> {
  const { next, told } = had(now, snapshot, incident, by, { at, ...how })
  return { next, entries: [told, ...(await stopEscalations(tx, now, [incident.id], 'acknowledged', 'incident'))] }
}

/** The same of one for which nothing runs. */
export function had(
  now: Instant,
  snapshot: Snapshot,
  incident: Incident,
  by: Actor,
  { at = now, ...how }: DataOf<'incident.acknowledged'> & { at?: Instant },
): { next: Incident; told: Entry } {
  const timeout = incident.service === null ? undefined : snapshot.get(Service, incident.service)?.spec.ackTimeout
  const next: Incident = {
    ...incident,
    status: incident.status === 'detected' ? 'acknowledged' : incident.status,
    held: true,
    acknowledgedAt: at,
    acknowledgedBy: nameOf(by),
    ackTimeoutAt: timeout === undefined ? null : now + parseDuration(timeout)!,
  }
  return { next, told: fact({ incidentId: incident.id, happenedAt: at, actor: by }, 'incident.acknowledged', how) }
}
