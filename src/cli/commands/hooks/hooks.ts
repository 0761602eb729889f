import { randomUUID } from 'node:crypto'
import type { Instant } from '../../../kernel/time.ts'
import { EXIT, type ExitCode } from '../../exits.ts'
import { printList, printOne } from '../../printing.ts'
import type { DeliveryView, HookView } from '../../product/kinds.ts'
import { hookNames } from '../../product/known-names.ts'
import { everything, forEach, named, numberOf, upTo } from '../../product/lists.ts'
import type { Session } from '../../session.ts'
import { age, clockTime, dayTime, zoneTold } from '../../text/moments.ts'
import { type Text, tone } from '../../text/spans.ts'
import type { Column } from '../../text/table.ts'
import type { hookDeliveries, hookList, hookRedeliver, hookSecret, hookTest } from '../../verbs/hooks.ts'
import type { InputOf } from '../../verbs/verb.ts'
import { watchOr } from '../../watch.ts'

export async function listHooks(session: Session, input: InputOf<typeof hookList>): Promise<ExitCode> {
  return watchOr(session, input, async (screen) => {
    const items = await everything((query) => session.server().api.listHooks({ query }))
    printList(screen, input, {
      items,
      columns: hookColumns(session.now()),
      name: ({ name }) => name,
      none: 'Nobody outside is told of anything. `tocsin apply -f` makes hooks; docs/webhooks.md has an example.',
    })
    return EXIT.ok
  })
}

function hookColumns(now: Instant): Column<HookView>[] {
  return [
    { head: 'HOOK', cell: ({ name }) => tone('strong', name), value: ({ name }) => name },
    { head: 'STATE', cell: ({ state }) => stateCell(state), value: ({ state }) => state },
    {
      head: 'LAST ARRIVED',
      cell: ({ lastDeliveredAt }) => (lastDeliveredAt === null ? '-' : `${age(now - Date.parse(lastDeliveredAt))} ago`),
      value: ({ lastDeliveredAt }) => lastDeliveredAt,
      right: true,
    },
    {
      head: 'WAITING',
      cell: ({ waiting }) => (waiting === 0 ? '-' : tone('soon', String(waiting))),
      value: ({ waiting }) => waiting,
      right: true,
    },
    { head: 'OF', cell: ofText, value: ofText, shrinks: true },
    { head: 'TO', cell: ({ url }) => tone('dim', url), value: ({ url }) => url, shrinks: true },
  ]
}

function stateCell(state: HookView['state']): Text {
  switch (state) {
    case 'on':
      return tone('done', state)
    case 'failing':
      return tone('soon', state)
    case 'off':
    case 'no-secret':
      return tone('missing', `!${state}`)
  }
}

/** What it is told of: "incident.opened, of checkout". */
function ofText({ events, services, teams }: HookView): string {
  const whose = services ?? teams?.map((team) => `team ${team}`)
  return `${events?.join(' ') ?? 'every event'}${whose ? `, of ${whose.join(' ')}` : ''}`
}

export async function showDeliveries(session: Session, { name, limit, body, ...input }: InputOf<typeof hookDeliveries>): Promise<ExitCode> {
  const most = numberOf(limit, { flag: '--limit', otherwise: 50, most: 1000 })
  return watchOr(session, input, async (screen) => {
    const { api } = session.server()
    const { items } = await named(
      name,
      () => upTo(most, (query) => api.listDeliveries({ params: { name }, query })),
      () => hookNames(session),
    )
    if (body) {
      const whole = await forEach(items, ({ id }) => api.getDelivery({ params: { name, id } }))
      session.printRaw(whole.map((one) => `${one.body}\n`).join(''))
    } else {
      const none = 'It was told of nothing within 7 days.'
      printList(screen, input, { items, columns: deliveryColumns(session), name: ({ id }) => id, none })
    }
    return EXIT.ok
  })
}

