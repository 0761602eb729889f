import type { IncidentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Entry } from '../timeline/index.ts'
import type { Alert } from './alert.ts'
import { lockOpenAlertsOf, updateAlerts } from './store.ts'

/** A person resolves these incidents: their open alerts end. Answers the facts, for the caller to append. */
export async function endAlertsByPerson(tx: Transaction, now: Instant, incidentIds: IncidentId[]): Promise<Entry[]> {
  const alerts = await lockOpenAlertsOf(tx.sql, incidentIds)
  const ended = alerts.map((alert): Alert => ({ ...alert, status: 'ended', endedAt: now, endedBy: 'person' }))
  if (ended.length > 0)
    tx.unawaited(
      updateAlerts(
        tx.sql,
        ended.map((alert) => ({ alert, latest: true })),
      ),
    )
  return ended.map((alert) => endedEntry(now, alert, 'person'))
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
