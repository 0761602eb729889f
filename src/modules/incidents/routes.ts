import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { storable } from '../../kernel/text.ts'
import type { Caller, Handlers } from '../../platform/contract.ts'
import type { Database, Sql, Transaction } from '../../platform/db.ts'
import { Service } from '../catalog/index.ts'
import { EscalationPolicy } from '../escalation/index.ts'
import { append, readTimeline } from '../timeline/index.ts'
import { acknowledge, changeIncident, escalate, type IncidentParts, openIncidents, resolve } from './actions.ts'
import type { incidentsContract } from './contract.ts'
import { type Incident, parseNumber } from './incident.ts'
import { readIncident } from './store.ts'
import { eventViewOf, viewOf } from './view.ts'

export interface IncidentRouteParts extends IncidentParts {
  db: Database
  /** Lists that join several rooms; see src/reads. */
  readIncidents: Pick<Handlers<typeof incidentsContract>, 'listIncidents' | 'countIncidents'>
  readPages: Handlers<typeof incidentsContract>['getPages']
  readEscalation: Handlers<typeof incidentsContract>['getEscalation']
}

export function incidentHandlers(parts: IncidentRouteParts): Handlers<typeof incidentsContract> {
  const { db, documents } = parts
  return {
    listIncidents: parts.readIncidents.listIncidents,
    countIncidents: parts.readIncidents.countIncidents,
    declareIncident: ({ body, caller, now }) =>
      db.transaction(async (tx) => {
        const snapshot = await documents.fresh(tx.sql)
        if (body.service !== undefined && !snapshot.get(Service, body.service))
          return refuse('no-such-service', `There is no service ‹${body.service}›. \`tocsin service list\` shows them.`)
        if (body.policy !== undefined && !snapshot.get(EscalationPolicy, body.policy))
          return refuse('no-such-policy', `There is no escalation policy ‹${body.policy}›.`)
        const [opened] = await openIncidents(tx, now, parts, snapshot, [
          {
            title: storable(body.title),
            ...(body.summary !== undefined && { summary: storable(body.summary) }),
            severity: body.severity,
            service: body.service ?? null,
            ...(body.policy !== undefined && { policy: body.policy }),
            origin: 'person',
            actor: actorOf(caller),
            demo: body.service !== undefined && snapshot.get(Service, body.service)?.origin.kind === 'demo',
          },
        ])
        const incident = (await readIncident(tx.sql, { id: opened! }))!
        return {
          ...viewOf(incident),
          warnings: incident.policy === null ? ['Nobody is paged: it has no service with an escalation policy, and none was named.'] : [],
        }
      }),
    async getIncident({ params }) {
      const incident = await findIncident(db.sql, params.id)
      return isRefusal(incident) ? incident : viewOf(incident)
    },
    changeIncident: ({ params, body, caller, now }) =>
      acting(params.id, async (tx, id) => changeIncident(tx, now, parts, await documents.fresh(tx.sql), id, actorOf(caller), texts(body))),
    acknowledgeIncident: ({ params, body, caller, now }) =>
      acting(params.id, async (tx, id) => acknowledge(tx, now, await documents.fresh(tx.sql), id, actorOf(caller), body.via)),
    resolveIncident: ({ params, caller, now }) => acting(params.id, (tx, id) => resolve(tx, now, parts, id, actorOf(caller))),
    escalateIncident: ({ params, caller, now }) =>
      acting(params.id, async (tx, id) => escalate(tx, now, parts, await documents.fresh(tx.sql), id, actorOf(caller))),
    getEscalation: parts.readEscalation,
    async addNote({ params, body, caller, now }) {
      const incident = await findIncident(db.sql, params.id)
      if (isRefusal(incident)) return incident
      const happenedAt = body.happenedAt === undefined ? now : Date.parse(body.happenedAt)
      await db.transaction((tx) =>
        append(tx, now, [
          {
            incidentId: incident.id,
            happenedAt,
            actor: actorOf(caller),
            event: { type: 'note.added', data: { text: storable(body.text) } },
          },
        ]),
      )
      return {}
    },
    async getTimeline({ params, query }) {
      const incident = await findIncident(db.sql, params.id)
      if (isRefusal(incident)) return incident
      const after = numberIn(query.cursor)
      if (after === undefined) return refuse('bad-cursor', 'The cursor is not one of ours; leave it out for the first page.')
      const events = await readTimeline(db.sql, incident.id, after ?? 0, query.limit + 1)
      const items = events.slice(0, query.limit)
      return { items: items.map(eventViewOf), next: events.length > query.limit ? String(items.at(-1)!.seq) : null }
    },
    getPages: parts.readPages,
  }

  async function acting<R extends string>(ref: string, act: (tx: Transaction, id: string) => Promise<Incident | Refusal<R>>) {
    const known = await findIncident(db.sql, ref)
    if (isRefusal(known)) return known as Refusal<'not-found'>
    const outcome = await db.transaction((tx) => act(tx, known.id))
    return isRefusal(outcome) ? (outcome as Refusal<R>) : viewOf(outcome)
  }
}

/** By id (`inc_…`) or number (`INC-142`). */
export async function findIncident(sql: Sql, ref: string): Promise<Incident | Refusal<'not-found'>> {
  const number = parseNumber(ref)
  // What is none of our ids need not be asked for, and may hold what the database refuses.
  const known = number !== undefined || /^inc_[0-9a-z]{1,60}$/.test(ref)
  const incident = known ? await readIncident(sql, number === undefined ? { id: ref } : { number }) : undefined
  return incident ?? refuse('not-found', `There is no incident ${ref.slice(0, 60)}.`)
}

/** Null for the first page, undefined when it is not one of ours. */
function numberIn(cursor: string | undefined): number | null | undefined {
  if (cursor === undefined) return null
  return /^\d{1,9}$/.test(cursor) ? Number(cursor) : undefined
}

/** Every text of a body as the database takes it. */
function texts<Body extends object>(body: Body): Body {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? storable(value) : value]),
  ) as Body
}

export function actorOf(caller: Caller): Actor {
  return caller.person === undefined ? `token:${caller.label}` : `person:${caller.person}`
}
