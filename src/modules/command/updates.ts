import { parseDuration } from '../../kernel/duration.ts'
import { type IncidentId, newId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal } from '../../kernel/result.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Caller, Input } from '../../platform/contract.ts'
import type { Sql, Transaction } from '../../platform/db.ts'
import { actorOf } from '../incidents/index.ts'
import { schemeOnce } from '../severity/index.ts'
import { fact } from '../timeline/index.ts'
import { type CommandParts, hold, settle } from './held.ts'
import { paced } from './reminders.ts'
import { rhythmOf } from './rhythm.ts'
import { declaredHere } from './take-role.ts'
import type { tasksContract } from './tasks-contract.ts'

export type Audience = 'internal' | 'status-page'

export interface Update {
  id: string
  incidentId: IncidentId
  audience: Audience
  text: string
  nextBy: Instant | null
  by: string
  at: Instant
}

/** People are told how it stands, and when they hear more. */
export async function postUpdate(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  ref: string,
  { text, audience, next }: Input<(typeof tasksContract)['postUpdate']>['body'],
  caller: Caller,
): Promise<Update | Refusal<'not-found' | 'not-declared' | 'not-from-here'>> {
  const held = await hold(tx, ref, caller)
  if (isRefusal(held)) return held
  const here = declaredHere(held)
  if (isRefusal(here)) return here
  const { incident, around } = held
  const scheme = await schemeOnce(tx.sql, parts.documents, incident.severityScheme, incident.severitySchemeVersion)
  const everyMs = next === undefined ? rhythmOf(scheme, incident.severity, audience) : parseDuration(next)!
  // What is over promises nothing more, unless somebody says so.
  const isOver = incident.status === 'resolved' && next === undefined
  const nextBy = everyMs === undefined || isOver ? null : now + paced(here.command, everyMs)
  const incidentId = incident.id
  const update: Update = { id: newId('upd', now), incidentId, audience, text, nextBy, by: caller.person ?? caller.label, at: now }
  tx.unawaited(insertUpdate(tx.sql, update))
  const posted = fact({ incidentId, happenedAt: now, actor: actorOf(caller) }, 'update.posted', {
    id: update.id,
    moment: incident.status,
    version: around.updates + 1,
    audiences: [audience],
    texts: { [audience]: text },
    nextBy,
  })
  await settle(tx, now, parts, held, { ...held, around: { ...around, updates: around.updates + 1 } }, [posted])
  return update
}

async function insertUpdate(sql: Sql, { id, incidentId, audience, text, nextBy, by, at }: Update): Promise<void> {
  await sql`
    insert into command_updates (id, incident_id, audience, text, next_by, posted_by, posted_at)
    values (${id}, ${incidentId}, ${audience}, ${text}, ${nextBy === null ? null : iso(nextBy)}::timestamptz, ${by}, ${iso(at)}::timestamptz)`
}

export async function readUpdates(sql: Sql, incidentId: string, limit: number): Promise<Update[]> {
  return sql<Update>`
    select id, incident_id as "incidentId", audience, text, next_by as "nextBy", posted_by as by, posted_at as at from command_updates
    where incident_id = ${incidentId} order by posted_at desc, id desc limit ${limit}`
}

export function updateViewOf({ id, audience, text, by, at, nextBy }: Update) {
  return { id, audience, text, by, at: iso(at), nextBy: nextBy === null ? null : iso(nextBy) }
}
