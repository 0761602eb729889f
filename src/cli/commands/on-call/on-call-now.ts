import { momentText } from '../../../kernel/moment.ts'
import { type Instant, iso } from '../../../kernel/time.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList } from '../../printing.ts'
import { demoTeller, type IsDemo } from '../../product/demo-parts.ts'
import type { OnCallView, ScheduleView } from '../../product/kinds.ts'
import { scheduleNames, serviceNames } from '../../product/known-names.ts'
import { everything, named } from '../../product/lists.ts'
import { personCell, reachCell, untilCell } from '../../product/on-call-cells.ts'
import { momentOf } from '../../product/typed-moment.ts'
import type { Session } from '../../session.ts'
import { isForPeople } from '../../text/formats.ts'
import { lengthOf, zoneHead } from '../../text/moments.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { Column } from '../../text/table.ts'
import type { onCallNow } from '../../verbs/on-call.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { watchOr } from '../../watch.ts'

export async function showOnCall(session: Session, input: InputOf<typeof onCallNow>): Promise<ExitCode> {
  const at = momentOf(session, input.at, '--at')
  const me = (await session.server().api.getMe()).person?.name ?? null
  return watchOr(session, input, async (screen) => {
    const all = await findOnCall(session, input, at)
    const asTable = isForPeople(session.format(input))
    const schedules = asTable ? await everything((page) => session.server().api.listSchedules({ query: page })) : []
    const look = { now: at ?? session.now(), zone: session.zone, me, isDemo: asTable ? await demoTeller(session, schedules) : () => false }
    const items = asTable ? rowsOf(all, input.catchAll === true) : all
    printList(screen, input, {
      items,
      columns: columnsFor(look),
      name: ({ person }) => person ?? '',
      none: 'No schedule and no escalation policy yet. `tocsin apply -f` makes them.',
    })
    const named = new Set(items.map(({ schedule }) => schedule))
    screen.say(
      ...gapLines(
        schedules.filter(({ name }) => named.has(name)),
        session.now(),
        session.zone,
      ),
    )
    const own = items.find(({ person }) => asTable && me !== null && person === me)
    if (own) screen.say([tone('you', own.displayName ?? me ?? ''), ' is you.'])
    return EXIT.ok
  })
}

async function findOnCall(
  session: Session,
  { service, schedule }: Pick<InputOf<typeof onCallNow>, 'service' | 'schedule'>,
  at: Instant | undefined,
): Promise<OnCallView[]> {
  const query = {
    ...(at !== undefined && { at: iso(at) }),
    ...(service !== undefined && { service }),
    ...(schedule !== undefined && { schedule }),
  }
  const names = () => (service !== undefined ? serviceNames(session) : scheduleNames(session))
  return named(service ?? schedule, () => everything((page) => session.server().api.listOnCall({ query: { ...query, ...page } })), names)
}

/** Levels of policies; schedules by themselves only when no policy uses them. */
export function rowsOf(all: readonly OnCallView[], withCatchAll: boolean): OnCallView[] {
  const used = new Set(all.filter(({ policy }) => policy !== null).map(({ schedule }) => schedule))
  return all.filter(({ policy, schedule, catchAll }) => (policy === null ? !used.has(schedule) : withCatchAll || !catchAll))
}

interface OnCallLook {
  now: Instant
  zone: string
  /** Stands out. */
  me: string | null
  isDemo: IsDemo
}

function columnsFor({ now, zone, me, isDemo }: OnCallLook): Column<OnCallView>[] {
  return [
    { head: 'POLICY', cell: ({ policy }) => policy ?? tone('dim', 'none'), value: ({ policy }) => policy },
    { head: 'LEVEL', cell: ({ level, catchAll }) => (catchAll ? 'catch-all' : String(level ?? '-')), value: ({ level }) => level },
    { head: 'WHO', cell: (one) => personCell(one, me), value: ({ person }) => person },
    { head: `UNTIL (${zoneHead(zone)})`, cell: (one) => untilText(one, now, zone), value: ({ until }) => until },
    {
      head: 'REACH',
      cell: (row) => reachCell(row, isDemo(row)),
      value: ({ reachable }) => reachable.map(({ channel }) => channel).join(' '),
    },
    { head: 'THROUGH', cell: (one) => tone('dim', throughText(one)), value: throughText, shrinks: true },
  ]
}

/** Only turns end; who is named stays. */
function untilText({ person, until, schedule }: OnCallView, now: Instant, zone: string): Text {
  return person === null || schedule === null ? '-' : untilCell(until, now, zone)
}

/** The schedule or team that leads there, and what is special about it. */
function throughText({ schedule, scheduleName, team, teamName, whyKind, why }: OnCallView): string {
  switch (whyKind) {
    case 'layer':
      return scheduleName ?? schedule ?? ''
    case 'member':
      return `team ${teamName ?? team}`
    case 'named':
      return 'by name'
    case 'admin':
      return 'admin'
    case 'override':
    case 'nobody':
      return why.replace(/\.$/, '')
  }
}

/** The next time without anybody, for each schedule that has one soon. */
export function gapLines(schedules: readonly ScheduleView[], now: Instant, zone: string): Text[] {
  return schedules.flatMap(({ name, nextGap }) => {
    if (!nextGap) return []
    const from = Date.parse(nextGap.from)
    const length = lengthOf(Date.parse(nextGap.until) - from)
    return [
      [
        tone('missing', '! gap'),
        `  ${name}, ${from <= now ? 'now' : momentText(from, now, { language: 'en', zone })}, ${length}    `,
        tone('dim', `tocsin schedule gaps ${name}`),
      ],
    ]
  })
}
