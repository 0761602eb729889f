import { zoneName } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { links } from '../../links.ts'
import { Avatar, Avatars, Missing, Person } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { Chip } from '../../parts/chip.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Link } from '../../parts/link.tsx'
import { shortName } from '../../parts/person-names.ts'
import { type Column, Table } from '../../parts/table.tsx'
import { useTicking, useZone } from '../../parts/ticking.tsx'
import { dayText, shiftTime, timeOfDay } from '../../parts/time-words.ts'
import type { Duty, DutyPerson, OverrideStart, PolicyDuty } from '../../product/on-call/duty.ts'
import { Ways } from '../../product/on-call/ways.tsx'
import { words } from '../../product/on-call/words.ts'

export type ZoneChoice = 'own' | 'utc' | 'each'

interface DutyTableProps {
  policies: PolicyDuty[]
  zones: ZoneChoice
  /** The moment that is shown, where it is another than now. */
  at: Instant | undefined
  onOverride?: ((start: OverrideStart) => void) | undefined
}

/** Each level with whoever it leads to now, until when, and who comes then. */
export function DutyTable({ policies, zones, at, onOverride }: DutyTableProps) {
  const zone = useZone()
  const zoneHead = zones === 'each' ? words.eachZone : zones === 'utc' ? 'UTC' : zoneName(zone)
  const zoneFor = (person: DutyPerson | undefined) => (zones === 'utc' ? 'UTC' : zones === 'each' ? (person?.timeZone ?? zone) : zone)
  const columns: Column<Duty>[] = [
    { head: words.columns.level, cell: (duty) => <LevelCell duty={duty} /> },
    {
      head: at === undefined ? words.columns.who : words.columns.onCall,
      fills: true,
      cell: (duty) => <WhoCell duty={duty} zone={zoneFor(duty.people[0])} />,
    },
    {
      head: words.columns.until(zoneHead),
      wideOnly: true,
      cell: (duty) => <UntilCell duty={duty} zone={zoneFor(duty.people[0])} named={zones === 'each'} />,
    },
    {
      head: words.columns.theirTime,
      wideOnly: true,
      cell: (duty) => (duty.people.length === 1 ? <TheirTime person={duty.people[0]!} at={at} /> : null),
    },
    { head: words.columns.reach, cell: (duty) => <ReachCell duty={duty} /> },
    { head: words.columns.next, wideOnly: true, cell: (duty) => <ThenCell duty={duty} zone={zoneFor(undefined)} /> },
    ...(onOverride
      ? [
          {
            head: words.columns.act,
            headOnlyRead: true,
            wideOnly: true,
            align: 'right' as const,
            cell: (duty: Duty) => <CoverButton duty={duty} at={at} onOverride={onOverride} />,
          },
        ]
      : []),
  ]
  return (
    <div className="on-call-table">
      <Table
        label={words.table}
        columns={columns}
        groups={policies.map((one) => ({
          title: one.displayName,
          href: one.policy && links.policy(one.policy),
          detail: detailOf(one),
          beside: <PolicyState policy={one} />,
          rows: one.duties,
        }))}
        keyOf={(duty) => duty.key}
        isOwn={({ people }) => people.length === 1 && people[0]!.isMe}
      />
    </div>
  )
}

/** Who is tried when everybody else has been: told with the policy, and as a row of its own only where it leads to nobody. */
function detailOf({ services, catchAll }: PolicyDuty): string | undefined {
  const names = catchAll.map(({ look }) => look.name)
  const told = [
    ...(services > 0 ? [words.services(services)] : []),
    ...(names.length > 0 ? [words.catchAllIs(names.slice(0, 3).join(', '), names.length - 3)] : []),
  ]
  return told.length > 0 ? told.join(' · ') : undefined
}

function PolicyState({ policy: { duties, gap } }: { policy: PolicyDuty }) {
  const day = useTicking((_, zone) => (gap === undefined ? '' : dayText(gap.from, zone)))
  if (gap !== undefined)
    return (
      <Chip tone="bad" icon="warn">
        {words.gap(day)}
      </Chip>
    )
  const onPurpose = duties.some(({ absence }) => absence === 'outside-hours' || absence === 'left-empty')
  return onPurpose ? <Chip tone="outline">{words.onPurpose}</Chip> : null
}

function LevelCell({ duty: { level, isFirstOfLevel } }: { duty: Duty }) {
  if (level === undefined) return null
  const text = level === 'catch-all' ? words.catchAll : String(level)
  return <span className="on-call-level">{isFirstOfLevel ? text : <span className="only-read">{text}</span>}</span>
}