function deliveryColumns(session: Session): Column<DeliveryView>[] {
  const day = (at: string) => dayTime(Date.parse(at), session.now(), session.zone).replace(/\d\d:\d\d$/, '')
  return [
    {
      head: `HAPPENED (${zoneTold(session.zone, session.now()).toUpperCase()})`,
      cell: ({ occurredAt }) => `${day(occurredAt)}${clockTime(Date.parse(occurredAt), session.zone)}`,
      value: ({ occurredAt }) => occurredAt,
    },
    { head: 'EVENT', cell: ({ type }) => type },
    { head: 'INCIDENT', cell: ({ incident }) => incident ?? '-', value: ({ incident }) => incident },
    { head: 'STATE', cell: ({ state }) => deliveryCell(state), value: ({ state }) => state },
    { head: 'TRIES', cell: ({ attempts }) => String(attempts), value: ({ attempts }) => attempts, right: true },
    { head: 'ANSWER', cell: ({ answer }) => answer ?? '-', value: ({ answer }) => answer, shrinks: true },
    { head: 'ID', cell: ({ id }) => tone('dim', id), value: ({ id }) => id },
  ]
}

function deliveryCell(state: DeliveryView['state']): Text {
  switch (state) {
    case 'delivered':
      return tone('done', state)
    case 'gave-up':
      return tone('missing', `!${state}`)
    case 'waiting':
    case 'sending':
    case 'withheld':
      return state
  }
}

export async function redeliver(session: Session, { name, ids, dryRun, ...input }: InputOf<typeof hookRedeliver>): Promise<ExitCode> {
  const { api } = session.server()
  const sent = await named(
    name,
    () =>
      forEach(ids, (id) =>
        dryRun
          ? api.getDelivery({ params: { name, id } })
          : api.redeliver({ params: { name, id }, body: {}, idempotencyKey: randomUUID() }),
      ),
    () => hookNames(session),
  )
  printList(session, input, { items: sent, columns: deliveryColumns(session), name: ({ id }) => id, none: '' })
  return dryRun || sent.every(({ state }) => state === 'delivered') ? EXIT.ok : EXIT.failed
}

export async function testHook(session: Session, { name, dryRun, ...input }: InputOf<typeof hookTest>): Promise<ExitCode> {
  if (dryRun) return wouldDo(session, name, input, ({ url }) => `would send an event of type hook.test to ${url}`)
  const sent = await named(
    name,
    () => session.server().api.testHook({ params: { name }, body: {}, idempotencyKey: randomUUID() }),
    () => hookNames(session),
  )
  const arrived = sent.state === 'delivered'
  printOne(session, input, {
    value: sent,
    name: sent.id,
    lines: () => [[arrived ? tone('done', 'ok') : tone('missing', 'x '), `  ${sent.answer ?? 'It is being sent.'}`]],
  })
  return arrived ? EXIT.ok : EXIT.failed
}

export async function changeSecret(
  session: Session,
  { name, retire, dryRun, yes, ...input }: InputOf<typeof hookSecret>,
): Promise<ExitCode> {
  const { api } = session.server()
  if (dryRun) return wouldDo(session, name, input, () => `would ${retire ? 'sign no more with the secret before' : 'make a new secret'}`)
  if (retire) {
    await session.confirm(`Sign no more with the secret of ${name} before the newest?`, { yes })
    const left = await named(
      name,
      () => api.retireHookSecret({ params: { name }, idempotencyKey: randomUUID() }),
      () => hookNames(session),
    )
    printOne(session, input, { value: left, name, lines: () => [`${name} signs with ${left.secrets === 1 ? 'one secret' : 'no secret'}`] })
    return EXIT.ok
  }
  const made = await named(
    name,
    () => api.makeHookSecret({ params: { name }, body: {}, idempotencyKey: randomUUID() }),
    () => hookNames(session),
  )
  printOne(session, input, { value: made, name: made.secret, lines: () => [made.secret] })
  session.hint([tone('dim', 'Shown this once. When the receiver has it:'), ` tocsin hook secret ${name} --retire`])
  return EXIT.ok
}

async function wouldDo(
  session: Session,
  name: string,
  input: Parameters<typeof printOne>[1],
  what: (hook: HookView) => string,
): Promise<ExitCode> {
  const hook = await named(
    name,
    () => session.server().api.getHook({ params: { name } }),
    () => hookNames(session),
  )
  printOne(session, input, { value: { dryRun: true, hook: name, state: hook.state }, name, lines: () => [what(hook)] })
  return EXIT.ok
}
