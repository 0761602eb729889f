import { newId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Caller, Handlers, Write } from '../../platform/contract.ts'
import type { Database, Sql, Transaction } from '../../platform/db.ts'
import { fragment } from '../../platform/fragment.ts'
import { authorOf, byName, type Document, type Documents, originOf, pageOf, writeDocuments } from '../documents/index.ts'
import { isoOrNull, numberText, readIncidentBriefs, visibleTo } from '../incidents/index.ts'
import { masked } from '../people/index.ts'
import type { hooksContract } from './contract.ts'
import { type DeliveryId, isOff, WELL } from './delivery.ts'
import { Hook, type HookSpec } from './hook.ts'
import type { Sender } from './send.ts'
import { newSecret } from './sign.ts'
import {
  countWaiting,
  type HookState,
  holdStates,
  insertDeliveries,
  readDeliveries,
  readDelivery,
  readStates,
  reopenDelivery,
  type ToldDelivery,
} from './store.ts'

export interface HookRouteParts {
  db: Database
  documents: Documents
  sender: Sender
  seal(secret: string): string
}

export function hookHandlers({ db, documents, sender, seal }: HookRouteParts): Handlers<typeof hooksContract> {
  async function find(sql: Sql, name: string): Promise<Document<HookSpec> | Refusal<'not-found'>> {
    return (await documents.fresh(sql)).get(Hook, name) ?? noHook(name)
  }

  return {
    async listHooks({ query, caller }) {
      const page = pageOf((await documents.fresh(db.sql)).all(Hook).sort(byName), query)
      return isRefusal(page) ? page : { items: await hookViews(page.items, caller), next: page.next }
    },
    async getHook({ params, caller }) {
      const hook = await find(db.sql, params.name)
      return isRefusal(hook) ? hook : (await hookViews([hook], caller))[0]!
    },
    async listDeliveries({ params, query, caller, now }) {
      const hook = await find(db.sql, params.name)
      if (isRefusal(hook)) return hook
      if (query.cursor !== undefined && !/^\d{1,15}$/.test(query.cursor))
        return refuse('bad-cursor', 'The cursor is not one of ours; leave it out for the first page.')
      const before = query.cursor === undefined ? null : Number(query.cursor)
      const rows = await readDeliveries(db.sql, hook.name, seenBy(caller), before, query.limit + 1)
      const items = rows.slice(0, query.limit)
      return { items: await deliveryViews(items, caller, now), next: rows.length > query.limit ? String(items.at(-1)!.position) : null }
    },
    async getDelivery({ params, caller, now }) {
      const hook = await find(db.sql, params.name)
      if (isRefusal(hook)) return hook
      const found = await readDelivery(db.sql, hook.name, params.id, seenBy(caller))
      return found ? { ...(await deliveryViews([found], caller, now))[0]!, body: found.body } : noDelivery(params.id)
    },
    redeliver: ({ params, caller, now }, write) =>
      sending(write, params.name, caller, now, async (tx, hook) => {
        const found = await readDelivery(tx.sql, hook.name, params.id, seenBy(caller))
        if (!found) return noDelivery(params.id)
        await holdStates(tx.sql, [hook.name])
        const isOpen = !(await reopenDelivery(tx.sql, now, hook.name, params.id))
        return isOpen && found.leased ? refuse('under-way', 'It is being sent at this moment.') : found.id
      }),
    testHook: ({ params, caller, now }, write) =>
      sending(write, params.name, caller, now, async (tx, hook) => {
        const id = newId('dlv', now)
        const body = JSON.stringify({ id, type: 'hook.test', occurredAt: iso(now), incident: null, event: null })
        await insertDeliveries(tx.sql, now, [
          { id, hook: hook.name, incidentId: null, type: 'hook.test', occurredAt: now, body, first: true },
        ])
        return id
      }),
    makeHookSecret: ({ params, caller, now }, write) =>
      change(write, params.name, caller, now, (spec) => {
        const secret = newSecret()
        const sealed = { sealed: seal(secret) }
        const changed = { ...spec, secret: sealed, ...(spec.secret && { olderSecret: spec.secret }) }
        return { spec: changed, reply: { secret, secrets: secretsOf(changed) } }
      }),
    retireHookSecret: ({ params, caller, now }, write) =>
      change(write, params.name, caller, now, ({ olderSecret: _, ...spec }) => ({ spec, reply: { secrets: secretsOf(spec) } })),
  }

  /** Queues something and, once that is kept, sends it and tells what came of it. */
  function sending<Name extends string>(
    write: Write,
    name: string,
    caller: Caller,
    now: Instant,
    queue: (tx: Transaction, hook: Document<HookSpec>) => Promise<DeliveryId | Refusal<Name>>,
  ) {
    const viewOf = async (sql: Sql, id: string) =>
      (await deliveryViews([(await readDelivery(sql, name, id, seenBy(caller)))!], caller, now, sql))[0]!
    return write(
      async (tx) => {
        const hook = await find(tx.sql, name)
        if (isRefusal(hook)) return hook
        if (!hook.spec.secret)
          return refuse('no-secret', `Hook ‹${name}› has no secret to sign with; \`tocsin hook secret ${name}\` makes one.`)
        const id = await queue(tx, hook)
        return isRefusal(id) ? (id as Refusal<Name>) : viewOf(tx.sql, id)
      },
      {
        look: async (queued) => {
          const { id } = queued as { id: DeliveryId }
          await sender.sendNow(id)
          return viewOf(db.sql, id) as never
        },
      },
    )
  }

  function change<Reply>(
    write: Write,
    name: string,
    caller: Caller,
    now: Instant,
    next: (spec: HookSpec) => { spec: HookSpec; reply: Reply },
  ) {
    return write(async (tx): Promise<Reply | Refusal<'not-found' | 'from-file'>> => {
      const hook = (await documents.hold(tx)).get(Hook, name)
      if (!hook) return noHook(name)
      const { origin } = hook
      if (origin.kind === 'file')
        return refuse('from-file', `Hook ‹${name}› comes from ${origin.file}, line ${origin.line}. Change its secret there.`)
      const { spec, reply } = next(hook.spec)
      await writeDocuments(tx.sql, now, authorOf(caller), [
        { kind: Hook.name, name, spec, origin: origin.kind === 'demo' ? origin : originOf(caller) },
      ])
      return reply
    })
  }

  async function hookViews(hooks: Document<HookSpec>[], caller: Caller) {
    const names = hooks.map(({ name }) => name)
    const [states, waiting] = await Promise.all([readStates(db.sql, names), countWaiting(db.sql, names)])
    return hooks.map((hook) => hookViewOf(hook, states.get(hook.name), waiting.get(hook.name) ?? 0, caller))
  }

  async function deliveryViews(rows: ToldDelivery[], caller: Caller, now: Instant, sql: Sql = db.sql) {
    const ids = [...new Set(rows.flatMap(({ incidentId }) => incidentId ?? []))]
    const briefs = ids.length === 0 ? undefined : await readIncidentBriefs(sql, ids, caller)
    return rows.map((row) => {
      const number = row.incidentId === null ? undefined : briefs?.get(row.incidentId)?.number
      return deliveryViewOf(row, number === undefined ? null : numberText(number), now)
    })
  }
}

