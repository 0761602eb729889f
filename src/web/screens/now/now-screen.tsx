import type { OpenIncidents } from './open-incidents-panel.tsx'
import { Ribbon, type RibbonView } from './ribbon.tsx'
import './now-screen.css'
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
import type { Volume } from '../../product/alerts/volume-strip.tsx'
import { incidentKeys, listKeys } from '../../product/shell/key-hints.ts'
import { DayPanel } from './day-panel.tsx'
import { type Duty, DutyCard } from './duty-card.tsx'
import { type OnCallNow, OnCallPanel } from './on-call-panel.tsx'
import { OpenIncidentsPanel } from './open-incidents-panel.tsx'
import { type ActingOnPages, type PageForMe, type WaitingPages, WaitingPanel } from './waiting-panel.tsx'
import { words } from './words.ts'

export interface NowScreenProps extends ActingOnPages {
  duty: Loadable<Duty>
  /** Pages that wait for the viewer, the worst first: a person opens this screen to be told what to do. */
  waiting: Loadable<WaitingPages>
  /** What nobody has, though it does not wait for the viewer: anybody may take it. */
  untaken: Loadable<WaitingPages>
  /** What came in over the last day. */
  day: Loadable<Volume>
  ribbon: Loadable<RibbonView>
  open: Loadable<OpenIncidents>
  onCall: Loadable<OnCallNow[]>
}

export function NowScreen({ duty, waiting, untaken, open, day, ribbon, onCall, busy, onAcknowledge, onEscalate }: NowScreenProps) {
  const [mine, mineToDo, incidents] = [shownOf(duty), shownOf(waiting), shownOf(open)]
  const others = shownOf(untaken)
  // Whoever is about to press must not press another one's button.
  const held = useHeldOrder(mineToDo?.pages ?? NONE, idOf)
  const heldOthers = useHeldOrder(others?.pages ?? NONE, idOf)
  const first = held.rows[0] ?? heldOthers.rows[0]
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
        {incidents?.total !== undefined &&
          mineToDo?.more !== undefined &&
          words.summary(incidents.total, mineToDo.pages.length + mineToDo.more)}
      </PageHead>
      <div className="now">
        <div className="now-column">
          <Waiting waiting={waiting} held={held} busy={busy} onAcknowledge={onAcknowledge} onEscalate={onEscalate} />
          {others && others.pages.length > 0 && (
            <div {...heldOthers.wiring}>
              <WaitingPanel
                {...others}
                pages={heldOthers.rows}
                title={words.untaken}
                isFirst={mineToDo?.pages.length === 0}
                busy={busy}
                onAcknowledge={onAcknowledge}
                onEscalate={onEscalate}
              />
            </div>
          )}
          <Ribbon ribbon={ribbon} />
          <OpenIncidentsPanel open={open} />
        </div>
        <div className="now-column">
          <OnCallPanel onCall={onCall} />
          <DayPanel day={day} />
        </div>
      </div>
    </Page>
  )
}

const moveKeys: KeyHint[] = listKeys.slice(0, 2)

const NONE: PageForMe[] = []
const idOf = (page: PageForMe) => page.incident.id

interface WaitingProps extends ActingOnPages {
  waiting: Loadable<WaitingPages>
  /** Its pages in the order in which they are shown. */
  held: ReturnType<typeof useHeldOrder<PageForMe>>
}

/** Nothing waiting takes no room; not knowing does, because it is no reason to sleep on. */
function Waiting({ waiting, held, ...acts }: WaitingProps) {
  const shown = shownOf(waiting)
  return (
    <>
      {(waiting.state === 'failed' || waiting.state === 'kept') && (
        <Panel title={words.waiting} flush>
          <ErrorState failure={waiting.failure} {...(waiting.state === 'kept' && { keptFrom: waiting.from })} />
        </Panel>
      )}
      {shown && shown.pages.length > 0 && (
        <div {...held.wiring}>
          <WaitingPanel {...shown} pages={held.rows} {...acts} title={words.waiting} isFirst />
        </div>
      )}
    </>
  )
}
