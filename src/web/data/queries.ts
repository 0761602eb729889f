import { QueryClient, queryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { DAY, HOUR, iso, MINUTE } from '../../kernel/time.ts'
import { ApiError } from '../../platform/client.ts'
import type { Failure, Loadable } from '../parts/loadable.tsx'
import type { AlertFilter } from '../screens/alerts/filter.ts'
import type { IncidentFilter, Span } from '../screens/incidents/filter.ts'
import { api, isSignedOut } from './api.ts'
import { words } from './words.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Events say when something changed; this is only for what they do not tell.
      staleTime: 30_000,
      retry: (count, error) => !(error instanceof ApiError && error.status < 500) && count < 2,
      networkMode: 'always',
    },
    // Kept until the browser is online again, an acknowledgement would look under way, and act hours later.
    mutations: { networkMode: 'always' },
  },
})

const PAGE = 50

export const queries = {
  me: () => queryOptions({ queryKey: ['me'], queryFn: () => api.getMe(), staleTime: 300_000 }),
  openIncidents: () =>
    queryOptions({ queryKey: ['incidents', 'rail'], queryFn: () => api.listIncidents({ query: { status: ['open'], limit: 200 } }) }),
  incidents: (filter: IncidentFilter) =>
    queryOptions({
      queryKey: ['incidents', 'list', filter],
      queryFn: () =>
        api.listIncidents({
          query: { ...incidentQueryOf(filter), limit: PAGE, ...(filter.after !== undefined && { cursor: filter.after }) },
        }),
    }),
  incidentCounts: ({ after: _, ...filter }: IncidentFilter) =>
    queryOptions({
      queryKey: ['incidents', 'counts', filter],
      queryFn: () => api.countIncidents({ query: incidentQueryOf(filter) }),
      staleTime: 60_000,
    }),
  /** What waits for whoever is signed in. */
  waiting: () =>
    queryOptions({ queryKey: ['incidents', 'waiting'], queryFn: () => api.listIncidents({ query: { waitingFor: 'me', limit: 200 } }) }),
  resolvedLately: (filter: IncidentFilter = { status: 'open' }) =>
    queryOptions({
      queryKey: ['incidents', 'resolved', filter],
      queryFn: () => api.listIncidents({ query: { ...incidentQueryOf(filter), status: ['resolved'], limit: 5 } }),
    }),
  openAlertCount: () =>
    queryOptions({
      queryKey: ['alerts', 'open'],
      queryFn: async () => (await api.countAlerts()).status.values.find(({ value }) => value === 'open')?.count ?? 0,
      staleTime: 60_000,
    }),
  alertPage: (filter: AlertFilter, cursor: string | undefined, limit: number) => ({
    queryKey: ['alerts', 'page', filter, cursor ?? '', limit],
    queryFn: () => api.listAlerts({ query: { ...alertQueryOf(filter), limit, ...(cursor !== undefined && { cursor }) } }),
  }),
  alertCounts: (filter: AlertFilter) =>
    queryOptions({
      queryKey: ['alerts', 'counts', filter],
      queryFn: () => api.countAlerts({ query: alertQueryOf(filter) }),
      staleTime: 60_000,
    }),
  alertVolume: () =>
    queryOptions({ queryKey: ['alerts', 'volume'], queryFn: () => api.getAlertVolume(), staleTime: 60_000, refetchInterval: 300_000 }),
  alert: (id: string) => queryOptions({ queryKey: ['alert', id], queryFn: () => api.getAlert({ params: { id } }) }),
  alertHistory: (integration: string, dedupKey: string) =>
    queryOptions({
      queryKey: ['alert', 'history', integration, dedupKey],
      queryFn: () => api.listAlerts({ query: { integration: [integration], dedupKey, limit: 100 } }),
    }),
  alertPayload: (id: string) =>
    queryOptions({
      queryKey: ['payload', id],
      queryFn: () => api.getAlertPayload({ params: { id } }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
  incident: (id: string) => queryOptions({ queryKey: ['incident', id], queryFn: () => api.getIncident({ params: { id } }) }),
  escalation: (id: string) =>
    queryOptions({ queryKey: ['incident', id, 'escalation'], queryFn: () => api.getEscalation({ params: { id } }) }),
  timeline: (id: string) =>
    queryOptions({
      queryKey: ['incident', id, 'timeline'],
      queryFn: () => all((cursor) => api.getTimeline({ params: { id }, query: { limit: 200, ...cursor } })),
    }),
  alerts: (id: string) =>
    queryOptions({ queryKey: ['incident', id, 'alerts'], queryFn: () => api.listAlerts({ query: { incident: id, limit: 200 } }) }),
  why: (alert: string) => queryOptions({ queryKey: ['why', alert], queryFn: () => api.getAlertWhy({ params: { id: alert } }) }),
  pages: (id: string) =>
    queryOptions({
      queryKey: ['incident', id, 'pages'],
      queryFn: () => all((cursor) => api.getPages({ params: { id }, query: { limit: 200, ...cursor } })),
    }),
  onCall: () => queryOptions({ queryKey: ['on-call'], queryFn: () => api.listOnCall({ query: { limit: 200 } }), refetchInterval: 60_000 }),
  services: () => queryOptions({ queryKey: ['services'], queryFn: () => api.listServices({ query: { limit: 200 } }) }),
  demo: () => queryOptions({ queryKey: ['demo'], queryFn: () => api.getDemo() }),
  phones: () => queryOptions({ queryKey: ['demo', 'phones'], queryFn: () => api.listPhones() }),
  phoneMessages: (person: string) =>
    queryOptions({
      queryKey: ['demo', 'phone', person],
      queryFn: () => api.listPhoneMessages({ params: { person }, query: { limit: 20 } }),
    }),
}

type IncidentQuery = NonNullable<NonNullable<Parameters<typeof api.countIncidents>[0]>['query']>
type AlertQuery = NonNullable<NonNullable<Parameters<typeof api.countAlerts>[0]>['query']>

/** What the address says, as the API is asked. */
function incidentQueryOf({ status, severity, service, team, urgency, has, since, q }: IncidentFilter): IncidentQuery {
  const [onlyUrgency, otherUrgency] = urgency ?? []
  return {
    ...(status === 'waiting' ? { waitingFor: 'me' } : status !== 'all' && { status: [status] }),
    ...(severity && { severity }),
    ...(service && { service }),
    ...(team && { team }),
    ...(onlyUrgency !== undefined && otherUrgency === undefined && { urgency: onlyUrgency as 'high' | 'low' }),
    ...(has && { acknowledgedBy: has }),
    ...(since && { since: sinceOf(since) }),
    ...(q !== undefined && { q }),
  }
}

export function alertQueryOf({ status, severity, service, integration, label, key, since, q }: AlertFilter): AlertQuery {
  return {
    ...(status !== 'all' && { status }),
    ...(severity && { severity }),
    ...(service && { service }),
    ...(integration && { integration }),
    ...(label && { label }),
    ...(key !== undefined && { dedupKey: key }),
    ...(since && { since: sinceOf(since) }),
    ...(q !== undefined && { q }),
  }
}

const SPANS_MS: Record<Span, number> = { '24h': 24 * HOUR, '7d': 7 * DAY, '30d': 30 * DAY }

function sinceOf(span: Span): string {
  return iso(Math.floor((Date.now() - SPANS_MS[span]) / MINUTE) * MINUTE)
}

/** A long incident has more than one page of facts; its own page shows them all, up to a bound. */
async function all<Item>(read: (cursor: { cursor?: string }) => Promise<{ items: Item[]; next: string | null }>): Promise<Item[]> {
  const items: Item[] = []
  let cursor: { cursor?: string } = {}
  for (let page = 0; page < 10; page++) {
    const reply = await read(cursor)
    items.push(...reply.items)
    if (reply.next === null) break
    cursor = { cursor: reply.next }
  }
  return items
}

/** What a screen shows of a query: what was there stays, with its age, when a later look fails. */
export function loadableOf<Data, Value>(query: UseQueryResult<Data>, map: (data: Data) => Value): Loadable<Value> {
  if (query.data !== undefined && !query.isError) return { state: 'ready', value: map(query.data) }
  const failure: Failure = { message: messageOf(query.error), onRetry: () => void query.refetch() }
  if (query.data !== undefined) return { state: 'kept', value: map(query.data), from: query.dataUpdatedAt, failure }
  return query.isError && !isSignedOut(query.error) ? { state: 'failed', failure } : { state: 'loading' }
}

export function messageOf(error: unknown): string {
  return error instanceof ApiError ? error.message : words.noAnswer
}

export { useQuery }
