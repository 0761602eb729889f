import { FIRST_INTEGRATION } from './company.ts'

export interface FirstAlert {
  url: string
  body: Record<string, string | number>
  /** One line that any shell takes. */
  command: string
}

/** What somebody sends to hear a phone ring. Without a dedup key, so that it rings each time. */
export function firstAlert(publicUrl: string, keyOf: (integration: string) => string): FirstAlert {
  const url = `${publicUrl}/in/${keyOf(FIRST_INTEGRATION)}`
  const body = { title: 'Checkout is slow', severity: 'critical' }
  return { url, body, command: `curl -X POST ${url} -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'` }
}
