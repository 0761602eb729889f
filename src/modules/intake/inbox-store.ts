import { DAY, type Instant, iso } from '../../kernel/time.ts'
import type { Sql, Transaction } from '../../platform/db.ts'
import type { Accepted } from './accepted.ts'
import { type DoorWord, doorWordOf } from './kept.ts'

/** What stands beside the bodies of one inbox row. */
export interface InboxEntry extends DoorWord {
  integration: string
  source: string
  receipt: string
  receivedAt: Instant
  bytes: number
}

export async function insertInboxRow(
  sql: Sql,
  receivedAt: Instant,
  leaseUntil: Instant,
  node: string,
  bodies: Accepted[],
): Promise<number> {
  const entries = bodies.map(entryOf)
  const bytes = bodies.length === 1 ? bodies[0]!.body : Buffer.concat(bodies.map(({ body }) => body))
  const [row] = await sql<{ position: number }>`
    insert into alerts_inbox (received_at, bodies, entries, lease_owner, lease_until)
    values (${iso(receivedAt)}::timestamptz, ${bytes}, ${JSON.stringify(entries)}, ${node}, ${iso(leaseUntil)}::timestamptz) returning position`
  return row!.position
}

function entryOf(accepted: Accepted): InboxEntry {
  return {
    integration: accepted.integration,
    source: accepted.source,
    receipt: accepted.receipt,
    receivedAt: accepted.receivedAt,
    bytes: accepted.body.length,
    ...doorWordOf(accepted),
  }
}

/** Keeps of bodies that are worked off what is to stay of them. */
export async function cutBodies(sql: Sql, position: number, bodies: Accepted[]): Promise<void> {
  const left = bodies.map((one) =>
    one.stays === undefined ? one : { ...one, body: one.body.subarray(0, one.stays), sent: one.sent ?? one.body.length },
  )
  await sql`
    update alerts_inbox set entries = ${JSON.stringify(left.map(entryOf))}, bodies = ${Buffer.concat(left.map(({ body }) => body))}
    where position = ${position}`
}

export interface InboxRow {
  position: number
  receivedAt: Instant
  entries: InboxEntry[]
  bodies: Buffer[]
}

/** Rows whose node died, or whose lease ran out: claimed by this node. */
export async function claimLapsed(sql: Sql, now: Instant, leaseUntil: Instant, node: string, limit: number): Promise<InboxRow[]> {
  const rows = await sql<{ position: number; received_at: Instant; entries: string; bodies: Buffer }>`
    update alerts_inbox set lease_owner = ${node}, lease_until = ${iso(leaseUntil)}::timestamptz
    where position = any(array(
      select position from alerts_inbox where done_at is null and (lease_until is null or lease_until <= ${iso(now)}::timestamptz)
      order by position limit ${limit} for update skip locked))
      and done_at is null
    returning position, received_at, entries, bodies`
  return rows.map(rowOf).sort((a, b) => a.position - b.position)
}

/** Marks rows worked off; answers how many were still ours to mark. */
export async function markDone(sql: Sql, now: Instant, node: string, positions: number[]): Promise<number> {
  const rows = await sql`
    update alerts_inbox set done_at = ${iso(now)}::timestamptz, lease_owner = null, lease_until = null
    where position = any(${positions}::bigint[]) and done_at is null and lease_owner = ${node} returning position`
  return rows.length
}

/** Holds the lease on rows for another while; answers how many were still ours. */
export async function holdLease(sql: Sql, leaseUntil: Instant, node: string, positions: number[]): Promise<number> {
  const rows = await sql`
    update alerts_inbox set lease_until = greatest(lease_until, ${iso(leaseUntil)}::timestamptz)
    where position = any(${positions}::bigint[]) and done_at is null and lease_owner = ${node} returning position`
  return rows.length
}

/** A node that alone may use this database takes back every lease at its start. */
export async function voidInboxLeases(sql: Sql): Promise<void> {
  await sql`update alerts_inbox set lease_until = null where done_at is null`
}

/** Accepted anywhere and not worked off: how many rows, and since when. */
export async function readBacklog(sql: Sql): Promise<{ rows: number; oldestAt: Instant | null }> {
  const [row] = await sql<{
    rows: number
    oldest: Instant | null
  }>`select count(*) as rows, min(received_at) as oldest from alerts_inbox where done_at is null`
  return { rows: row!.rows, oldestAt: row!.oldest }
}

