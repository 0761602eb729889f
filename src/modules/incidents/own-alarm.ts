import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { OWN_SERVICE } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import type { EscalationParts } from '../escalation/index.ts'
import { append } from '../timeline/index.ts'
import { openIncidents } from './open.ts'
import { resolveEnded } from './resolve.ts'
import { lockAffected } from './store.ts'

/** Tocsin's own alarm: an incident of the built-in service that pages the admins; one open for each key. */
export async function raiseAlarm(
  tx: Transaction,
  now: Instant,
  parts: EscalationParts,
  snapshot: Snapshot,
  alarm: { key: string; title: string; severity?: number },
): Promise<void> {
  const group = { key: `alarm:${alarm.key}`, by: [] }
  if ((await lockAffected(tx.sql, [{ service: OWN_SERVICE, groupKey: group.key }], [])).length > 0) return
  await openIncidents(tx, now, parts, snapshot, [
    { title: alarm.title, severity: alarm.severity ?? 2, service: OWN_SERVICE, origin: 'alert', actor: 'system', demo: false, group },
  ])
}

/** The conditions behind own alarms are over. */
export async function endAlarm(tx: Transaction, now: Instant, ...keys: string[]): Promise<void> {
  const groups = keys.map((key) => ({ service: OWN_SERVICE, groupKey: `alarm:${key}` }))
  await append(tx, now, await resolveEnded(tx, now, await lockAffected(tx.sql, groups, [])))
}
