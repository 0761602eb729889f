import './fact-band.css'
import type { ReactNode } from 'react'
import { Avatars, Missing, Person } from '../../parts/avatar.tsx'
import { CountdownText } from '../../parts/clock.tsx'
import type { Escalation, NextOnLadder } from '../../product/incidents/escalation.ts'
import { words } from '../../product/incidents/incident-words.ts'
import { type Incident, isOver } from './incident.ts'

/** Who has it, who is next, who was paged: asked first by everybody who opens the page. */
export function FactBand({ incident, escalation }: { incident: Incident; escalation: Escalation }) {
  return (
    <div className="fact-band">
      <Fact name={words.facts.has}>
        {incident.holder ? <Person person={incident.holder} size={22} /> : isOver(incident) ? null : <Missing>{words.nobodyYet}</Missing>}
      </Fact>
      <Fact name={words.facts.next}>
        {escalation.state === 'running' ? <Next next={escalation.next} /> : <span className="dim">{words.stopped}</span>}
      </Fact>
      <Fact name={words.facts.paged}>
        {incident.paged.length > 0 ? (
          <>
            <Avatars people={incident.paged.slice(0, 5)} label={incident.paged.map((person) => person.name).join(', ')} />
            <span className="dim">{incident.paged.length}</span>
          </>
        ) : (
          <span className="dim">{words.nobodyPaged}</span>
        )}
      </Fact>
      <Fact name={words.facts.policy}>
        {incident.policy ? (
          <span className="cut">
            {incident.policy.name} {incident.policy.version !== undefined && <span className="dim">v{incident.policy.version}</span>}
          </span>
        ) : (
          <Missing>{words.noPolicy}</Missing>
        )}
      </Fact>
    </div>
  )
}

function Next({ next }: { next: NextOnLadder | undefined }) {
  if (!next) return words.beingPaged
  return (
    <span>
      {next.who} {next.at !== undefined && <CountdownText to={next.at} />}
    </span>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <span className="dim fine">{name}</span>
      <span className="fact">{children}</span>
    </div>
  )
}
