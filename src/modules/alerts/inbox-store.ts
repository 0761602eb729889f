import { DAY, type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import type { Accepted } from './inbox.ts'

/** What stands beside the bodies of one inbox row. */
export interface InboxEntry {
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
  const entries = bodies.map(
    ({ integration, source, receipt, body, receivedAt: at }): InboxEntry => ({
      integration,
      source,
      receipt,
      receivedAt: at,
      bytes: body.length,
    }),
  )
  const bytes = bodies.length === 1 ? bodies[0]!.body : Buffer.concat(bodies.map(({ body }) => body))
  const [row] = await sql<{ position: number }>`
    insert into alerts_inbox (received_at, bodies, entries, lease_owner, lease_until)
    values (${iso(receivedAt)}::timestamptz, ${bytes}, ${JSON.stringify(entries)}, ${node}, ${iso(leaseUntil)}::timestamptz) returning position`
  return row!.position
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
    where position in (
      select position from alerts_inbox where done_at is null and (lease_until is null or lease_until <= ${iso(now)}::timestamptz)
      order by position limit ${limit} for update skip locked)
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

export async function readUnparsed(sql: Sql, before: string | null, limit: number): Promise<Unparsed[]> {
  const rows = await sql<Omit<Unparsed, 'problems' | 'receivedAt'> & { problems: string; received_at: Instant }>`
    select id, position, index, received_at, integration, source, problems, refused, body from alerts_unparsed
    where (${before}::text is null or id < ${before}::text) order by id desc limit ${limit}`
  return rows.map(({ received_at, problems, ...row }) => ({ ...row, receivedAt: received_at, problems: JSON.parse(problems) }))
}

/** Makes the partitions of the coming days and drops those older than `keepDays`. */
export async function tendPartitions(sql: Sql, today: Instant, keepDays: number): Promise<void> {
  for (const day of [0, 1, 2].map((ahead) => dayName(today + ahead * DAY))) {
    const [there] = await sql`select 1 from pg_class where relname = ${`alerts_inbox_${day}`}`
    if (!there) await sql`select alerts_inbox_add_day(${`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`}::date)`
  }
  await sql`select alerts_inbox_drop_before(${iso(today - keepDays * DAY).slice(0, 10)}::date)`
}

function dayName(at: Instant): string {
  return iso(at).slice(0, 10).replaceAll('-', '')
}
