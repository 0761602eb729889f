import type { SeverityRank } from '../parts/severity-mark.tsx'
import type { HeardIntegration } from '../product/integrations/heard.ts'
import type { KeptEvent } from '../product/integrations/kept-event.ts'
import type { ServiceRow } from '../product/services/service-row.ts'
import { words } from '../product/services/words.ts'
import type { api } from './api.ts'
import { momentOf } from './incident-view.ts'

export type ServiceView = Awaited<ReturnType<typeof api.listServices>>['items'][number]
export type IntegrationView = Awaited<ReturnType<typeof api.listIntegrations>>['items'][number]
export type EventView = Awaited<ReturnType<typeof api.listUnparsed>>['items'][number]
type Origin = ServiceView['origin']

export function serviceRowOf(view: ServiceView): ServiceRow {
  return {
    name: view.name,
    title: view.displayName,
    description: view.description ?? undefined,
    team: view.team ?? undefined,
    policy: view.policy ?? undefined,
    open: view.openIncidents,
    unacknowledged: view.unacknowledged,
    worst: (view.worstSeverity ?? undefined) as SeverityRank | undefined,
    openSince: momentOf(view.openSince),
    lastHour: view.lastHour.map(({ severity, from, until }) => ({
      severity: severity as SeverityRank,
      from: Date.parse(from),
      until: momentOf(until),
    })),
    onCall: view.onCall === null ? undefined : { person: { name: view.onCall.displayName }, catchAll: view.onCall.catchAll },
    integrationCount: view.integrationCount,
    lastEventAt: momentOf(view.lastEventAt),
    missing: view.missing,
    usedBy: view.usedBy,
  }
}

export function heardOf(view: IntegrationView): HeardIntegration {
  const { name, displayName, lastEventAt, ...rest } = view
  return { ...rest, name, title: displayName, lastEventAt: momentOf(lastEventAt) }
}

export function keptEventOf(view: EventView): KeptEvent {
  return {
    ...view,
    at: Date.parse(view.receivedAt),
    status: view.status ?? undefined,
    alerts: view.alerts.map(({ action, title, severity }) => ({ action, title, severity: severity as SeverityRank })),
  }
}

/** Where an object is written, as people say it. */
export function placeOf(origin: Origin): string {
  return origin.kind === 'file' ? `${origin.file}:${origin.line}` : words.origins[origin.kind]
}
