import { queryOptions } from '@tanstack/react-query'
import { api } from './api.ts'

/**
 * Services and ways in. What is open on a service changes with incidents, so its queries stand under theirs: the live
 * stream makes them look again. What comes in by an integration opens nothing most of the time; there one asks.
 */
export const catalog = {
  services: () =>
    queryOptions({
      queryKey: ['incidents', 'services'],
      queryFn: () => everyPage((cursor) => api.listServices({ query: { limit: 200, ...cursor } })),
      refetchInterval: 60_000,
    }),
  service: (name: string) =>
    queryOptions({
      queryKey: ['incidents', 'service', name],
      queryFn: () => api.getService({ params: { name } }),
      refetchInterval: 60_000,
    }),
  openOn: (service: string) =>
    queryOptions({
      queryKey: ['incidents', 'service', service, 'open'],
      queryFn: () => api.listIncidents({ query: { service: [service], status: ['open'], limit: 50 } }),
    }),
  resolvedOn: (service: string) =>
    queryOptions({
      queryKey: ['incidents', 'service', service, 'resolved'],
      queryFn: () => api.listIncidents({ query: { service: [service], status: ['resolved'], limit: 8 } }),
    }),
  onCallFor: (service: string) =>
    queryOptions({
      queryKey: ['on-call', 'service', service],
      queryFn: () => api.listOnCall({ query: { service, limit: 200 } }),
      refetchInterval: 60_000,
    }),
  integrations: (service?: string) =>
    queryOptions({
      queryKey: ['integrations', 'list', service ?? ''],
      queryFn: () =>
        everyPage((cursor) => api.listIntegrations({ query: { limit: 200, ...(service !== undefined && { service }), ...cursor } })),
      refetchInterval: 10_000,
    }),
  integration: (name: string) =>
    queryOptions({
      queryKey: ['integrations', 'one', name],
      queryFn: () => api.getIntegration({ params: { name } }),
      refetchInterval: 5000,
    }),
  events: (name: string) =>
    queryOptions({
      queryKey: ['integrations', 'one', name, 'events'],
      queryFn: () => api.listIntegrationEvents({ params: { name }, query: { limit: 10 } }),
      refetchInterval: 5000,
    }),
  sources: () => queryOptions({ queryKey: ['sources'], queryFn: () => api.listSources(), staleTime: Number.POSITIVE_INFINITY }),
  simulation: (policy: string, severity: number, urgency: 'high' | 'low' | undefined) =>
    queryOptions({
      queryKey: ['simulation', policy, severity, urgency ?? ''],
      queryFn: () => api.simulatePolicy({ params: { name: policy }, query: { severity, ...(urgency && { urgency }) } }),
    }),
  unparsed: (query: { integration?: string | undefined; refused?: boolean | undefined; cursor?: string | undefined }) =>
    queryOptions({
      queryKey: ['unparsed', query],
      queryFn: () =>
        api.listUnparsed({
          query: {
            limit: 50,
            ...(query.integration !== undefined && { integration: query.integration }),
            ...(query.refused !== undefined && { refused: query.refused ? 'true' : 'false' }),
            ...(query.cursor !== undefined && { cursor: query.cursor }),
          },
        }),
      refetchInterval: 15_000,
    }),
}

async function everyPage<Item>(read: (cursor: { cursor?: string }) => Promise<{ items: Item[]; next: string | null }>): Promise<Item[]> {
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
