import type { IncidentId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import { columnMap } from '../../platform/columns.ts'
import type { Sql } from '../../platform/db.ts'
import { type Fragment, fragment } from '../../platform/fragment.ts'
import { CHANGED, COLUMNS, type Incident, OPENED } from './incident.ts'
import { isOpen } from './status.ts'
import { incidentsVisibleTo, type Onlooker } from './visible.ts'

const columns = columnMap(COLUMNS)
const ALL = columns.names()

export type NewIncidentRow = Pick<Incident, (typeof OPENED)[number]>
const [OPENED_NAMES, OPENED_TYPED] = [columns.names(OPENED), columns.typed(OPENED)]

/**
 * Inserts incidents; each gets its number. A group that is open already throws a unique violation: look again. They go in
 * by group, so that two nodes that open the same ones wait for each other in one order.
 */
export async function insertIncidents(sql: Sql, now: Instant, incidents: NewIncidentRow[]): Promise<void> {
  await sql`
    insert into incidents_incidents (${OPENED_NAMES}, number, status, open, detected_at, updated_at)
    select ${OPENED_NAMES}, number, 'detected', true, ${iso(now)}::timestamptz, ${iso(now)}::timestamptz
    from (select nextval('incidents_number') as number, r.* from json_to_recordset(${columns.json(OPENED, incidents)}) as r(${OPENED_TYPED})) numbered
    order by service, group_key`
}

/**
 * Counts alerts that joined. The caller has locked the incidents, or keeps them from changing and holds their chains: as
 * facts of what joined are appended before, nobody else counts at the same time.
 */
export async function addAlerts(sql: Sql, joined: Map<string, number>): Promise<void> {
  const rows = JSON.stringify([...joined].map(([id, count]) => ({ id, count })))
  await sql`
    update /* held */ incidents_incidents i set alerts = i.alerts + r.count from json_to_recordset(${rows}) as r(id text, count int)
    where i.id = r.id and i.id = any(${[...joined.keys()]}::text[])`
}

/** Locks incidents, in one order for all. */
export async function lockIncidents(sql: Sql, ids: string[]): Promise<Incident[]> {
  const rows = await sql<object>`select ${ALL} from incidents_incidents where id = any(${ids}::text[]) order by id for update`
  return rows.map(columns.read)
}

/** One by id or by number, as far as somebody may see it, locked. */
export async function lockIncident(sql: Sql, ref: { id: string } | { number: number }, who: Onlooker): Promise<Incident | undefined> {
  const named = 'id' in ref ? fragment`i.id = ${ref.id}` : fragment`i.number = ${ref.number}`
  const [row] = await sql<object>`
    select ${ALL} from incidents_incidents where id = any(array(select id from ${incidentsVisibleTo(who)} i where ${named})) order by id for update`
  return row && columns.read(row)
}

/** These incidents, which this transaction has locked, as it has left them. */
export async function readHeldIncidents(sql: Sql, ids: string[]): Promise<Incident[]> {
  const rows = await sql<object>`select ${ALL} from incidents_incidents where id = any(${ids}::text[])`
  return rows.map(columns.read)
}

/** An incident, and the groups it was found by. */
export type Affected = Incident & { groups: { service: string; groupKey: string }[] }

/**
 * The open incident of a group `r(s, k)`: its own, or one that owns the group since what had it was merged into it or linked with it.
 * `more` are further columns.
 */
function ownerOf(more: Fragment): Fragment {
  return fragment`(
    select * from (
      select id ${more} from incidents_incidents
      where service = r.s and group_key = r.k and resolved_at is null and group_key is not null
      union all
      select i.id ${more} from incidents_groups g cross join lateral (
        select * from incidents_incidents where id = g.incident_id and resolved_at is null offset 0) i
      where g.service = r.s and g.group_key = r.k) owner limit 1)`
}

const FOUND_BY = fragment`(select json_agg(json_build_array(s, k)) from wanted where wanted.id = incidents_incidents.id) as "foundBy"`

function affectedOf(row: object & { foundBy: [string, string][] | null }): Affected {
  return { ...columns.read(row), groups: (row.foundBy ?? []).map(([service, groupKey]) => ({ service, groupKey })) }
}

/** The open incidents of these groups, and these incidents, locked in one order for all. */
export async function lockAffected(sql: Sql, groups: { service: string; groupKey: string }[], ids: string[]): Promise<Affected[]> {
  const wanted = JSON.stringify(groups.map((group) => ({ s: group.service, k: group.groupKey })))
  const rows = await sql<{ foundBy: [string, string][] | null }>`
    with wanted as materialized (
      select i.id, r.s, r.k from json_to_recordset(${wanted}) as r(s text, k text) cross join lateral ${ownerOf(fragment``)} i)
    select ${ALL}, ${FOUND_BY} from incidents_incidents
    where id = any(array(select id from wanted union all select unnest(${ids}::text[])))
    order by id for update`
  return rows.map(affectedOf)
}

/**
 * The open incidents of these groups, which alerts of these ranks are about to join, and whether they are locked. Where that
 * changes nothing about them but a count they are only kept from changing, which those who join them at the same time may do
 * as well; if somebody has one of them, it is watched, or it gets worse, all are locked.
 */
export async function keepJoined(
  sql: Sql,
  groups: { service: string; groupKey: string; severity: number }[],
): Promise<{ incidents: Affected[]; isLocked: boolean }> {
  const wanted = JSON.stringify(groups.map((group) => ({ s: group.service, k: group.groupKey, severity: group.severity })))
  const calm = fragment`, not held and status <> 'monitoring' and not severity_by_person and severity <= r.severity as calm`
  const rows = await sql<{ isLocked: boolean; foundBy: [string, string][] | null }>`
    with wanted as materialized (
      select i.id, i.calm, r.s, r.k from json_to_recordset(${wanted}) as r(s text, k text, severity smallint) cross join lateral ${ownerOf(calm)} i),
    kept as materialized (
      select ${ALL}, ${FOUND_BY} from incidents_incidents
      where (select bool_and(calm) from wanted) and id = any(array(select id from wanted)) order by id for key share),
    locked as materialized (
      select ${ALL}, ${FOUND_BY} from incidents_incidents
      where (select not bool_and(calm) from wanted) and id = any(array(select id from wanted)) order by id for update)
    select false as "isLocked", * from kept union all select true, * from locked`
  return { incidents: rows.map(affectedOf), isLocked: rows.some((row) => row.isLocked) }
}

/** What one incident gathers by goes to another with it: its own group, and those it has from others. Both are held. */
export async function takeGroups(sql: Sql, from: Incident, to: string): Promise<void> {
  await sql`update incidents_groups set incident_id = ${to} where incident_id = ${from.id}`
  if (from.service === null || from.groupKey === null) return
  await ownGroup(sql, { service: from.service, groupKey: from.groupKey }, to, from.id)
}

/** A group of which no incident is open is this one's from now on. */
async function ownGroup(
  sql: Sql,
  { service, groupKey }: { service: string; groupKey: string },
  incidentId: string,
  from: string | null,
): Promise<void> {
  await sql`
    insert into incidents_groups (service, group_key, incident_id, taken_from) values (${service}, ${groupKey}, ${incidentId}, ${from})
    on conflict (service, group_key) do update set incident_id = excluded.incident_id, taken_from = excluded.taken_from`
}

/** Groups of which no incident is open are this one's from now on. */
export async function ownGroups(sql: Sql, groups: { service: string; groupKey: string }[], incidentId: string): Promise<void> {
  const wanted = JSON.stringify(groups.map(({ service, groupKey }) => ({ s: service, k: groupKey })))
  await sql`
    insert into incidents_groups (service, group_key, incident_id)
    select s, k, ${incidentId} from json_to_recordset(${wanted}) as r(s text, k text) where (select id from ${ownerOf(fragment``)} i) is null
    on conflict (service, group_key) do update set incident_id = excluded.incident_id, taken_from = null`
}

/** It gets back what it had, its own group and those of what had been merged into it. */
export async function giveGroupsBack(sql: Sql, to: Incident, from: string): Promise<void> {
  await sql`delete from incidents_groups where incident_id = ${from} and taken_from = ${to.id}`
  await sql`
    update incidents_groups set incident_id = ${to.id} where incident_id = ${from}
      and taken_from = any(array(select id from incidents_incidents where merged_into = ${to.number}))`
}

/** The incidents that are parts of this one. */
export async function readSubIds(sql: Sql, number: number): Promise<IncidentId[]> {
  const rows = await sql<{ id: IncidentId }>`select id from incidents_incidents where parent = ${number}`
  return rows.map(({ id }) => id)
}

/** Whether an incident of this group is open. */
export async function isGroupOpen(sql: Sql, { service, groupKey }: { service: string; groupKey: string }): Promise<boolean> {
  const rows = await sql`
    select i.id from json_to_recordset(${JSON.stringify([{ s: service, k: groupKey }])}) as r(s text, k text) cross join lateral ${ownerOf(fragment``)} i`
  return rows.length > 0
}

export async function lockAckTimeouts(sql: Sql, now: Instant, limit: number): Promise<Incident[]> {
  const rows = await sql<object>`
    select ${ALL} from incidents_incidents where ack_timeout_at <= ${iso(now)}::timestamptz and held
    order by ack_timeout_at limit ${limit} for update skip locked`
  return rows.map(columns.read)
}

/** Open incidents that nobody has, by id, locked. */
export async function lockUnheld(sql: Sql, after: string, limit: number): Promise<Incident[]> {
  const rows = await sql<object>`
    select ${ALL} from incidents_incidents where open and not held and id || '' > ${after} order by id || '' limit ${limit} for update`
  return rows.map(columns.read)
}

/** How many open incidents nobody has. */
export async function countUnheld(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }>`select count(*)::int as count from incidents_incidents where open and not held`
  return row!.count
}

