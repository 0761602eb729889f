import './catch-up.css'
import type { Instant } from '../../../kernel/time.ts'
import { Missing, Person, type PersonLook } from '../../parts/avatar.tsx'
import { type Definition, DefinitionList } from '../../parts/definition-list.tsx'
import { DialogOrSheet } from '../../parts/dialog-or-sheet.tsx'
import { Icon } from '../../parts/icon.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { SeverityMark, type SeverityRank } from '../../parts/severity-mark.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { moment, momentWithZones, timeOfDay } from '../../parts/time-words.ts'
import { words } from './catch-up-words.ts'

export interface CaughtUp {
  severity: SeverityRank
  /** Its level is in it. */
  sentence: string
  /** When it was written. */
  at: Instant
  roles: { role: string; name: string; people: PersonLook[] }[]
  heldBy: string | undefined
  cause: string | undefined
  tasks: { number: number; text: string; person: string | undefined; due: Instant | undefined }[]
  nextUpdateBy: Instant | undefined
  lastUpdate: string | undefined
  events: { at: Instant; text: string }[]
  wanted: string[]
}

/** For whoever has just come, read in half a minute. */
export function CatchUpDialog({ caughtUp, onClose }: { caughtUp: Loadable<CaughtUp>; onClose: () => void }) {
  return (
    <DialogOrSheet title={words.title} onClose={onClose}>
      <Loaded of={caughtUp} skeleton={<SkeletonRows rows={6} />}>
        {(told) => <Told told={told} />}
      </Loaded>
    </DialogOrSheet>
  )
}

function Told({ told }: { told: CaughtUp }) {
  const { severity, sentence, at, roles, events, wanted } = told
  const now = useNow(told)
  return (
    <div className="catch-up">
      <div className="catch-up-sentence">
        <SeverityMark rank={severity} size={22} />
        <p>{sentence}</p>
      </div>
      <p className="sub fine">{words.to(timeOfDay(at, 'UTC', 'seconds'))}</p>
      {roles.length > 0 && (
        <dl className="catch-up-roles">
          {roles.map(({ role, name, people }) => (
            <div key={role}>
              <dt className="sub fine">{name}</dt>
              <dd>
                {people.length === 0 ? <Missing>{words.empty}</Missing> : people.map((one) => <Person key={one.name} person={one} short />)}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {wanted.length > 0 && (
        <section className="catch-up-wanted" aria-label={words.wanted}>
          <h3>{words.wanted}</h3>
          <ul>
            {wanted.map((one) => (
              <li key={one} className="line">
                <Icon name="user" />
                <span>{one}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={words.now}>
        <h3>{words.now}</h3>
        <DefinitionList items={now} />
      </section>
      {events.length > 0 && (
        <section aria-label={words.last}>
          <h3>{words.last}</h3>
          <ol className="catch-up-last">
            {events.map((one) => (
              <li key={`${one.at} ${one.text}`}>
                <EventTime at={one.at} /> <span>{one.text}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  )
}

function EventTime({ at }: { at: Instant }) {
  const own = useTicking((now, zone) => momentWithZones(at, now, zone))
  return (
    <time className="dim" title={own}>
      {useTicking((now) => moment(at, now, 'UTC'))}
    </time>
  )
}

function useNow({ heldBy, cause, tasks, nextUpdateBy, lastUpdate }: CaughtUp): Definition[] {
  const next = useTicking((now, zone) => (nextUpdateBy === undefined ? '' : momentWithZones(nextUpdateBy, now, zone)))
  return [
    { term: words.has, is: heldBy ?? <Missing>{words.nobody}</Missing> },
    { term: words.cause, is: cause ?? <span className="dim">{words.unknown}</span> },
    ...(tasks.length > 0
      ? [
          {
            term: words.tasks,
            is: (
              <ul>
                {tasks.map(({ number, text, person }) => (
                  <li key={number}>
                    {text} {person !== undefined && <span className="dim">{person}</span>}
                  </li>
                ))}
              </ul>
            ),
          },
        ]
      : []),
    ...(lastUpdate === undefined ? [] : [{ term: words.update, is: lastUpdate }]),
    ...(next === '' ? [] : [{ term: words.next, is: next }]),
  ]
}
