import './incident-screen.css'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useKeys } from '../../keys.ts'
import { type IncidentTab, incidentTabs, links, type RoomTab } from '../../links.ts'
import type { KeyHint } from '../../parts/key-cap.tsx'
import type { Loadable } from '../../parts/loadable.tsx'
import { Page } from '../../parts/page.tsx'
import { Rim, type SeverityRank } from '../../parts/severity-mark.tsx'
import { Split } from '../../parts/split.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import type { AlertInIncident, WhyDecision } from '../../product/incidents/alert-in-incident.ts'
import type { Escalation } from '../../product/incidents/escalation.ts'
import { words } from '../../product/incidents/incident-words.ts'
import { words as listWords } from '../../product/incidents/words.ts'
import { incidentKeys } from '../../product/shell/key-hints.ts'
import { AlertsTab } from './alerts-tab.tsx'
import type { Ending } from './ending-dialog.tsx'
import { EscalationLadder } from './escalation-ladder.tsx'
import { FactBand } from './fact-band.tsx'
import { FactsSection } from './facts-section.tsx'
import type { Incident, Step, StepSaid } from './incident.ts'
import { IncidentHead, type IncidentHeadProps } from './incident-head.tsx'
import type { Noted } from './note-composer.tsx'
import { type PageSent, PagesTab } from './pages-tab.tsx'
import { ResolveDialog } from './resolve-dialog.tsx'
import { SeverityDialog } from './severity-dialog.tsx'
import type { AskingStep } from './step-dialog.tsx'
import type { Mending, TimelineEntry, TimelineGap } from './timeline-entry.ts'
import { TimelineTab } from './timeline-tab.tsx'
import { WordsDialog } from './words-dialog.tsx'

const StepDialog = lazy(() => import('./step-dialog.tsx').then((module) => ({ default: module.StepDialog })))

/** What a declared one has beside: its people, its clocks, and what waits for somebody. */
export interface WarRoom {
  /** In its head. */
  acts?: ReactNode
  roles: ReactNode
  beside: ReactNode
  aside: ReactNode
  keys: KeyHint[]
  /** Others in it are told that a note is being written. */
  onWriting: (isWriting: boolean) => void
  tabs: Record<RoomTab, { count?: number | undefined; content: ReactNode }>
}

export interface IncidentScreenProps extends Omit<IncidentHeadProps, 'onSeverity' | 'onEdit' | 'onStep' | 'acts'> {
  escalation: Escalation
  tab: IncidentTab
  /** Newest first. */
  timeline: Loadable<TimelineEntry[]>
  alerts: Loadable<AlertInIncident[]>
  /** The alert whose why-chain is open. */
  openAlert?: string | undefined
  why?: Loadable<WhyDecision[]> | undefined
  alertActs?: ((alert: AlertInIncident) => ReactNode) | undefined
  pages: Loadable<PageSent[]>
  room?: WarRoom | undefined
  /** What waits for somebody. Steps among it ask here what they want to be told. */
  needs?: ((onStep: ((step: Step) => void) | undefined) => ReactNode) | undefined
  /** Who sees it, of a private one. */
  members?: ReactNode
  gaps?: TimelineGap[] | undefined
  onNote?: ((note: Noted) => void) | undefined
  onAttach?: ((files: File[]) => void) | undefined
  mending?: Mending | undefined
  onSeverity?: ((rank: SeverityRank, reason: string) => void) | undefined
  /** A step of a declared one: what it wants to be told is asked here. */
  onStep?: ((step: Exclude<Step, 'resolve' | 'close'>, said: StepSaid) => void) | undefined
  /** Of a declared one: its level is chosen in the words of its scheme. */
  levelDialog?: ((onClose: () => void) => ReactNode) | undefined
  /** The question before a declared one ends. */
  ending?: ((ending: Ending, onClose: () => void) => ReactNode) | undefined
  onWords?: ((change: { title?: string; summary?: string }, seen: { title: string; summary: string }) => void) | undefined
}