const [CHANGES, CHANGED_TYPED] = [columns.set(CHANGED), columns.typed(['id', ...CHANGED])]

export async function updateIncidents(sql: Sql, now: Instant, incidents: Pick<Incident, 'id' | (typeof CHANGED)[number]>[]): Promise<void> {
  if (incidents.length === 0) return
  const over = incidents.filter((one) => !isOpen(one)).map(({ id }) => id)
  await sql`
    update /* held */ incidents_incidents i set ${CHANGES}, open = r.id <> all(${over}::text[]), updated_at = ${iso(now)}::timestamptz
    from json_to_recordset(${columns.json(['id', ...CHANGED], incidents)}) as r(${CHANGED_TYPED})
    where i.id = r.id and i.id = any(${incidents.map((one) => one.id)}::text[])`
}

/** By id or by number. */
export async function readIncident(sql: Sql, ref: { id: string } | { number: number }, who: Onlooker): Promise<Incident | undefined> {
  const [row] =
    'id' in ref
      ? await sql<object>`select ${ALL} from ${incidentsVisibleTo(who)} i where id = ${ref.id}`
      : await sql<object>`select ${ALL} from ${incidentsVisibleTo(who)} i where number = ${ref.number}`
  return row && columns.read(row)
}

export async function readIncidentsByNumber(sql: Sql, numbers: number[], who: Onlooker): Promise<Incident[]> {
  const rows = await sql<object>`select ${ALL} from ${incidentsVisibleTo(who)} i where number = any(${numbers}::bigint[])`
  return rows.map(columns.read)
}

