import './integrations-screen.css'
import { useEffect, useRef } from 'react'
import { moveThroughRows, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { ButtonLink } from '../../parts/button.tsx'
import { FilterChip } from '../../parts/chip.tsx'
import { Moment } from '../../parts/clock.tsx'
import { BodyCode } from '../../parts/code.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded, shownOf } from '../../parts/loadable.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { SegmentedLinks } from '../../parts/segmented.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { Split } from '../../parts/split.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { moment } from '../../parts/time-words.ts'
import { type KeptEvent, sizeText } from '../../product/integrations/kept-event.ts'
import { type UnparsedFilter, unparsedShows } from '../../product/integrations/unparsed-filter.ts'
import { words } from '../../product/integrations/words.ts'
import { ServicesTabs } from '../../product/services/services-tabs.tsx'
import { words as serviceWords } from '../../product/services/words.ts'
import { listKeys } from '../../product/shell/key-hints.ts'
import { words as steps } from '../../product/shell/step-words.ts'
import { faultLine, setInLines } from './body-text.ts'
import { EventAlerts } from './event-alerts.tsx'

const say = words.unparsed

export interface UnparsedScreenProps {
  filter: UnparsedFilter
  /** Newest first. */
  events: Loadable<{ rows: KeptEvent[]; next?: string | undefined }>
  onShowAllIntegrations: () => void
}

export function UnparsedScreen({ filter, events, onShowAllIntegrations }: UnparsedScreenProps) {
  useKeys({ j: () => moveThroughRows(1), k: () => moveThroughRows(-1) })
  const rows = shownOf(events)?.rows ?? []
  const open = rows.find(({ id }) => id === filter.event)
  return (
    <Page
      crumbs={[{ name: serviceWords.title, href: links.services() }, { name: say.title }]}
      className="unparsed"
      keys={listKeys.slice(0, 2)}
    >
      <PageHead title={say.title} tight />
      <ServicesTabs current="unparsed" />
      <div className="catalog-filter">
        <SegmentedLinks
          label={say.kind}
          segments={unparsedShows.map((show) => ({ value: show, name: say.kinds[show] }))}
          current={filter.show}
          hrefOf={(show) => links.unparsed({ ...filter, show, event: undefined, after: undefined })}
        />
        {filter.integration !== undefined && (
          <FilterChip removeLabel={say.allIntegrations} onRemove={onShowAllIntegrations}>
            {say.onlyFrom(filter.integration)}
          </FilterChip>
        )}
        <span className="dim desk-only">{say.about}</span>
      </div>
      <Split
        label={say.list}
        asideLabel={say.one}
        aside={open ? <OneEvent key={open.id} event={open} /> : <p className="unparsed-aside sub desk-only">{say.pick}</p>}
      >
        <Loaded of={events} skeleton={<SkeletonRows rows={8} />}>
          {(loaded) =>
            loaded.rows.length === 0 ? (
              <EmptyState
                title={say.empty.title}
                headingLevel={2}
                step={<ButtonLink href={links.integrations()}>{steps.integrations}</ButtonLink>}
              >
                <p>{say.empty.text}</p>
              </EmptyState>
            ) : (
              <>
                <Table label={say.list} columns={columnsFor(filter)} groups={[{ rows: loaded.rows }]} keyOf={({ id }) => id} spread />
                {loaded.next && (
                  <p className="panel-inside unparsed-older">
                    <ButtonLink href={links.unparsed({ ...filter, event: undefined, after: loaded.next })}>{say.older}</ButtonLink>
                  </p>
                )}
              </>
            )
          }
        </Loaded>
      </Split>
    </Page>
  )
}

function columnsFor(filter: UnparsedFilter): Column<KeptEvent>[] {
  return [
    { head: say.columns.at, cell: (row) => <At event={row} /> },
    { head: say.columns.kind, wideOnly: true, cell: (row) => <Kind event={row} /> },
    {
      head: say.columns.reason,
      fills: true,
      cell: (row) => (
        <>
          <RowLink href={links.unparsed({ ...filter, event: row.id })}>
            {row.problems[0]}
            {row.problems.length > 1 && say.andMore(row.problems.length - 1)}
          </RowLink>
          <span className="table-detail">{whatWasDone(row)}</span>
        </>
      ),
    },
    { head: say.columns.from, wideOnly: true, cell: (row) => row.integration },
    { head: say.columns.size, wideOnly: true, align: 'right', cell: (row) => <span className="dim">{sizeText(row.bytes)}</span> },
  ]
}

function At({ event }: { event: KeptEvent }) {
  const text = useTicking((now) => moment(event.at, now, 'UTC'))
  return <span className="dim unbroken">{text}</span>
}

function Kind({ event: { refused } }: { event: KeptEvent }) {
  return (
    <span className={`unparsed-kind unparsed-kind-${refused ? 'refused' : 'taken'}`}>
      <Icon name={refused ? 'lock' : 'help'} size={14} />
      {refused ? say.refused : say.taken}
    </span>
  )
}

function whatWasDone({ refused, status, alerts }: KeptEvent): string {
  if (status === undefined) return say.tooLong
  if (!refused) return say.tookGood(alerts.length)
  return alerts.length === 0 ? say.answered(status) : say.answeredBut(status, alerts.length)
}

function OneEvent({ event }: { event: KeptEvent }) {
  const text = setInLines(event.body)
  const isCut = new Blob([event.body]).size < event.bytes
  const line = isCut || text.trim() === '' ? undefined : faultLine(text)
  const here = useRef<HTMLElement>(null)
  // On a phone it stands below the list, and would be missed.
  useEffect(() => here.current?.scrollIntoView({ block: 'nearest' }), [])
  return (
    <article className="unparsed-aside" ref={here}>
      <header>
        <div className="grow">
          <h2>{event.problems[0]}</h2>
          <p className="dim">
            <Link className="text-link" href={links.integration(event.integration)}>
              {event.integration}
            </Link>
            , <Moment at={event.at} />, {sizeText(event.bytes)}
          </p>
        </div>
      </header>
      <p>
        <Kind event={event} /> {whatWasDone(event)}
      </p>
      {event.problems.length > 1 && (
        <section aria-label={say.reasons}>
          <h3>{say.reasons}</h3>
          <ul className="reasons">
            {event.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </section>
      )}
      {event.alerts.length > 0 && (
        <section aria-label={say.alerts}>
          <h3>{say.alerts}</h3>
          <EventAlerts event={event} />
        </section>
      )}
      <h3>{say.bodyTitle}</h3>
      {event.body.trim() === '' ? <p className="sub">{say.emptyBody}</p> : <BodyCode label={say.bodyLabel} text={text} lit={line} />}
      {line !== undefined && <p className="dim fine">{say.lit(line)}</p>}
      {isCut && <p className="dim fine">{words.cutAt(sizeText(event.bytes))}</p>}
    </article>
  )
}
