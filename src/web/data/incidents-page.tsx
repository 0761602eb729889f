import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { DAY } from '../../kernel/time.ts'
import { readFilter } from '../screens/incidents/filter.ts'
import { IncidentsScreen } from '../screens/incidents/incidents-screen.tsx'
import { Frame } from './frame.tsx'
import { byUrgency, rowOf } from './incident-view.ts'
import { usePersonLook } from './people.ts'
import { loadableOf, queries, useQuery } from './queries.ts'

/** Incidents as the address asks for them. Rows never move under the pointer: what is new waits until it is asked for. */
export function IncidentsPage() {
  const filter = readFilter(useSearch({ strict: false }))
  const list = useQuery(queries.incidents(filter))
  const open = useQuery(queries.openIncidents())
  const resolved = useQuery({ ...queries.resolvedLately(), enabled: filter.status === 'open' && filter.after === undefined })
  const look = usePersonLook()
  const key = `${filter.status} ${filter.after ?? ''}`
  const [seen, setSeen] = useState<{ key: string; ids: string[] } | undefined>()
  const ids = list.data?.items.map(({ id }) => id) ?? []
  if (list.data && seen?.key !== key) setSeen({ key, ids })
  const known = new Set(seen?.key === key ? seen.ids : ids)
  const fresh = ids.filter((id) => !known.has(id))
  return (
    <Frame place="incidents">
      <IncidentsScreen
        filter={filter}
        {...(open.data && {
          counts: {
            open: open.data.items.length,
            detected: open.data.items.filter(({ status }) => status === 'detected').length,
            acknowledged: open.data.items.filter(({ status }) => status === 'acknowledged').length,
          },
        })}
        list={loadableOf(list, ({ items, next }) => {
          const shown = items.filter(({ id }) => known.has(id))
          return {
            rows: (filter.status === 'open' ? [...shown].sort(byUrgency) : shown).map((incident) => rowOf(incident, look)),
            resolvedLately: (resolved.data?.items ?? [])
              .filter(({ resolvedAt }) => Date.parse(resolvedAt ?? '') > Date.now() - DAY)
              .map((incident) => rowOf(incident, look)),
            from: 1,
            next: next ?? undefined,
          }
        })}
        newCount={fresh.length}
        onShowNew={() => setSeen({ key, ids })}
      />
    </Frame>
  )
}
