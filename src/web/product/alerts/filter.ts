import { fromStart, type Span, spans } from '../incidents/filter.ts'

/** Which alerts a list shows, as the address says it. */
export const alertStatuses = ['open', 'ended', 'all'] as const
export type AlertStatus = (typeof alertStatuses)[number]

export const alertFields = ['severity', 'service', 'integration'] as const
export type AlertField = (typeof alertFields)[number]

export interface AlertFilter extends Partial<Record<AlertField, string[]>> {
  status: AlertStatus
  /** `name=value` each. */
  label?: string[]
  key?: string
  q?: string
  since?: Span
}

export function readAlertFilter(search: Record<string, unknown>): AlertFilter {
  const filter: AlertFilter = { status: alertStatuses.find((known) => known === search['status']) ?? 'open' }
  for (const field of alertFields) {
    const values = typeof search[field] === 'string' ? search[field].split(',').filter((one) => one !== '') : []
    if (values.length > 0) filter[field] = values
  }
  // A value may hold whatever its source likes, a comma too: one a line.
  const labels = typeof search['label'] === 'string' ? search['label'].split('\n').filter((one) => /^[^=]+=/.test(one)) : []
  if (labels.length > 0) filter.label = labels
  const since = spans.find((known) => known === search['since'])
  if (since) filter.since = since
  for (const name of ['key', 'q'] as const) {
    const value = search[name]
    if (typeof value === 'string' && value.trim() !== '') filter[name] = value
  }
  return filter
}

export function alertQuery({ status, label, key, q, since, ...fields }: AlertFilter): Record<string, string | undefined> {
  const listed = Object.fromEntries(alertFields.map((field) => [field, fields[field]?.join(',') || undefined]))
  return { status: status === 'open' ? undefined : status, ...listed, label: label?.join('\n'), since, key, q }
}

/** Without one of its labels. */
export function withoutLabel(filter: AlertFilter, label: string): AlertFilter {
  const left = filter.label?.filter((one) => one !== label) ?? []
  const { label: _, ...rest } = fromStart(filter)
  return left.length > 0 ? { ...rest, label: left } : rest
}

export const alertTabs = ['why', 'labels', 'history', 'payload'] as const
export type AlertTab = (typeof alertTabs)[number]