function WhoCell({ duty, zone }: { duty: Duty; zone: string }) {
  const { people, absence, goesTo, override } = duty
  const [first] = people
  const when = useTicking((now) => (duty.until === undefined ? '' : shiftTime(duty.until, now, zone)))
  return (
    <>
      <span className="on-call-who">
        {first === undefined ? (
          <Nobody absence={absence} goesTo={goesTo} />
        ) : people.length === 1 ? (
          <>
            <Link href={links.person(first.name)} data-row-link>
              <Person person={first.look} />
            </Link>
            {first.isMe && <Chip tone="on">{words.you}</Chip>}
          </>
        ) : (
          <>
            <Avatars people={people.slice(0, 6).map(({ look }) => look)} size={20} label={people.map(({ look }) => look.name).join(', ')} />
            {people.some(({ isMe }) => isMe) && <Chip tone="on">{words.you}</Chip>}
          </>
        )}
      </span>
      <span className="table-detail">
        {throughText(duty)}
        {override && ` · ${words.override(override.reason)}`}
        {when && <span className="narrow-only">{`, ${when} ${zoneName(zone)}`}</span>}
      </span>
    </>
  )
}

function Nobody({ absence, goesTo }: { absence: Duty['absence']; goesTo: Duty['goesTo'] }) {
  if (absence === 'gap' || absence === 'missing') return <Missing>{absence === 'gap' ? words.nobody : words.noneThere}</Missing>
  return (
    <span className="on-call-purpose on-call-then">
      {absence === 'left-empty' ? words.leftEmpty : words.nobody}
      {goesTo && (
        <>
          , {words.goesTo} <Person person={goesTo} short />
        </>
      )}
    </span>
  )
}

function throughText({ through, people, absence }: Duty): string {
  if (through === undefined) return absence === 'left-empty' ? words.nobodyOnPurpose : ''
  switch (through.kind) {
    case 'schedule':
      return absence === 'outside-hours' ? `${through.displayName}, ${words.outsideHours.toLowerCase()}` : through.displayName
    case 'team':
      return words.team(through.displayName, people.length)
    case 'named':
      return words.byName
    case 'admins':
      return words.admins
  }
}

function UntilCell({ duty: { until, people, through }, zone, named }: { duty: Duty; zone: string; named: boolean }) {
  const when = useTicking((now) => (until === undefined ? '' : `${shiftTime(until, now, zone)}${named ? ` ${zoneName(zone)}` : ''}`))
  if (through?.kind !== 'schedule') return null
  return when ? when : people.length > 0 ? <span className="dim">{words.noEnd}</span> : null
}

/** Their own hour, because it says whether a page wakes somebody. */
export function TheirTime({ person: { timeZone }, at }: { person: Pick<DutyPerson, 'timeZone'>; at?: Instant | undefined }) {
  const text = useTicking((now) => (timeZone === undefined ? '' : timeOfDay(at ?? now, timeZone)))
  if (!text || timeZone === undefined) return null
  const isNight = text < '07:00' || text >= '22:00'
  return (
    <span className="on-call-time">
      <Icon name={isNight ? 'moon' : 'sun'} size={12} />
      <span className="only-read">{isNight ? words.night : words.day}</span>
      <span>
        {text}
        <span className="table-detail">{zoneName(timeZone)}</span>
      </span>
    </span>
  )
}

function ReachCell({ duty: { people } }: { duty: Duty }) {
  if (people.length === 0) return null
  if (people.length === 1) return <Ways person={people[0]!.look.name} ways={people[0]!.ways} />
  const unreachable = people.filter(({ ways }) => ways.length === 0)
  return unreachable.length > 0 ? <Missing>{unreachable.map(({ look }) => look.name).join(', ')}</Missing> : <Icon name="check" size={14} />
}

function ThenCell({ duty: { next, people }, zone }: { duty: Duty; zone: string }) {
  const until = useTicking(() => (next?.until === undefined ? '' : dayText(next.until, zone)))
  if (!next) return null
  if (!next.look) return <Missing>{words.thenNobody}</Missing>
  return (
    <span className="on-call-then">
      <Avatar person={next.look} />
      <span className="cut">{shortName(next.look.name)}</span>
      {until && people.length > 0 && <span className="dim">{words.to(until)}</span>}
    </span>
  )
}

interface CoverButtonProps {
  duty: Duty
  at: Instant | undefined
  onOverride: (start: OverrideStart) => void
}

function CoverButton({ duty: { through, people, until }, at, onOverride }: CoverButtonProps) {
  if (through?.kind !== 'schedule') return null
  const [person] = people
  const says = person?.isMe ? words.coverMe : words.cover
  return (
    <Button
      kind="quiet"
      size="small"
      aria-label={person && !person.isMe ? words.coverFor(person.look.name, through.displayName) : `${says}, ${through.displayName}`}
      onClick={() => onOverride({ schedule: through.name, from: at, until })}
    >
      {says}
    </Button>
  )
}
