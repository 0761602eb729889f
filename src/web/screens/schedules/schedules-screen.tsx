import './schedules.css'
import type { Instant } from '../../../kernel/time.ts'
import { moveThroughRows, useKeys } from '../../keys.ts'
import { links } from '../../links.ts'
import { Missing, Person } from '../../parts/avatar.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { ScrollRegion } from '../../parts/scroll-region.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { shiftTime, zoneName } from '../../parts/time-words.ts'
import { originText } from '../configuration/dialogs.tsx'
import type { DocumentOrigin } from '../configuration/document.ts'
import { words as configuration } from '../configuration/words.ts'
import { OnCallTabs } from '../on-call/on-call-tabs.tsx'
import { words as onCall } from '../on-call/words.ts'
import { listKeys } from '../shell/key-hints.ts'
import { words } from './words.ts'

export interface ScheduleRow {
  name: string
  title: string
  timeZone: string
  people: number
  /** Undefined: nobody is on call. */
  now: { name: string; until: Instant | undefined } | undefined
  nextGap: Instant | undefined
  origin: DocumentOrigin
}

export function SchedulesScreen({ list, mayWrite }: { list: Loadable<ScheduleRow[]>; mayWrite: boolean }) {
  useKeys({ j: () => moveThroughRows(1), k: () => moveThroughRows(-1) })
  return (
    <Page crumbs={[{ name: onCall.title, href: links.onCall() }, { name: words.title }]} keys={listKeys.slice(0, 2)}>
      <PageHead
        title={words.title}
        tight
        beside={
          mayWrite && (
            <ButtonLink kind="primary" icon="plus" href={links.create('schedules')}>
              {words.make}
            </ButtonLink>
          )
        }
      />
      <OnCallTabs current="schedules" />
      <ScrollRegion label={words.list} className="list-region">
        <Loaded of={list} skeleton={<SkeletonRows rows={6} />}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState title={words.empty} headingLevel={2}>
                <p>{words.emptyText}</p>
              </EmptyState>
            ) : (
              <Table label={words.list} columns={columns} groups={[{ rows }]} keyOf={({ name }) => name} spread />
            )
          }
        </Loaded>
      </ScrollRegion>
    </Page>
  )
}

const columns: Column<ScheduleRow>[] = [
  { head: words.columns.name, fills: true, cell: ({ name, title }) => <RowLink href={links.schedule(name)}>{title}</RowLink> },
  { head: words.columns.now, cell: ({ now }) => (now ? <Person person={{ name: now.name }} short /> : <Missing>{words.nobody}</Missing>) },
  { head: words.columns.until, wideOnly: true, cell: (row) => <Until row={row} /> },
  { head: words.columns.gap, wideOnly: true, cell: (row) => <Gap row={row} /> },
  { head: words.columns.people, wideOnly: true, align: 'right', cell: ({ people }) => people },
  {
    head: words.columns.from,
    wideOnly: true,
    cell: ({ origin }) =>
      origin.kind === 'demo' ? (
        <Chip tone="info" icon="flag">
          {configuration.demo}
        </Chip>
      ) : (
        <span className="dim">{originText(origin)}</span>
      ),
  },
]

/** As the clocks of its own zone show it. */
function Until({ row: { now, timeZone } }: { row: ScheduleRow }) {
  const until = now?.until
  return useTicking((at) => (until === undefined ? '' : `${shiftTime(until, at, timeZone)} ${zoneName(timeZone)}`))
}

function Gap({ row: { nextGap, timeZone } }: { row: ScheduleRow }) {
  const when = useTicking((at) => (nextGap === undefined ? '' : `${shiftTime(nextGap, at, timeZone)} ${zoneName(timeZone)}`))
  return when === '' ? <span className="dim">{words.noGap}</span> : <Missing>{when}</Missing>
}
