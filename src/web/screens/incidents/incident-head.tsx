import type { ReactNode } from 'react'
import { links } from '../../links.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { Chip, ChipLink } from '../../parts/chip.tsx'
import { classNames } from '../../parts/class-names.ts'
import { Running } from '../../parts/clock.tsx'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { momentWithZones } from '../../parts/time-words.ts'
import { words } from '../../product/incidents/incident-words.ts'
import { IncidentStatus } from '../../product/incidents/status.tsx'
import { CommandLines, CommandMeta } from './command-head.tsx'
import { words as commandWords } from './command-words.ts'
import { type Incident, isOver, type Step } from './incident.ts'
import { Lifecycle } from './lifecycle.tsx'
import { words as privateWords } from './private-words.ts'
import { words as writeWords } from './write-words.ts'

export type IncidentAct = 'acknowledge' | 'escalate' | 'resolve' | 'step'

export interface IncidentHeadProps {
  incident: Incident
  /** What is on its way to the server. */
  busy?: IncidentAct | undefined
  /** Left out where the viewer may not or the state does not allow it; its button and key then go too. */
  onAcknowledge?: (() => void) | undefined
  onEscalate?: (() => void) | undefined
  onResolve?: (() => void) | undefined
  onSeverity?: (() => void) | undefined
  /** Of a plain one. */
  onDeclare?: (() => void) | undefined
  /** Of a declared one. */
  onStep?: ((step: Step) => void) | undefined
  onEdit?: (() => void) | undefined
  /** Of its war room. */
  acts?: ReactNode
}

/** What is broken, how long, and the next act: those decide what anybody does. */
export function IncidentHead({ incident, onEdit, onStep, acts: beside, ...acts }: IncidentHeadProps) {
  const { command } = incident
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
        {command ? (
          <CommandMeta incident={{ ...incident, command }} onSeverity={acts.onSeverity} onStep={onStep} />
        ) : (
          <IncidentStatus status={incident.status} />
        )}
        {incident.isPrivate && (
          <Chip tone="info" icon="lock">
            {privateWords.mark}
          </Chip>
        )}
        {incident.service && (
          <ChipLink icon="layers" href={links.service(incident.service)}>
            {incident.service}
          </ChipLink>
        )}
        {!command && <Chip tone="outline">{words.urgency[incident.urgency]}</Chip>}
        {/* Of a declared one its level and its status have menus of their own. */}
        <Acts {...acts} {...(command && { onSeverity: undefined, onResolve: undefined })} beside={beside} />
      </div>
      {command && <CommandLines incident={{ ...incident, command }} />}
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
function Acts({
  busy,
  onAcknowledge,
  onEscalate,
  onResolve,
  onSeverity,
  onDeclare,
  beside,
}: Omit<IncidentHeadProps, 'incident' | 'onEdit' | 'onStep' | 'acts'> & { beside: ReactNode }) {
  return (
    <div className={classNames('incident-acts', Boolean(beside) && 'incident-acts-room')}>
      {onSeverity && (
        <Button size="small" keyCap="S" onClick={onSeverity}>
          {writeWords.severity.act}
        </Button>
      )}
      {onDeclare && (
        <Button size="small" icon="mega" onClick={onDeclare}>
          {commandWords.declare}
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
      {beside}
      {onAcknowledge && (
        <Button size="small" icon="check" kind="primary" keyCap="A" busy={busy === 'acknowledge'} onClick={onAcknowledge}>
          {words.acknowledge}
        </Button>
      )}
    </div>
  )
}
