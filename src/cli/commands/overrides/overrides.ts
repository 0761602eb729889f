import { randomUUID } from 'node:crypto'
import { parseDuration } from '../../../kernel/duration.ts'
import { momentText } from '../../../kernel/moment.ts'
import { type Instant, iso } from '../../../kernel/time.ts'
import { ApiError } from '../../../platform/client.ts'
import { CommandError, exitOf } from '../../errors.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList, printOne } from '../../printing.ts'
import { allOverrides } from '../../product/all-overrides.ts'
import { whoAmI } from '../../product/incident-ids.ts'
import type { OverrideView } from '../../product/kinds.ts'
import { personCalled, personNames, scheduleNames } from '../../product/known-names.ts'
import { named } from '../../product/lists.ts'
import { momentOf } from '../../product/typed-moment.ts'
import type { Session } from '../../session.ts'
import { dayTimes, lengthOf, zoneHead } from '../../text/moments.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { Column } from '../../text/table.ts'
import type { overrideCreate, overrideEnd, overrideList } from '../../verbs/overrides.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { watchOr } from '../../watch.ts'

export async function listOverrides(session: Session, { schedules, ...input }: InputOf<typeof overrideList>): Promise<ExitCode> {
  return watchOr(session, input, async (screen) => {
    printList(screen, input, {
      items: await allOverrides(session, schedules),
      columns: overrideColumns(session),
      name: ({ id }) => id,
      none: 'No override is under way or to come.',
    })
    return EXIT.ok
  })
}

function overrideColumns(session: Session): Column<OverrideView>[] {
  const at = (moment: string) => dayTimes(Date.parse(moment), session.now(), session.zone)
  const head = zoneHead(session.zone)
  return [
    { head: 'SCHEDULE', cell: ({ schedule }) => tone('strong', schedule), value: ({ schedule }) => schedule },
    { head: 'WHO', cell: ({ displayName }) => displayName, value: ({ person }) => person },
    {
      head: `FROM (${head})`,
      cell: ({ from }) => (Date.parse(from) <= session.now() ? tone('dim', 'under way') : at(from)),
      value: ({ from }) => from,
    },
    { head: `UNTIL (${head})`, cell: ({ until }) => at(until), value: ({ until }) => until },
    { head: 'REASON', cell: ({ reason }) => reason ?? '-', value: ({ reason }) => reason, shrinks: true },
    { head: 'MADE BY', cell: ({ madeBy }) => tone('dim', madeBy), value: ({ madeBy }) => madeBy, wide: true },
    { head: 'ID', cell: ({ id }) => tone('dim', id), value: ({ id }) => id },
  ]
}

export async function createOverride(
  session: Session,
  { schedule, person: typed, from, until, reason, dryRun, ...input }: InputOf<typeof overrideCreate>,
): Promise<ExitCode> {
  const window = windowOf(session, from, until)
  const person = typed ?? (await whoAmI(session))
  const override = { schedule, person, from: iso(window.from), until: iso(window.until), reason: reason ?? null }
  if (dryRun) {
    const displayName = (await personCalled(session))(person)
    printOne(session, input, {
      value: { dryRun: true, ...override },
      name: '',
      lines: () => [['would put ', ...overrideText(session, { ...override, displayName })]],
    })
    return EXIT.ok
  }
  const body = {
    person,
    until: override.until,
    ...(from !== undefined && { from: override.from }),
    ...(reason !== undefined && { reason }),
  }
  const made = await create(session, schedule, body)
  printOne(session, input, { value: made, name: made.id, lines: () => [overrideText(session, made)] })
  session.hint([tone('dim', 'End it:'), ` tocsin override end ${made.id}`])
  return EXIT.ok
}

/** Either name may be the wrong one. */
async function create(
  session: Session,
  schedule: string,
  body: { person: string; from?: string; until: string; reason?: string },
): Promise<OverrideView> {
  const ask = () => session.server().api.makeOverride({ params: { name: schedule }, body, idempotencyKey: randomUUID() })
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ApiError) || exitOf(error) !== EXIT.notFound) throw error
    const fail = () => Promise.reject(error)
    if (error.refusal === 'no-such-person') return named(body.person, fail, () => personNames(session))
    return named(schedule, fail, () => scheduleNames(session))
  }
}

/** An end may be told as a length: of the override, not of the wait until it begins. */
function windowOf(session: Session, from: string | undefined, until: string | undefined): { from: Instant; until: Instant } {
  if (until === undefined)
    throw new CommandError(
      EXIT.usage,
      'Say until when: --until "sun 21:00", or --until 8h.',
      'Such as: tocsin override create payments-primary lin --until 8h',
    )
  const begins = momentOf(session, from, '--from') ?? session.now()
  const length = parseDuration(until.trim().toLowerCase())
  const ends = length === undefined ? momentOf(session, until, '--until')! : begins + length
  if (ends <= begins)
    throw new CommandError(
      EXIT.usage,
      'It would end before it starts.',
      'Write an --until later than --from; days of the week are the next ones to come.',
    )
  return { from: begins, until: ends }
}

function overrideText(
  session: Session,
  { schedule, displayName, from, until }: Pick<OverrideView, 'schedule' | 'displayName' | 'from' | 'until'>,
): Text[] {
  const at = (moment: string) => momentText(Date.parse(moment), session.now(), { language: 'en', zone: session.zone })
  const begins = Date.parse(from) <= session.now() ? 'now' : at(from)
  const length = lengthOf(Date.parse(until) - Math.max(Date.parse(from), session.now()))
  return [tone('you', displayName), ' on call for ', tone('strong', schedule), ` from ${begins} until ${at(until)}, ${length}`]
}

export async function endOverrides(session: Session, { ids, dryRun, ...input }: InputOf<typeof overrideEnd>): Promise<ExitCode> {
  const known = await allOverrides(session)
  const piped = ids.includes('-') ? (await session.terminal.stdin.text()).split(/\s+/).filter((word) => word !== '') : []
  const wanted = [...ids.filter((id) => id !== '-'), ...piped].map((typed) => overrideCalled(known, typed))
  if (!dryRun) for (const { schedule, id } of wanted) await session.server().api.endOverride({ params: { name: schedule, id } })
  printList(session, input, { items: wanted, columns: overrideColumns(session), name: ({ id }) => id, none: 'There is nothing to do.' })
  session.say(tone('dim', dryRun ? 'would be ended' : 'ended; the rotation decides again'))
  return EXIT.ok
}

/** Ids are long: as much of one as tells it apart will do. */
function overrideCalled(known: readonly OverrideView[], typed: string): OverrideView {
  const found = known.filter(({ id }) => id === typed || (typed.length >= 8 && id.startsWith(typed)))
  if (found.length > 1) throw new CommandError(EXIT.usage, `‹${typed}› begins the ids of ${found.length} overrides; write more of it.`)
  if (found[0]) return found[0]
  throw new CommandError(EXIT.notFound, `There is no override ‹${typed}› under way or to come.`, '`tocsin override list` shows them.')
}
