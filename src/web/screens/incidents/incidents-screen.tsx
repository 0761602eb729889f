import './incidents-screen.css'
import { moveThroughRows, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { NewRows } from '../../parts/new-rows.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Pager } from '../../parts/pager.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { SegmentedLinks } from '../../parts/segmented.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { listKeys } from '../shell/keys-dialog.tsx'
import { type IncidentFilter, type StatusFilter, statusFilters } from './filter.ts'
import type { IncidentRow } from './incident-row.ts'
import { IncidentTable } from './incident-table.tsx'
import { words } from './words.ts'

export interface IncidentsScreenProps {
  filter: IncidentFilter
  /** How many there are of each; left out where it is not known yet. */
  counts?: Partial<Record<StatusFilter, number>>
  list: Loadable<IncidentList>
  /** Came since the list was opened; they wait until they are asked for. */
  newCount?: number
  onShowNew?: () => void
}

export interface IncidentList {
  rows: IncidentRow[]
  /** Under a rule of their own, on the first page of what is open. */
  resolvedLately?: IncidentRow[]
  /** Places of the first and the last row in the whole list. */
  from: number
  total?: number
  /** The cursor with which the next page of the list begins. */
  next?: string | undefined
}

export function IncidentsScreen({ filter, counts = {}, list, newCount = 0, onShowNew = () => {} }: IncidentsScreenProps) {
  useKeys({ j: () => moveThroughRows(1), k: () => moveThroughRows(-1), '.': onShowNew })
  return (
    <Page crumbs={[{ name: words.title, href: links.incidents() }, { name: words.filter[filter.status] }]} keys={listKeys}>
      <PageHead title={words.title} tight />
      <div className="filter-bar">
        <SegmentedLinks
          label={words.filters}
          segments={statusFilters.map((status) => ({ value: status, name: words.filter[status], count: counts[status] }))}
          current={filter.status}
          hrefOf={(status) => links.incidents({ status })}
        />
      </div>
      <ScrollRegion label={words.list} className="list-region">
        <NewRows count={newCount} onShow={onShowNew} />
        <Loaded of={list} skeleton={<SkeletonRows rows={8} />}>
          {(loaded) => <Listed list={loaded} filter={filter} />}
        </Loaded>
      </ScrollRegion>
      {(list.state === 'ready' || list.state === 'kept') && <ListPager list={list.value} filter={filter} />}
    </Page>
  )
}

function Listed({ list: { rows, resolvedLately = [] }, filter }: { list: IncidentList; filter: IncidentFilter }) {
  const empty = filter.after ? words.pageEnd : words.empty[filter.status]
  return (
    <>
      {rows.length === 0 && (
        <EmptyState title={empty.title} headingLevel={2}>
          <p>{empty.text}</p>
        </EmptyState>
      )}
      {rows.length + resolvedLately.length > 0 && (
        <IncidentTable groups={[{ rows }, ...(resolvedLately.length > 0 ? [{ title: words.resolvedLately, rows: resolvedLately }] : [])]} />
      )}
    </>
  )
}

function ListPager({ list: { rows, from, total, next }, filter }: { list: IncidentList; filter: IncidentFilter }) {
  if (rows.length === 0 && !filter.after) return null
  const to = from + rows.length - 1
  return (
    <Pager
      shown={rows.length === 0 ? '' : total === undefined ? words.shown(from, to) : words.shownOf(from, to, total)}
      newestHref={filter.after && links.incidents({ status: filter.status })}
      olderHref={next && links.incidents({ status: filter.status, after: next })}
    />
  )
}
