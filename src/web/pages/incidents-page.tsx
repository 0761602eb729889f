import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { DAY } from '../../kernel/time.ts'
import { useActs } from '../data/acts.ts'
import type { api } from '../data/api.ts'
import { useOpenCount, wholeLength } from '../data/counts.ts'
import { SHOWS_NEXT } from '../data/follow.ts'
import { useHeldList } from '../data/held-list.ts'
import { byUrgency, type ListedIncidentView, rowOf } from '../data/incident-view.ts'
import { usePersonLook } from '../data/people.ts'
import { loadableOf, queries, useQuery } from '../data/queries.ts'
import { useSavedViews } from '../data/saved-views.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { countText } from '../parts/number-words.ts'
import {
  fromStart,
  type IncidentField,
  type IncidentFilter,
  isNarrowed,
  readFilter,
  type StatusFilter,
  statusFilters,
} from '../product/incidents/filter.ts'
import type { IncidentCounts } from '../product/incidents/incident-facets.tsx'
import type { PreviewedIncident } from '../screens/incidents/incident-preview.tsx'
import { IncidentsScreen } from '../screens/incidents/incidents-screen.tsx'
import { useAcknowledgeMany } from './acknowledge-many.ts'
import { entriesOf } from './timeline-entries.tsx'

/** Incidents as the address asks for them. Rows never move under the pointer: what is new waits until it is asked for. */
export function IncidentsPage() {
  const filter = readFilter(useSearch({ strict: false }))
  const address = links.incidents(filter)
  const router = useRouter()
  const me = useQuery(queries.me())
  const list = useQuery({ ...queries.incidents(filter), meta: SHOWS_NEXT })
  const shows = list.data !== undefined
  const counts = useQuery({ ...queries.incidentCounts(filter), enabled: shows })
  const openCount = useOpenCount()
  const openAlerts = useQuery({ ...queries.openAlertCount(), enabled: shows })
  const waiting = useQuery({ ...queries.waiting(), enabled: me.data?.person != null })
  const showsResolved = filter.status === 'open' && filter.after === undefined
  const resolved = useQuery({ ...queries.resolvedLately(filter), enabled: showsResolved && shows })
  const demo = useQuery({ ...queries.demo(), enabled: resolved.data?.items.length === 0 })
  const look = usePersonLook()
  const isOpenList = filter.status === 'open' || filter.status === 'waiting' || filter.status === 'detected'
  const held = useHeldList(address, list.data?.items, isOpenList ? byUrgency : undefined)
  const [previewed, setPreviewed] = useState<string | undefined>()
  const preview = usePreview(previewed, [...held.shown.map(({ item }) => item), ...(resolved.data?.items ?? [])])
  const { acknowledge, busy } = useAcknowledgeMany()
  const { act, busy: acting } = useActs()
  const views = useSavedViews(links.incidents(fromStart(filter)), (href) => router.history.push(href))
  const mayAct = me.data?.permissions.includes('incident:act') === true
  return (
    <Frame place="incidents">
      <IncidentsScreen
        filter={filter}
        statuses={me.data && me.data.person === null ? statusFilters.filter((status) => status !== 'waiting') : statusFilters}
        statusCounts={{
          ...statusCountsOf(counts.data),
          ...(!isNarrowed(filter) && { open: openCount }),
          waiting: wholeLength(waiting.data),
        }}
        tabCounts={{ incidents: openCount, alerts: openAlerts.data }}
        counts={countsOf(counts.data, (name) => look(name).name)}
        list={loadableOf(list, ({ next }) => ({
          rows: held.shown.map(({ item, gone }) => ({ ...rowOf(item, look), gone })),
          resolvedLately: showsResolved
            ? (resolved.data?.items ?? [])
                .filter(
                  ({ id, resolvedAt }) => Date.parse(resolvedAt ?? '') > Date.now() - DAY && !held.shown.some(({ item }) => item.id === id),
                )
                .map((incident) => rowOf(incident, look))
            : [],
          next: next ?? undefined,
          // Nothing is open, and nothing was ever resolved.
          first:
            showsResolved && !isNarrowed(filter) && resolved.data?.items.length === 0
              ? { command: demo.data?.firstAlert?.command }
              : undefined,
        }))}
        newCount={held.freshCount}
        onShowNew={held.showNew}
        views={views}
        onSearch={(text) => {
          const { q: _, ...rest } = fromStart(filter)
          router.history.replace(links.incidents(text === '' ? rest : ({ ...rest, q: text } as IncidentFilter)))
        }}
        preview={preview}
        onPreview={setPreviewed}
        onAcknowledge={mayAct ? (ids) => (ids.length === 1 ? act(ids[0]!, 'acknowledge') : acknowledge(ids)) : undefined}
        busy={busy || acting !== undefined}
      />
    </Frame>
  )
}

/** The one beside the list, with the last of what happened to it. */
function usePreview(id: string | undefined, listed: ListedIncidentView[]): PreviewedIncident | undefined {
  const look = usePersonLook()
  const incident = listed.find((one) => one.id === id)
  const timeline = useQuery({ ...queries.timeline(id ?? ''), enabled: incident !== undefined })
  if (!incident) return undefined
  return {
    row: rowOf(incident, look),
    summary: incident.summary ?? undefined,
    events: loadableOf(timeline, (events) => entriesOf(events, look)),
  }
}

type Counts = Awaited<ReturnType<typeof api.countIncidents>>

function statusCountsOf(counts: Counts | undefined): Partial<Record<StatusFilter, number | undefined>> {
  if (!counts) return {}
  const of = (status: string) => counts.status.values.find(({ value }) => value === status)?.count ?? 0
  const [detected, acknowledged] = [of('detected'), of('acknowledged')]
  // What was counted of the past is no count of all of it.
  const whole = counts.complete ? { resolved: of('resolved'), all: detected + acknowledged + of('resolved') } : {}
  return { open: detected + acknowledged, detected, acknowledged, ...whole }
}

function countsOf(counts: Counts | undefined, nameOf: (person: string) => string): IncidentCounts | undefined {
  if (!counts) return undefined
  const { severity, service, team, urgency, acknowledgedBy } = counts
  const has = { ...acknowledgedBy, values: acknowledgedBy.values.map((one) => ({ ...one, name: nameOf(one.value) })) }
  const fields: Record<IncidentField, IncidentCounts['fields'][IncidentField]> = { severity, service, team, urgency, has }
  return { fields, countedOnly: counts.complete ? undefined : countText(counts.counted) }
}
