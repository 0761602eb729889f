import type { Caller } from '../../platform/contract.ts'
import type { Sql } from '../../platform/db.ts'
import { type Fragment, fragment } from '../../platform/fragment.ts'
import type { Documents } from '../documents/index.ts'
import { Team } from '../people/index.ts'

/** Who looks. Tocsin itself does for what it sends to whoever it pages, for its totals, and for its own keeping. */
export type Onlooker = Pick<Caller, 'person' | 'teams'> | 'tocsin'

// A private incident is seen by its members and by nobody else: no role sees it, and a token of nobody is no member.

/** Incidents as far as somebody may see them: what others read from, with a name of their own after it. */
export function incidentsVisibleTo(who: Onlooker): Fragment {
  if (who === 'tocsin') return fragment`(select * from incidents_incidents)`
  return fragment`(select * from incidents_incidents where (visibility = 'public' or ${isMember(who, fragment`incidents_incidents.id`)}))`
}

/** Whether somebody may see an incident, and with it what hangs on one, by its id in the statement at hand: one that reads few rows. */
export function visibleTo(who: Onlooker, incidentId: Fragment): Fragment {
  if (who === 'tocsin') return fragment`true`
  return fragment`not exists (select 1 from incidents_incidents hidden where hidden.id = ${incidentId} and hidden.visibility = 'private'
    and not ${isMember(who, fragment`hidden.id`)} offset 0)`
}

/** The same in a list that looks at thousands of rows: the few that are hidden are found once, and each row is compared with them. */
export function visibleInList(who: Onlooker, incidentId: Fragment): Fragment {
  if (who === 'tocsin') return fragment`true`
  return fragment`${incidentId} not in (select hidden.id from ${hiddenFrom(who)} hidden)`
}

/** What somebody may not see: few, whatever else there is. */
export function hiddenFrom(who: Onlooker): Fragment {
  if (who === 'tocsin') return fragment`(select * from incidents_incidents where false)`
  return fragment`(select * from incidents_incidents where visibility = 'private' and not ${isMember(who, fragment`incidents_incidents.id`)})`
}

/** Looked up for each incident (`offset 0`): gathered beforehand it would be all that somebody was ever a member of. */
function isMember({ person, teams = [] }: Exclude<Onlooker, 'tocsin'>, incidentId: Fragment): Fragment {
  return fragment`exists (select 1 from incidents_members member where member.incident_id = ${incidentId}
    and (member.kind = 'person' and member.name = ${person ?? null}::text or member.kind = 'team' and member.name = any(${teams}::text[])) offset 0)`
}

/**
 * Who hears of what has just been read from the timeline. Read with each batch of events and before any of them is told, once for
 * all who listen: no moment is left between an incident's turning private, or a member's going, and our knowing of it. What is not
 * found is told to nobody.
 */
export async function readHearing(
  sql: Sql,
  documents: Documents,
  incidentIds: string[],
): Promise<(who: Pick<Caller, 'person'>, incidentId: string) => boolean> {
  const rows = await sql<{ id: string; isPublic: boolean; people: string[]; teams: string[] }>`
    select i.id, i.visibility = 'public' as "isPublic",
      array(select name from incidents_members where incident_id = i.id and kind = 'person' and i.visibility <> 'public') as people,
      array(select name from incidents_members where incident_id = i.id and kind = 'team' and i.visibility <> 'public') as teams
    from incidents_incidents i where i.id = any(${incidentIds}::text[])`
  const inTeam = (name: string) => documents.last().get(Team, name)?.spec.members ?? []
  const hearers = new Map(
    rows.map(({ id, isPublic, people, teams }) => [id, isPublic ? ('everybody' as const) : new Set([...people, ...teams.flatMap(inTeam)])]),
  )
  return ({ person }, incidentId) => {
    const who = hearers.get(incidentId)
    return who === 'everybody' || (person !== undefined && who?.has(person) === true)
  }
}
