import {
  type DehydratedState,
  dehydrate,
  hydrate,
  MutationCache,
  QueryClient,
  queryOptions,
  type UseQueryResult,
  useQuery,
} from '@tanstack/react-query'
import { DAY, HOUR, iso, MINUTE } from '../../kernel/time.ts'
import { ApiError } from '../../platform/client.ts'
import { kept } from '../browser.ts'
import type { Failure } from '../parts/error-state.tsx'
import type { Loadable } from '../parts/loadable.tsx'
import type { AlertFilter } from '../product/alerts/filter.ts'
import type { IncidentFilter, Span } from '../product/incidents/filter.ts'
import { api, isSignedOut, NoAnswer } from './api.ts'
import { knownIncident } from './known-incident.ts'
import type { KnownIncident } from './views.ts'
import { words } from './words.ts'

export const queryClient = new QueryClient({
  // An act that did not work is told by its form or its own words; where neither does, the page says it.
  mutationCache: new MutationCache({
    onError: (error, _input, _kept, { options, meta }) => {
      if (!options.onError && !meta?.['showsFailure']) reportError(error)
    },
  }),
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
  preferences: () => queryOptions({ queryKey: ['preferences'], queryFn: () => api.getPreferences(), staleTime: 300_000 }),
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
      queryKey: ['counts', 'incidents', filter],
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
  /** All that began in the last hours. */
  incidentsSince: (hours: number) =>
    queryOptions({
      queryKey: ['incidents', 'since', hours],
      queryFn: () => api.listIncidents({ query: { since: iso(Math.floor((Date.now() - hours * HOUR) / MINUTE) * MINUTE), limit: 50 } }),
    }),
  openAlertCount: () =>
    queryOptions({
      queryKey: ['counts', 'open-alerts'],
      queryFn: async () => (await api.countAlerts()).status.values.find(({ value }) => value === 'open')?.count ?? 0,
      staleTime: 60_000,
    }),
  alertPage: (filter: AlertFilter, cursor: string | undefined, limit: number) => ({
    queryKey: ['alerts', 'page', filter, cursor ?? '', limit],
    queryFn: () => api.listAlerts({ query: { ...alertQueryOf(filter), limit, ...(cursor !== undefined && { cursor }) } }),
  }),
  alertCounts: (filter: AlertFilter) =>
    queryOptions({
      queryKey: ['counts', 'alerts', filter],
      queryFn: () => api.countAlerts({ query: alertQueryOf(filter) }),
      staleTime: 60_000,
    }),
  alertVolume: () =>
    queryOptions({ queryKey: ['counts', 'volume'], queryFn: () => api.getAlertVolume(), staleTime: 60_000, refetchInterval: 300_000 }),
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
  incident: (id: string) =>
    queryOptions({
      queryKey: ['incident', id],
      queryFn: (): Promise<KnownIncident> => api.getIncident({ params: { id } }),
      // Whoever comes from a list sees at once what the list knew.
      placeholderData: () => knownIncident(queryClient, id),
    }),
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
  onCall: () =>
    queryOptions({
      queryKey: ['on-call'],
      queryFn: async () => ({ items: await all((cursor) => api.listOnCall({ query: { limit: 200, ...cursor } })) }),
      refetchInterval: 60_000,
    }),
  onCallAt: (at: string | undefined) =>
    queryOptions({
      queryKey: ['on-call', 'board', at ?? ''],
      queryFn: () => all((cursor) => api.listOnCall({ query: { limit: 200, ...(at !== undefined && { at }), ...cursor } })),
      refetchInterval: 60_000,
    }),
  cover: () =>
    queryOptions({ queryKey: ['on-call', 'cover'], queryFn: () => all((cursor) => api.listCover({ query: { limit: 200, ...cursor } })) }),
  schedules: () =>
    queryOptions({
      queryKey: ['on-call', 'schedules'],
      queryFn: () => all((cursor) => api.listSchedules({ query: { limit: 200, ...cursor } })),
    }),
  people: () =>
    queryOptions({
      queryKey: ['people', 'list'],
      queryFn: () => all((cursor) => api.listPeople({ query: { limit: 200, order: 'hardest-first', ...cursor } })),
    }),
  person: (name: string) => queryOptions({ queryKey: ['people', 'one', name], queryFn: () => api.getPerson({ params: { name } }) }),
  night: (name: string, query: { at?: string; urgency?: 'high' | 'low'; policy?: string; level?: number }) =>
    queryOptions({ queryKey: ['people', 'night', name, query], queryFn: () => api.getNight({ params: { name }, query }) }),
  teams: () =>
    queryOptions({ queryKey: ['teams', 'list'], queryFn: () => all((cursor) => api.listTeams({ query: { limit: 200, ...cursor } })) }),
  team: (name: string) => queryOptions({ queryKey: ['teams', 'one', name], queryFn: () => api.getTeam({ params: { name } }) }),
  services: () =>
    queryOptions({
      queryKey: ['services'],
      queryFn: async () => ({ items: await all((cursor) => api.listServices({ query: { limit: 200, ...cursor } })) }),
    }),
  /** What its war room asks for: all of it stands under `command`, for one fact there may move several. */
  roles: (number: string) => ofRoom(number, 'roles', (params) => api.listRoles({ params })),
  responders: (number: string) => ofRoom(number, 'responders', (params) => api.listResponders({ params })),
  tasks: (number: string) => ofRoom(number, 'tasks', (params) => api.listTasks({ params, query: {} })),
  tasksLike: (number: string, like: string) =>
    queryOptions({
      queryKey: ['incident', number, 'command', 'tasks', like],
      queryFn: () => api.listTasks({ params: { id: number }, query: { like } }),
    }),
  followUps: (number: string) => ofRoom(number, 'follow-ups', (params) => api.listFollowUps({ params })),
  polls: (number: string) => ofRoom(number, 'polls', (params) => api.listPolls({ params })),
  updates: (number: string) => ofRoom(number, 'updates', (params) => api.listUpdates({ params })),
  reminders: (number: string) => ofRoom(number, 'reminders', (params) => api.listReminders({ params })),
  plan: (number: string) => ofRoom(number, 'plan', (params) => api.getResponsePlan({ params })),
  catchUp: (number: string) => ofRoom(number, 'catch-up', (params) => api.catchUp({ params })),
  severitySchemes: () => queryOptions({ queryKey: ['severity-schemes'], queryFn: () => api.listSeveritySchemes(), staleTime: 300_000 }),
  /** What people are called; everybody who may read incidents may know it. */
  peopleNames: () =>
    queryOptions({
      queryKey: ['people', 'names'],
      queryFn: async () => {
        const people = await all((cursor) => api.listObjects({ params: { kind: 'people' }, query: { limit: 200, ...cursor } }))
        return Object.fromEntries(people.map(({ name, spec }) => [name, String(spec['displayName'] ?? name)]))
      },
      staleTime: 300_000,
    }),
  pause: () => queryOptions({ queryKey: ['pause'], queryFn: () => api.getPause(), refetchInterval: 15_000 }),
  firstSteps: () => queryOptions({ queryKey: ['first-steps'], queryFn: () => api.getFirstSteps() }),
  demo: () => queryOptions({ queryKey: ['demo'], queryFn: () => api.getDemo() }),
  phones: () => queryOptions({ queryKey: ['demo', 'phones'], queryFn: () => api.listPhones() }),
  phoneMessages: (person: string) =>
    queryOptions({
      queryKey: ['demo', 'phone', person],
      queryFn: () => api.listPhoneMessages({ params: { person }, query: { limit: 20 } }),
    }),
}

function ofRoom<Reply>(number: string, what: string, read: (params: { id: string }) => Promise<Reply>) {
  return queryOptions({ queryKey: ['incident', number, 'command', what], queryFn: () => read({ id: number }) })
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
  if (error instanceof ApiError) return error.message
  return error instanceof NoAnswer ? words.noAnswer : words.failedHere(error instanceof Error ? error.message : String(error))
}

const KEPT = 'tocsin.kept'
const KEPT_KINDS = ['me', 'incidents', 'incident', 'on-call', 'services', 'demo']
const KEPT_CHARACTERS_MAX = 1_500_000
let keptAt: number | undefined

/** From when what is shown comes, in a window that was opened without a network. */
export function keptFrom(): number | undefined {
  return keptAt
}

/** Keeps what was seen last, for a start without a network. It is shown then only, and as old as it is. */
export function keepForOffline(): void {
  if (keptAt !== undefined || queryClient.getQueryData(['me']) === undefined) return
  const seen = dehydrate(queryClient, {
    shouldDehydrateQuery: ({ queryKey, state }) => state.status === 'success' && KEPT_KINDS.includes(String(queryKey[0])),
  })
  const text = JSON.stringify({ at: Date.now(), seen })
  // Refused, or full: then there is nothing to start with offline, which that start says.
  if (text.length <= KEPT_CHARACTERS_MAX) kept.write(KEPT, text)
}

/** The way back of the above; false when nothing was kept. */
export function showKept(): boolean {
  const last = kept.readJson(KEPT) as { at: number; seen: unknown } | undefined
  if (!last) return false
  keptAt = last.at
  hydrate(queryClient, last.seen as DehydratedState)
  return true
}

/** The server answers again: what is shown is its own. */
export function dropKept(): void {
  keptAt = undefined
}

/** Whoever signs out, or is signed out, leaves nothing behind in this browser. */
export function forgetKept(): void {
  kept.drop(KEPT)
}

export { useQuery }
