import './escalation-ladder.css'
import { MINUTE } from '../../../kernel/time.ts'
import { Person } from '../../parts/avatar.tsx'
import { Countdown } from '../../parts/clock.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Note } from '../../parts/note.tsx'
import { Section } from '../../parts/panel.tsx'
import { Ladder, Rung as RungOnRope, type RungState } from '../../parts/rope.tsx'
import { timeOfDay } from '../../parts/time-words.ts'
import type { Escalation, Rung } from '../../product/incidents/escalation.ts'
import { words } from '../../product/incidents/incident-words.ts'

/** Who is paged next and when, then the whole ladder down to its floor. */
export function EscalationLadder({ escalation }: { escalation: Escalation }) {
  const round = escalation.state === 'running' && escalation.round > 1 ? words.ladder.round(escalation.round) : undefined
  return (
    <Section title={words.ladder.title} beside={round} flush>
      <HowItStands escalation={escalation} />
      {escalation.state !== 'none' && (
        <Ladder label={words.ladder.label}>
          {escalation.rungs.map((rung) => (
            <LadderRung key={rung.level} rung={rung} />
          ))}
        </Ladder>
      )}
    </Section>
  )
}

function HowItStands({ escalation }: { escalation: Escalation }) {
  switch (escalation.state) {
    case 'none':
      return (
        <div className="ladder-note">
          <Note tone="bad">{words.ladder.none}</Note>
        </div>
      )
    case 'stopped': {
      const { reason } = escalation
      return (
        <p className="ladder-note sub">{reason.kind === 'acknowledged' ? words.ladder.acknowledged(reason.by) : words.ladder.resolved}</p>
      )
    }
    case 'running':
      return <NextClock next={escalation.next} />
  }
}

function NextClock({ next }: Pick<Extract<Escalation, { state: 'running' }>, 'next'>) {
  if (!next) return <p className="ladder-note sub">{words.ladder.overdue}</p>
  if (next.at === undefined) return <p className="ladder-note sub">{words.ladder.waits(next.who)}</p>
  const time = timeOfDay(next.at, 'UTC', 'seconds')
  return (
    <div className="ladder-note">
      <Countdown
        title={words.ladder.next(next.who)}
        detail={next.through ? words.ladder.through(next.through, time) : words.ladder.at(time)}
        from={next.from}
        to={next.at}
        dueBelowMs={MINUTE}
      />
    </div>
  )
}

const ropeStates: Record<Rung['state'], RungState> = {
  done: 'done',
  failed: 'done',
  absent: 'done',
  skipped: 'later',
  next: 'next',
  later: 'later',
}

function LadderRung({ rung: { level, afterMs, targets, people, state } }: { rung: Rung }) {
  const isFloor = level === 'catch-all'
  const said = words.ladder.states[state]
  return (
    <RungOnRope
      state={isFloor && state === 'later' ? 'floor' : ropeStates[state]}
      sign={isFloor ? <Icon name="shield" size={13} /> : level}
      time={level === 'catch-all' ? '' : words.ladder.after(afterMs)}
    >
      <p className="ladder-targets">
        {targets.join(', ')} {said && <span className={state === 'failed' || state === 'absent' ? 'ladder-trouble' : 'dim'}>{said}</span>}
      </p>
      {(people.length > 0 || isFloor) && (
        <p className="ladder-people">
          {people.slice(0, 3).map((person) => (
            <Person key={person.name} person={person} short />
          ))}
          {people.length > 3 && <span className="dim">+{people.length - 3}</span>}
          {isFloor && <span className="dim">{words.ladder.catchAll}</span>}
        </p>
      )}
    </RungOnRope>
  )
}
