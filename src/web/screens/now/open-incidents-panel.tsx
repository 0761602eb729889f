import type { Instant } from '../../../kernel/time.ts'
import { links } from '../../links.ts'
import { ButtonLink } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { useHeldOrder } from '../../parts/held.ts'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded, shownOf } from '../../parts/loadable.tsx'
import { Panel } from '../../parts/panel.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { shiftTime } from '../../parts/time-words.ts'
import { AgeCell, HolderCell, NextCell } from '../../product/incidents/incident-cells.tsx'
import type { IncidentRow } from '../../product/incidents/incident-row.ts'
import { IncidentStatus } from '../../product/incidents/status.tsx'
import { words as incidentWords } from '../../product/incidents/words.ts'
import { words as steps } from '../../product/shell/step-words.ts'

import { words } from './words.ts'

export function OpenIncidentsPanel({ open }: { open: Loadable<OpenIncidents> }) {
  const shown = shownOf(open)
  const all = shown?.total !== undefined && shown.total > shown.rows.length && (
    <Link className="text-link" href={links.incidents()}>
      {words.all(shown.total)}
    </Link>
  )
  return (
    <Panel title={words.open} {...(shown?.total !== undefined && { count: shown.total })} beside={all} flush>
      <Loaded of={open} skeleton={<SkeletonRows />}>
        {({ rows, quietSince }) => (rows.length === 0 ? <AllQuiet since={quietSince} /> : <Rows rows={rows} />)}
      </Loaded>
    </Panel>
  )
}

function Rows({ rows }: { rows: IncidentRow[] }) {
  const held = useHeldOrder(rows, (row) => row.id)
  return (
    <div {...held.wiring}>
      <Table label={words.open} columns={columns} groups={[{ rows: held.rows }]} keyOf={(row) => row.id} />
    </div>
  )
}

function AllQuiet({ since }: { since: Instant | undefined }) {
  const when = useTicking((now, zone) => (since === undefined ? '' : shiftTime(since, now, zone)))
  return (
    <EmptyState
      title={words.quiet(when || undefined)}
      step={<ButtonLink href={links.incidents({ status: 'all' })}>{steps.allIncidents}</ButtonLink>}
    >
      <p>{words.quietText}</p>
    </EmptyState>
  )
}

const columns: Column<IncidentRow>[] = [
  { head: incidentWords.columns.severity, headOnlyRead: true, cell: (row) => <SeverityMark rank={row.severity} /> },
  {
    head: words.columns.incident,
    fills: true,
    cell: (row) => (
      <>
        <RowLink href={links.incident(row.number)}>{row.title}</RowLink> <span className="dim table-aside">{row.service}</span>
      </>
    ),
  },
  { head: incidentWords.columns.status, wideOnly: true, cell: (row) => <IncidentStatus status={row.status} /> },
  { head: incidentWords.columns.age, wideOnly: true, align: 'right', cell: (row) => <AgeCell row={row} /> },
  { head: incidentWords.columns.has, wideOnly: true, cell: (row) => <HolderCell row={row} /> },
  { head: incidentWords.columns.next, align: 'right', cell: (row) => <NextCell row={row} /> },
]

export interface OpenIncidents {
  /** The worst few. */
  rows: IncidentRow[]
  total: number | undefined
  /** While nothing is open: when the last one ended. */
  quietSince?: Instant | undefined
}
