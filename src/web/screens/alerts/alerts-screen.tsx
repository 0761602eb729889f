import '../../product/incidents/incident-list.css'
import './alerts-screen.css'
import { useContext, useRef } from 'react'
import { focusedRow, moveThroughRows, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Button, ButtonLink, IconButton } from '../../parts/button.tsx'
import { Ago } from '../../parts/clock.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { FacetsButton, ListColumns } from '../../parts/facets.tsx'
import type { KeyHint } from '../../parts/key-cap.tsx'
import { FollowLink, Link } from '../../parts/link.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { NewRows } from '../../parts/new-rows.tsx'
import { countText } from '../../parts/number-words.ts'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { SegmentedLinks } from '../../parts/segmented.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { type Column, RowLink } from '../../parts/table.tsx'
import { VirtualTable } from '../../parts/virtual-table.tsx'
import { type AlertFilter, type AlertStatus, alertFields, alertStatuses } from '../../product/alerts/filter.ts'
import { type Volume, VolumeStrip } from '../../product/alerts/volume-strip.tsx'
import { ListTabs } from '../../product/incidents/list-tabs.tsx'
import { words as listWords } from '../../product/incidents/list-words.ts'
import { SavedViews, type SavedViewsProps } from '../../product/incidents/saved-views.tsx'
import { words as incidentWords } from '../../product/incidents/words.ts'
import { words as steps } from '../../product/shell/step-words.ts'
import { groupWords, StateCell } from './alert-cells.tsx'
import { type AlertCounts, AlertFacets, isNarrowed } from './alert-facets.tsx'
import type { AlertRow } from './alert-row.ts'
import { type AlertStory, WhyList } from './why-list.tsx'
import { words } from './words.ts'

export interface AlertsScreenProps {
  filter: AlertFilter
  statusCounts?: Partial<Record<AlertStatus, number>>
  tabCounts?: { incidents?: number | undefined; alerts?: number | undefined }
  counts?: AlertCounts | undefined
  volume?: Volume | undefined
  list: Loadable<AlertList>
  newCount?: number
  onShowNew?: () => void
  views: Omit<SavedViewsProps, 'here'>
  onSearch: (text: string) => void
  /** Asked when the end of what has been read comes near. */
  onMore: () => void
  /** Which rows are in view, by their places. */
  onView?: (first: number, last: number) => void
  preview?: { row: AlertRow; story: Loadable<AlertStory> } | undefined
  onPreview: (id: string | undefined) => void
}

export interface AlertList {
  rows: AlertRow[]
  /** `reading` the next ones, `more` there are, `end` was reached, or reading on has `failed`. */
  tail: 'reading' | 'more' | 'end' | 'failed'
}

export function AlertsScreen(props: AlertsScreenProps) {
  const { filter, statusCounts = {}, tabCounts = {}, counts, volume, list, newCount = 0, onShowNew = () => {} } = props
  const { views, onSearch, preview, onPreview } = props
  const search = useRef<HTMLInputElement>(null)
  const follow = useContext(FollowLink)
  const rows = list.state === 'ready' || list.state === 'kept' ? list.value.rows : []
  const gone = rows.filter((row) => row.gone).length
  const move = (step: 1 | -1) => {
    moveThroughRows(step)
    if (preview) onPreview(focusedRow())
  }
  const openIncident = () => {
    const incident = rows.find(({ id }) => id === focusedRow())?.incident
    if (incident) follow(links.incident(incident, { tab: 'alerts' }))
  }
  const why = () => onPreview(preview && preview.row.id === (focusedRow() ?? preview.row.id) ? undefined : focusedRow())
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    // Without a row to show the bar scrolls, as everywhere.
    get ' '() {
      return focusedRow() || preview ? why : undefined
    },
    w: why,
    i: openIncident,
    Escape: preview && (() => onPreview(undefined)),
    '.': newCount + gone > 0 ? onShowNew : undefined,
    '/': () => search.current?.focus(),
  })
  const facets = <AlertFacets filter={filter} counts={counts} />
  const narrowedBy = alertFields.reduce((sum, field) => sum + (filter[field]?.length ?? 0), filter.since ? 1 : 0)
  return (
    <Page
      crumbs={[{ name: incidentWords.title, href: links.incidents() }, { name: words.title }]}
      keys={keysHere}
      keysNote={listWords.listKeysNote}
    >
      <PageHead title={words.title} tight />
      <ListTabs current="alerts" counts={tabCounts} />
      <div className="filter-bar">
        <SegmentedLinks
          label={words.filters}
          segments={alertStatuses.map((status) => ({ value: status, name: words.filter[status], count: statusCounts[status] }))}
          current={filter.status}
          hrefOf={(status) => links.alerts({ ...filter, status })}
        />
        <SearchField
          ref={search}
          label={words.search}
          placeholder={words.searchHint}
          keyCap="/"
          value={filter.q ?? ''}
          onSearch={onSearch}
        />
        <FacetsButton label={listWords.narrow} count={narrowedBy}>
          {facets}
        </FacetsButton>
        <SavedViews {...views} here={links.alerts(filter)} />
      </div>
      <ListColumns
        facetsLabel={listWords.narrow}
        facets={facets}
        aside={preview && <AlertAside {...preview} onClose={() => onPreview(undefined)} />}
      >
        {volume && <VolumeStrip volume={volume} />}
        <ScrollRegion label={words.list} className="list-region">
          <NewRows count={newCount} gone={gone} onShow={onShowNew} />
          <Loaded of={list} skeleton={<SkeletonRows rows={10} />}>
            {(loaded) => <Listed {...props} list={loaded} />}
          </Loaded>
        </ScrollRegion>
      </ListColumns>
    </Page>
  )
}

