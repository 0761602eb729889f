import './lifecycle.css'
import { intervalsOf } from '../../../modules/incidents/moments.ts'
import { classNames } from '../../parts/class-names.ts'
import { useTicking } from '../../parts/ticking.tsx'
import { moment } from '../../parts/time-words.ts'
import { words } from '../../product/incidents/incident-words.ts'
import { words as commandWords } from './command-words.ts'
import type { CommandPart, Incident } from './incident.ts'

interface Phase {
  name: string
  at: number | undefined
  /** How long it took; the moment itself stands there otherwise. */
  took?: string | undefined
}

/** What an incident is measured by: each says how long it took. When it began to hurt may stay unsaid. */
export function Lifecycle({ incident }: { incident: Incident }) {
  const phases = incident.command ? declaredPhases(incident.command) : plainPhases(incident)
  const current = phases.findLastIndex((phase) => phase.at !== undefined)
  return (
    <ol className={classNames('lifecycle', phases.length > 4 && 'lifecycle-long')} aria-label={words.lifecycle}>
      {phases.map(({ name, at, took }, place) => (
        <li key={name} className={place <= current ? 'lifecycle-done' : undefined} aria-current={place === current ? 'step' : undefined}>
          <b>{name}</b>
          {at !== undefined && <span>{took ?? <Began at={at} />}</span>}
          {at === undefined && place < current && <span>{words.notSaid}</span>}
        </li>
      ))}
    </ol>
  )
}

/** Impact, detected, acknowledged, resolved: each counts from the one before it. */
function plainPhases({ lifecycle: { impact, detected, acknowledged, resolved } }: Incident): Phase[] {
  const took = (at: number | undefined, from: number | undefined) =>
    at === undefined || from === undefined ? undefined : words.after(at - from)
  return [
    { name: words.phases.impact, at: impact },
    { name: words.phases.detected, at: detected, took: took(detected, impact) },
    { name: words.phases.acknowledged, at: acknowledged, took: took(acknowledged, detected) },
    { name: words.phases.resolved, at: resolved, took: took(resolved, acknowledged ?? detected) },
  ]
}

/** Of a declared one the seven moments, each with the interval it ends, as they are counted everywhere. */
function declaredPhases({ moments, status, isDrill }: CommandPart): Phase[] {
  const intervals = intervalsOf(moments, { status, drill: isDrill })
  const took = (name: keyof typeof intervals) => {
    const { ms, ...why } = intervals[name]
    return ms !== null ? words.after(ms) : 'why' in why && why.why === 'foreseen' ? commandWords.foreseen : undefined
  }
  const isDeclaredFirst = (moments.declared ?? Number.POSITIVE_INFINITY) <= (moments.acknowledged ?? Number.POSITIVE_INFINITY)
  const declared = { name: commandWords.moments.declared, at: moments.declared, took: took('declare') }
  const acknowledged = { name: commandWords.moments.acknowledged, at: moments.acknowledged, took: took('acknowledge') }
  return [
    { name: commandWords.moments.impactStarted, at: moments.impactStarted },
    { name: commandWords.moments.detected, at: moments.detected, took: took('detect') },
    ...(isDeclaredFirst ? [declared, acknowledged] : [acknowledged, declared]),
    { name: commandWords.moments.identified, at: moments.identified, took: took('identify') },
    { name: commandWords.moments.mitigated, at: moments.mitigated, took: took('mitigate') },
    { name: commandWords.moments.resolved, at: moments.resolved, took: took('resolve') },
  ]
}

function Began({ at }: { at: number }) {
  return useTicking((now) => `${moment(at, now, 'UTC')} UTC`)
}