function hookViewOf({ name, spec, origin, changedAt }: Document<HookSpec>, state: HookState | undefined, waiting: number, caller: Caller) {
  const { failingSince, offSince } = state ?? WELL
  const off = isOff({ failingSince, offSince }, changedAt)
  return {
    ...{ name, displayName: spec.displayName ?? name, origin, waiting, secrets: secretsOf(spec) },
    url: caller.permits('config:write') ? spec.url : masked(spec.url),
    ...{ events: spec.events ?? null, services: spec.services ?? null, teams: spec.teams ?? null },
    state: !spec.secret ? ('no-secret' as const) : off ? ('off' as const) : failingSince === null ? ('on' as const) : ('failing' as const),
    failingSince: isoOrNull(failingSince),
    offSince: off ? isoOrNull(offSince) : null,
    lastDeliveredAt: isoOrNull(state?.deliveredAt ?? null),
  }
}

function deliveryViewOf(row: ToldDelivery, incident: string | null, now: Instant) {
  return {
    ...{ id: row.id, type: row.type, incident, incidentId: row.incidentId, attempts: row.attempts, status: row.status, answer: row.answer },
    occurredAt: iso(row.occurredAt),
    queuedAt: iso(row.queuedAt),
    state: row.ending ?? (row.leased && row.dueAt !== null && row.dueAt > now ? ('sending' as const) : ('waiting' as const)),
    lastAttemptAt: isoOrNull(row.attemptedAt),
    nextAttemptAt: row.leased ? null : isoOrNull(row.dueAt),
  }
}

function secretsOf({ secret, olderSecret }: HookSpec): number {
  return (secret ? 1 : 0) + (olderSecret ? 1 : 0)
}

/** What hangs on an incident is seen by who sees that. */
function seenBy(caller: Caller) {
  return visibleTo(caller, fragment`hooks_deliveries.incident_id`)
}

function noHook(name: string): Refusal<'not-found'> {
  return refuse('not-found', `There is no hook ‹${name.slice(0, 100)}›. \`tocsin hook list\` shows them.`)
}

function noDelivery(id: string): Refusal<'not-found'> {
  return refuse('not-found', `There is no delivery ‹${id.slice(0, 100)}› of this hook; deliveries are kept for 7 days.`)
}
