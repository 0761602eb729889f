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

/** 36 hexadecimal digits of chance. */
export function randomKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(18))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