/** One body as it was accepted. */
export async function readBody(sql: Sql, position: number, index: number): Promise<{ entry: InboxEntry; body: Buffer } | undefined> {
  const [row] = await sql<{ position: number; received_at: Instant; entries: string; bodies: Buffer }>`
    select position, received_at, entries, bodies from alerts_inbox where position = ${position}`
  if (!row) return undefined
  const { entries, bodies } = rowOf(row)
  const entry = entries[index]
  return entry && { entry, body: bodies[index]! }
}

/** Bodies as they were accepted, at most `bytesMax` of each; in the order asked for, without those that are gone. */
export async function readBodies(
  sql: Sql,
  places: { position: number; index: number }[],
  bytesMax: number,
): Promise<{ position: number; index: number; entry: InboxEntry; body: Buffer }[]> {
  const rows = await sql<{ position: number; entries: string }>`
    select position, entries from alerts_inbox where position = any(${places.map(({ position }) => position)}::bigint[])`
  const entriesAt = new Map(rows.map(({ position, entries }) => [position, JSON.parse(entries) as InboxEntry[]]))
  const wanted = places.flatMap(({ position, index }, place) => {
    const entries = entriesAt.get(position)
    const entry = entries?.[index]
    if (!entries || !entry) return []
    const before = entries.slice(0, index).reduce((sum, { bytes }) => sum + bytes, 0)
    return [{ place, position, index, entry, from: before + 1, bytes: Math.min(entry.bytes, bytesMax) }]
  })
  const slices = JSON.stringify(wanted.map(({ place, position, from, bytes }) => ({ place, position, from_byte: from, bytes })))
  // A group may hold megabytes of other bodies; only the parts asked for leave the database.
  const bodies = await sql<{ place: number; body: Buffer }>`
    select r.place, substring(i.bodies from r.from_byte for r.bytes) as body
    from json_to_recordset(${slices}) as r(place int, position bigint, from_byte int, bytes int) join alerts_inbox i on i.position = r.position`
  const bodyAt = new Map(bodies.map(({ place, body }) => [place, body]))
  return wanted.flatMap(({ place, position, index, entry }) => {
    const body = bodyAt.get(place)
    return body ? [{ position, index, entry, body }] : []
  })
}

/** What stands beside bodies in the inbox: their receipts, by which reading them again gives the same keys, and the door's word. */
export async function readEntries(sql: Sql, places: { position: number; index: number }[]): Promise<(InboxEntry | undefined)[]> {
  const rows = await sql<{ position: number; entries: string }>`
    select position, entries from alerts_inbox where position = any(${places.map(({ position }) => position)}::bigint[])`
  const entriesAt = new Map(rows.map(({ position, entries }) => [position, JSON.parse(entries) as InboxEntry[]]))
  return places.map(({ position, index }) => entriesAt.get(position)?.[index])
}

/** Removes what was counted, and what could not be used, of integrations that are removed with the demo. */
export async function forgetHeard(sql: Sql, integrations: string[]): Promise<void> {
  await sql`delete from alerts_unparsed where integration = any(${integrations}::text[])`
  await sql`delete from alerts_hours where integration = any(${integrations}::text[])`
}

/** Removes what was sent to integrations that are removed with the demo. Bodies of others that share a row keep their place in it. */
export async function forgetBodies(sql: Sql, integrations: string[]): Promise<void> {
  await sql`
    delete from alerts_inbox where not exists (select 1 from json_array_elements(entries::json) e where e->>'integration' <> all(${integrations}::text[]))`
  const shared = await sql<{ position: number; received_at: Instant; entries: string; bodies: Buffer }>`
    select position, received_at, entries, bodies from alerts_inbox
    where exists (select 1 from json_array_elements(entries::json) e where e->>'integration' = any(${integrations}::text[])) order by position for update`
  for (const row of shared) {
    const { position, entries, bodies } = rowOf(row)
    const isTheirs = ({ integration }: InboxEntry) => integrations.includes(integration)
    const left = entries.map((entry) => (isTheirs(entry) ? { ...entry, integration: '', bytes: 0 } : entry))
    const kept = Buffer.concat(bodies.filter((_, i) => !isTheirs(entries[i]!)))
    await sql`update alerts_inbox set entries = ${JSON.stringify(left)}, bodies = ${kept} where position = ${position}`
  }
}

function rowOf(row: { position: number; received_at: Instant; entries: string; bodies: Buffer }): InboxRow {
  const entries = JSON.parse(row.entries) as InboxEntry[]
  let from = 0
  const bodies = entries.map(({ bytes }) => {
    from += bytes
    return row.bodies.subarray(from - bytes, from)
  })
  return { position: row.position, receivedAt: row.received_at, entries, bodies }
}

