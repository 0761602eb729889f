import type { Instant } from '../../../kernel/time.ts'
import { links } from '../../links.ts'
import { Missing, Person, type PersonLook } from '../../parts/avatar.tsx'
import { Link } from '../../parts/link.tsx'
import { type Loadable, Loaded } from '../../parts/loadable.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Row, Rows } from '../../parts/rows.tsx'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { shiftTime } from '../../parts/time-words.ts'
import { words as steps } from '../../product/shell/step-words.ts'
import { words } from './words.ts'

/** Who is on call on one schedule now. Several at once when layers overlap; nobody is a gap. */
export interface OnCallNow {
  schedule: string
  people: PersonLook[]
  /** Nobody, and nobody is meant to be: the schedule is not written for this hour. */
  onPurpose?: boolean | undefined
  until?: Instant | undefined
}

export function OnCallPanel({ onCall }: { onCall: Loadable<OnCallNow[]> }) {
  return (
    <Panel title={words.onCall} flush>
      <Loaded of={onCall} skeleton={<SkeletonRows />}>
        {(schedules) =>
          schedules.length === 0 ? (
            <p className="panel-inside sub">
              {words.onCallEmpty}{' '}
              <Link className="text-link" href={links.schedules()}>
                {steps.addSchedule}
              </Link>
            </p>
          ) : (
            <Schedules schedules={schedules} />
          )
        }
      </Loaded>
    </Panel>
  )
}

function Schedules({ schedules }: { schedules: OnCallNow[] }) {
  return (
    <Rows>
      {schedules.map(({ schedule, ...now }) => (
        <Row key={schedule} title={schedule} beside={<Present {...now} />} />
      ))}
    </Rows>
  )
}

function Present({ people, onPurpose, until }: Omit<OnCallNow, 'schedule'>) {
  const when = useTicking((now, zone) => (until === undefined ? '' : shiftTime(until, now, zone)))
  if (people.length === 0 && onPurpose) return <span className="dim">{words.offHours(when)}</span>
  if (people.length === 0) return <Missing>{words.nobodyOnCall}</Missing>
  return (
    <>
      {people.map((person) => (
        <Person key={person.name} person={person} short />
      ))}
      {when && <span className="dim">{when}</span>}
    </>
  )
}
