import { useState } from 'react'
import { readFilter, type StatusFilter, statusFilters } from '../../incidents/filter.ts'
import { IncidentsScreen } from '../../incidents/incidents-screen.tsx'
import { loadableAs } from '../loadable-as.ts'
import { openIncidents, resolvedLately } from '../sample/incidents.ts'
import type { DrawnProps } from '../twin-screen.tsx'
import { DrawnShell } from './drawn-shell.tsx'

export function DrawnIncidents({ search, show }: DrawnProps) {
  const filter = readFilter(search)
  const [newCount, setNewCount] = useState(3)
  const all = [...openIncidents, ...resolvedLately]
  const matching: Record<StatusFilter, typeof all> = {
    open: openIncidents,
    detected: all.filter((row) => row.status === 'detected'),
    acknowledged: all.filter((row) => row.status === 'acknowledged'),
    resolved: resolvedLately,
    all,
  }
  const rows = show === 'empty' || filter.after ? [] : matching[filter.status]
  const counts = Object.fromEntries(statusFilters.map((status) => [status, matching[status].length]))
  return (
    <DrawnShell place="incidents" show={show}>
      <IncidentsScreen
        filter={filter}
        counts={{ ...counts, resolved: 220, all: 226 }}
        list={loadableAs(show, {
          rows,
          resolvedLately: filter.status === 'open' && rows.length > 0 ? resolvedLately : [],
          from: 1,
          next: filter.status === 'resolved' || filter.status === 'all' ? 'cursor' : undefined,
        })}
        newCount={show === '' ? newCount : 0}
        onShowNew={() => setNewCount(0)}
      />
    </DrawnShell>
  )
}
