import type { IncidentId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import type { Fragment } from '../../platform/fragment.ts'
import type { Attempt, DeliveryId, Ending, NextOfDelivery, Standing } from './delivery.ts'

export interface NewDelivery {
  id: DeliveryId
  hook: string
  incidentId: IncidentId | null
  type: string
  occurredAt: Instant
  body: string
  /** No earlier one of the same hook and incident is queued with it. */
  first: boolean
}

/**
 * Queues deliveries, in order: of a hook and an incident the first is due at once, and each when the one before is through. The
 * caller holds the hooks.
 */
export async function insertDeliveries(sql: Sql, now: Instant, deliveries: NewDelivery[]): Promise<void> {
  const rows = deliveries.map((one) => ({
    ...{ id: one.id, h: one.hook, i: one.incidentId, t: one.type, o: iso(one.occurredAt), b: one.body, f: one.first },
  }))
  await sql`
    insert into hooks_deliveries (id, hook, incident_id, type, occurred_at, queued_at, body, due_at)
    select id, h, i, t, o, ${iso(now)}::timestamptz, b,
      case when f and not exists (select 1 from hooks_deliveries d where d.hook = r.h and d.incident_id = r.i and d.ended_at is null offset 0) then ${iso(now)}::timestamptz end
    from json_to_recordset(${JSON.stringify(rows)}) as r(id text, h text, i text, t text, o timestamptz, b text, f boolean)`
}

/** Holds hooks until the transaction ends, in one order for all; answers how they fare. */
export async function holdStates(sql: Sql, hooks: string[]): Promise<Map<string, Standing>> {
  await sql`insert into hooks_states (hook) select unnest(${hooks.toSorted()}::text[]) on conflict do nothing`
  const rows = await sql<Standing & { hook: string }>`
    select hook, failing_since as "failingSince", off_since as "offSince" from hooks_states where hook = any(${hooks}::text[]) order by hook for update`
  return new Map(rows.map(({ hook, ...standing }) => [hook, standing]))
}

export interface HookState extends Standing {
  hook: string
  deliveredAt: Instant | null
}

/** How hooks fare; one without a row has not been told of anything yet. */
export async function readStates(sql: Sql, hooks: string[]): Promise<Map<string, HookState>> {
  const rows = await sql<HookState>`
    select hook, failing_since as "failingSince", off_since as "offSince", delivered_at as "deliveredAt" from hooks_states where hook = any(${hooks}::text[])`
  return new Map(rows.map((row) => [row.hook, row]))
}

/** How every hook fares, those that are gone among them. */
export async function readAllStates(sql: Sql): Promise<HookState[]> {
  return sql<HookState>`
    select hook, failing_since as "failingSince", off_since as "offSince", delivered_at as "deliveredAt" from hooks_states`
}

/** The caller holds the hook. */
export async function updateState(
  sql: Sql,
  hook: string,
  { failingSince, offSince }: Standing,
  deliveredAt: Instant | null,
): Promise<void> {
  await sql`
    update hooks_states set failing_since = ${isoOr(failingSince)}::timestamptz, off_since = ${isoOr(offSince)}::timestamptz,
      delivered_at = coalesce(${isoOr(deliveredAt)}::timestamptz, delivered_at) where hook = ${hook}`
}

/** A delivery that this process sends now. */
export interface LeasedDelivery {
  position: number
  id: DeliveryId
  hook: string
  incidentId: IncidentId | null
  body: string
  attempts: number
  triedSince: Instant
}

/** Takes what is due for each of these hooks, a few of each, until a moment: should this process die, it is due again then. */
export async function leaseDue(sql: Sql, now: Instant, until: Instant, hooks: string[], each: number): Promise<LeasedDelivery[]> {
  return sql<LeasedDelivery>`
    update hooks_deliveries set leased = true, due_at = ${iso(until)}::timestamptz, attempts = attempts + 1, attempted_at = ${iso(now)}::timestamptz,
      tried_since = coalesce(tried_since, ${iso(now)}::timestamptz)
    where position = any(array(
      select w.position from unnest(${hooks}::text[]) as r(h) cross join lateral (
        select position from hooks_deliveries where hook = r.h and due_at <= ${iso(now)}::timestamptz order by due_at limit ${each}) w))
      and coalesce(due_at, 'infinity') <= ${iso(now)}::timestamptz
    returning position, id, hook, incident_id as "incidentId", body, attempts, tried_since as "triedSince"`
}

/**
 * Takes one delivery whatever is due, so that whoever asked for it hears what came of it. Undefined while it is being sent.
 * "is null" in other words: a plan made while the table was small walked the index of what is open.
 */
export async function leaseOne(sql: Sql, now: Instant, until: Instant, id: DeliveryId): Promise<LeasedDelivery | undefined> {
  const [row] = await sql<LeasedDelivery>`
    update hooks_deliveries set leased = true, due_at = ${iso(until)}::timestamptz, attempts = attempts + 1, attempted_at = ${iso(now)}::timestamptz,
      tried_since = coalesce(tried_since, ${iso(now)}::timestamptz)
    where id = ${id} and coalesce(ended_at, 'infinity') = 'infinity' and not leased
    returning position, id, hook, incident_id as "incidentId", body, attempts, tried_since as "triedSince"`
  return row
}

/** What came of an attempt. The caller holds the hook. */
export async function recordAttempt(
  sql: Sql,
  now: Instant,
  position: number,
  { status, answer }: Pick<Attempt, 'status' | 'answer'>,
  next: NextOfDelivery | { ending: Ending },
): Promise<void> {
  const [ending, againAt] = 'ending' in next ? [next.ending, null] : [null, next.againAt]
  await sql`
    update hooks_deliveries set leased = false, due_at = ${isoOr(againAt)}::timestamptz, ending = ${ending},
      ended_at = ${ending === null ? null : iso(now)}::timestamptz, status = ${status}, answer = ${answer} where position = ${position}`
}

/** One is through: the next of the same hook and incident is due, unless another is under way. The caller holds the hook. */
export async function releaseNext(sql: Sql, now: Instant, hook: string, incidentId: IncidentId): Promise<void> {
  await sql`
    update hooks_deliveries set due_at = ${iso(now)}::timestamptz where position = (
      select position from hooks_deliveries where hook = ${hook} and incident_id = ${incidentId} and ended_at is null order by position limit 1)
      and due_at is null`
}

/** Something arrived again: what waits to be tried once more need not wait. The caller holds the hook. */
export async function bringForward(sql: Sql, now: Instant, hook: string): Promise<void> {
  await sql`
    update hooks_deliveries set due_at = ${iso(now)}::timestamptz where position = any(array(
      select position from hooks_deliveries where hook = ${hook} and due_at > ${iso(now)}::timestamptz and not leased order by due_at limit 1000))`
}

/** Has a delivery that has ended sent once more, at once. The caller holds the hook. */
export async function reopenDelivery(sql: Sql, now: Instant, hook: string, id: string): Promise<boolean> {
  const rows = await sql`
    update hooks_deliveries set ended_at = null, ending = null, tried_since = null, due_at = ${iso(now)}::timestamptz
    where id = ${id} and hook = ${hook} and ended_at is not null returning 1`
  return rows.length > 0
}

export interface ToldDelivery {
  position: number
  id: DeliveryId
  incidentId: IncidentId | null
  type: string
  occurredAt: Instant
  queuedAt: Instant
  attempts: number
  attemptedAt: Instant | null
  dueAt: Instant | null
  leased: boolean
  endedAt: Instant | null
  ending: Ending | null
  status: number | null
  answer: string | null
  body: string
}

/** A hook's deliveries as far as these incidents may be seen, newest first, before a position. */
export async function readDeliveries(
  sql: Sql,
  hook: string,
  visible: Fragment,
  before: number | null,
  limit: number,
): Promise<ToldDelivery[]> {
  return sql<ToldDelivery>`
    select position, id, incident_id as "incidentId", type, occurred_at as "occurredAt", queued_at as "queuedAt", attempts, attempted_at as "attemptedAt",
      due_at as "dueAt", leased, ended_at as "endedAt", ending, status, answer, body
    from hooks_deliveries where hook = ${hook} and position < ${before ?? Number.MAX_SAFE_INTEGER}::bigint and (incident_id is null or ${visible})
    order by hook desc, position desc limit ${limit}`
}

export async function readDelivery(sql: Sql, hook: string, id: string, visible: Fragment): Promise<ToldDelivery | undefined> {
  const [row] = await sql<ToldDelivery>`
    select position, id, incident_id as "incidentId", type, occurred_at as "occurredAt", queued_at as "queuedAt", attempts, attempted_at as "attemptedAt",
      due_at as "dueAt", leased, ended_at as "endedAt", ending, status, answer, body
    from hooks_deliveries where id = ${id} and hook = ${hook} and (incident_id is null or ${visible})`
  return row
}

/** No more are counted than anybody reads. */
export const WAITING_COUNTED_MAX = 1000

export async function countWaiting(sql: Sql, hooks: string[]): Promise<Map<string, number>> {
  const rows = await sql<{ hook: string; count: number }>`
    select r.h as hook, (select count(*)::int from (select 1 from hooks_deliveries where hook = r.h and ended_at is null limit ${WAITING_COUNTED_MAX}) w) as count
    from unnest(${hooks}::text[]) as r(h)`
  return new Map(rows.map(({ hook, count }) => [hook, count]))
}

/** Oldest first, of which the first that is too young ends it. */
export async function forgetDeliveries(sql: Sql, before: Instant, rows: number): Promise<number> {
  const gone = await sql`
    delete from hooks_deliveries where position = any(array(
      select position from (select position, queued_at from hooks_deliveries order by position limit ${rows}) oldest where queued_at < ${iso(before)}::timestamptz))
    returning 1`
  return gone.length
}

/** Some of what a hook was told that was removed, and last how it fared. */
export async function forgetHook(sql: Sql, hook: string, rows: number): Promise<void> {
  const gone = await sql`
    delete from hooks_deliveries where position = any(array(select position from hooks_deliveries where hook = ${hook} limit ${rows})) returning 1`
  if (gone.length < rows) await sql`delete from hooks_states where hook = ${hook}`
}

function isoOr(at: Instant | null): string | null {
  return at === null ? null : iso(at)
}