export async function readIncidentsById(sql: Sql, ids: string[], who: Onlooker): Promise<Map<string, Incident>> {
  const rows = await sql<object>`select ${ALL} from ${incidentsVisibleTo(who)} i where id = any(${ids}::text[])`
  return new Map(rows.map((row) => columns.read(row)).map((incident) => [incident.id, incident]))
}

/** What others show of the incident they belong to. */
const BRIEF = ['id', 'number', 'status', 'held', 'groupKey', 'grouping'] as const
const IN_BRIEF = columns.names(BRIEF)
export type IncidentBrief = Pick<Incident, (typeof BRIEF)[number]>

export async function readIncidentBriefs(sql: Sql, ids: string[], who: Onlooker): Promise<Map<string, IncidentBrief>> {
  const rows = await sql<object>`select ${IN_BRIEF} from ${incidentsVisibleTo(who)} i where id = any(${ids}::text[])`
  return new Map(rows.map((row) => columns.read(row)).map((incident) => [incident.id, incident]))
}

/** Newest first. */
export async function readNewestIncidents(sql: Sql, limit: number, who: Onlooker): Promise<Incident[]> {
  const rows = await sql<object>`select ${ALL} from ${incidentsVisibleTo(who)} i order by number desc limit ${limit}`
  return rows.map(columns.read)
}

/** Newest first. */
export async function readOpenIncidents(sql: Sql, limit: number): Promise<Incident[]> {
  const rows = await sql<object>`select ${ALL} from incidents_incidents where open order by number desc limit ${limit}`
  return rows.map(columns.read)
}

/** How many open incidents somebody has, and how many nobody. */
export async function countOpen(sql: Sql): Promise<{ held: number; unheld: number }> {
  const [row] = await sql<{ held: number; unheld: number }>`
    select count(*) filter (where held) as held, count(*) filter (where not held) as unheld from incidents_incidents where open`
  return row!
}

export async function readDemoIncidentIds(sql: Sql): Promise<string[]> {
  const rows = await sql<{ id: string }>`select id from incidents_incidents where demo`
  return rows.map((row) => row.id)
}

export async function forgetIncidentRows(sql: Sql, ids: string[]): Promise<void> {
  await sql`delete from incidents_used_links where incident_id = any(${ids}::text[])`
  await sql`delete from incidents_groups where incident_id = any(${ids}::text[])`
  await sql`delete from incidents_members where incident_id = any(${ids}::text[])`
  await sql`delete from incidents_incidents where id = any(${ids}::text[])`
}

/** Incidents that were resolved before a moment, those longest ago first. */
export async function readResolvedBefore(sql: Sql, before: Instant, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }>`
    select id from incidents_incidents where not open and resolved_at < ${iso(before)}::timestamptz order by resolved_at limit ${limit}`
  return rows.map(({ id }) => id)
}

/** Takes their rows away; what hangs on them has gone or goes along. */
export async function forgetResolved(sql: Sql, ids: string[]): Promise<void> {
  await sql`delete from incidents_groups where incident_id = any(${ids}::text[])`
  await sql`delete from incidents_members where incident_id = any(${ids}::text[])`
  await sql`delete from incidents_incidents where id = any(${ids}::text[]) and not open`
}
