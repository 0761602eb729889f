import { randomUUID } from 'node:crypto'
import type { Instant } from '../../../kernel/time.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList, printOne } from '../../printing.ts'
import type { EventView, IntegrationView, WholeIntegrationView } from '../../product/kinds.ts'
import { integrationNames } from '../../product/known-names.ts'
import { everything, named, numberOf, upTo } from '../../product/lists.ts'
import { rankOf } from '../../product/typed-severity.ts'
import type { Session } from '../../session.ts'
import { age, clockTime, dayTime, zoneTold } from '../../text/moments.ts'
import { severityWord } from '../../text/severity.ts'
import { type Text, tone } from '../../text/spans.ts'
import { type Column, pairLines } from '../../text/table.ts'
import type { integrationEvents, integrationList, integrationShow, integrationTest, unparsedList } from '../../verbs/integrations.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { watchOr } from '../../watch.ts'

export async function listIntegrations(session: Session, { service, ...input }: InputOf<typeof integrationList>): Promise<ExitCode> {
  return watchOr(session, input, async (screen) => {
    const only = service === undefined ? {} : { service }
    const items = await everything((query) => session.server().api.listIntegrations({ query: { ...query, ...only } }))
    printList(screen, input, {
      items,
      columns: integrationColumns(session.now()),
      name: ({ name }) => name,
      none: 'No way in yet. `tocsin apply -f` makes integrations.',
    })
    return EXIT.ok
  })
}

function integrationColumns(now: Instant): Column<IntegrationView>[] {
  return [
    { head: 'INTEGRATION', cell: ({ name }) => tone('strong', name), value: ({ name }) => name },
    { head: 'SPEAKS', cell: ({ sourceTitle }) => sourceTitle, value: ({ source }) => source },
    { head: 'SERVICE', cell: ({ service }) => service },
    { head: 'STATE', cell: ({ state }) => stateCell(state), value: ({ state }) => state },
    {
      head: 'LAST EVENT',
      cell: ({ lastEventAt }) => (lastEventAt === null ? '-' : `${age(now - Date.parse(lastEventAt))} ago`),
      value: ({ lastEventAt }) => lastEventAt,
      right: true,
    },
    { head: 'IN 24 H', cell: ({ events }) => String(events), value: ({ events }) => events, right: true },
    { head: 'REFUSED', cell: ({ refused }) => countCell(refused), value: ({ refused }) => refused, right: true },
    { head: 'UNPARSED', cell: ({ unparsed }) => countCell(unparsed), value: ({ unparsed }) => unparsed, right: true },
    { head: 'FROM', cell: ({ origin }) => tone('dim', originText(origin)), value: ({ origin }) => originText(origin), wide: true },
  ]
}

/** One that is heard as a rule and is not any more is the one to look at. */
function stateCell(state: IntegrationView['state']): Text {
  switch (state) {
    case 'receiving':
      return tone('done', state)
    case 'silent':
      return tone('missing', `!${state}`)
    case 'quiet':
    case 'never':
      return state
  }
}

function countCell(count: number): Text {
  return count === 0 ? '-' : tone('soon', String(count))
}

function originText({ kind, file, line }: IntegrationView['origin']): string {
  return file === undefined ? kind : `${file}:${line}`
}

export async function showIntegration(session: Session, { name, ...input }: InputOf<typeof integrationShow>): Promise<ExitCode> {
  const integration = await named(
    name,
    () => session.server().api.getIntegration({ params: { name } }),
    () => integrationNames(session),
  )
  printOne(session, input, { value: integration, name, lines: () => integrationLines(integration, session.now()) })
  session.hint([tone('dim', 'Send an example:'), ` tocsin integration test ${name}`])
  return EXIT.ok
}

function integrationLines(one: WholeIntegrationView, now: Instant): Text[] {
  return [
    [tone('strong', one.name), one.displayName === one.name ? '' : `  ${one.displayName}`, '   ', stateCell(one.state)],
    ...pairLines([
      ['speaks', `${one.sourceTitle} (${one.source})`],
      ['service', one.service],
      ['last event', one.lastEventAt === null ? 'none within 30 days' : `${age(now - Date.parse(one.lastEventAt))} ago`],
      [
        'in 24 h',
        `${one.events} ${one.events === 1 ? 'event' : 'events'}, ${one.refused} refused, ${one.unparsed} with something that could not be used`,
      ],
      ...one.keys.map(({ id, start, newest }, i) => [i === 0 ? 'keys' : '', `${start ?? ''}…  ${id}${newest ? '' : '  older'}`] as const),
      ['address', one.address],
      ['from', originText(one.origin)],
    ]),
    ...one.connect.flatMap(({ name, file, code }): Text[] => [
      '',
      tone('dim', file === null ? name : `${name}, ${file}`),
      ...code
        .trimEnd()
        .split('\n')
        .map((line): Text => `  ${line}`),
    ]),
  ]
}

