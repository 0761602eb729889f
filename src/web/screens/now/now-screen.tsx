import './now-screen.css'
import type { Instant } from '../../../kernel/time.ts'
import { moveThroughRows, useKeys } from '../../keys.ts'
import { ErrorState } from '../../parts/error-state.tsx'
import { useHeldOrder } from '../../parts/held.ts'
import type { KeyHint } from '../../parts/key-cap.tsx'
import { type Loadable, shownOf } from '../../parts/loadable.tsx'
import { Page } from '../../parts/page.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { longDay } from '../../parts/time-words.ts'
import type { IncidentRow } from '../incidents/incident-row.ts'
import { incidentKeys, listKeys } from '../shell/keys-dialog.tsx'
import { type Duty, DutyCard } from './duty-card.tsx'
import { type OnCallNow, OnCallPanel } from './on-call-panel.tsx'
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
  const [mine, incidents] = [shownOf(duty), shownOf(open)]
  // Whoever is about to press must not press another one's button.
  const { rows: pages, wiring } = useHeldOrder(shownOf(waiting) ?? NONE, (page) => page.incident.id)
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
      <PageHead title={today} beside={mine && <DutyCard duty={mine} />}>
        {incidents && shownOf(waiting) && words.summary(incidents.total, pages.length)}
      </PageHead>
      <div className="now">
        <div className="now-column">
          <Waiting waiting={waiting} pages={pages} wiring={wiring} busy={busy} onAcknowledge={onAcknowledge} onEscalate={onEscalate} />
          <OpenIncidentsPanel open={open} />
        </div>
        <div className="now-column">
          <OnCallPanel onCall={onCall} />
        </div>
      </div>
    </Page>
  )
}

const moveKeys: KeyHint[] = listKeys.slice(0, 2)

const NONE: PageForMe[] = []

interface WaitingProps extends Pick<NowScreenProps, 'waiting' | 'busy' | 'onAcknowledge' | 'onEscalate'> {
  /** In the order in which they are shown. */
  pages: PageForMe[]
  wiring: ReturnType<typeof useHeldOrder>['wiring']
}

/** Nothing waiting takes no room; not knowing does, because it is no reason to sleep on. */
function Waiting({ waiting, pages, wiring, ...acts }: WaitingProps) {
  return (
    <>
      {(waiting.state === 'failed' || waiting.state === 'kept') && (
        <Panel title={words.waiting} flush>
          <ErrorState failure={waiting.failure} {...(waiting.state === 'kept' && { keptFrom: waiting.from })} />
        </Panel>
      )}
      {pages.length > 0 && (
        <div {...wiring}>
          <WaitingPanel pages={pages} {...acts} />
        </div>
      )}
    </>
  )
}