export function IncidentScreen(props: IncidentScreenProps) {
  const { incident, escalation, room, busy, onAcknowledge, onEscalate, onResolve, onSeverity, onWords } = props
  const [asks, setAsks] = useState<'resolve' | 'severity' | 'words' | AskingStep | Ending | undefined>()
  const { command } = incident
  const tab = !room && isOfRoom(props.tab) ? 'timeline' : props.tab
  const askToResolve = onResolve && (() => setAsks(command ? 'resolution' : 'resolve'))
  const askSeverity = onSeverity && (() => setAsks('severity'))
  const close = () => setAsks(undefined)
  const step = (step: Step) => {
    if (step === 'resolve') setAsks('resolution')
    else if (step === 'close') setAsks('closing')
    else if (step === 'investigate' || step === 'mitigate') props.onStep?.(step, {})
    else setAsks(step)
  }
  const canMitigate = props.onStep && command?.can.includes('mitigated')
  useKeys(
    busy
      ? {}
      : { a: onAcknowledge, e: onEscalate, 'Shift+R': askToResolve, s: askSeverity, m: canMitigate ? () => step('mitigated') : undefined },
  )
  return (
    <Page crumbs={[{ name: listWords.title, href: links.incidents() }, { name: incident.number }]} keys={keysFor(props)}>
      <Rim rank={incident.severity} />
      <IncidentHead
        incident={incident}
        busy={busy}
        onAcknowledge={onAcknowledge}
        onEscalate={onEscalate}
        onResolve={askToResolve}
        onSeverity={askSeverity}
        onDeclare={props.onDeclare}
        acts={room?.acts}
        onStep={props.onStep && step}
        onEdit={onWords && (() => setAsks('words'))}
      />
      {room ? room.roles : <FactBand incident={incident} escalation={escalation} />}
      <Tabs
        label={words.views}
        tabs={incidentTabs
          .filter((name) => room || !isOfRoom(name))
          .map((name) => ({ ...tabLink(name, incident, room), current: name === tab }))}
        beside={room?.beside}
      />
      <Split
        label={words.main}
        asideLabel={words.aside}
        aside={
          <>
            {room?.aside}
            {props.members}
            <EscalationLadder escalation={escalation} />
            <FactsSection incident={incident} />
          </>
        }
      >
        {props.needs?.(props.onStep && step)}
        <TabContent {...props} tab={tab} />
      </Split>
      {(asks === 'resolution' || asks === 'closing') && props.ending?.(asks, close)}
      {props.onStep && isAsking(asks) && (
        <Suspense>
          <StepDialog step={asks} incident={incident} onStep={props.onStep} onClose={close} />
        </Suspense>
      )}
      {onResolve && !command && (
        <ResolveDialog open={asks === 'resolve'} incident={incident} busy={busy === 'resolve'} onResolve={onResolve} onClose={close} />
      )}
      {asks === 'severity' && props.levelDialog?.(close)}
      {onSeverity && !command && <SeverityDialog open={asks === 'severity'} incident={incident} onSet={onSeverity} onClose={close} />}
      {onWords && <WordsDialog open={asks === 'words'} incident={incident} onSave={onWords} onClose={close} />}
    </Page>
  )
}

function isOfRoom(tab: IncidentTab): tab is RoomTab {
  return tab === 'updates' || tab === 'tasks' || tab === 'people'
}

function isAsking(asks: string | undefined): asks is AskingStep {
  return asks === 'identify' || asks === 'mitigated' || asks === 'cancel' || asks === 'reopen'
}

/** Only keys that act now are offered. */
function keysFor({ tab, room, onAcknowledge, onEscalate, onResolve, onNote, onSeverity }: IncidentScreenProps): KeyHint[] {
  const [acknowledge, escalate, resolve, severity, note, decision] = incidentKeys
  const offered = [
    onAcknowledge && acknowledge,
    onEscalate && escalate,
    onResolve && resolve,
    onSeverity && severity,
    tab === 'timeline' && onNote && note,
    tab === 'timeline' && onNote && decision,
    ...(room?.keys ?? []),
  ]
  return offered.filter((hint): hint is KeyHint => typeof hint === 'object')
}

function TabContent({
  tab,
  room,
  incident,
  timeline,
  gaps,
  onNote,
  onAttach,
  mending,
  alerts,
  openAlert,
  why,
  alertActs,
  pages,
}: IncidentScreenProps) {
  switch (tab) {
    case 'timeline':
      return (
        <TimelineTab entries={timeline} gaps={gaps} onNote={onNote} onAttach={onAttach} onWriting={room?.onWriting} mending={mending} />
      )
    case 'updates':
    case 'tasks':
    case 'people':
      return room?.tabs[tab].content ?? null
    case 'alerts':
      return <AlertsTab incidentNumber={incident.number} alerts={alerts} openAlert={openAlert} why={why} acts={alertActs} />
    case 'pages':
      return <PagesTab pages={pages} />
  }
}

function tabLink(name: IncidentTab, { number, alertCount, pageCount }: Incident, room: WarRoom | undefined) {
  const counts: Record<Exclude<IncidentTab, RoomTab>, number | undefined> = { timeline: undefined, alerts: alertCount, pages: pageCount }
  return {
    name: words.tabs[name],
    href: links.incident(number, { tab: name }),
    count: isOfRoom(name) ? room?.tabs[name].count : counts[name],
  }
}
