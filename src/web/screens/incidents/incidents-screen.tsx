import '../../product/incidents/incident-list.css'
import { useRef, useState } from 'react'
import { mayAcknowledge } from '../../../modules/incidents/may.ts'
import { focusedRow, moveThroughRows, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { FacetsButton, ListColumns } from '../../parts/facets.tsx'
import type { KeyHint } from '../../parts/key-cap.tsx'
import { type Loadable, Loaded, shownOf } from '../../parts/loadable.tsx'
import { NewRows } from '../../parts/new-rows.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Pager } from '../../parts/pager.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { SegmentedLinks } from '../../parts/segmented.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import {
  fromStart,
  type IncidentFilter,
  incidentFields,
  isNarrowed,
  type StatusFilter,
  statusFilters,
} from '../../product/incidents/filter.ts'
import { type IncidentCounts, IncidentFacets } from '../../product/incidents/incident-facets.tsx'
import type { IncidentRow } from '../../product/incidents/incident-row.ts'
import { ListTabs } from '../../product/incidents/list-tabs.tsx'
import { words as listWords } from '../../product/incidents/list-words.ts'
import { SavedViews, type SavedViewsProps } from '../../product/incidents/saved-views.tsx'
import { words } from '../../product/incidents/words.ts'
import { FirstAlert } from '../../product/integrations/first-alert.tsx'
import { words as steps } from '../../product/shell/step-words.ts'
import { IncidentPreview, type PreviewedIncident } from './incident-preview.tsx'
import { IncidentTable } from './incident-table.tsx'

export interface IncidentsScreenProps {
  filter: IncidentFilter
  /** Which segments there are; nobody in particular has nothing waiting. */
  statuses?: readonly StatusFilter[]
  /** How many there are of each; left out where it is not known yet. */
  statusCounts?: Partial<Record<StatusFilter, number | undefined>>
  tabCounts?: { incidents?: number | undefined; alerts?: number | undefined }
  /** They come after the rows. */
  counts?: IncidentCounts | undefined
  list: Loadable<IncidentList>
  /** Came since the list was opened; they wait until they are asked for. */
  newCount?: number
  onShowNew?: () => void
  views: Omit<SavedViewsProps, 'here'>
  onSearch: (text: string) => void
  preview?: PreviewedIncident | undefined
  onPreview: (id: string | undefined) => void
  /** Left out where the viewer may not act. */
  onAcknowledge?: ((ids: string[]) => void) | undefined
  /** On their way to the server. */
  busy?: boolean
}

export interface IncidentList {
  rows: IncidentRow[]
  /** Under a rule of their own, on the first page of what is open. */
  resolvedLately?: IncidentRow[]
  /** There has never been one: the empty list says how to send the first alert. */
  first?: { command?: string | undefined } | undefined
  /** The cursor with which the next page of the list begins. */
  next?: string | undefined
}

export function IncidentsScreen(props: IncidentsScreenProps) {
  const { filter, statuses = statusFilters, statusCounts = {}, tabCounts = {}, counts, list, newCount = 0, onShowNew = () => {} } = props
  const { views, onSearch, preview, onPreview, onAcknowledge, busy = false } = props
  const search = useRef<HTMLInputElement>(null)
  const { picked, toggle, clear } = useSelection(shownOf(list))
  const gone = shownOf(list)?.rows.filter((row) => row.gone).length ?? 0
  const acknowledgePicked = onAcknowledge && picked.size > 0 ? () => onAcknowledge([...picked]) : undefined
  const acknowledgePreviewed =
    onAcknowledge && preview && mayAcknowledge(preview.row) === 'yes' ? () => onAcknowledge([preview.row.id]) : undefined
  const move = (step: 1 | -1) => {
    moveThroughRows(step)
    if (preview) onPreview(focusedRow())
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    x: () => toggle(focusedRow()),
    // Without a row to show the bar scrolls, as everywhere.
    get ' '() {
      const row = focusedRow()
      if (!row) return preview && (() => onPreview(undefined))
      return () => onPreview(row === preview?.row.id ? undefined : row)
    },
    Escape: preview ? () => onPreview(undefined) : picked.size > 0 ? clear : undefined,
    a: busy ? undefined : acknowledgePreviewed,
    'Shift+A': busy ? undefined : acknowledgePicked,
    '.': newCount + gone > 0 ? onShowNew : undefined,
    '/': () => search.current?.focus(),
  })
  const facets = <IncidentFacets filter={filter} counts={counts} />
  const narrowedBy = incidentFields.reduce((sum, field) => sum + (filter[field]?.length ?? 0), filter.since ? 1 : 0)
  return (
    <Page
      crumbs={[{ name: words.title, href: links.incidents() }, { name: listWords.filter[filter.status] }]}
      keys={keysHere}
      keysNote={listWords.listKeysNote}
    >
      <PageHead title={words.title} tight />
      <ListTabs current="incidents" counts={tabCounts} />
      <div className="filter-bar">
        <SegmentedLinks
          label={listWords.filters}
          segments={statuses.map((status) => ({ value: status, name: listWords.filter[status], count: statusCounts[status] }))}
          current={filter.status}
          hrefOf={(status) => links.incidents({ ...fromStart(filter), status })}
        />
        <SearchField
          ref={search}
          label={listWords.search}
          placeholder={listWords.searchHint}
          keyCap="/"
          value={filter.q ?? ''}
          onSearch={onSearch}
        />
        <FacetsButton label={listWords.narrow} count={narrowedBy}>
          {facets}
        </FacetsButton>
        <SavedViews {...views} here={links.incidents(fromStart(filter))} />
      </div>
      <ListColumns facetsLabel={listWords.narrow} facets={facets}>
        <ScrollRegion label={words.list} className="list-region">
          <NewRows count={newCount} gone={gone} onShow={onShowNew} />
          <Loaded of={list} skeleton={<SkeletonRows rows={8} />}>
            {(loaded) => (
              <Listed list={loaded} filter={filter} selection={onAcknowledge && { picked, onToggle: toggle }} previewed={preview?.row.id} />
            )}
          </Loaded>
        </ScrollRegion>
        {picked.size > 0 && (
          <div className="selection-bar">
            <b aria-live="polite">{listWords.selected(picked.size)}</b>
            {acknowledgePicked && (
              <Button size="small" kind="primary" keyCap="⇧A" busy={busy} onClick={acknowledgePicked}>
                {listWords.acknowledgeSelected(picked.size)}
              </Button>
            )}
            <Button size="small" kind="quiet" onClick={clear}>
              {listWords.clearSelection}
            </Button>
          </div>
        )}
        {(list.state === 'ready' || list.state === 'kept') && <ListPager list={list.value} filter={filter} />}
        {preview && <IncidentPreview {...preview} busy={busy} onAcknowledge={acknowledgePreviewed} onClose={() => onPreview(undefined)} />}
      </ListColumns>
    </Page>
  )
}

