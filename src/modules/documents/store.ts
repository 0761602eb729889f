import type { Actor } from '../../kernel/actor.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import type { Document, Origin } from './document.ts'

/** The last write, and the last one that took versions away for good. */
export async function readGeneration(sql: Sql): Promise<{ generation: number; forgotten: number }> {
  const [row] = await sql<{ generation: number; forgotten: number }>`select generation, forgotten from documents_state`
  return row!
}

/** Takes the next generation; the row stays locked until commit, so writes happen one after another. */
export async function nextGeneration(sql: Sql): Promise<number> {
  const [row] = await sql<{ generation: number }>`update documents_state set generation = generation + 1 returning generation`
  return row!.generation
}

/** Lets one writer at a time look at the configuration and change it; held until commit. Readers are not held up. */
export async function lockDocuments(sql: Sql): Promise<void> {
  await sql`select generation from documents_state for update`
}

/** What changed after a generation: the current version of each object, or its removal (`spec` null). */
export async function readChangesSince(sql: Sql, generation: number): Promise<Document<unknown>[]> {
  const rows = await sql<Row>`
    select kind, name, version, uid, spec, changed_at, valid_from, changed_by, origin from documents_versions
    where case when current then generation end > ${generation}`
  return rows.map(documentOf)
}

/** Versions as they were, current or not. */
export async function readVersions(sql: Sql, kind: string, wanted: { name: string; version: number }[]): Promise<Document<unknown>[]> {
  const rows = await sql<Row>`
    select v.kind, v.name, v.version, v.uid, v.spec, v.changed_at, v.valid_from, v.changed_by, v.origin
    from json_to_recordset(${JSON.stringify(wanted)}) as r(name text, version int)
    join documents_versions v on v.kind = ${kind} and v.name = r.name and v.version = r.version`
  return rows.map(documentOf)
}

/** Versions of an object, newest first, removals (`spec` null) among them; those below `before`, if given. */
export async function readHistory(
  sql: Sql,
  kind: string,
  name: string,
  limit: number,
  before: number | null = null,
): Promise<Document<unknown>[]> {
  const rows = await sql<Row>`
    select kind, name, version, uid, spec, changed_at, valid_from, changed_by, origin from documents_versions
    where kind = ${kind} and name = ${name} and (${before}::int is null or version < ${before}::int) order by version desc limit ${limit}`
  return rows.map(documentOf)
}

/** Every name that an object of this kind has or had. */
export async function readNamesEver(sql: Sql, kind: string): Promise<string[]> {
  const rows = await sql<{ name: string }>`select distinct name from documents_versions where kind = ${kind}`
  return rows.map((row) => row.name)
}

/** The place a current version is written at moved, and nothing else: that is no new version. */
export async function updateOrigins(sql: Sql, generation: number, moved: { kind: string; name: string; origin: Origin }[]): Promise<void> {
  const rows = JSON.stringify(moved.map(({ kind, name, origin }) => ({ kind, name, origin: JSON.stringify(origin) })))
  await sql`
    update documents_versions v set origin = r.origin, generation = ${generation}
    from json_to_recordset(${rows}) as r(kind text, name text, origin text)
    where v.kind = r.kind and v.name = r.name and v.current
      and v.kind = any(${moved.map(({ kind }) => kind)}::text[]) and v.name = any(${moved.map(({ name }) => name)}::text[])`
}

export interface NewVersion {
  kind: string
  name: string
  /** Null removes the object. */
  spec: unknown
  origin: Origin
}

/** Ends the current versions and adds the next ones; answers these. */
export async function insertVersions(
  sql: Sql,
  now: Instant,
  by: Actor,
  generation: number,
  changes: (NewVersion & { newUid: string })[],
): Promise<Document<unknown>[]> {
  const rows = JSON.stringify(
    changes.map(({ kind, name, spec, origin, newUid }) => ({
      kind,
      name,
      spec: spec === null ? null : JSON.stringify(spec),
      origin: JSON.stringify(origin),
      new_uid: newUid,
    })),
  )
  // An object that comes back after a removal is a new one: it gets a uid of its own. Writers come one after another, so a
  // row is still where it was found; those that end are counted, for they have to before the next can be current.
  const written = await sql<Row>`
    with change as materialized (
      select r.*, v.place, v.version, case when v.spec is null then r.new_uid else v.uid end as uid
      from json_to_recordset(${rows}) as r(kind text, name text, spec text, origin text, new_uid text) left join lateral (
        select ctid as place, version, uid, spec from documents_versions where kind = r.kind and name = r.name and current limit 1) v on true),
    ended as (update documents_versions set current = false where ctid = any(array(select place from change)) returning 1)
    insert into documents_versions (kind, name, version, uid, spec, current, changed_at, valid_from, changed_by, origin, generation)
    select kind, name, coalesce(version, 0) + 1, uid, spec, true,
      to_timestamp(${now / 1000}::float8), to_timestamp(${now / 1000}::float8), ${by}, origin, ${generation}
    from change where (select count(*) from ended) is not null
    returning kind, name, version, uid, spec, changed_at, valid_from, changed_by, origin`
  return written.map(documentOf)
}

/** Objects that are the demo's alone: theirs is the current version, or all there were before a person removed them. */
export async function readDemoObjects(sql: Sql): Promise<{ kind: string; name: string }[]> {
  return sql<{ kind: string; name: string }>`
    select kind, name from documents_versions v
    where current and case when spec is not null then origin::json->>'kind' = 'demo' else (
      select 1 from documents_versions o where o.kind = v.kind and o.name = v.name and o.spec is not null and o.origin::json->>'kind' <> 'demo' limit 1) is null end
    order by kind, name`
}

/** Takes objects away with all their versions, as if they had never been; every process loads the rest anew. */
export async function forgetDocuments(sql: Sql, objects: { kind: string; name: string }[]): Promise<void> {
  await sql`update documents_state set generation = generation + 1, forgotten = generation + 1`
  await sql`
    delete from documents_versions v using json_to_recordset(${JSON.stringify(objects)}) as r(kind text, name text) where v.kind = r.kind and v.name = r.name`
}

interface Row {
  kind: string
  name: string
  version: number
  uid: string
  spec: string | null
  changed_at: Instant
  valid_from: Instant
  changed_by: Actor
  origin: string
}

function documentOf(row: Row): Document<unknown> {
  return {
    kind: row.kind,
    name: row.name,
    version: row.version,
    uid: row.uid,
    spec: row.spec === null ? null : JSON.parse(row.spec),
    changedAt: row.changed_at,
    validFrom: row.valid_from,
    changedBy: row.changed_by,
    origin: JSON.parse(row.origin),
  }
}
