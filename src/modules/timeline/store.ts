import type { Actor } from '../../kernel/actor.ts'
import type { IncidentId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql, Transaction } from '../../platform/db.ts'
import { type Fragment, fragment } from '../../platform/fragment.ts'
import { CHAIN_START, type Link, SEAL_VERSION, seal } from './chain.ts'
import type { Entry, EventType, RecordedEvent, TimelineEvent } from './events.ts'
import type { Happening } from './gaps.ts'
import { type Show, typesShown } from './show.ts'

/**
 * Appends facts, in order, to their incidents' chains. `fresh` names incidents opened in this transaction, whose
 * chains need not be looked up. Chains are the last thing a transaction locks, so that no two wait for each other. Answers the
 * number of each on its timeline.
 */
export async function append(tx: Transaction, now: Instant, entries: Entry[], fresh?: ReadonlySet<string>): Promise<number[]> {
  if (entries.length === 0) return []
  const known = [...new Set(entries.map((entry) => entry.incidentId))].filter((id) => !fresh?.has(id))
  const heads = known.length === 0 ? new Map<string, { seq: number; hash: string }>() : await readHeads(tx.sql, known)
  const rows = entries.map((entry) => {
    const head = heads.get(entry.incidentId)
    const seq = (head?.seq ?? 0) + 1
    const data = JSON.stringify(entry.event.data)
    const hash = seal(head?.hash ?? CHAIN_START, { v: SEAL_VERSION, seq, entry: { ...entry, recordedAt: now }, data })!
    heads.set(entry.incidentId, { seq, hash })
    return { i: entry.incidentId, s: seq, h: iso(entry.happenedAt), a: entry.actor, t: entry.event.type, d: data, x: hash }
  })
  const touched = [...heads].map(([id, { seq, hash }]) => ({ i: id, s: seq, x: hash }))
  // Sorted, so that two transactions over the same incidents meet in one order.
  touched.sort((a, b) => (a.i < b.i ? -1 : 1))
  tx.unawaited(insertEvents(tx.sql, now, touched, rows))
  return rows.map(({ s }) => s)
}

/** Keeps a timeline as it is until the transaction ends: what is read of it now is true of what is appended. */
export async function holdTimeline(sql: Sql, incidentId: IncidentId): Promise<void> {
  await sql`select 1 from timeline_heads where incident_id = ${incidentId} order by incident_id for update`
}

