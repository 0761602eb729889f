import './escalation-ladder.css'
import { type Instant, MINUTE } from '../../../kernel/time.ts'
import { Missing, Person, type PersonLook } from '../../parts/avatar.tsx'
import { Countdown } from '../../parts/clock.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Note } from '../../parts/note.tsx'
import { Section } from '../../parts/panel.tsx'
import { Ladder, Rung as RungOfRope } from '../../parts/rope.tsx'
import { timeOfDay } from '../../parts/time-words.ts'
import { words } from './incident-words.ts'

/** Reached, could not be reached, had nobody; the one the countdown runs to; those after it. */
export type LadderState = 'done' | 'failed' | 'absent' | 'next' | 'later'

export interface Rung {
  /** The level's number; the floor of the ladder has none. */
  level: number | 'catch-all'
  /** `Payments primary`, `Everyone in Payments`. */
  target: string
  people: PersonLook[]
  state: LadderState
  /** When it was reached, or when it will be. */
  at: Instant
}

export type Escalation =
  | {
      state: 'running'
      startedAt: Instant
      rungs: Rung[]
      /** How the catch-all goes on, while nobody answers. */
      catchAllEveryMinutes: number
    }
  | { state: 'stopped'; reason: { kind: 'acknowledged'; by: string } | { kind: 'resolved' }; startedAt: Instant; rungs: Rung[] }
  | { state: 'none' }

/** Who is paged next and when, for everybody who has no room for the whole ladder. */
export function nextRung(escalation: Escalation): { who: string; at: Instant } | undefined {
  if (escalation.state !== 'running') return undefined
  const next = escalation.rungs.find((rung) => rung.state === 'next')
  return next && { who: shortly(next), at: next.at }
}

export function EscalationLadder({ escalation }: { escalation: Escalation }) {
  return (
    <Section title={words.ladder.title} flush>
      {escalation.state !== 'running' && <Ended escalation={escalation} />}
      {escalation.state === 'running' && <NextClock escalation={escalation} />}
      {escalation.state !== 'none' && (
        <Ladder label={words.ladder.label}>
          {escalation.rungs.map((rung) => (
            <LadderRung key={rung.level} rung={rung} startedAt={escalation.startedAt} />
          ))}
        </Ladder>
      )}
    </Section>
  )
}

function NextClock({ escalation: { rungs, startedAt } }: { escalation: Extract<Escalation, { state: 'running' }> }) {
  const place = rungs.findIndex((rung) => rung.state === 'next')
  const next = rungs[place]
  if (!next) return <p className="ladder-note sub">{words.ladder.overdue}</p>
  return (
    <div className="ladder-clock">
      <Countdown
        title={words.ladder.isPagedIn(shortly(next))}
        detail={words.ladder.at(timeOfDay(next.at, 'UTC', 'seconds'))}
        from={rungs[place - 1]?.at ?? startedAt}
        to={next.at}
        dueBelowMs={MINUTE}
      />
    </div>
  )
}

function Ended({ escalation }: { escalation: Exclude<Escalation, { state: 'running' }> }) {
  if (escalation.state === 'none') {
    return (
      <div className="ladder-note">
        <Note tone="bad">{words.ladder.none}</Note>
      </div>
    )
  }
  const { reason } = escalation
  return <p className="ladder-note sub">{reason.kind === 'acknowledged' ? words.ladder.acknowledged(reason.by) : words.ladder.resolved}</p>
}

function LadderRung({ rung, startedAt }: { rung: Rung; startedAt: Instant }) {
  const isFloor = rung.level === 'catch-all'
  const said = words.ladder.states[rung.state]
  return (
    <RungOfRope
      state={isFloor && rung.state === 'later' ? 'floor' : rung.state === 'failed' || rung.state === 'absent' ? 'done' : rung.state}
      sign={isFloor ? <Icon name="shield" size={13} /> : rung.level}
      time={words.ladder.minutes(Math.round((rung.at - startedAt) / MINUTE))}
    >
      <p className="ladder-target">
        {rung.target} {said && <span className={rung.state === 'done' ? 'dim' : 'ladder-trouble'}>{said}</span>}
      </p>
      <p className="ladder-people">
        {rung.people.length === 0 && rung.state !== 'later' && <Missing>{words.ladder.nobodyOnCall}</Missing>}
        {rung.people.slice(0, 3).map((person) => (
          <Person key={person.name} person={person} short />
        ))}
        {rung.people.length > 3 && <span className="dim">+{rung.people.length - 3}</span>}
        {isFloor && <span className="dim">{words.ladder.catchAll}</span>}
      </p>
    </RungOfRope>
  )
}

function shortly({ people, target }: Rung): string {
  const first = people[0]
  return people.length === 1 && first ? (first.name.split(' ')[0] ?? first.name) : target
}
