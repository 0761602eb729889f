import './now-screen.css'
import type { Instant } from '../../../kernel/time.ts'
import { moveThroughRows, useKeys } from '../../keys.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import type { KeyHint } from '../../parts/key-cap.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Page } from '../../parts/page.tsx'
import { Panel } from '../../parts/panel.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { longDay, shiftTime } from '../../parts/time-words.ts'
import type { IncidentRow } from '../incidents/incident-row.ts'
import { incidentKeys, listKeys } from '../shell/keys-dialog.tsx'
import { type Duty, DutyCard } from './duty-card.tsx'
import { OnCallPanel, type OnCallNow } from './on-call-panel.tsx'
import { OpenIncidentsPanel } from './open-incidents-panel.tsx'
import { type PageForMe, WaitingPanel } from './waiting-panel.tsx'
import { words } from './words.ts'

export interface NowScreenProps {
  duty: Loadable<Duty>
  /** Pages that wait for the viewer, the worst first: a person opens this screen to be told what to do. */
  waiting: Loadable<PageForMe[]>
  open: Loadable<OpenIncidents>
  onCall: Loadable<OnCallNow[]>
  /** What is on its way to the server. */
  busy?: { incidentId: string; act: 'acknowledge' | 'escalate' } | undefined
  onAcknowledge: (incidentId: string) => void
  onEscalate: (incidentId: string) => void
}

export interface OpenIncidents {
  /** The worst few. */
  rows: IncidentRow[]
  total: number
  /** While nothing is open: when the last one ended. */
  quietSince?: Instant | undefined
}

export function NowScreen({ duty, waiting, open, onCall, busy, onAcknowledge, onEscalate }: NowScreenProps) {
  const pages = valueOf(waiting) ?? []
  const first = pages[0]
  useKeys({
    j: () => moveThroughRows(1),
    k: () => moveThroughRows(-1),
    a: first && !busy ? () => onAcknowledge(first.incident.id) : undefined,
    e: first && !busy ? () => onEscalate(first.incident.id) : undefined,
  })
  const today = useTicking(longDay)
  return (
    <Page crumbs={[{ name: words.title }]} keys={first ? [...incidentKeys.slice(0, 2), ...moveKeys] : moveKeys}>
      <PageHead title={today} beside={<Loaded of={duty} skeleton={null}>{(mine) => <DutyCard duty={mine} />}</Loaded>}>
        {open.state !== 'loading' && waiting.state !== 'loading' && words.summary(valueOf(open)?.total ?? 0, pages.length)}
      </PageHead>
      <div className="now">
        <div className="now-column">
          <Loaded of={waiting} skeleton={null}>
            {(mine) => mine.length > 0 && <WaitingPanel pages={mine} busy={busy} onAcknowledge={onAcknowledge} onEscalate={onEscalate} />}
          </Loaded>
          <Loaded of={open} skeleton={<LoadingPanel title={words.open} />}>
            {(incidents) => (incidents.total === 0 ? <AllQuiet since={incidents.quietSince} /> : <OpenIncidentsPanel incidents={incidents} />)}
          </Loaded>
        </div>
        <div className="now-column">
          <Loaded of={onCall} skeleton={<LoadingPanel title={words.onCall} />}>
            {(schedules) => <OnCallPanel schedules={schedules} />}
          </Loaded>
        </div>
      </div>
    </Page>
  )
}

const moveKeys: KeyHint[] = listKeys.slice(0, 2)

function valueOf<Value>(of: Loadable<Value>): Value | undefined {
  return of.state === 'ready' || of.state === 'kept' ? of.value : undefined
}

function AllQuiet({ since }: { since: Instant | undefined }) {
  const when = useTicking((now, zone) => (since === undefined ? '' : shiftTime(since, now, zone)))
  return (
    <Panel title={words.open} count={0} flush>
      <EmptyState title={words.quiet(when || undefined)}>
        <p>{words.quietText}</p>
      </EmptyState>
    </Panel>
  )
}

function LoadingPanel({ title }: { title: string }) {
  return (
    <Panel title={title} flush>
      <SkeletonRows />
    </Panel>
  )
}
