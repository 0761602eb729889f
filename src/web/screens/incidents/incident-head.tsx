import { links } from '../../links.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { Chip, ChipLink } from '../../parts/chip.tsx'
import { Running } from '../../parts/clock.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { momentWithZones } from '../../parts/time-words.ts'
import { type Incident, isOver } from './incident.ts'
import type { IncidentScreenProps } from './incident-screen.tsx'
import { words } from './incident-words.ts'
import { Lifecycle } from './lifecycle.tsx'
import { IncidentStatus } from './status.tsx'
import { words as writeWords } from './write-words.ts'

type IncidentHeadProps = Pick<IncidentScreenProps, 'incident' | 'busy' | 'onAcknowledge' | 'onEscalate' | 'onResolve'> & {
  onSeverity?: (() => void) | undefined
  onEdit?: (() => void) | undefined
}

/** What is broken, how long, and the next act: those decide what anybody does. */
export function IncidentHead({ incident, onEdit, ...acts }: IncidentHeadProps) {
  return (
    <div className="incident-head">
      <div className="incident-title">
        <SeverityMark rank={incident.severity} size={30} />
        <h1>{incident.title}</h1>
        {onEdit && <IconButton size="small" icon="edit" label={writeWords.words.act} onClick={onEdit} />}
        <RunClock incident={incident} />
      </div>
      {incident.summary && <p className="incident-summary">{incident.summary}</p>}
      <div className="incident-meta">
        <span className="mono dim">{incident.number}</span>
        <IncidentStatus status={incident.status} />
        {incident.service && (
          <ChipLink icon="layers" href={links.service(incident.service)}>
            {incident.service}
          </ChipLink>
        )}
        <Chip tone="outline">{words.urgency[incident.urgency]}</Chip>
        <Acts {...acts} />
      </div>
      <Lifecycle incident={incident} />
    </div>
  )
}

function RunClock({ incident }: { incident: Incident }) {
  const since = useTicking((now, zone) => momentWithZones(incident.startedAt, now, zone))
  return (
    <div className="run-clock">
      <span className="desk-only dim fine">{isOver(incident) ? words.ranFrom(since) : words.runningSince(since)}</span>
      <Running since={incident.startedAt} until={incident.endedAt} />
    </div>
  )
}

/** Acknowledge is the primary act until somebody has it, then Resolve is. */
function Acts({ busy, onAcknowledge, onEscalate, onResolve, onSeverity }: Omit<IncidentHeadProps, 'incident' | 'onEdit'>) {
  return (
    <div className="incident-acts">
      {onSeverity && (
        <Button size="small" keyCap="S" onClick={onSeverity}>
          {writeWords.severity.act}
        </Button>
      )}
      {onEscalate && (
        <Button size="small" icon="bell" keyCap="E" busy={busy === 'escalate'} onClick={onEscalate}>
          {words.escalate}
        </Button>
      )}
      {onResolve && (
        <Button
          size="small"
          icon="ok"
          kind={onAcknowledge ? 'secondary' : 'primary'}
          keyCap="⇧R"
          busy={busy === 'resolve'}
          onClick={onResolve}
        >
          {words.resolve}
        </Button>
      )}
      {onAcknowledge && (
        <Button size="small" icon="check" kind="primary" keyCap="A" busy={busy === 'acknowledge'} onClick={onAcknowledge}>
          {words.acknowledge}
        </Button>
      )}
    </div>
  )
}
