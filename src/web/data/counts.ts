import { queries, useQuery } from './queries.ts'

/** What the first page of a list says of the whole: its length, where there is no second page; unknown otherwise. */
export function wholeLength(list: { items: unknown[]; next: string | null } | undefined): number | undefined {
  return list?.next === null ? list.items.length : undefined
}

/** How many incidents are open, as every screen says it: by the list itself, and counted where that has a second page. */
export function useOpenCount(enabled = true): number | undefined {
  const open = useQuery({ ...queries.openIncidents(), enabled })
  const listed = wholeLength(open.data)
  const counted = useQuery({
    ...queries.incidentCounts({ status: 'open' }),
    enabled: enabled && open.data !== undefined && listed === undefined,
  })
  return listed ?? counted.data?.status.values.reduce((sum, { value, count }) => (value === 'resolved' ? sum : sum + count), 0)
}
