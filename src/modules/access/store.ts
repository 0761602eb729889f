import type { Role } from '../../kernel/permission.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import type { Preferences, SavedPreferences } from './preferences.ts'

export interface Token {
  id: string
  label: string
  role: Role
  person: string | null
  /** Null for a token that belongs to nobody. */
  personUid: string | null
  createdAt: Instant
  lastUsedAt: Instant | null
}

export async function insertToken(
  sql: Sql,
  now: Instant,
  token: { id: string; label: string; hash: Buffer; role: Role; person: string | null; personUid: string | null },
): Promise<void> {
  await sql`
    insert into access_tokens (id, label, hash, role, person, person_uid, created_at)
    values (${token.id}, ${token.label}, ${token.hash}, ${token.role}, ${token.person}, ${token.personUid}, ${iso(now)}::timestamptz)`
}

export async function findToken(sql: Sql, hash: Buffer): Promise<Token | undefined> {
  const [row] = await sql<Token>`
    select id, label, role, person, person_uid as "personUid", created_at as "createdAt", last_used_at as "lastUsedAt" from access_tokens where hash = ${hash} and revoked_at is null`
  return row
}

export async function readTokens(sql: Sql): Promise<Token[]> {
  return sql<Token>`
    select id, label, role, person, person_uid as "personUid", created_at as "createdAt", last_used_at as "lastUsedAt" from access_tokens where revoked_at is null order by created_at`
}

/** Notes that a token is in use; one that was noted after `unless` is left alone. */
export async function noteTokenUse(sql: Sql, now: Instant, id: string, unless: Instant): Promise<void> {
  await sql`
    update access_tokens set last_used_at = ${iso(now)}::timestamptz
    where id = ${id} and (last_used_at is null or last_used_at <= ${iso(unless)}::timestamptz)`
}

export async function revokeToken(sql: Sql, now: Instant, id: string): Promise<boolean> {
  const rows =
    await sql`update access_tokens set revoked_at = ${iso(now)}::timestamptz where id = ${id} and revoked_at is null returning id`
  return rows.length > 0
}

/** Which of these credentials are in force: one statement, however many are asked about. */
export async function readInForce(
  sql: Sql,
  now: Instant,
  asked: { tokens: string[]; sessions: string[] },
): Promise<
  (
    | { token: string; role: Role; person: string | null; personUid: string | null }
    | { session: string; person: string; personUid: string }
  )[]
> {
  const rows = await sql<{ id: string; role: Role | null; person: string | null; personUid: string | null }>`
    select id, role, person, person_uid as "personUid" from access_tokens where id = any(${asked.tokens}::text[]) and revoked_at is null
    union all
    select encode(hash, 'hex'), null, person, person_uid from access_sessions
    where hash = any(array(select decode(asked, 'hex') from unnest(${asked.sessions}::text[]) asked)) and ends_at + interval '0' > ${iso(now)}::timestamptz`
  return rows.map(({ id, role, person, personUid }) =>
    role === null ? { session: id, person: person!, personUid: personUid! } : { token: id, role, person, personUid },
  )
}

export interface Session {
  person: string
  personUid: string
  endsAt: Instant
}

export async function insertSession(
  sql: Sql,
  now: Instant,
  session: { hash: Buffer; person: string; personUid: string; endsAt: Instant },
): Promise<void> {
  await sql`
    insert into access_sessions (hash, person, person_uid, created_at, seen_at, ends_at)
    values (${session.hash}, ${session.person}, ${session.personUid}, ${iso(now)}::timestamptz, ${iso(now)}::timestamptz, ${iso(session.endsAt)}::timestamptz)`
}

export async function findSession(sql: Sql, now: Instant, hash: Buffer): Promise<Session | undefined> {
  const [row] = await sql<{ person: string; person_uid: string; ends_at: Instant }>`
    select person, person_uid, ends_at from access_sessions where hash = ${hash} and ends_at > ${iso(now)}::timestamptz`
  return row && { person: row.person, personUid: row.person_uid, endsAt: row.ends_at }
}

export async function deleteSession(sql: Sql, hash: Buffer): Promise<void> {
  await sql`delete from access_sessions where hash = ${hash}`
}