const keysHere: KeyHint[] = [
  { keys: ['J', 'K'], does: listWords.keys.move },
  { keys: ['W'], does: words.keys.why },
  { keys: ['Enter'], does: listWords.keys.open },
  { keys: ['I'], does: words.keys.incident },
  { keys: ['.'], does: listWords.keys.showNew },
  { keys: ['/'], does: listWords.keys.search },
]

function Listed({ list: { rows, tail }, filter, preview, onMore, onView }: Omit<AlertsScreenProps, 'list'> & { list: AlertList }) {
  if (rows.length === 0 && tail === 'end') {
    const said = isNarrowed(filter) ? words.emptyNarrowed : words.empty[filter.status]
    return (
      <EmptyState
        title={said.title}
        headingLevel={2}
        step={
          filter.status === 'all' && !isNarrowed(filter) ? (
            <ButtonLink href={links.start()}>{steps.start}</ButtonLink>
          ) : (
            <ButtonLink href={links.alerts({ status: 'all' })}>{steps.allAlerts}</ButtonLink>
          )
        }
      >
        <p>{said.text}</p>
      </EmptyState>
    )
  }
  return (
    <>
      {rows.length > 0 && (
        <VirtualTable
          label={words.list}
          columns={preview ? fewColumns : columns}
          rows={rows}
          keyOf={(row) => row.id}
          rowClass={(row) => (row.id === preview?.row.id ? 'row-selected' : row.gone ? 'row-gone' : undefined)}
          total={tail === 'end' ? rows.length : undefined}
          onNearEnd={tail === 'more' ? onMore : () => {}}
          {...(onView && { onView })}
        />
      )}
      <p className="alerts-foot" aria-live="polite">
        {tail === 'end' && words.end(countText(rows.length))}
        {tail === 'reading' && (rows.length === 0 ? words.looking('0') : words.loadingMore)}
        {tail === 'failed' && (
          <>
            {words.moreFailed}{' '}
            <Button size="small" icon="refresh" onClick={onMore}>
              {listWords.lookFurther}
            </Button>
          </>
        )}
      </p>
    </>
  )
}

const columns: Column<AlertRow>[] = [
  { head: words.columns.severity, width: 'mark', cell: (row) => <SeverityMark rank={row.severity} /> },
  {
    head: words.columns.alert,
    fills: true,
    cell: (row) => (
      <>
        <RowLink href={links.alert(row.id)}>{row.title}</RowLink>{' '}
        {row.count > 1 && (
          <span className="count" title={words.times(countText(row.count))}>
            {countText(row.count)}
          </span>
        )}
        <span className="table-detail">{groupWords(row)}</span>
      </>
    ),
  },
  { head: words.columns.service, width: 'middle', wideOnly: true, cell: (row) => row.service },
  { head: words.columns.state, width: 'long', cell: (row) => <StateCell state={row.state} /> },
  {
    head: words.columns.incident,
    width: 'short',
    wideOnly: true,
    cell: (row) =>
      row.incident && (
        <Link className="text-link" href={links.incident(row.incident)}>
          {row.incident}
        </Link>
      ),
  },
  { head: words.columns.since, width: 'short', align: 'right', wideOnly: true, cell: (row) => <Ago since={row.openedAt} /> },
]

/** Beside a preview there is less room, and the preview says the rest. */
const fewColumns = columns.filter(({ head }) => head !== words.columns.service && head !== words.columns.incident)

/** One alert's whole story, read beside the list. */
function AlertAside({ row, story, onClose }: { row: AlertRow; story: Loadable<AlertStory>; onClose: () => void }) {
  return (
    <ScrollRegion label={words.preview.label} className="alert-aside">
      <header>
        <SeverityMark rank={row.severity} size={20} />
        <h2 className="grow">{row.title}</h2>
        <IconButton size="small" icon="x" label={words.preview.close} onClick={onClose} />
      </header>
      <p className="alert-aside-acts">
        {row.incident && (
          <ButtonLink size="small" kind="primary" href={links.incident(row.incident)}>
            {words.alert.openIncident(row.incident)}
          </ButtonLink>
        )}
        <ButtonLink size="small" href={links.alert(row.id)}>
          {words.preview.open}
        </ButtonLink>
      </p>
      <Loaded of={story} skeleton={<SkeletonRows rows={6} />}>
        {(told) => <WhyList story={told} />}
      </Loaded>
    </ScrollRegion>
  )
}
