import { queryClient } from './queries.ts'

/** Keys that were made in this window, for as long as it is open: the server keeps their hashes alone. */
const keyed = (integration: string) => ['fresh-key', integration]

export function keepFreshKey(integration: string, key: string): void {
  queryClient.setQueryDefaults(['fresh-key'], { gcTime: Number.POSITIVE_INFINITY, staleTime: Number.POSITIVE_INFINITY })
  queryClient.setQueryData(keyed(integration), key)
}

export function freshKeyOf(integration: string): string | undefined {
  return queryClient.getQueryData(keyed(integration))
}
