/** Which incidents a list shows, as the address says it. */
export const statusFilters = ['waiting', 'open', 'detected', 'acknowledged', 'resolved', 'all'] as const
export type StatusFilter = (typeof statusFilters)[number]

/** What a list can be narrowed by beside its status: several values each, one of which suffices. */
export const incidentFields = ['severity', 'service', 'team', 'urgency', 'has'] as const
export type IncidentField = (typeof incidentFields)[number]

/** How far back, counted from now. */
export const spans = ['24h', '7d', '30d'] as const
export type Span = (typeof spans)[number]

export interface IncidentFilter extends Partial<Record<IncidentField, string[]>> {
  status: StatusFilter
  q?: string
  since?: Span
  /** Where the page of the list begins: the cursor that the page before it ended with. */
  after?: string
}

/** An address somebody typed or kept may say anything; what is not understood falls back to what is open. */
export function readFilter(search: Record<string, unknown>): IncidentFilter {
  const filter: IncidentFilter = { status: statusFilters.find((known) => known === search['status']) ?? 'open' }
  for (const field of incidentFields) {
    const values = listIn(search[field])
    if (values.length > 0) filter[field] = values
  }
  const since = spans.find((known) => known === search['since'])
  if (since) filter.since = since
  if (typeof search['q'] === 'string' && search['q'].trim() !== '') filter.q = search['q']
  if (typeof search['after'] === 'string' && search['after'] !== '') filter.after = search['after']
  return filter
}

/** The same filter as an address says it; what is the usual needs no words. */
export function incidentQuery({ status, since, q, after, ...fields }: IncidentFilter): Record<string, string | undefined> {
  const listed = Object.fromEntries(incidentFields.map((field) => [field, fields[field]?.join(',') || undefined]))
  return { status: status === 'open' ? undefined : status, ...listed, since, q, after }
}

/** With one value more, or less, and from the first page. */
export function toggled<Filter extends object, Field extends keyof Filter & string>(filter: Filter, field: Field, value: string): Filter {
  const picked = (filter[field] as string[] | undefined) ?? []
  const values = picked.includes(value) ? picked.filter((one) => one !== value) : [...picked, value]
  return { ...fromStart(filter), [field]: values.length > 0 ? values : undefined }
}

export function fromStart<Filter extends object>(filter: Filter): Filter {
  return { ...filter, after: undefined }
}

/** Whether anything beside the status narrows it. */
export function isNarrowed(filter: IncidentFilter): boolean {
  return filter.q !== undefined || filter.since !== undefined || incidentFields.some((field) => filter[field] !== undefined)
}

function listIn(value: unknown): string[] {
  return typeof value === 'string' ? value.split(',').filter((one) => one !== '') : []
}
