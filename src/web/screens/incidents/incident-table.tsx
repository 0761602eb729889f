import { links } from '../../links.ts'
import { classNames } from '../../parts/class-names.ts'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { type Column, type RowGroup, RowLink, Table } from '../../parts/table.tsx'
import { AgeCell, HolderCell, NextCell } from '../../product/incidents/incident-cells.tsx'
import type { IncidentRow } from '../../product/incidents/incident-row.ts'
import { words as listWords } from '../../product/incidents/list-words.ts'
import { IncidentStatus } from '../../product/incidents/status.tsx'
import { words } from '../../product/incidents/words.ts'

interface IncidentTableProps {
  groups: RowGroup<IncidentRow>[]
  /** Which are picked, to do something to all of them; left out where nothing can be done to several. */
  selection?: { picked: ReadonlySet<string>; onToggle: (id: string) => void } | undefined
  /** The one that is shown beside the list. */
  previewed?: string | undefined
}

/** The whole list: status, age, who has it and who is next, because those are asked in a hand-over. */
export function IncidentTable({ groups, selection, previewed }: IncidentTableProps) {
  const countsAlerts = groups.some(({ rows }) => rows.some((row) => row.alertCount !== undefined))
  const shown = columns.filter((column) => countsAlerts || column.head !== words.columns.alerts)
  return (
    <Table
      label={words.list}
      columns={selection ? [selectColumn(selection), ...shown] : shown}
      groups={groups}
      keyOf={(row) => row.id}
      rowClass={(row) =>
        classNames((row.id === previewed || selection?.picked.has(row.id)) && 'row-selected', row.gone && 'row-gone') || undefined
      }
      spread
    />
  )
}

function selectColumn({ picked, onToggle }: NonNullable<IncidentTableProps['selection']>): Column<IncidentRow> {
  return {
    head: words.columns.select,
    headOnlyRead: true,
    wideOnly: true,
    cell: (row) => (
      <label className="choice row-choice">
        <input type="checkbox" aria-label={listWords.select(row.number)} checked={picked.has(row.id)} onChange={() => onToggle(row.id)} />
      </label>
    ),
  }
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
