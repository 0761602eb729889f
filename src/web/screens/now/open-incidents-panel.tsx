import { links } from '../../links.ts'
import { Link } from '../../parts/link.tsx'
import { Panel } from '../../parts/panel.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import { AgeCell, HolderCell, NextCell } from '../incidents/incident-cells.tsx'
import type { IncidentRow } from '../incidents/incident-row.ts'
import { IncidentStatus } from '../incidents/status.tsx'
import { words as incidentWords } from '../incidents/words.ts'
import type { OpenIncidents } from './now-screen.tsx'
import { words } from './words.ts'

export function OpenIncidentsPanel({ incidents: { rows, total } }: { incidents: OpenIncidents }) {
  const all = (
    <Link className="text-link" href={links.incidents()}>
      {words.all(total)}
    </Link>
  )
  return (
    <Panel title={words.open} count={rows.length} beside={total > rows.length && all} flush>
      <Table label={words.open} columns={columns} groups={[{ rows }]} keyOf={(row) => row.id} />
    </Panel>
  )
}

const columns: Column<IncidentRow>[] = [
  { head: incidentWords.columns.severity, headOnlyRead: true, cell: (row) => <SeverityMark rank={row.severity} /> },
  {
    head: words.columns.incident,
    fills: true,
    cell: (row) => (
      <>
        <RowLink href={links.incident(row.number)}>{row.title}</RowLink> <span className="dim now-service">{row.service}</span>
      </>
    ),
  },
  { head: incidentWords.columns.status, desktopOnly: true, cell: (row) => <IncidentStatus status={row.status} /> },
  { head: incidentWords.columns.age, desktopOnly: true, align: 'right', cell: (row) => <AgeCell row={row} /> },
  { head: incidentWords.columns.has, desktopOnly: true, cell: (row) => <HolderCell row={row} /> },
  { head: incidentWords.columns.next, align: 'right', cell: (row) => <NextCell row={row} /> },
]
