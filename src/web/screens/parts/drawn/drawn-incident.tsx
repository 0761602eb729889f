import { incidentTabs } from '../../../links.ts'
import { useToast } from '../../../parts/toast.tsx'
import { IncidentScreen } from '../../incidents/incident-screen.tsx'
import { loadableAs } from '../loadable-as.ts'
import * as one from '../sample/incident.tsx'
import { climbingTimeline, timeline } from '../sample/timeline.tsx'
import type { DrawnProps } from './drawn-props.ts'
import { DrawnShell } from './drawn-shell.tsx'

export function DrawnIncident({ search, show }: DrawnProps) {
  const toast = useToast()
  const tab = incidentTabs.find((name) => name === search.tab) ?? 'timeline'
  const isDetected = show === 'detected'
  const incident = isDetected ? one.detected : show === 'resolved' ? one.resolved : one.acknowledged
  const acts = {
    onAcknowledge: isDetected
      ? () => toast({ text: 'Acknowledged EU login errors, Sam is not paged', undo: { onUndo: () => {} } })
      : undefined,
    onEscalate: () => toast({ text: 'Paging the next level now' }),
    onResolve: () => toast({ text: `Resolved ${incident.number}`, undo: { onUndo: () => {} } }),
  }
  const escalation = show === 'nobody' ? ({ state: 'none' } as const) : isDetected ? one.climbing : one.stopped
  return (
    <DrawnShell place="incidents" show={show} current={incident.number}>
      <IncidentScreen
        incident={incident}
        escalation={escalation}
        tab={tab}
        timeline={loadableAs(show, show === 'empty' ? [] : isDetected ? climbingTimeline : timeline)}
        onNote={() => {}}
        onSeverity={() => {}}
        onWords={() => {}}
        alerts={loadableAs(show, show === 'empty' ? [] : one.alerts)}
        openAlert={search.alert ?? (show === '' ? 'alr_8f31' : undefined)}
        why={loadableAs(show, one.why)}
        pages={loadableAs(show, show === 'empty' ? [] : isDetected ? one.climbingPages : one.pages)}
        {...(show !== 'resolved' && acts)}
      />
    </DrawnShell>
  )
}
