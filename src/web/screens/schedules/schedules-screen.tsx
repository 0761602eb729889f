import './schedules.css'
import { zoneName } from '../../../kernel/moment.ts'
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
import { shiftTime } from '../../parts/time-words.ts'
import { originText } from '../../product/configuration/dialogs.tsx'
import type { DocumentOrigin } from '../../product/configuration/document.ts'
import { words as configuration } from '../../product/configuration/words.ts'
import type { ScheduleAhead } from '../../product/on-call/duty.ts'
import { OnCallTabs } from '../../product/on-call/on-call-tabs.tsx'
import { words as onCall } from '../../product/on-call/words.ts'
import { coverText } from '../../product/schedules/cover-text.ts'
import { words } from '../../product/schedules/words.ts'
import { listKeys } from '../../product/shell/key-hints.ts'
import { words as steps } from '../../product/shell/step-words.ts'

export interface ScheduleRow {
  name: string
  title: string
  timeZone: string
  people: number
  /** Undefined: nobody is on call. */
  now: { name: string; until: Instant | undefined } | undefined
  /** Undefined while nobody knows. */
  cover: ScheduleAhead | undefined
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
              <EmptyState
                title={words.empty}
                headingLevel={2}
                step={
                  mayWrite ? (
                    <ButtonLink kind="primary" icon="plus" href={links.create('schedules')}>
                      {steps.addSchedule}
                    </ButtonLink>
                  ) : (
                    <ButtonLink href={links.onCall()}>{steps.onCall}</ButtonLink>
                  )
                }
              >
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

function Gap({ row: { cover, timeZone } }: { row: ScheduleRow }) {
  const [next] = cover?.gaps ?? []
  const when = useTicking((at) => (next === undefined ? '' : `${shiftTime(next.from, at, timeZone)} ${zoneName(timeZone)}`))
  return when === '' ? <span className="dim">{cover && coverText(cover)}</span> : <Missing>{when}</Missing>
}
