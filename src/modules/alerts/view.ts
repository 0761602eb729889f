import type { z } from 'zod'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Alert } from './alert.ts'
import type { alertView } from './contract.ts'

/** An alert as the API tells it. */
export function viewOf(alert: Alert): z.input<typeof alertView> {
  const at = (instant: Instant | null) => (instant === null ? null : iso(instant))
  const { id, dedupKey, status, severity, title, labels, annotations, links, warnings, count, incidentId, integration, service, endedBy } =
    alert
  return {
    ...{ id, dedupKey, status, severity, title, labels, annotations, links, warnings, count, incidentId, integration, service, endedBy },
    openedAt: iso(alert.openedAt),
    reportedAt: iso(alert.reportedAt),
    startsAt: at(alert.startsAt),
    endsAt: at(alert.endsAt),
    endedAt: at(alert.endedAt),
  }
}
