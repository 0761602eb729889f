import { useRouter, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { api } from '../data/api.ts'
import { useOpenCount } from '../data/counts.ts'
import { usePersonLook } from '../data/people.ts'
import { loadableOf, queries, useQuery } from '../data/queries.ts'
import { useSavedViews } from '../data/saved-views.ts'
import { volumeOf } from '../data/volume.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { shownOf } from '../parts/loadable.tsx'
import { countText } from '../parts/number-words.ts'
import { type AlertFilter, type AlertStatus, readAlertFilter } from '../product/alerts/filter.ts'
import type { AlertCounts } from '../screens/alerts/alert-facets.tsx'
import { AlertsScreen } from '../screens/alerts/alerts-screen.tsx'
import { storyOf } from './alert-view.ts'
import { useAlertsList } from './alerts-list.ts'

/** Alerts as the address asks for them, however many there are. */
export function AlertsPage() {
  const search = useSearch({ strict: false })
  const address = links.alerts(readAlertFilter(search))
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same address is the same filter
  const filter = useMemo(() => readAlertFilter(search), [address])
  const router = useRouter()
  const held = useAlertsList(address, filter)
  const shows = held.list.state !== 'loading'
  const counts = useQuery({ ...queries.alertCounts(filter), enabled: shows })
  const openCount = useOpenCount()
  const openAlerts = useQuery({ ...queries.openAlertCount(), enabled: shows })
  const volume = useQuery({ ...queries.alertVolume(), enabled: shows })
  const look = usePersonLook()
  const [previewed, setPreviewed] = useState<string | undefined>()
  const row = shownOf(held.list)?.rows.find(({ id }) => id === previewed)
  const why = useQuery({ ...queries.why(row?.id ?? ''), enabled: row !== undefined })
  return (
    <Frame place="incidents">
      <AlertsScreen
        filter={filter}
        statusCounts={statusCountsOf(counts.data)}
        tabCounts={{ incidents: openCount, alerts: openAlerts.data }}
        counts={countsOf(counts.data)}
        volume={volume.data && volumeOf(volume.data)}
        list={held.list}
        newCount={held.newCount}
        onShowNew={held.showNew}
        views={useSavedViews(address, (href) => router.history.push(href))}
        onSearch={(text) => {
          const { q: _, ...rest } = filter
          router.history.replace(links.alerts(text === '' ? rest : ({ ...rest, q: text } as AlertFilter)))
        }}
        onMore={held.more}
        onView={held.view}
        preview={row && { row, story: loadableOf(why, (told) => storyOf(told, (name) => look(name).name)) }}
        onPreview={setPreviewed}
      />
    </Frame>
  )
}

type Counts = Awaited<ReturnType<typeof api.countAlerts>>

function statusCountsOf(counts: Counts | undefined): Partial<Record<AlertStatus, number>> {
  if (!counts) return {}
  const of = (status: string) => counts.status.values.find(({ value }) => value === status)?.count ?? 0
  return { open: of('open'), ...(counts.complete && { ended: of('ended'), all: of('open') + of('ended') }) }
}

function countsOf(counts: Counts | undefined): AlertCounts | undefined {
  if (!counts) return undefined
  const { severity, service, integration } = counts
  return { fields: { severity, service, integration }, countedOnly: counts.complete ? undefined : countText(counts.counted) }
}
