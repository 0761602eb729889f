import type { QueryClient } from '@tanstack/query-core'
import type { IncidentView } from './views.ts'

/** An incident by its id or number, as its page or whatever list knows it. */
export function knownIncident(client: QueryClient, name: string): IncidentView | undefined {
  const page = client.getQueryData<IncidentView>(['incident', name])
  if (page !== undefined) return page
  for (const [, list] of client.getQueriesData<{ items?: IncidentView[] }>({ queryKey: ['incidents'] })) {
    const items = Array.isArray(list?.items) ? list.items : []
    const found = items.find((one) => one.id === name || one.number === name || one.number?.replace(/^\D+/, '') === name)
    if (found) return found
  }
  return undefined
}