export async function showEvents(session: Session, { name, limit, raw, ...input }: InputOf<typeof integrationEvents>): Promise<ExitCode> {
  const most = numberOf(limit, { flag: '--limit', otherwise: 10, most: 500 })
  return watchOr(session, input, async (screen) => {
    const { api } = session.server()
    const ask = () =>
      upTo(most, ({ limit: wanted, ...page }) =>
        api.listIntegrationEvents({ params: { name }, query: { ...page, limit: Math.min(wanted, 50) } }),
      )
    const { items } = await named(name, ask, () => integrationNames(session))
    printEvents(screen, items, raw, input, { withIntegration: false, none: 'Nothing has come in within 30 days.' })
    return EXIT.ok
  })
}

export async function listUnparsed(
  session: Session,
  { integration, limit, raw, ...input }: InputOf<typeof unparsedList>,
): Promise<ExitCode> {
  const most = numberOf(limit, { flag: '--limit', otherwise: 50, most: 500 })
  return watchOr(session, input, async (screen) => {
    const only = integration === undefined ? {} : { integration }
    const { items } = await upTo(most, (page) => session.server().api.listUnparsed({ query: { ...only, ...page } }))
    printEvents(screen, items, raw, input, { withIntegration: true, none: 'Everything that came in could be used.' })
    return EXIT.ok
  })
}

function printEvents(
  session: Session,
  items: EventView[],
  raw: boolean | undefined,
  input: Parameters<typeof printList>[1],
  { withIntegration, none }: { withIntegration: boolean; none: string },
): void {
  if (raw) session.printRaw(items.map(({ body }) => (body.endsWith('\n') ? body : `${body}\n`)).join(''))
  else printList(session, input, { items, columns: eventColumns(session, withIntegration), name: ({ id }) => id, none })
}

function eventColumns(session: Session, withIntegration: boolean): Column<EventView>[] {
  const day = (at: string) => dayTime(Date.parse(at), session.now(), session.zone).replace(/\d\d:\d\d$/, '')
  return [
    {
      head: `RECEIVED (${zoneTold(session.zone, session.now()).toUpperCase()})`,
      cell: ({ receivedAt }) => `${day(receivedAt)}${clockTime(Date.parse(receivedAt), session.zone)}`,
      value: ({ receivedAt }) => receivedAt,
    },
    ...(withIntegration ? [{ head: 'INTEGRATION', cell: ({ integration }: EventView) => integration } satisfies Column<EventView>] : []),
    { head: 'ANSWERED', cell: ({ refused }) => (refused ? tone('soon', 'no') : 'yes'), value: ({ refused }) => !refused },
    { head: 'BYTES', cell: ({ bytes }) => String(bytes), value: ({ bytes }) => bytes, right: true },
    { head: 'WHAT', cell: whatCell, value: (event) => event.problems[0] ?? event.alerts[0]?.title ?? null, shrinks: true },
    { head: 'ID', cell: ({ id }) => tone('dim', id), value: ({ id }) => id, wide: true },
  ]
}

function whatCell({ problems, alerts }: EventView): Text {
  const [problem] = problems
  if (problem !== undefined) return [tone('soon', '! '), problem, problems.length > 1 ? ` (and ${problems.length - 1} more)` : '']
  const [first] = alerts
  return first === undefined ? '-' : [first.title, alerts.length > 1 ? ` (and ${alerts.length - 1} more)` : '']
}

/** The lowest severity unless said: a test must not wake anybody by accident. */
const TEST_RANK = 4

export async function testIntegration(
  session: Session,
  { name, sev, dryRun, yes, ...input }: InputOf<typeof integrationTest>,
): Promise<ExitCode> {
  const { api } = session.server()
  const severity = sev === undefined ? TEST_RANK : rankOf(sev)
  const integration = await named(
    name,
    () => api.getIntegration({ params: { name } }),
    () => integrationNames(session),
  )
  if (dryRun) {
    const { sourceTitle, service } = integration
    printOne(session, input, {
      value: { dryRun: true, integration: name, service, severity },
      name,
      lines: () => [['would send an example of ', sourceTitle, ' for ', tone('strong', service), ', ', severityWord(severity)]],
    })
    return EXIT.ok
  }
  if (severity < TEST_RANK) await session.confirm(`Send an example by ${name} that may page people of ${integration.service}?`, { yes })
  const sent = await api.testIntegration({ params: { name }, body: { severity }, idempotencyKey: randomUUID() })
  printOne(session, input, {
    value: sent,
    name: sent.dedupKey,
    lines: () => [
      sent.status < 300 ? [tone('done', 'ok'), `  answered ${sent.status}`] : [tone('missing', 'x '), ` refused with ${sent.status}`],
      ...(sent.alert === null
        ? [tone('soon', 'it has not been worked off within 10 s')]
        : [`alert ${sent.alert}${sent.incidentId === null ? ', no incident' : `, incident ${sent.incidentId}`}`]),
    ],
  })
  if (sent.alert !== null) session.hint([tone('dim', 'Why it went where it went:'), ` tocsin alert why ${sent.alert}`])
  return sent.status < 300 && sent.alert !== null ? EXIT.ok : EXIT.failed
}
