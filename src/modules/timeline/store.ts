import type { Actor } from '../../kernel/actor.ts'
import type { IncidentId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql, Transaction } from '../../platform/db.ts'
import { CHAIN_START, seal } from './chain.ts'
import type { Entry, RecordedEvent, TimelineEvent } from './events.ts'

/**
 * Appends facts, in order, to their incidents' chains. `fresh` names incidents opened in this transaction, whose
 * chains need not be looked up. Chains are the last thing a transaction locks, so that no two wait for each other.
 */
export async function append(tx: Transaction, now: Instant, entries: Entry[], fresh?: ReadonlySet<string>): Promise<void> {
  if (entries.length === 0) return
  const known = [...new Set(entries.map((entry) => entry.incidentId))].filter((id) => !fresh?.has(id))
  const heads = known.length === 0 ? new Map<string, { seq: number; hash: string }>() : await readHeads(tx.sql, known)
  const rows = entries.map((entry) => {
    const head = heads.get(entry.incidentId)
    const seq = (head?.seq ?? 0) + 1
    const data = JSON.stringify(entry.event.data)
    const hash = seal(head?.hash ?? CHAIN_START, seq, entry, data)
    heads.set(entry.incidentId, { seq, hash })
    return { i: entry.incidentId, s: seq, h: iso(entry.happenedAt), a: entry.actor, t: entry.event.type, d: data, x: hash }
  })
  const touched = [...heads].map(([id, { seq, hash }]) => ({ i: id, s: seq, x: hash }))
  // Sorted, so that two transactions over the same incidents meet in one order.
  touched.sort((a, b) => (a.i < b.i ? -1 : 1))
  tx.unawaited(insertEvents(tx.sql, now, touched, rows))
}

async function insertEvents(sql: Sql, now: Instant, touched: { i: string; s: number; x: string }[], rows: object[]): Promise<void> {
  await sql`
    with head as (
      insert into timeline_heads (incident_id, seq, hash)
      select i, s, decode(x, 'hex') from json_to_recordset(${JSON.stringify(touched)}) as r(i text, s int, x text)
      on conflict (incident_id) do update set seq = excluded.seq, hash = excluded.hash
    )
    insert into timeline_events (incident_id, seq, happened_at, recorded_at, actor, type, data, hash)
    select i, s, h, ${iso(now)}::timestamptz, a, t, d, decode(x, 'hex')
    from json_to_recordset(${JSON.stringify(rows)}) as r(i text, s int, h timestamptz, a text, t text, d text, x text)`
}

async function readHeads(sql: Sql, ids: string[]): Promise<Map<string, { seq: number; hash: string }>> {
  const rows = await sql<{ incident_id: string; seq: number; hash: string }>`
    select incident_id, seq, encode(hash, 'hex') as hash from timeline_heads where incident_id = any(${ids}::text[]) order by incident_id for update`
  return new Map(rows.map((row) => [row.incident_id, { seq: row.seq, hash: row.hash }]))
}

/** An incident's events in order, after `afterSeq`. */
export async function readTimeline(sql: Sql, incidentId: IncidentId, afterSeq: number, limit: number): Promise<RecordedEvent[]> {
  const rows = await sql<Row>`
    select position, incident_id, seq, happened_at, recorded_at, actor, type, data from timeline_events
    where incident_id = ${incidentId} and seq > ${afterSeq} order by seq limit ${limit}`
  return rows.map(eventOf)
}

/** The chain of one incident with its seals, for checking. */
export async function readChain(sql: Sql, incidentId: IncidentId): Promise<{ seq: number; entry: Entry; data: string; hash: string }[]> {
  const rows = await sql<Row & { hash: string }>`
    select position, incident_id, seq, happened_at, recorded_at, actor, type, data, encode(hash, 'hex') as hash from timeline_events
    where incident_id = ${incidentId} order by seq`
  return rows.map((row) => ({ seq: row.seq, entry: eventOf(row), data: row.data, hash: row.hash }))
}

/** Where a follower stands: it has seen every event before this. */
export interface Cursor {
  xact: string
  position: number
}

/**
 * Events after a cursor that no running transaction can still precede. Identity values may commit out of order, so
 * the horizon is what keeps a follower from skipping.
 */
export async function readFrom(
  sql: Sql,
  cursor: Cursor,
  limit: number,
): Promise<{ events: (RecordedEvent & { cursor: Cursor })[]; cursor: Cursor }> {
  // Ordered by the column: the bare name would be the text of the select list, in which 1000 comes before 999.
  const rows = await sql<Row & { xact: string }>`
    select position, xact::text, incident_id, seq, happened_at, recorded_at, actor, type, data from timeline_events
    where (xact, position) > (${cursor.xact}::xid8, ${cursor.position}::bigint) and xact < pg_snapshot_xmin(pg_current_snapshot())
    order by timeline_events.xact, position limit ${limit}`
  const last = rows.at(-1)
  return {
    events: rows.map((row) => ({ ...eventOf(row), cursor: { xact: row.xact, position: row.position } })),
    cursor: last ? { xact: last.xact, position: last.position } : cursor,
  }
}

/** The cursor of a follower that wants only what happens from now on. */
export async function endOfTimeline(sql: Sql): Promise<Cursor> {
  const [row] = await sql<{ xact: string; position: number }>`
    select xact::text, position from timeline_events where xact < pg_snapshot_xmin(pg_current_snapshot()) order by timeline_events.xact desc, position desc limit 1`
  return row ?? { xact: '0', position: 0 }
}

/** The oldest transaction that is still writing, which no follower sees beyond; null when there is none. */
export async function readHorizon(sql: Sql): Promise<string | null> {
  const [row] = await sql<{ oldest: string | null }>`
    select case when pg_snapshot_xmin(s) < pg_snapshot_xmax(s) then pg_snapshot_xmin(s)::text end as oldest from pg_current_snapshot() s`
  return row?.oldest ?? null
}

/** Whether the event a follower saw last is still there: if not, it has to load anew. */
export async function isKnown(sql: Sql, cursor: Cursor): Promise<boolean> {
  const rows = await sql`select 1 from timeline_events where xact = ${cursor.xact}::xid8 and position = ${cursor.position}::bigint`
  return rows.length > 0
}

/** Removes the timelines of incidents that are removed with the demo. */
export async function forgetIncidents(sql: Sql, ids: string[]): Promise<void> {
  await sql`delete from timeline_events where incident_id = any(${ids}::text[])`
  await sql`delete from timeline_heads where incident_id = any(${ids}::text[])`
}

/** A database that was restored or moved counts transactions anew: nothing written before may look as if it were still to come. */
export async function restartTransactionCount(sql: Sql): Promise<void> {
  await sql`update timeline_events set xact = '0'::xid8 where xact <> '0'::xid8`
  await sql`update timeline_followers set xact = '0'::xid8`
}

interface Row {
  position: number
  incident_id: IncidentId
  seq: number
  happened_at: Instant
  recorded_at: Instant
  actor: Actor
  type: string
  data: string
}

function eventOf(row: Row): RecordedEvent {
  return {
    position: row.position,
    incidentId: row.incident_id,
    seq: row.seq,
    happenedAt: row.happened_at,
    recordedAt: row.recorded_at,
    actor: row.actor,
    event: { type: row.type, data: JSON.parse(row.data) } as TimelineEvent,
  }
}