async function insertEvents(sql: Sql, now: Instant, touched: { i: string; s: number; x: string }[], rows: object[]): Promise<void> {
  await sql`
    with head as (
      insert into timeline_heads (incident_id, seq, hash)
      select i, s, decode(x, 'hex') from json_to_recordset(${JSON.stringify(touched)}) as r(i text, s int, x text)
      on conflict (incident_id) do update /* held */ set seq = excluded.seq, hash = excluded.hash
    )
    insert into timeline_events (v, incident_id, seq, happened_at, recorded_at, actor, type, data, hash)
    select ${SEAL_VERSION}::smallint, i, s, h, ${iso(now)}::timestamptz, a, t, d, decode(x, 'hex')
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

/** Of an incident's newest events those of some kinds that still say something, the latest first. */
export async function readLatest(sql: Sql, incidentId: IncidentId, types: EventType[], limit: number): Promise<RecordedEvent[]> {
  const rows = await sql<Row>`
    select * from (select position, incident_id, seq, happened_at, recorded_at, actor, type, data from timeline_events
      where incident_id = ${incidentId} order by seq desc limit 500) newest
    where type = any(${types}::text[]) and data is not null order by seq desc limit ${limit}`
  return rows.map(eventOf)
}

/** Which of an incident's events, and from which end of them. */
export interface Stretch {
  order: 'happened' | 'recorded'
  first: 'oldest' | 'newest'
  /** Everything unless said. */
  show?: readonly Show[] | undefined
  /** Behind this one, in the order asked for. */
  after?: { happenedAt: Instant; seq: number } | undefined
  limit: number
}

/** A stretch of an incident's events, in either order and from either end. Two of one moment stand as they were recorded. */
export async function readStretch(
  sql: Sql,
  incidentId: IncidentId,
  { order, first, show, after, limit }: Stretch,
): Promise<RecordedEvent[]> {
  // A decision is a note that is a key moment; a quote within its text is written with a backslash before it.
  const shown =
    show === undefined
      ? fragment``
      : fragment`and (type = any(${typesShown(show)}::text[])
          or ${show.includes('key')} and type = 'note.added' and position('"kind":"decision"' in data) > 0)`
  const rows = await sql<Row>`
    select position, incident_id, seq, happened_at, recorded_at, actor, type, data from timeline_events
    where incident_id = ${incidentId} ${shown} ${after === undefined ? fragment`` : behind(order, first, after)}
    order by ${ORDERS[order][first]} limit ${limit}`
  return rows.map(eventOf)
}

function behind(order: Stretch['order'], first: Stretch['first'], { happenedAt, seq }: NonNullable<Stretch['after']>): Fragment {
  if (order === 'recorded') return first === 'oldest' ? fragment`and seq > ${seq}` : fragment`and seq < ${seq}`
  return first === 'oldest'
    ? fragment`and (happened_at, seq) > (${iso(happenedAt)}::timestamptz, ${seq}::int)`
    : fragment`and (happened_at, seq) < (${iso(happenedAt)}::timestamptz, ${seq}::int)`
}

const ORDERS = {
  happened: { oldest: fragment`happened_at, seq`, newest: fragment`happened_at desc, seq desc` },
  recorded: { oldest: fragment`seq`, newest: fragment`seq desc` },
}

/** What happened on one incident without what it says: for finding where nothing did. */
export async function readHappenings(sql: Sql, incidentId: IncidentId): Promise<Happening[]> {
  const rows = await sql<{ seq: number; type: string; actor: string; happened_at: Instant; of: number | null }>`
    select seq, type, actor, happened_at, case when type = 'entry.deleted' then (data::json->>'of')::int end as of
    from timeline_events where incident_id = ${incidentId} order by seq`
  return rows.map(({ happened_at: happenedAt, of, ...row }) => ({ ...row, happenedAt, of: of ?? undefined }))
}

/** One event, and by which seal it stands. */
export async function readEntry(sql: Sql, incidentId: IncidentId, seq: number): Promise<(RecordedEvent & { v: number }) | undefined> {
  const [row] = await sql<Row & { v: number }>`
    select v, position, incident_id, seq, happened_at, recorded_at, actor, type, data from timeline_events
    where incident_id = ${incidentId} and seq = ${seq}`
  return row && { ...eventOf(row), v: row.v }
}

/** What was mended on one incident, in order. */
export async function readMendings(sql: Sql, incidentId: IncidentId): Promise<RecordedEvent[]> {
  const rows = await sql<Row>`
    select position, incident_id, seq, happened_at, recorded_at, actor, type, data from timeline_events
    where incident_id = ${incidentId} and type in ('entry.edited', 'entry.deleted', 'entry.redacted') order by seq`
  return rows.map(eventOf)
}

/** What was imported into one incident: as it was written, or the digest of what is gone. */
export async function readImported(sql: Sql, incidentId: IncidentId): Promise<{ data: string | null; digest: string | null }[]> {
  return sql`
    select data, encode(digest, 'hex') as digest from timeline_events where incident_id = ${incidentId} and type = 'imported.noted'`
}

/** Takes away for good what these events say. Their digest stays, so that the chain still fits; the caller holds the timeline. */
export async function takeAway(sql: Sql, incidentId: IncidentId, seqs: number[]): Promise<void> {
  await sql`
    update timeline_events set digest = sha256(convert_to(data, 'UTF8')), data = null
    where incident_id = ${incidentId} and seq = any(${seqs}::int[]) and v = 2 and data is not null`
}

/** How far a timeline has come. */
export async function readHead(sql: Sql, incidentId: IncidentId): Promise<{ seq: number; hash: string }> {
  const [row] = await sql<{ seq: number; hash: string }>`
    select seq, encode(hash, 'hex') as hash from timeline_heads where incident_id = ${incidentId}`
  return row ?? { seq: 0, hash: CHAIN_START }
}

export type SealedLink = Link & { hash: string }

/** The chain of one incident with its seals, for checking; a part of it where one is asked for. */
export async function readChain(
  sql: Sql,
  incidentId: IncidentId,
  { after = 0, limit = CHAIN_MAX }: { after?: number; limit?: number } = {},
): Promise<SealedLink[]> {
  const rows = await sql<Row & Pick<Link, 'v' | 'digest'> & { hash: string }>`
    select v, position, incident_id, seq, happened_at, recorded_at, actor, type, data, encode(digest, 'hex') as digest, encode(hash, 'hex') as hash
    from timeline_events where incident_id = ${incidentId} and seq > ${after} order by seq limit ${limit}`
  return rows.map((row) => ({ ...row, entry: eventOf(row) }))
}

/** More than any timeline has. */
const CHAIN_MAX = 1_000_000

/** Where a follower stands: it has seen every event before this. */
export interface Cursor {
  xact: string
  position: number
}

export type Followed = RecordedEvent & { cursor: Cursor }

/**
 * Events after a cursor that no running transaction can still precede. Identity values may commit out of order, so
 * the horizon is what keeps a follower from skipping.
 */
export async function readFrom(sql: Sql, cursor: Cursor, limit: number): Promise<{ events: Followed[]; cursor: Cursor }> {
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

/** How far a follower has come; undefined where it has not begun. */
export async function readCursor(sql: Sql, name: string): Promise<Cursor | undefined> {
  const [row] = await sql<Cursor>`select xact::text, position from timeline_followers where name = ${name}`
  return row
}

/** The same, held until the transaction ends; undefined while another one holds it. */
export async function holdCursor(sql: Sql, name: string): Promise<Cursor | undefined> {
  const [row] = await sql<Cursor>`select xact::text, position from timeline_followers where name = ${name} for update skip locked`
  return row
}

export async function moveCursor(sql: Sql, name: string, { xact, position }: Cursor): Promise<void> {
  await sql`update timeline_followers /* held */ set xact = ${xact}::xid8, position = ${position}::bigint where name = ${name}`
}

/** Begins to follow, from the end of what has happened; answers where, if another has begun meanwhile. */
export async function beginToFollow(sql: Sql, name: string): Promise<Cursor> {
  const end = await endOfTimeline(sql)
  await sql`
    insert into timeline_followers (name, xact, position) values (${name}, ${end.xact}::xid8, ${end.position}::bigint) on conflict do nothing`
  return (await readCursor(sql, name)) ?? end
}

/** Gives up a place: who begins again under this name begins at the end. */
export async function stopFollowing(sql: Sql, name: string): Promise<void> {
  await sql`delete from timeline_followers where name = ${name}`
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
  /** Null once it was taken away. */
  data: string | null
}

function eventOf(row: Row): RecordedEvent {
  return {
    position: row.position,
    incidentId: row.incident_id,
    seq: row.seq,
    happenedAt: row.happened_at,
    recordedAt: row.recorded_at,
    actor: row.actor,
    event: { type: row.type, data: row.data === null ? {} : JSON.parse(row.data) } as TimelineEvent,
    ...(row.data === null && { redacted: true }),
  }
}
