import { lazy, Suspense, useState } from 'react'
import { HOUR } from '../../kernel/time.ts'
import { mayAcknowledge } from '../../modules/incidents/may.ts'
import { useActs } from '../data/acts.ts'
import type { api } from '../data/api.ts'
import { useOpenCount, wholeLength } from '../data/counts.ts'
import { SHOWS_NEXT } from '../data/follow.ts'
import { byUrgency, type ListedIncidentView, momentOf, rowOf } from '../data/incident-view.ts'
import { usePersonLook } from '../data/people.ts'
import { loadableOf, queries, useQuery } from '../data/queries.ts'
import { volumeOf } from '../data/volume.ts'
import { words } from '../data/words.ts'
import { Frame } from '../frame/frame.tsx'
import { links } from '../links.ts'
import { Page } from '../parts/page.tsx'
import { SkeletonRows } from '../parts/skeleton.tsx'
import { NowScreen } from '../screens/now/now-screen.tsx'
import type { RibbonView } from '../screens/now/ribbon.tsx'
import type { WaitingPages } from '../screens/now/waiting-panel.tsx'
import { words as nowWords } from '../screens/now/words.ts'

const SHOWN = 8
const RIBBON_HOURS = 6
const WAITING = 3

const FirstStepsPage = lazy(() => import('./first-steps-page.tsx').then((module) => ({ default: module.FirstStepsPage })))

/** What waits for the viewer, what is open, who is on call; until there is anything, the steps to it. */
export function NowPage() {
  return (
    <Frame place="now">
      <Beginning />
    </Frame>
  )
}

function Beginning() {
  const me = useQuery(queries.me())
  const demo = useQuery(queries.demo())
  const mayBegin = me.data?.person != null && me.data.permissions.includes('config:write') && demo.data?.present !== true
  const steps = useQuery({ ...queries.firstSteps(), enabled: mayBegin })
  const [hasBegun, setHasBegun] = useState(false)
  const [isLeft, setIsLeft] = useState(false)
  const waiting = (
    <Page crumbs={[{ name: nowWords.title }]}>
      <SkeletonRows rows={8} />
    </Page>
  )
  if (mayBegin && steps.isPending && steps.failureCount === 0) return waiting
  // Whoever has just done the last step sees what came of it, until they go on.
  if (steps.data?.shown && !hasBegun) setHasBegun(true)
  if (!mayBegin || !steps.data || isLeft || !(steps.data.shown || (hasBegun && !steps.data.hidden))) return <FedNow />
  return (
    <Suspense fallback={waiting}>
      <FirstStepsPage onNow={() => setIsLeft(true)} />
    </Suspense>
  )
}

function FedNow() {
  const me = useQuery(queries.me())
  const open = useQuery({ ...queries.openIncidents(), meta: SHOWS_NEXT })
  const openCount = useOpenCount()
  const isOpenWhole = wholeLength(open.data) !== undefined
  const isSomebody = me.data?.person != null
  const waiting = useQuery({ ...queries.waiting(), enabled: isSomebody, meta: SHOWS_NEXT })
  const volume = useQuery(queries.alertVolume())
  const resolved = useQuery(queries.resolvedLately())
  const lately = useQuery(queries.incidentsSince(RIBBON_HOURS))
  const onCall = useQuery(queries.onCall())
  const look = usePersonLook()
  const { act, busy } = useActs()
  const name = me.data?.person?.name
  const myLevelOf = (policy: string | null) => {
    const mine = onCall.data?.items.find((one) => name !== undefined && one.person === name && policy !== null && one.policy === policy)
    return mine?.level === null || mine?.level === undefined ? undefined : words.levelOf(mine.policyName ?? policy!, mine.level)
  }
  // As the list says it: what the demo's people are paged for waits for them, and anybody may take it.
  const mine = isSomebody ? (waiting.data?.items ?? []) : []
  const paged = new Set(mine.map(({ id }) => id))
  const untaken = (open.data?.items ?? []).filter((one) => mayAcknowledge(one) === 'yes' && !paged.has(one.id))
  const fewOf = (incidents: ListedIncidentView[], isWhole: boolean, status: 'waiting' | 'detected'): WaitingPages => ({
    pages: [...incidents]
      .sort(byUrgency)
      .slice(0, WAITING)
      .map((incident) => ({ incident: rowOf(incident, look), level: myLevelOf(incident.policy) })),
    more: isWhole ? Math.max(0, incidents.length - WAITING) : undefined,
    moreHref: links.incidents({ status }),
  })
  return (
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
      waiting={loadableOf(me.data && !isSomebody ? open : waiting, () =>
        fewOf(mine, isOpenWhole && (!isSomebody || wholeLength(waiting.data) !== undefined), 'waiting'),
      )}
      untaken={isSomebody && !waiting.data ? { state: 'loading' } : loadableOf(open, () => fewOf(untaken, isOpenWhole, 'detected'))}
      day={loadableOf(volume, volumeOf)}
      ribbon={loadableOf(lately, ({ items }) => ribbonOf([...(open.data?.items ?? []), ...items], volume.data?.quarters ?? []))}
      open={loadableOf(open, ({ items }) => ({
        rows: [...items]
          .sort(byUrgency)
          .slice(0, SHOWN)
          .map((incident) => rowOf(incident, look)),
        total: openCount,
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
      busy={busy && (busy.act === 'acknowledge' || busy.act === 'escalate') ? { incidentId: busy.id, act: busy.act } : undefined}
      onAcknowledge={(id) => act(id, 'acknowledge')}
      onEscalate={(id) => act(id, 'escalate')}
    />
  )
}

type Quarters = Awaited<ReturnType<typeof api.getAlertVolume>>['quarters']

/** What was open in the last hours, each once, and how many alerts came in each quarter of an hour. */
function ribbonOf(incidents: ListedIncidentView[], quarters: Quarters): RibbonView {
  const from = Date.now() - RIBBON_HOURS * HOUR
  const each = [...new Map(incidents.map((one) => [one.id, one])).values()]
  return {
    incidents: each.map(({ number, title, severity, status, startedAt, resolvedAt, next }) => ({
      ...{ number, title, severity: severity as 1, isOpen: status !== 'resolved' },
      from: Date.parse(startedAt),
      until: momentOf(resolvedAt),
      next:
        next && next.dueAt !== null ? { at: Date.parse(next.dueAt), who: next.people.map(({ displayName }) => displayName) } : undefined,
    })),
    quarters: quarters.map((quarter) => ({ at: Date.parse(quarter.from), alerts: quarter.alerts })).filter(({ at }) => at >= from),
  }
}
