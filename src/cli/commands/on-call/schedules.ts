import { momentText } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList } from '../../printing.ts'
import { whoAmI } from '../../product/incident-ids.ts'
import type { ScheduleView } from '../../product/kinds.ts'
import { personCalled, scheduleNames } from '../../product/known-names.ts'
import { everything, forEach, numberOf } from '../../product/lists.ts'
import { personCell, untilCell } from '../../product/on-call-cells.ts'
import { momentOf } from '../../product/typed-moment.ts'
import type { Session } from '../../session.ts'
import { isForPeople } from '../../text/formats.ts'
import { lengthOf, zoneHead } from '../../text/moments.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { Column } from '../../text/table.ts'
import type { onCallMe, onCallNext, scheduleGaps, scheduleList, scheduleShow } from '../../verbs/on-call.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { watchOr } from '../../watch.ts'
import { shiftColumns, shiftsOf } from './shifts.ts'

export async function listSchedules(session: Session, input: InputOf<typeof scheduleList>): Promise<ExitCode> {
  return watchOr(session, input, async (screen) => {
    const items = await everything((query) => session.server().api.listSchedules({ query }))
    printList(screen, input, {
      items,
      columns: scheduleColumns(session.now(), session.zone),
      name: ({ name }) => name,
      none: 'No schedule yet. `tocsin apply -f` makes them.',
    })
    return EXIT.ok
  })
}

function scheduleColumns(now: Instant, zone: string): Column<ScheduleView>[] {
  return [
    { head: 'SCHEDULE', cell: ({ name }) => tone('strong', name), value: ({ name }) => name },
    {
      head: 'ON CALL',
      cell: ({ onCall }) => personCell({ person: onCall?.person ?? null, displayName: onCall?.displayName ?? null, absence: null }, null),
      value: ({ onCall }) => onCall?.person ?? null,
    },
    {
      head: `UNTIL (${zoneHead(zone)})`,
      cell: ({ onCall }) => (onCall ? untilCell(onCall.until, now, zone) : '-'),
      value: ({ onCall }) => onCall?.until ?? null,
    },
    { head: 'NEXT GAP', cell: ({ nextGap }) => gapCell(nextGap, now, zone), value: ({ nextGap }) => nextGap?.from ?? null },
    { head: 'PEOPLE', cell: ({ people }) => people.map(({ displayName }) => displayName).join(', '), shrinks: true },
    { head: 'ZONE', cell: ({ timeZone }) => tone('dim', timeZone), value: ({ timeZone }) => timeZone },
  ]
}

function gapCell(gap: ScheduleView['nextGap'], now: Instant, zone: string): Text {
  if (!gap) return 'none in 14 d'
  const from = Date.parse(gap.from)
  return tone(
    'missing',
    `! ${from <= now ? 'now' : momentText(from, now, { language: 'en', zone })}, ${lengthOf(Date.parse(gap.until) - from)}`,
  )
}

export async function showSchedule(session: Session, { name, since, days, ...input }: InputOf<typeof scheduleShow>): Promise<ExitCode> {
  const from = momentOf(session, since, '--since') ?? session.now()
  const items = await shiftsOf(session, name, from, numberOf(days, { flag: '--days', otherwise: 14, most: 400 }))
  printList(session, input, { items, columns: shiftColumns(session, false), name: ({ person }) => person ?? '', none: 'Nothing.' })
  return EXIT.ok
}

/** When, in every schedule, the next person takes over. */
export async function showNext(session: Session, { schedule, ...input }: InputOf<typeof onCallNext>): Promise<ExitCode> {
  const names = schedule === undefined ? await scheduleNames(session) : [schedule]
  const now = session.now()
  const found = await forEach(names, async (name) => (await shiftsOf(session, name, now, 30)).find(({ from }) => Date.parse(from) > now))
  const items = found.filter((one) => one !== undefined).sort((a, b) => Date.parse(a.from) - Date.parse(b.from))
  printList(session, input, {
    items,
    columns: shiftColumns(session, true),
    name: ({ person }) => person ?? '',
    none: 'No shift changes in the next 30 days.',
  })
  return EXIT.ok
}

export async function showMine(session: Session, { person, days, ...input }: InputOf<typeof onCallMe>): Promise<ExitCode> {
  const who = person ?? (await whoAmI(session))
  const ahead = numberOf(days, { flag: '--days', otherwise: 30, most: 400 })
  const called = isForPeople(session.format(input)) ? (await personCalled(session))(who) : who
  const names = await scheduleNames(session)
  const found = await forEach(names, (name) => shiftsOf(session, name, session.now(), ahead))
  const items = found
    .flat()
    .filter((shift) => shift.person === who)
    .sort((a, b) => Date.parse(a.from) - Date.parse(b.from))
  printList(session, input, {
    items,
    columns: shiftColumns(session, true),
    name: ({ schedule }) => schedule,
    none: `${called} has no shift in the next ${ahead} days.`,
  })
  const current = items.find(({ from }) => Date.parse(from) <= session.now())
  if (items.length > 0)
    session.hint(
      current
        ? [
            tone('you', called),
            ` is on call now${current.goesOn ? '' : `, until ${momentText(Date.parse(current.until), session.now(), { language: 'en', zone: session.zone })}`}.`,
          ]
        : `${called} is not on call now.`,
    )
  return EXIT.ok
}

/** Exit 1 when there is one: for the pipeline that publishes a rota. */
export async function showGaps(session: Session, { names: typed, days, ...input }: InputOf<typeof scheduleGaps>): Promise<ExitCode> {
  const names = typed.length > 0 ? typed : await scheduleNames(session)
  const ahead = numberOf(days, { flag: '--days', otherwise: 60, most: 400 })
  const found = await forEach(names, (name) => shiftsOf(session, name, session.now(), ahead))
  const items = found.flat().filter(({ gap }) => gap)
  printList(session, input, {
    items,
    columns: shiftColumns(session, true),
    name: ({ schedule }) => schedule,
    none: [
      tone('done', 'ok'),
      `  somebody is on call in ${names.length === 1 ? names[0] : `all ${names.length} schedules`} for ${ahead} days.`,
    ],
  })
  return items.length > 0 ? EXIT.failed : EXIT.ok
}
