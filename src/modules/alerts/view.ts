import type { z } from 'zod'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import { type IncidentBrief, numberText, type Onlooker, readIncidentBriefs } from '../incidents/index.ts'
import type { Alert } from './alert.ts'
import type { alertView } from './contract.ts'

/** Alerts as the API tells them, with what is to be known of their incidents: one statement, however many they are. */
export async function viewsOf(sql: Sql, alerts: Alert[], who: Onlooker): Promise<z.input<typeof alertView>[]> {
  const ids = [...new Set(alerts.flatMap(({ incidentId }) => (incidentId === null ? [] : [incidentId])))]
  const briefs = ids.length === 0 ? new Map<string, IncidentBrief>() : await readIncidentBriefs(sql, ids, who)
  return alerts.map((alert) => viewOf(alert, briefs.get(alert.incidentId ?? '')))
}

function viewOf(alert: Alert, incident: IncidentBrief | undefined): z.input<typeof alertView> {
  const at = (instant: Instant | null) => (instant === null ? null : iso(instant))
  const { id, dedupKey, status, severity, title, labels, annotations, links, warnings, count, incidentId, integration, service, endedBy } =
    alert
  return {
    ...{ id, dedupKey, status, severity, title, labels, annotations, links, warnings, count, incidentId, integration, service, endedBy },
    incidentNumber: incident ? numberText(incident.number) : null,
    incidentStatus: incident?.status ?? null,
    incidentHeld: incident?.held ?? false,
    grouping: incident?.groupKey === 'all' ? 'service' : incident && incident.grouping.length > 0 ? 'labels' : 'alone',
    groupedBy: (incident?.grouping ?? []).map(([label, value]) => ({ label, value })),
    openedAt: iso(alert.openedAt),
    reportedAt: iso(alert.reportedAt),
    startsAt: at(alert.startsAt),
    endsAt: at(alert.endsAt),
    endedAt: at(alert.endedAt),
  }
}
