import type { IncidentId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import type { Incident, IncidentStatus } from './incident.ts'

export type NewIncidentRow = Pick<
  Incident,
  | 'id'
  | 'title'
  | 'summary'
  | 'severity'
  | 'urgency'
  | 'service'
  | 'serviceVersion'
  | 'policy'
  | 'groupKey'
  | 'grouping'
  | 'kind'
  | 'origin'
  | 'demo'
  | 'autoResolve'
  | 'impactStartedAt'
  | 'declaredAt'
  | 'declaredBy'
>

/** Inserts incidents; each gets its number. A group that is open already throws a unique violation: look again. */
export async function insertIncidents(sql: Sql, now: Instant, incidents: NewIncidentRow[]): Promise<void> {
  const rows = incidents.map((one) => ({
    id: one.id,
    title: one.title,
    summary: one.summary,
    severity: one.severity,
    urgency: one.urgency,
    service: one.service,
    service_version: one.serviceVersion,
    policy: one.policy,
    group_key: one.groupKey,
    grouping: JSON.stringify(one.grouping),
    kind: one.kind,
    origin: one.origin,
    demo: one.demo,
    auto_resolve: one.autoResolve,
    impact_started_at: one.impactStartedAt === null ? null : iso(one.impactStartedAt),
    declared_at: one.declaredAt === null ? null : iso(one.declaredAt),
    declared_by: one.declaredBy,
  }))
  await sql`
    insert into incidents_incidents (id, number, title, summary, status, open, severity, severity_scheme, urgency, service, service_version, policy, group_key, grouping,
      kind, origin, visibility, demo, auto_resolve, impact_started_at, detected_at, declared_at, declared_by, updated_at)
    select id, nextval('incidents_number'), title, summary, 'detected', true, severity, 'default', urgency, service, service_version, policy, group_key, grouping,
      kind, origin, 'public', demo, auto_resolve, impact_started_at, ${iso(now)}::timestamptz, declared_at, declared_by, ${iso(now)}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}) as r(id text, title text, summary text, severity smallint, urgency text, service text, service_version int, policy text,
      group_key text, grouping text, kind text, origin text, demo boolean, auto_resolve boolean, impact_started_at timestamptz, declared_at timestamptz, declared_by text)`
}

/** Locks incidents, in one order for all. */
export async function lockIncidents(sql: Sql, ids: string[]): Promise<Incident[]> {
  const rows = await sql<Row>`select * from incidents_incidents where id = any(${ids}::text[]) order by id for update`
  return rows.map(incidentOf)
}

/** The open incidents of these groups, and these incidents, locked in one order for all. */
export async function lockAffected(sql: Sql, groups: { service: string; groupKey: string }[], ids: string[]): Promise<Incident[]> {
  const wanted = JSON.stringify(groups.map((group) => ({ s: group.service, k: group.groupKey })))
  const rows = await sql<Row>`
    select * from incidents_incidents
    where id = any(array(
      select i.id from json_to_recordset(${wanted}) as r(s text, k text) cross join lateral (
        select id from incidents_incidents where service = r.s and group_key = r.k and resolved_at is null and group_key is not null limit 1) i
      union all select unnest(${ids}::text[])))
    order by id for update`
  return rows.map(incidentOf)
}

export async function lockAckTimeouts(sql: Sql, now: Instant, limit: number): Promise<Incident[]> {
  const rows = await sql<Row>`
    select * from incidents_incidents where ack_timeout_at <= ${iso(now)}::timestamptz and status = 'acknowledged'
    order by ack_timeout_at limit ${limit} for update skip locked`
  return rows.map(incidentOf)
}

export async function updateIncidents(
  sql: Sql,
  now: Instant,
  incidents: Pick<
    Incident,
    | 'id'
    | 'title'
    | 'summary'
    | 'status'
    | 'severity'
    | 'severityByPerson'
    | 'urgency'
    | 'acknowledgedAt'
    | 'acknowledgedBy'
    | 'ackTimeoutAt'
    | 'resolvedAt'
    | 'resolvedBy'
  >[],
): Promise<void> {
  if (incidents.length === 0) return
  const at = (instant: Instant | null) => (instant === null ? null : iso(instant))
  const rows = incidents.map((one) => ({
    id: one.id,
    title: one.title,
    summary: one.summary,
    status: one.status,
    severity: one.severity,
    by_person: one.severityByPerson,
    urgency: one.urgency,
    acknowledged_at: at(one.acknowledgedAt),
    acknowledged_by: one.acknowledgedBy,
    ack_timeout_at: at(one.ackTimeoutAt),
    resolved_at: at(one.resolvedAt),
    resolved_by: one.resolvedBy,
  }))
  await sql`
    update incidents_incidents i set title = r.title, summary = r.summary, status = r.status, open = r.status <> 'resolved', severity = r.severity,
      severity_by_person = r.by_person, urgency = r.urgency, acknowledged_at = r.acknowledged_at, acknowledged_by = r.acknowledged_by,
      ack_timeout_at = r.ack_timeout_at, resolved_at = r.resolved_at, resolved_by = r.resolved_by, updated_at = ${iso(now)}::timestamptz
    from json_to_recordset(${JSON.stringify(rows)}) as r(id text, title text, summary text, status text, severity smallint, by_person boolean, urgency text,
      acknowledged_at timestamptz, acknowledged_by text, ack_timeout_at timestamptz, resolved_at timestamptz, resolved_by text)
    where i.id = r.id`
}

/** By id or by number. */
export async function readIncident(sql: Sql, ref: { id: string } | { number: number }): Promise<Incident | undefined> {
  const [row] =
    'id' in ref
      ? await sql<Row>`select * from incidents_incidents where id = ${ref.id}`
      : await sql<Row>`select * from incidents_incidents where number = ${ref.number}`
  return row && incidentOf(row)
}

export async function readIncidentsByNumber(sql: Sql, numbers: number[]): Promise<Incident[]> {
  const rows = await sql<Row>`select * from incidents_incidents where number = any(${numbers}::bigint[])`
  return rows.map(incidentOf)
}

/** What others show of the incident they belong to. */
export type IncidentBrief = Pick<Incident, 'id' | 'number' | 'status' | 'groupKey' | 'grouping'>

export async function readIncidentBriefs(sql: Sql, ids: string[]): Promise<Map<string, IncidentBrief>> {
  const rows = await sql<Pick<Row, 'id' | 'number' | 'status' | 'group_key' | 'grouping'>>`
    select id, number, status, group_key, grouping from incidents_incidents where id = any(${ids}::text[])`
  return new Map(
    rows.map(({ id, number, status, group_key, grouping }) => [
      id,
      { id, number, status, groupKey: group_key, grouping: grouping === null ? [] : JSON.parse(grouping) },
    ]),
  )
}

export interface IncidentFilter {
  statuses: IncidentStatus[] | null
  severities: number[] | null
  services: string[] | null
  text: string | null
  /** Only numbers below this one: where the page before ended. */
  before: number | null
  limit: number
}

/** Newest first. */
export async function readIncidents(sql: Sql, filter: IncidentFilter): Promise<Incident[]> {
  const rows = await sql<Row>`
    select * from incidents_incidents
    where (${filter.statuses}::text[] is null or status = any(${filter.statuses}::text[]))
      and (${filter.severities}::int[] is null or severity = any(${filter.severities}::int[]))
      and (${filter.services}::text[] is null or service = any(${filter.services}::text[]))
      and (${filter.text}::text is null or position(lower(${filter.text}::text) in lower(title)) > 0)
      and number < ${filter.before ?? Number.MAX_SAFE_INTEGER}::bigint
    order by number desc limit ${filter.limit}`
  return rows.map(incidentOf)
}

/** How many open incidents there are by status; the shell's counters. */
export async function countOpen(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql<{
    status: string
    count: number
  }>`select status, count(*) as count from incidents_incidents where open group by status`
  return Object.fromEntries(rows.map((row) => [row.status, row.count]))
}

export async function readDemoIncidentIds(sql: Sql): Promise<string[]> {
  const rows = await sql<{ id: string }>`select id from incidents_incidents where demo`
  return rows.map((row) => row.id)
}

export async function forgetIncidentRows(sql: Sql, ids: string[]): Promise<void> {
  await sql`delete from incidents_used_links where incident_id = any(${ids}::text[])`
  await sql`delete from incidents_incidents where id = any(${ids}::text[])`
}

interface Row {
  id: IncidentId
  number: number
  title: string
  summary: string | null
  status: IncidentStatus
  severity: number
  severity_scheme: string
  severity_by_person: boolean
  urgency: 'high' | 'low'
  service: string | null
  service_version: number | null
  policy: string | null
  group_key: string | null
  grouping: string | null
  kind: string
  origin: 'alert' | 'person' | 'drill'
  visibility: 'public' | 'private'
  demo: boolean
  auto_resolve: boolean
  impact_started_at: Instant | null
  detected_at: Instant
  declared_at: Instant | null
  declared_by: string | null
  acknowledged_at: Instant | null
  acknowledged_by: string | null
  ack_timeout_at: Instant | null
  resolved_at: Instant | null
  resolved_by: string | null
}

function incidentOf(row: Row): Incident {
  return {
    id: row.id,
    number: row.number,
    title: row.title,
    summary: row.summary,
    status: row.status,
    severity: row.severity,
    severityScheme: row.severity_scheme,
    severityByPerson: row.severity_by_person,
    urgency: row.urgency,
    service: row.service,
    serviceVersion: row.service_version,
    policy: row.policy,
    groupKey: row.group_key,
    grouping: row.grouping === null ? [] : JSON.parse(row.grouping),
    kind: row.kind,
    origin: row.origin,
    visibility: row.visibility,
    demo: row.demo,
    autoResolve: row.auto_resolve,
    impactStartedAt: row.impact_started_at,
    detectedAt: row.detected_at,
    declaredAt: row.declared_at,
    declaredBy: row.declared_by,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    ackTimeoutAt: row.ack_timeout_at,
    resolvedAt: row.resolved_at,
    resolvedBy: row.resolved_by,
  }
}
