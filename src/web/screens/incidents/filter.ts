/** Which incidents a list shows, as the address says it. */
export const statusFilters = ['open', 'detected', 'acknowledged', 'resolved', 'all'] as const
export type StatusFilter = (typeof statusFilters)[number]

export interface IncidentFilter {
  status: StatusFilter
  /** Where the page of the list begins: the cursor that the page before it ended with. */
  after?: string
}

/** An address somebody typed or kept may say anything; what is not understood falls back to what is open. */
export function readFilter(search: Record<string, unknown>): IncidentFilter {
  const status = statusFilters.find((known) => known === search.status) ?? 'open'
  return typeof search.after === 'string' && search.after !== '' ? { status, after: search.after } : { status }
}
