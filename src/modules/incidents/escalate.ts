import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Snapshot } from '../documents/index.ts'
import { readLastRun } from '../escalation/index.ts'
import { mayBeTaken } from './acknowledge.ts'
import { notFound } from './find.ts'
import { type Incident, numberText } from './incident.ts'
import { mayEscalate } from './may.ts'
import { letGo, pageAgain } from './page-again.ts'
import { record } from './record.ts'
import type { IncidentParts } from './resolve.ts'
import { lockIncidents } from './store.ts'

/** Pages the next level now, and nobody has the incident any more: acknowledged falls back to detected, work that is further stays; after the last level, the catch-all. */
export async function escalate(
  tx: Transaction,
  now: Instant,
  parts: IncidentParts,
  snapshot: Snapshot,
  id: string,
  by: Actor,
): Promise<Incident | Refusal<'not-found' | 'already-resolved' | 'merged' | 'no-policy'>> {
  const [incident] = await lockIncidents(tx.sql, [id])
  if (!incident) return notFound(id)
  const may = mayBeTaken(incident, 'escalate')
  if (isRefusal(may)) return may
  if (mayEscalate(incident) === 'no-policy')
    return refuse('no-policy', `${numberText(incident.number)} has no escalation policy. Give its service one.`)
  const last = await readLastRun(tx.sql, incident.id)
  const fromLevel = last && last.policy === incident.policy ? last.level + 1 : 0
  // What pages now goes on one level higher, by the same rank and about the same alert.
  const same = last?.status === 'active' ? { severity: last.severity, urgency: last.urgency, cause: last.cause } : {}
  await record(tx, now, parts, await pageAgain(tx, now, parts, snapshot, [{ incident, reason: 'by-hand', fromLevel, ...same }], by))
  return letGo(incident)
}
