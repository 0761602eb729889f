import type { Actor } from '../../kernel/actor.ts'
import type { IncidentId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import { type AttachmentId, FILES_MAX } from './attachment.ts'

export interface Attachment {
  id: AttachmentId
  incidentId: IncidentId
  name: string
  addedBy: Actor
  addedAt: Instant
  bytes: number
  sha256: string
  seq: number
}

export async function beginFile(
  sql: Sql,
  { id, incidentId, name, addedBy, addedAt }: Pick<Attachment, 'id' | 'incidentId' | 'name' | 'addedBy' | 'addedAt'>,
): Promise<void> {
  await sql`
    insert into attachments_files (id, incident_id, name, added_by, added_at) values (${id}, ${incidentId}, ${name}, ${addedBy}, ${iso(addedAt)}::timestamptz)`
}

export async function writePiece(sql: Sql, id: AttachmentId, n: number, data: Buffer): Promise<void> {
  await sql`insert into attachments_pieces (file_id, n, data) values (${id}, ${n}, ${data}) on conflict do nothing`
}

export async function readPiece(sql: Sql, id: AttachmentId, n: number): Promise<Buffer | undefined> {
  const [row] = await sql<{ data: Buffer }>`select data from attachments_pieces where file_id = ${id} and n = ${n}`
  return row?.data
}

/** Counts bytes against the quota, in both directions; false where they do not fit. */
export async function countBytes(sql: Sql, bytes: number, quota: number): Promise<boolean> {
  const rows =
    await sql`update attachments_total set bytes = bytes + ${bytes}::bigint where bytes + ${bytes}::bigint <= ${quota}::bigint returning 1`
  return rows.length > 0
}

export async function readTotal(sql: Sql): Promise<number> {
  const [row] = await sql<{ bytes: number }>`select bytes from attachments_total`
  return row!.bytes
}

export async function finishFile(
  sql: Sql,
  id: AttachmentId,
  { bytes, sha256, seq }: Pick<Attachment, 'bytes' | 'sha256' | 'seq'>,
): Promise<void> {
  await sql`update attachments_files set bytes = ${bytes}, sha256 = decode(${sha256}, 'hex'), seq = ${seq} where id = ${id}`
}

export async function readAttachments(sql: Sql, incidentId: IncidentId, limit: number): Promise<Attachment[]> {
  return sql<Attachment>`
    select id, incident_id as "incidentId", name, added_by as "addedBy", added_at as "addedAt", bytes, encode(sha256, 'hex') as sha256, seq
    from attachments_files where incident_id = ${incidentId} and bytes is not null and removed_at is null order by incident_id, id limit ${limit}`
}

export async function readAttachment(sql: Sql, incidentId: IncidentId, id: string): Promise<Attachment | undefined> {
  const [row] = await sql<Attachment>`
    select id, incident_id as "incidentId", name, added_by as "addedBy", added_at as "addedAt", bytes, encode(sha256, 'hex') as sha256, seq
    from attachments_files where id = ${id} and incident_id = ${incidentId} and bytes is not null and removed_at is null`
  return row
}

/** Takes a file's pieces away and notes that they are gone. */
export async function removeFile(sql: Sql, now: Instant, { id, bytes }: Pick<Attachment, 'id' | 'bytes'>): Promise<void> {
  const rows =
    await sql`update attachments_files set removed_at = ${iso(now)}::timestamptz where id = ${id} and removed_at is null returning 1`
  if (rows.length === 0) return
  await dropPieces(sql, id)
  await countBytes(sql, -bytes, Number.MAX_SAFE_INTEGER)
}

/** What an entry of the timeline told of is taken away with what it said. */
export async function removeFileOf(sql: Sql, now: Instant, incidentId: IncidentId, seq: number): Promise<void> {
  const file = (await readAttachments(sql, incidentId, FILES_MAX)).find((one) => one.seq === seq)
  if (file) await removeFile(sql, now, file)
}

export async function dropPieces(sql: Sql, id: AttachmentId): Promise<void> {
  await sql`delete from attachments_pieces where file_id = ${id}`
}

/** A file that was not sent whole. */
export async function dropFile(sql: Sql, id: AttachmentId): Promise<void> {
  await dropPieces(sql, id)
  await sql`delete from attachments_files where id = ${id}`
}

/** Files that nobody went on sending. */
export async function readUnfinished(sql: Sql, before: Instant, limit: number): Promise<AttachmentId[]> {
  const rows = await sql<{ id: AttachmentId }>`
    select id from attachments_files where bytes is null and added_at < ${iso(before)}::timestamptz order by added_at limit ${limit}`
  return rows.map(({ id }) => id)
}

/** A file has up to a hundred pieces. */
const FILES_AT_ONCE = 10

/** Some of the files of incidents that are let go of; answers about how many rows, and `rows` where there are more. */
export async function forgetAttachments(sql: Sql, incidentIds: string[], rows: number): Promise<number> {
  const [gone] = await sql<{ files: number }>`
    with files as materialized (
      select id, case when removed_at is null then coalesce(bytes, 0) else 0 end as bytes from attachments_files
      where incident_id = any(${incidentIds}::text[]) order by incident_id, id limit ${FILES_AT_ONCE}),
    pieces as (delete from attachments_pieces where file_id = any(array(select id from files))),
    gone as (delete from attachments_files where id = any(array(select id from files)))
    update attachments_total set bytes = bytes - (select coalesce(sum(bytes), 0) from files) where exists (select 1 from files)
    returning (select count(*)::int from files) as files`
  return gone === undefined ? 0 : gone.files < FILES_AT_ONCE ? gone.files : rows
}
