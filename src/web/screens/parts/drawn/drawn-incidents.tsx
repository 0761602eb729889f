import { useState } from 'react'
import { readFilter, type StatusFilter, statusFilters } from '../../../product/incidents/filter.ts'
import { IncidentsScreen } from '../../incidents/incidents-screen.tsx'
import { loadableAs } from '../loadable-as.ts'
import { incidentFacets, openIncidents, resolvedLately } from '../sample/incidents.ts'
import { timeline } from '../sample/timeline.tsx'
import type { DrawnProps } from './drawn-props.ts'
import { DrawnShell } from './drawn-shell.tsx'

export function DrawnIncidents({ search, show }: DrawnProps) {
  const filter = readFilter(search)
  const [newCount, setNewCount] = useState(3)
  const all = [...openIncidents, ...resolvedLately]
  const matching: Record<StatusFilter, typeof all> = {
    waiting: openIncidents.filter((row) => row.status === 'detected'),
    open: openIncidents,
    detected: all.filter((row) => row.status === 'detected'),
    acknowledged: all.filter((row) => row.status === 'acknowledged'),
    resolved: resolvedLately,
    all,
  }
  const [previewed, setPreviewed] = useState<string | undefined>(show === 'preview' ? 'inc_142' : undefined)
  const shown = all.find((row) => row.id === previewed)
  const rows = show === 'empty' || filter.after ? [] : matching[filter.status]
  const counts = Object.fromEntries(statusFilters.map((status) => [status, matching[status].length]))
  return (
    <DrawnShell place="incidents" show={show}>
      <IncidentsScreen
        filter={filter}
        statusCounts={{ ...counts, resolved: 220, all: 226 }}
        tabCounts={{ incidents: openIncidents.length, alerts: 31 }}
        counts={{ fields: incidentFacets }}
        list={loadableAs(show, {
          rows,
          resolvedLately: filter.status === 'open' && rows.length > 0 ? resolvedLately : [],
          next: filter.status === 'resolved' || filter.status === 'all' ? 'cursor' : undefined,
        })}
        newCount={show === '' ? newCount : 0}
        onShowNew={() => setNewCount(0)}
        views={{
          views: [{ name: 'Worst first', href: '/incidents?severity=1%2C2' }],
          onOpen: () => {},
          onSave: () => {},
          onForget: () => {},
        }}
        onSearch={() => {}}
        preview={shown && { row: shown, summary: '38 % of EU API calls fail. Calls from the US work.', events: loadableAs(show, timeline) }}
        onPreview={setPreviewed}
        onAcknowledge={() => {}}
      />
    </DrawnShell>
  )
}
