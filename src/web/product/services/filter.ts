/** What the list of services is narrowed to, as the address says it. */
export interface ServiceFilter {
  show: ServiceShow
  text: string
}

export const serviceShows = ['all', 'mine', 'trouble', 'missing'] as const
export type ServiceShow = (typeof serviceShows)[number]

export function readServiceFilter(search: Record<string, unknown>): ServiceFilter {
  const { show, q } = search
  return { show: serviceShows.find((one) => one === show) ?? 'all', text: typeof q === 'string' ? q.slice(0, 200) : '' }
}
