import './lifecycle.css'
import { useTicking } from '../../parts/ticking.tsx'
import { moment } from '../../parts/time-words.ts'
import type { Incident } from './incident.ts'
import { words } from './incident-words.ts'

/** Impact, detected, acknowledged, resolved: each says how long after the one before it came. When it began to hurt may stay unsaid. */
export function Lifecycle({ incident }: { incident: Incident }) {
  const { impact, detected, acknowledged, resolved } = incident.lifecycle
  const phases = [
    { name: words.phases.impact, at: impact, after: undefined },
    { name: words.phases.detected, at: detected, after: impact },
    { name: words.phases.acknowledged, at: acknowledged, after: detected },
    { name: words.phases.resolved, at: resolved, after: acknowledged ?? detected },
  ]
  const current = phases.findLastIndex((phase) => phase.at !== undefined)
  return (
    <ol className="lifecycle" aria-label={words.lifecycle}>
      {phases.map(({ name, at, after }, place) => (
        <li key={name} className={place <= current ? 'lifecycle-done' : undefined} aria-current={place === current ? 'step' : undefined}>
          <b>{name}</b>
          {at !== undefined && <span>{after === undefined ? <Began at={at} /> : words.after(at - after)}</span>}
          {at === undefined && place < current && <span>{words.notSaid}</span>}
        </li>
      ))}
    </ol>
  )
}

function Began({ at }: { at: number }) {
  return useTicking((now) => `${moment(at, now, 'UTC')} UTC`)
}
