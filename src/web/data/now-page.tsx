import { links } from '../links.ts'
import { NowScreen, type WaitingPages } from '../screens/now/now-screen.tsx'
import { useActs } from './acts.ts'
import { Frame } from './frame.tsx'
import { byUrgency, type ListedIncidentView, momentOf, rowOf } from './incident-view.ts'
import { usePersonLook } from './people.ts'
import { loadableOf, queries, useQuery } from './queries.ts'
import { volumeOf } from './volume.ts'
import { words } from './words.ts'

const SHOWN = 8
const WAITING = 3

/** What waits for the viewer, what is open, who is on call. */
export function NowPage() {
  const me = useQuery(queries.me())
  const open = useQuery(queries.openIncidents())
  const isSomebody = me.data?.person != null
  const waiting = useQuery({ ...queries.waiting(), enabled: isSomebody })
  const volume = useQuery(queries.alertVolume())
  const resolved = useQuery(queries.resolvedLately())
  const onCall = useQuery(queries.onCall())
  const look = usePersonLook()
  const { act, busy } = useActs()
  const name = me.data?.person?.name
  const myLevelOf = (policy: string | null) => {
    const mine = onCall.data?.items.find((one) => name !== undefined && one.person === name && policy !== null && one.policy === policy)
    return mine?.level === null || mine?.level === undefined ? undefined : words.levelOf(mine.policyName ?? policy!, mine.level)
  }
  const detected = (open.data?.items ?? []).filter(({ status }) => status === 'detected')
  // Nobody else sees to the demo: whoever looks at it plays its people.
  const paged = new Set(isSomebody ? waiting.data?.items.map(({ id }) => id) : [])
  const isMine = ({ id, demo }: ListedIncidentView) => demo || paged.has(id)
  const mine = [...(isSomebody ? (waiting.data?.items ?? []) : []), ...detected.filter(({ id, demo }) => demo && !paged.has(id))]
  const untaken = detected.filter((incident) => !isMine(incident))
  const fewOf = (incidents: ListedIncidentView[], status: 'waiting' | 'detected'): WaitingPages => ({
    pages: [...incidents]
      .sort(byUrgency)
      .slice(0, WAITING)
      .map((incident) => ({ incident: rowOf(incident, look), level: myLevelOf(incident.policy) })),
    more: Math.max(0, incidents.length - WAITING),
    moreHref: links.incidents({ status: incidents.some(({ demo }) => demo) ? 'detected' : status }),
  })
  return (
    <Frame place="now">
      <NowScreen
        duty={loadableOf(onCall, ({ items }) => {
          const mine = items.find(
            (one) => name !== undefined && one.person === name && one.policy !== null && one.until !== null && !one.catchAll,
          )
          if (!mine) return { kind: 'off' as const }
          return {
            kind: 'on' as const,
            person: look(name!),
            what: words.dutyOf(mine.policyName ?? mine.policy!, mine.level ?? 1),
            until: Date.parse(mine.until!),
          }
        })}
        waiting={loadableOf(me.data && !isSomebody ? open : waiting, () => fewOf(mine, 'waiting'))}
        untaken={isSomebody && !waiting.data ? { state: 'loading' } : loadableOf(open, () => fewOf(untaken, 'detected'))}
        day={loadableOf(volume, volumeOf)}
        open={loadableOf(open, ({ items }) => ({
          rows: [...items]
            .sort(byUrgency)
            .slice(0, SHOWN)
            .map((incident) => rowOf(incident, look)),
          total: items.length,
          quietSince: momentOf(resolved.data?.items[0]?.resolvedAt),
        }))}
        onCall={loadableOf(onCall, ({ items }) =>
          items
            .filter((one) => one.schedule !== null && one.policy === null)
            .map((one) => ({
              schedule: one.scheduleName ?? one.schedule!,
              people: one.displayName === null ? [] : [{ name: one.displayName }],
              onPurpose: one.absence === 'outside-hours',
              until: momentOf(one.until),
            })),
        )}
        busy={busy && busy.act !== 'resolve' ? { incidentId: busy.id, act: busy.act } : undefined}
        onAcknowledge={(id) => act(id, 'acknowledge')}
        onEscalate={(id) => act(id, 'escalate')}
      />
    </Frame>
  )
}
