import './services-screen.css'
import { useRef } from 'react'
import { moveThroughRows, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Missing, Person } from '../../parts/avatar.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Ago } from '../../parts/clock.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Icon } from '../../parts/icon.tsx'
import { type Loadable, Loaded, shownOf } from '../../parts/loadable.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { SegmentedLinks } from '../../parts/segmented.tsx'
import { SeverityMark, severityName } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { StateMark } from '../../parts/state-mark.tsx'
import { SeverityStrokes } from '../../parts/strokes.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { type ServiceFilter, type ServiceShow, serviceShows } from '../../product/services/filter.ts'
import { byTrouble, isInTrouble, matches, type ServiceRow, strokesOf } from '../../product/services/service-row.ts'
import { ServicesTabs } from '../../product/services/services-tabs.tsx'
import { words } from '../../product/services/words.ts'
import { listKeys } from '../../product/shell/key-hints.ts'
import { words as steps } from '../../product/shell/step-words.ts'

export interface ServicesScreenProps {
  filter: ServiceFilter
  /** All of them; the screen narrows and sorts. */
  services: Loadable<ServiceRow[]>
  /** Teams the viewer is in; undefined where that is not known. */
  myTeams?: string[] | undefined
  onSearch: (text: string) => void
  /** Absent where the viewer may not. */
  addHref?: string | undefined
}

export function ServicesScreen({ filter, services, myTeams, onSearch, addHref }: ServicesScreenProps) {
  const search = useRef<HTMLInputElement>(null)
  useKeys({ j: () => moveThroughRows(1), k: () => moveThroughRows(-1), '/': () => search.current?.focus() })
  const all = shownOf(services)
  const shows = serviceShows.filter((show) => show !== 'mine' || myTeams !== undefined)
  return (
    <Page crumbs={[{ name: words.title }]} keys={[...listKeys.slice(0, 2), { keys: ['/'], does: words.keys.search }]}>
      <PageHead
        title={words.title}
        tight
        beside={
          addHref && (
            <ButtonLink kind={all?.length === 0 ? 'secondary' : 'primary'} icon="plus" href={addHref}>
              {words.add}
            </ButtonLink>
          )
        }
      />
      <ServicesTabs current="services" counts={{ services: all?.length }} />
      <div className="catalog-filter">
        <SegmentedLinks
          label={words.show}
          segments={shows.map((show) => ({
            value: show,
            name: words.shows[show],
            count: all?.filter(shownBy(show, myTeams)).length,
          }))}
          current={filter.show}
          hrefOf={(show) => links.services({ ...filter, show })}
        />
        <span className="input-with-icon catalog-search">
          <Icon name="search" />
          <input
            ref={search}
            className="input"
            type="search"
            aria-label={words.search}
            placeholder={words.searchHint}
            value={filter.text}
            onChange={(event) => onSearch(event.target.value)}
          />
        </span>
      </div>
      <ScrollRegion label={words.list} className="catalog-list">
        <Loaded of={services} skeleton={<SkeletonRows rows={8} />}>
          {(rows) => <Listed rows={rows} filter={filter} myTeams={myTeams} addHref={addHref} />}
        </Loaded>
      </ScrollRegion>
      {all && all.length > 0 && <Foot rows={all} />}
    </Page>
  )
}

function shownBy(show: ServiceShow, myTeams: string[] = []): (row: ServiceRow) => boolean {
  switch (show) {
    case 'all':
      return () => true
    case 'mine':
      return ({ team }) => team !== undefined && myTeams.includes(team)
    case 'trouble':
      return isInTrouble
    case 'missing':
      return ({ missing }) => missing.length > 0
  }
}

type ListedProps = Pick<ServicesScreenProps, 'filter' | 'myTeams' | 'addHref'> & { rows: ServiceRow[] }

