import type { Actor } from '../../kernel/actor.ts'
import type { IncidentId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'

/** How somebody came to be a member: they declared it, were paged for it, have a role in it, were let in, or broke the glass. */
export type How = 'declaring' | 'page' | 'role' | 'hand' | 'glass'

/** Who may see a private incident. */
export interface Member {
  kind: 'person' | 'team'
  name: string
  how: How
  by: Actor
  at: Instant
}

export type NewMember = Omit<Member, 'at'> & { incidentId: IncidentId }

/** Lets them in; answers those who were not in before. */
export async function insertMembers(
  sql: Sql,
  now: Instant,
  members: NewMember[],
): Promise<Pick<NewMember, 'incidentId' | 'kind' | 'name'>[]> {
  if (members.length === 0) return []
  return sql<Pick<NewMember, 'incidentId' | 'kind' | 'name'>>`
    insert into incidents_members (incident_id, kind, name, how, by_actor, at)
    select "incidentId", kind, name, how, by, ${iso(now)}::timestamptz
    from json_to_recordset(${JSON.stringify(members)}) as r("incidentId" text, kind text, name text, how text, by text) order by 1, 2, 3
    on conflict do nothing returning incident_id as "incidentId", kind, name`
}

/** The same of people, as far as what they are let into is private: looked up one by one, or all that is private is compared with each. */
export async function insertWherePrivate(
  sql: Sql,
  now: Instant,
  people: { incidentId: string; person: string }[],
  { how, by }: Pick<Member, 'how' | 'by'>,
): Promise<{ incidentId: IncidentId; person: string }[]> {
  return sql<{ incidentId: IncidentId; person: string }>`
    insert into incidents_members (incident_id, kind, name, how, by_actor, at)
    select distinct i.id, 'person', r.person, ${how}::text, ${by}::text, ${iso(now)}::timestamptz
    from json_to_recordset(${JSON.stringify(people)}) as r("incidentId" text, person text)
    cross join lateral (select id from incidents_incidents where id = r."incidentId" and visibility = 'private' offset 0) i order by 1, 3
    on conflict do nothing returning incident_id as "incidentId", name as person`
}

/** In the order they came in. */
export async function readMembers(sql: Sql, incidentId: string): Promise<Member[]> {
  return sql<Member>`
    select kind, name, how, by_actor as by, at from incidents_members where incident_id = ${incidentId} order by at, kind, name`
}

export async function deleteMember(sql: Sql, incidentId: string, { kind, name }: Pick<Member, 'kind' | 'name'>): Promise<void> {
  await sql`delete from incidents_members where incident_id = ${incidentId} and kind = ${kind} and name = ${name}`
}
