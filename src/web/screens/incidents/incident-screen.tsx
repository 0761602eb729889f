import './incident-screen.css'
import { useState } from 'react'
import { useKeys } from '../../keys.ts'
import { type IncidentTab, incidentTabs, links } from '../../links.ts'
import type { KeyHint } from '../../parts/key-cap.tsx'
import type { Loadable } from '../../parts/loadable.tsx'
import { Page } from '../../parts/page.tsx'
import { Rim, type SeverityRank } from '../../parts/severity-mark.tsx'
import { Split } from '../../parts/split.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { incidentKeys } from '../shell/key-hints.ts'
import type { WhyDecision } from './alert-why.tsx'
import { type AlertInIncident, AlertsTab } from './alerts-tab.tsx'
import type { Escalation } from './escalation.ts'
import { EscalationLadder } from './escalation-ladder.tsx'
import { FactBand } from './fact-band.tsx'
import { FactsSection } from './facts-section.tsx'
import type { Incident } from './incident.ts'
import { IncidentHead } from './incident-head.tsx'
import { words } from './incident-words.ts'
import { type PageSent, PagesTab } from './pages-tab.tsx'
import { ResolveDialog } from './resolve-dialog.tsx'
import { SeverityDialog } from './severity-dialog.tsx'
import { type TimelineEntry, TimelineTab } from './timeline-tab.tsx'
import { words as listWords } from './words.ts'
import { WordsDialog } from './words-dialog.tsx'

export interface IncidentScreenProps {
  incident: Incident
  escalation: Escalation
  tab: IncidentTab
  /** Newest first. */
  timeline: Loadable<TimelineEntry[]>
  alerts: Loadable<AlertInIncident[]>
  /** The alert whose why-chain is open. */
  openAlert?: string | undefined
  why?: Loadable<WhyDecision[]> | undefined
  pages: Loadable<PageSent[]>
  /** What is on its way to the server. */
  busy?: IncidentAct | undefined
  /** Left out where the viewer may not or the state does not allow it; its button and key then go too. */
  onAcknowledge?: (() => void) | undefined
  onEscalate?: (() => void) | undefined
  onResolve?: (() => void) | undefined
  onNote?: ((text: string) => void) | undefined
  onSeverity?: ((rank: SeverityRank, reason: string) => void) | undefined
  onWords?: ((change: { title?: string; summary?: string }) => void) | undefined
}

export type IncidentAct = 'acknowledge' | 'escalate' | 'resolve'

export function IncidentScreen(props: IncidentScreenProps) {
  const { incident, escalation, tab, busy, onAcknowledge, onEscalate, onResolve, onSeverity, onWords } = props
  const [asks, setAsks] = useState<'resolve' | 'severity' | 'words' | undefined>()
  const askToResolve = onResolve && (() => setAsks('resolve'))
  const askSeverity = onSeverity && (() => setAsks('severity'))
  const close = () => setAsks(undefined)
  useKeys(busy ? {} : { a: onAcknowledge, e: onEscalate, 'Shift+R': askToResolve, s: askSeverity })
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
        onEdit={onWords && (() => setAsks('words'))}
      />
      <FactBand incident={incident} escalation={escalation} />
      <Tabs label={words.views} tabs={incidentTabs.map((name) => ({ ...tabLink(name, incident), current: name === tab }))} />
      <Split
        label={words.main}
        asideLabel={words.aside}
        aside={
          <>
            <EscalationLadder escalation={escalation} />
            <FactsSection incident={incident} />
          </>
        }
      >
        <TabContent {...props} />
      </Split>
      {onResolve && (
        <ResolveDialog open={asks === 'resolve'} incident={incident} busy={busy === 'resolve'} onResolve={onResolve} onClose={close} />
      )}
      {onSeverity && <SeverityDialog open={asks === 'severity'} incident={incident} onSet={onSeverity} onClose={close} />}
      {onWords && <WordsDialog open={asks === 'words'} incident={incident} onSave={onWords} onClose={close} />}
    </Page>
  )
}

/** Only keys that act now are offered. */
function keysFor({ tab, onAcknowledge, onEscalate, onResolve, onNote, onSeverity }: IncidentScreenProps): KeyHint[] {
  const [acknowledge, escalate, resolve, severity, note] = incidentKeys
  const offered = [
    onAcknowledge && acknowledge,
    onEscalate && escalate,
    onResolve && resolve,
    onSeverity && severity,
    tab === 'timeline' && onNote && note,
  ]
  return offered.filter((hint): hint is KeyHint => typeof hint === 'object')
}

function TabContent({ tab, incident, timeline, onNote, alerts, openAlert, why, pages }: IncidentScreenProps) {
  switch (tab) {
    case 'timeline':
      return <TimelineTab entries={timeline} onNote={onNote} />
    case 'alerts':
      return <AlertsTab incidentNumber={incident.number} alerts={alerts} openAlert={openAlert} why={why} />
    case 'pages':
      return <PagesTab pages={pages} />
  }
}

function tabLink(name: IncidentTab, { number, alertCount, pageCount }: Incident) {
  const counts: Record<IncidentTab, number | undefined> = { timeline: undefined, alerts: alertCount, pages: pageCount }
  return { name: words.tabs[name], href: links.incident(number, { tab: name }), count: counts[name] }
}
