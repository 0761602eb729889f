import { links } from '../../links.ts'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { type Column, type RowGroup, RowLink, Table } from '../../parts/table.tsx'
import { AgeCell, HolderCell, NextCell } from './incident-cells.tsx'
import type { IncidentRow } from './incident-row.ts'
import { IncidentStatus } from './status.tsx'
import { words } from './words.ts'

/** The whole list: status, age, who has it and who is next, because those are asked in a hand-over. */
export function IncidentTable({ groups }: { groups: RowGroup<IncidentRow>[] }) {
  const countsAlerts = groups.some(({ rows }) => rows.some((row) => row.alertCount !== undefined))
  const shown = columns.filter((column) => countsAlerts || column.head !== words.columns.alerts)
  return <Table label={words.list} columns={shown} groups={groups} keyOf={(row) => row.id} spread />
}

const columns: Column<IncidentRow>[] = [
  { head: words.columns.severityShort, cell: (row) => <SeverityMark rank={row.severity} /> },
  { head: words.columns.number, wideOnly: true, cell: (row) => <span className="mono dim">{row.number}</span> },
  {
    head: words.columns.title,
    fills: true,
    cell: (row) => (
      <>
        <RowLink href={links.incident(row.number)}>{row.title}</RowLink>
        <span className="table-detail narrow-only">{[words.status[row.status], row.service].filter(Boolean).join(', ')}</span>
      </>
    ),
  },
  { head: words.columns.service, wideOnly: true, cell: (row) => row.service },
  { head: words.columns.status, wideOnly: true, cell: (row) => <IncidentStatus status={row.status} /> },
  { head: words.columns.alerts, wideOnly: true, align: 'right', cell: (row) => row.alertCount },
  { head: words.columns.age, wideOnly: true, align: 'right', cell: (row) => <AgeCell row={row} /> },
  { head: words.columns.has, wideOnly: true, cell: (row) => <HolderCell row={row} /> },
  { head: words.columns.next, align: 'right', cell: (row) => <NextCell row={row} /> },
]
