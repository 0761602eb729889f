import type { api } from '../data/api.ts'
import { momentOf } from '../data/incident-view.ts'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import type { AlertRow } from '../screens/alerts/alert-row.ts'
import type { Alert } from '../screens/alerts/alert-screen.tsx'
import type { AlertStory } from '../screens/alerts/why-list.tsx'

export type AlertView = Awaited<ReturnType<typeof api.getAlert>>
export type WhyView = Awaited<ReturnType<typeof api.getAlertWhy>>

export function alertRowOf(alert: AlertView): AlertRow {
  return {
    id: alert.id,
    title: alert.title,
    severity: alert.severity as SeverityRank,
    state: alert.status === 'ended' ? 'ended' : alert.incidentHeld ? 'acknowledged' : 'open',
    service: alert.service,
    count: alert.count,
    openedAt: Date.parse(alert.openedAt),
    endedAt: momentOf(alert.endedAt),
    incident: alert.incidentNumber ?? undefined,
    groupedBy: alert.grouping === 'service' ? 'all' : alert.groupedBy.map(({ label }) => label),
  }
}

export function alertOf(alert: AlertView): Alert {
  return {
    ...alertRowOf(alert),
    dedupKey: alert.dedupKey,
    integration: alert.integration,
    reportedAt: Date.parse(alert.reportedAt),
    startsAt: momentOf(alert.startsAt),
    endsAt: momentOf(alert.endsAt),
    endedBy: alert.endedBy ?? undefined,
    labels: Object.entries(alert.labels),
    annotations: Object.entries(alert.annotations),
    links: alert.links.filter(({ href }) => /^https?:/.test(href)),
    warnings: alert.warnings,
  }
}

/** What came of an alert: the first page that arrived, and when somebody took the incident. */
export function storyOf({ alert, steps }: WhyView, nameOf: (person: string) => string): AlertStory {
  const cameAt = Date.parse(alert.openedAt)
  const arrived = steps.find(({ step, outcome, at }) => step === 'page' && outcome === 'done' && Date.parse(at) >= cameAt)
  const person = arrived?.data['person']
  const stopped = steps.find(({ step, data, at }) => step === 'stopped' && data['reason'] === 'acknowledged' && Date.parse(at) >= cameAt)
  return {
    decisions: steps.map(({ step, at, text, outcome }) => ({ step, at: Date.parse(at), text, outcome })),
    paged: arrived && typeof person === 'string' ? { who: nameOf(person), afterMs: Date.parse(arrived.at) - cameAt } : undefined,
    acknowledgedAfterMs: stopped && Date.parse(stopped.at) - cameAt,
    isOpen: alert.status === 'open' && !alert.incidentHeld,
  }
}

/** JSON as people read it; whatever else it is stays as it came. */
export function formatted(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
