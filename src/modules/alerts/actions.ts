import type { Actor } from '../../kernel/actor.ts'
import type { IncidentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { append, type Entry } from '../timeline/index.ts'
import type { Alert } from './alert.ts'
import { lockOpenAlertsOf, updateAlerts } from './store.ts'

/** A person resolved these incidents: their open alerts end. Answers how many of each. */
export async function endAlertsByPerson(
  tx: Transaction,
  now: Instant,
  incidentIds: IncidentId[],
  _by: Actor,
): Promise<Map<string, number>> {
  const alerts = await lockOpenAlertsOf(tx.sql, incidentIds)
  const counts = new Map<string, number>()
  if (alerts.length === 0) return counts
  for (const { incidentId } of alerts) counts.set(incidentId!, (counts.get(incidentId!) ?? 0) + 1)
  await updateAlerts(
    tx.sql,
    alerts.map((alert) => ({ alert: { ...alert, status: 'ended', endedAt: now, endedBy: 'person' }, latest: true })),
  )
  await append(
    tx.sql,
    now,
    alerts.map((alert) => endedEntry(now, alert, 'person')),
  )
  return counts
}

/** The fact that an alert of an incident has ended. */
export function endedEntry(now: Instant, alert: Alert, by: 'source' | 'lapsed' | 'person'): Entry {
  return {
    incidentId: alert.incidentId!,
    happenedAt: now,
    actor: by === 'source' ? `integration:${alert.integration}` : 'system',
    event: { type: 'alert.ended', data: { alert: alert.id, title: alert.title, by } },
  }
}
