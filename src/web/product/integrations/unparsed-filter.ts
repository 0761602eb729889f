/** What the list of unparsed events is narrowed to, as the address says it. */
export interface UnparsedFilter {
  show: UnparsedShow
  integration?: string | undefined
  /** The one that is open beside the list. */
  event?: string | undefined
  /** The cursor with which the page begins. */
  after?: string | undefined
}

export const unparsedShows = ['all', 'unparsed', 'refused'] as const
export type UnparsedShow = (typeof unparsedShows)[number]

export function readUnparsedFilter(search: Record<string, unknown>): UnparsedFilter {
  const word = (name: string) => (typeof search[name] === 'string' && search[name] !== '' ? (search[name] as string) : undefined)
  return {
    show: unparsedShows.find((one) => one === search['show']) ?? 'all',
    integration: word('integration'),
    event: word('event'),
    after: word('after'),
  }
}
