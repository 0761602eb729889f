import './command-head.css'
import type { ReactNode } from 'react'
import { links } from '../../links.ts'
import { Missing } from '../../parts/avatar.tsx'
import { Chip, ChipLink } from '../../parts/chip.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Menu, type MenuItem } from '../../parts/menu.tsx'
import { shortName } from '../../parts/person-names.ts'
import { StatusPillButton } from '../../parts/status-pill.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { moment } from '../../parts/time-words.ts'
import { IncidentStatus } from '../../product/incidents/status.tsx'
import { words as listWords } from '../../product/incidents/words.ts'
import { words } from './command-words.ts'
import { type DeclaredIncident, isOver, type Step } from './incident.ts'

/** Those that a person chooses from, in the order of the work. */
const STEPS: Step[] = ['investigate', 'identify', 'mitigate', 'mitigated', 'resolve', 'close', 'cancel', 'reopen']

interface CommandMetaProps {
  incident: DeclaredIncident
  onSeverity?: (() => void) | undefined
  /** Those that ask for something first open their question. */
  onStep?: ((step: Step) => void) | undefined
}

/** Of a declared one: its level, how far the work is and what may be done, who has it. */
export function CommandMeta({ incident, onSeverity, onStep }: CommandMetaProps) {
  const { command, severity } = incident
  const level = [command.level, command.levelName].filter(Boolean).join(' ')
  return (
    <>
      {onSeverity ? (
        <button
          type="button"
          className={`severity-chip severity-chip-${severity} level-chip level-button`}
          aria-haspopup="dialog"
          aria-label={words.changeLevel(level)}
          onClick={onSeverity}
        >
          {level}
          <Icon name="down" size={12} />
        </button>
      ) : (
        <span className={`severity-chip severity-chip-${severity} level-chip`}>{level}</span>
      )}
      <StatusMenu incident={incident} onStep={onStep} />
      <HeldChip incident={incident} />
      {command.monitoringUntil !== undefined && incident.status === 'monitoring' && <Watched until={command.monitoringUntil} />}
      {command.bridge !== undefined && (
        // Not one of the chips that a phone has no room for.
        <span className="line">
          <ChipLink icon="video" href={command.bridge} target="_blank" rel="noreferrer">
            {words.bridge}
          </ChipLink>
        </span>
      )}
    </>
  )
}

function StatusMenu({ incident, onStep }: Pick<CommandMetaProps, 'incident' | 'onStep'>) {
  const { can } = incident.command
  const steps = STEPS.filter((step) => can.includes(step))
  if (!onStep || steps.length === 0) return <IncidentStatus status={incident.status} />
  const items = steps.map(
    (step): MenuItem => ({ kind: 'act', name: words.steps[step], destroys: step === 'cancel', onAct: () => onStep(step) }),
  )
  return (
    <Menu
      label={words.setStatus}
      items={items}
      trigger={(wiring) => (
        <StatusPillButton
          progress={incident.status}
          label={listWords.status[incident.status]}
          aria-label={words.statusIs(listWords.status[incident.status])}
          {...wiring}
        />
      )}
    />
  )
}

function HeldChip({ incident }: Pick<CommandMetaProps, 'incident'>) {
  if (isOver(incident)) return null
  if (!incident.command.held) return <Missing>{words.nobodyHasIt}</Missing>
  return (
    <Chip tone="good" icon="check">
      {incident.holder ? words.hasIt(shortName(incident.holder.name)) : words.held}
    </Chip>
  )
}

function Watched({ until }: { until: number }) {
  const text = useTicking((now) => (now < until ? words.watchedUntil(moment(until, now, 'UTC')) : words.watched))
  return (
    // Not one of the chips that a phone has no room for.
    <span className="line">
      <Chip tone="outline" icon="clock">
        {text}
      </Chip>
    </span>
  )
}

/** Of what it is a part, and into what it went. */
export function CommandLines({ incident }: Pick<CommandMetaProps, 'incident'>) {
  const { parent, mergedInto, cause } = incident.command
  const lines: { key: string; text: string; beside: ReactNode }[] = [
    ...(parent === undefined ? [] : [{ key: 'parent', text: words.partOf, beside: <IncidentLink number={parent} icon="branch" /> }]),
    ...(mergedInto === undefined
      ? []
      : [{ key: 'merged', text: words.mergedInto, beside: <IncidentLink number={mergedInto} icon="merge" /> }]),
    ...(cause === undefined ? [] : [{ key: 'cause', text: words.cause, beside: <span className="two-lines">{cause}</span> }]),
  ]
  if (lines.length === 0) return null
  return (
    <dl className="command-lines">
      {lines.map(({ key, text, beside }) => (
        <div key={key}>
          <dt>{text}</dt>
          <dd>{beside}</dd>
        </div>
      ))}
    </dl>
  )
}

function IncidentLink({ number, icon }: { number: string; icon: 'branch' | 'merge' }) {
  return (
    <ChipLink icon={icon} href={links.incident(number)}>
      {number}
    </ChipLink>
  )
}