/** Whether anybody of these people has ever signed in. */
export async function hasSignedIn(sql: Sql, uids: string[]): Promise<boolean> {
  const rows = await sql`select 1 from access_login_links where used_at is not null and person_uid = any(${uids}::text[]) limit 1`
  return rows.length > 0
}

export async function insertLoginLink(
  sql: Sql,
  now: Instant,
  link: { hash: Buffer; person: string; personUid: string; endsAt: Instant },
): Promise<void> {
  await sql`
    insert into access_login_links (hash, person, person_uid, created_at, ends_at)
    values (${link.hash}, ${link.person}, ${link.personUid}, ${iso(now)}::timestamptz, ${iso(link.endsAt)}::timestamptz)`
}

/** Uses a link up; undefined when it is unknown, used or over. */
export async function useLoginLink(sql: Sql, now: Instant, hash: Buffer): Promise<{ person: string; personUid: string } | undefined> {
  const [row] = await sql<{ person: string; person_uid: string }>`
    update access_login_links set used_at = ${iso(now)}::timestamptz
    where hash = ${hash} and used_at is null and ends_at > ${iso(now)}::timestamptz returning person, person_uid`
  return row && { person: row.person, personUid: row.person_uid }
}

/** Whether a link could still be used; looking does not use it. */
export async function isLoginLinkGood(sql: Sql, now: Instant, hash: Buffer): Promise<boolean> {
  const rows = await sql`select 1 from access_login_links where hash = ${hash} and used_at is null and ends_at > ${iso(now)}::timestamptz`
  return rows.length > 0
}

export async function forgetSessions(sql: Sql, before: Instant, rows: number): Promise<number> {
  const gone = await sql`
    delete from access_sessions where ctid = any(array(
      select ctid from access_sessions where ends_at <= ${iso(before)}::timestamptz order by ends_at limit ${rows})) returning 1`
  return gone.length
}

/** Sign-in links that ended, used or not, and tokens that were revoked. */
export async function forgetCredentials(sql: Sql, before: Instant, rows: number): Promise<number> {
  const links = await sql`
    delete from access_login_links where ctid = any(array(
      select ctid from access_login_links where ends_at <= ${iso(before)}::timestamptz order by ends_at limit ${rows})) returning 1`
  const tokens = await sql`
    delete from access_tokens where ctid = any(array(
      select ctid from access_tokens where revoked_at <= ${iso(before)}::timestamptz order by revoked_at limit ${rows})) returning 1`
  return Math.max(links.length, tokens.length)
}

export async function readPreferences(sql: Sql, personUid: string): Promise<SavedPreferences | undefined> {
  const [row] = await sql<SavedPreferences>`
    select language, time_zone as "timeZone", theme, single_keys as "singleKeys", keys, saved_at as "savedAt"
    from access_preferences where person_uid = ${personUid}`
  return row
}

/** Keeps them as a whole; the last save stands. */
export async function savePreferences(sql: Sql, now: Instant, person: { name: string; uid: string }, chosen: Preferences): Promise<void> {
  await sql`
    insert into access_preferences (person_uid, person, language, time_zone, theme, single_keys, keys, saved_at)
    values (${person.uid}, ${person.name}, ${chosen.language}, ${chosen.timeZone}, ${chosen.theme}, ${chosen.singleKeys}, ${JSON.stringify(chosen.keys)}::jsonb, ${iso(now)}::timestamptz)
    on conflict (person_uid) do update set person = excluded.person, language = excluded.language, time_zone = excluded.time_zone,
      theme = excluded.theme, single_keys = excluded.single_keys, keys = excluded.keys, saved_at = excluded.saved_at`
}

/** Sessions, links and preferences of people who are removed with the demo. */
export async function forgetPeople(sql: Sql, people: string[]): Promise<void> {
  await sql`delete from access_sessions where person = any(${people}::text[])`
  await sql`delete from access_login_links where person = any(${people}::text[])`
  await sql`delete from access_tokens where person = any(${people}::text[])`
  await sql`delete from access_preferences where person = any(${people}::text[])`
}