export interface Unparsed {
  id: string
  position: number
  index: number
  receivedAt: Instant
  integration: string
  source: string
  problems: string[]
  refused: boolean
  body: Buffer
}

export async function insertUnparsed(sql: Sql, unparsed: Unparsed[]): Promise<void> {
  for (const one of unparsed)
    await sql`
      insert into alerts_unparsed (id, position, index, received_at, integration, source, problems, refused, body)
      values (${one.id}, ${one.position}, ${one.index}, ${iso(one.receivedAt)}::timestamptz, ${one.integration}, ${one.source}, ${JSON.stringify(one.problems)}, ${one.refused}, ${one.body})
      on conflict (id) do nothing`
}

/** An unusable body as it is listed: at most the first part of it. */
export interface ListedUnparsed extends Unparsed {
  bytes: number
}

export interface UnparsedFilter {
  integration: string | null
  refused: boolean | null
  before: string | null
  limit: number
  bytesMax: number
}

export async function readUnparsed(sql: Sql, { integration, refused, before, limit, bytesMax }: UnparsedFilter): Promise<ListedUnparsed[]> {
  const rows = await sql<Omit<ListedUnparsed, 'problems' | 'receivedAt'> & { problems: string; received_at: Instant }>`
    select id, position, index, received_at, integration, source, problems, refused, substring(body from 1 for ${bytesMax}) as body, octet_length(body) as bytes
    from unnest(${refused === null ? [true, false] : [refused]}::boolean[]) as wanted(is_refused) cross join lateral (
      (select * from alerts_unparsed where ${integration}::text is null
        and (refused, id) < (is_refused, ${before ?? 'unp_z'}) and (refused, id) > (is_refused, '') order by refused desc, id desc limit ${limit})
      union all
      (select * from alerts_unparsed where (integration, refused, id) < (${integration}::text, is_refused, ${before ?? 'unp_z'})
        and (integration, refused, id) > (${integration}::text, is_refused, '') order by integration desc, refused desc, id desc limit ${limit})) of_kind
    order by id desc limit ${limit}`
  return rows.map(({ received_at, problems, ...row }) => ({ ...row, receivedAt: received_at, problems: JSON.parse(problems) }))
}

export async function forgetUnparsed(sql: Sql, before: Instant, rows: number): Promise<number> {
  const gone = await sql`
    delete from alerts_unparsed where ctid = any(array(
      select ctid from alerts_unparsed where received_at < ${iso(before)}::timestamptz order by received_at limit ${rows})) returning 1`
  return gone.length
}

/** Makes the partitions of the coming days. */
export async function addDays(sql: Sql, today: Instant): Promise<void> {
  for (const day of [0, 1, 2].map((ahead) => dayName(today + ahead * DAY))) {
    const [there] = await sql`select 1 from pg_class where relname = ${`alerts_inbox_${day}`}`
    if (!there) await sql`select alerts_inbox_add_day(${`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`}::date)`
  }
}

/** Drops the oldest day before a moment that has been worked off; answers whether there was one. Whoever writes waits for no longer than this. */
export async function dropDay({ sql }: Transaction, before: Instant): Promise<boolean> {
  await sql`set local lock_timeout = 200`
  const [dropped] = await sql<{ days: number }>`select alerts_inbox_drop_before(${iso(before).slice(0, 10)}::date) as days`
  return dropped!.days > 0
}

/** What came on a day that had no partition. */
export async function forgetOther(sql: Sql, before: Instant, rows: number): Promise<number> {
  const gone = await sql`
    delete from alerts_inbox_other where ctid = any(array(
      select ctid from alerts_inbox_other
      where received_at < ${iso(before)}::timestamptz and done_at is not null order by position limit ${rows})) returning 1`
  return gone.length
}

/** The first moment of the oldest day that is kept when all days together may hold so many bytes; today and yesterday always are. */
export async function daysWithin(sql: Sql, today: Instant, bytesMax: number): Promise<Instant> {
  const days = await sql<{ day: string; bytes: number }>`
    select right(c.relname, 8) as day, pg_total_relation_size(c.oid) as bytes from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'alerts_inbox'::regclass and c.relname ~ '^alerts_inbox_[0-9]{8}$' order by 1 desc`
  let bytes = 0
  let from = today
  for (const one of days) {
    bytes += one.bytes
    if (bytes > bytesMax) break
    from = Math.min(from, Date.parse(`${one.day.slice(0, 4)}-${one.day.slice(4, 6)}-${one.day.slice(6)}T00:00:00Z`))
  }
  return Math.min(from, today - DAY)
}

function dayName(at: Instant): string {
  return iso(at).slice(0, 10).replaceAll('-', '')
}