const keysHere: KeyHint[] = [
  { keys: ['J', 'K'], does: listWords.keys.move },
  { keys: ['Space'], does: listWords.keys.preview },
  { keys: ['Enter'], does: listWords.keys.open },
  { keys: ['X'], does: listWords.keys.select },
  { keys: ['⇧', 'A'], does: listWords.keys.acknowledgeSelected },
  { keys: ['.'], does: listWords.keys.showNew },
  { keys: ['/'], does: listWords.keys.search },
]

/** What has left the list is no longer selected. */
function useSelection(list: IncidentList | undefined) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const here = list && new Set([...list.rows, ...(list.resolvedLately ?? [])].map(({ id }) => id))
  const picked = new Set([...chosen].filter((id) => here?.has(id) ?? true))
  const toggle = (id: string | undefined) => {
    if (id === undefined) return
    setChosen(picked.has(id) ? new Set([...picked].filter((one) => one !== id)) : new Set([...picked, id]))
  }
  return { picked, toggle, clear: () => setChosen(new Set()) }
}

interface ListedProps {
  list: IncidentList
  filter: IncidentFilter
  selection: { picked: ReadonlySet<string>; onToggle: (id: string) => void } | undefined
  previewed: string | undefined
}

function Listed({ list: { rows, resolvedLately = [], first, next }, filter, selection, previewed }: ListedProps) {
  return (
    <>
      {rows.length === 0 && <NothingListed filter={filter} first={first} next={next} />}
      {rows.length + resolvedLately.length > 0 && (
        <IncidentTable
          groups={[{ rows }, ...(resolvedLately.length > 0 ? [{ title: listWords.resolvedLately, rows: resolvedLately }] : [])]}
          selection={selection}
          previewed={previewed}
        />
      )}
    </>
  )
}

function NothingListed({ filter, first, next }: Pick<IncidentList, 'first' | 'next'> & { filter: IncidentFilter }) {
  const said = next
    ? listWords.furtherBack
    : filter.after
      ? listWords.pageEnd
      : isNarrowed(filter)
        ? listWords.emptyNarrowed
        : listWords.empty[filter.status]
  return (
    <EmptyState title={said.title} headingLevel={2} step={<FromHere filter={filter} next={next} isNew={first !== undefined} />}>
      <p>{said.text}</p>
      {first && <FirstAlert {...first} />}
    </EmptyState>
  )
}

/** Further back, else to more than was asked for, else to where it begins. */
function FromHere({ filter, next, isNew }: { filter: IncidentFilter; next: string | undefined; isNew: boolean }) {
  if (next) return <ButtonLink href={links.incidents({ ...filter, after: next })}>{listWords.lookFurther}</ButtonLink>
  if (isNew || (filter.status === 'all' && !isNarrowed(filter))) return <ButtonLink href={links.start()}>{steps.start}</ButtonLink>
  if (filter.status === 'open' && !isNarrowed(filter))
    return <ButtonLink href={links.incidents({ status: 'resolved' })}>{steps.resolved}</ButtonLink>
  return <ButtonLink href={links.incidents({ status: 'all' })}>{steps.allIncidents}</ButtonLink>
}

function ListPager({ list: { rows, next }, filter }: { list: IncidentList; filter: IncidentFilter }) {
  if (!filter.after && (!next || rows.length === 0)) return null
  return (
    <Pager
      shown={rows.length === 0 ? '' : listWords.showing(rows.length)}
      newestHref={filter.after && links.incidents(fromStart(filter))}
      olderHref={next && rows.length > 0 ? links.incidents({ ...filter, after: next }) : undefined}
    />
  )
}