function Listed({ rows, filter, myTeams, addHref }: ListedProps) {
  const shown = rows.filter(shownBy(filter.show, myTeams)).filter((row) => matches(row, filter.text))
  if (shown.length > 0)
    return <Table label={words.list} columns={columns} groups={[{ rows: shown.sort(byTrouble) }]} keyOf={({ name }) => name} spread />
  const { title, text } = filter.text === '' ? words.empty[filter.show] : words.noMatch
  return (
    <EmptyState
      title={title}
      headingLevel={2}
      step={
        filter.show !== 'all' || filter.text !== '' ? (
          <ButtonLink href={links.services()}>{steps.allServices}</ButtonLink>
        ) : addHref ? (
          <ButtonLink kind="primary" icon="plus" href={addHref}>
            {words.add}
          </ButtonLink>
        ) : (
          <ButtonLink href={links.onCall()}>{steps.onCall}</ButtonLink>
        )
      }
    >
      <p>{text}</p>
    </EmptyState>
  )
}

const columns: Column<ServiceRow>[] = [
  { head: words.columns.now, wideOnly: true, cell: (row) => <NowCell row={row} /> },
  {
    head: words.columns.service,
    fills: true,
    cell: (row) => (
      <>
        <RowLink href={links.service(row.name)}>{row.title}</RowLink>
        <span className="table-detail wide-only">{row.description ?? (row.title === row.name ? '' : row.name)}</span>
        <span className="table-detail narrow-only">
          <NowCell row={row} />
        </span>
      </>
    ),
  },
  { head: words.columns.lastHour, wideOnly: true, cell: (row) => <HourCell row={row} /> },
  {
    head: words.columns.owner,
    wideOnly: true,
    cell: (row) => (
      <>
        {row.team ?? <Missing>{words.noOwner}</Missing>}
        <span className="table-detail">{row.policy ?? words.noPolicy}</span>
      </>
    ),
  },
  { head: words.columns.onCall, cell: (row) => <OnCallCell row={row} /> },
  { head: words.columns.missing, wideOnly: true, cell: (row) => <MissingCell row={row} /> },
  {
    head: words.columns.integrations,
    wideOnly: true,
    align: 'right',
    cell: (row) =>
      row.lastEventAt === undefined ? (
        <span className="dim">{row.integrationCount === 0 ? words.noIntegration : words.never}</span>
      ) : (
        <span className="sub">
          <Ago since={row.lastEventAt} />
        </span>
      ),
  },
  { head: words.columns.usedBy, wideOnly: true, align: 'right', cell: (row) => <span className="sub">{row.usedBy}</span> },
]

/** Trouble is drawn with its severity and said with who has it; a healthy row stays quiet. */
export function NowCell({ row }: { row: Pick<ServiceRow, 'open' | 'unacknowledged' | 'worst'> }) {
  const { open, unacknowledged, worst } = row
  if (worst === undefined) return <StateMark state="ok" word={words.quiet} />
  const said =
    unacknowledged === 0 ? words.acknowledged(open) : unacknowledged === open ? words.nobodyHasIt(open) : words.partly(open, unacknowledged)
  return (
    <span className="line services-now">
      <SeverityMark rank={worst} size={16} />
      <span className={unacknowledged > 0 ? 'strong' : undefined}>{said}</span>
    </span>
  )
}

function HourCell({ row }: { row: ServiceRow }) {
  // Redrawn by the minute: a stroke is two.
  const minute = useTicking((now) => Math.floor(now / 60_000))
  const worst = row.lastHour.length === 0 ? undefined : Math.min(...row.lastHour.map(({ severity }) => severity))
  const label = worst === undefined ? words.hourQuiet : words.hourOpen(row.lastHour.length, severityName(worst as 1))
  return <SeverityStrokes ranks={strokesOf(row, (minute + 1) * 60_000)} label={label} />
}

function OnCallCell({ row: { onCall, policy } }: { row: ServiceRow }) {
  if (onCall)
    return (
      <Person person={onCall.person} short>
        {onCall.catchAll && <span className="dim wide-only">{words.catchAll}</span>}
      </Person>
    )
  return policy === undefined ? <span className="dim">{words.noPolicy}</span> : <Missing>{words.nobody}</Missing>
}

function MissingCell({ row: { missing } }: { row: ServiceRow }) {
  if (missing.length === 0) return null
  return <span className="catalog-odd">{missing.map((one) => words.missing[one]).join(', ')}</span>
}

function Foot({ rows }: { rows: ServiceRow[] }) {
  const missing = rows.filter((row) => row.missing.length > 0).length
  return (
    <div className="services-foot">
      <b>{words.foot(missing, rows.length)}</b>
      <span className="dim push-right desk-only">{words.strokes}</span>
    </div>
  )
}
