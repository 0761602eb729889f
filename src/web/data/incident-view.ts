import type { PersonLook } from '../parts/avatar.tsx'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import type { IncidentRow } from '../screens/incidents/incident-row.ts'
import type { api } from './api.ts'

export type IncidentView = Awaited<ReturnType<typeof api.getIncident>>

export function rowOf(incident: IncidentView, look: (name: string) => PersonLook): IncidentRow {
  return {
    id: incident.id,
    number: incident.number,
    title: incident.title,
    severity: incident.severity as SeverityRank,
    status: incident.status,
    service: incident.service ?? undefined,
    startedAt: Date.parse(incident.startedAt),
    endedAt: momentOf(incident.resolvedAt),
    holder: incident.acknowledgedBy === null ? undefined : look(incident.acknowledgedBy),
  }
}

/** The worst first, the newest before the older. */
export function byUrgency(a: IncidentView, b: IncidentView): number {
  return a.severity - b.severity || Date.parse(b.startedAt) - Date.parse(a.startedAt)
}

export function momentOf(text: string | null | undefined): number | undefined {
  return text === null || text === undefined ? undefined : Date.parse(text)
}
