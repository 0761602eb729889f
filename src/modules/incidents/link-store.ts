import { createHash } from 'node:crypto'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'

/** When a link that acts once has acted; undefined while it has not. */
export async function readLinkUse(sql: Sql, token: string): Promise<Instant | undefined> {
  const [row] = await sql<{ used_at: Instant }>`select used_at from incidents_used_links where hash = ${hashOf(token)}`
  return row?.used_at
}

/** Uses a link up. The caller holds the incident's lock and has seen that it was not used. */
export async function insertLinkUse(sql: Sql, now: Instant, token: string, incidentId: string): Promise<void> {
  await sql`insert into incidents_used_links (hash, incident_id, used_at) values (${hashOf(token)}, ${incidentId}, ${iso(now)}::timestamptz)`
}

/** Uses of links that are over by age can be forgotten: those links act no more anyway. */
export async function forgetLinkUses(sql: Sql, before: Instant, rows: number): Promise<number> {
  const gone = await sql`
    delete from incidents_used_links where ctid = any(array(
      select ctid from incidents_used_links where used_at < ${iso(before)}::timestamptz order by used_at limit ${rows})) returning 1`
  return gone.length
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
