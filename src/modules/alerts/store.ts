import type { AlertId, IncidentId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import type { Alert } from './alert.ts'
import type { SeverityRank } from './source.ts'

/** The alert that reports of each identity are compared with, locked. */
export async function lockIdentities(sql: Sql, identities: string[]): Promise<Alert[]> {
  const rows = await sql<Row>`select * from alerts_alerts where identity = any(${identities}::uuid[]) and latest order by identity for update`
  return rows.map(alertOf)
}

/** Inserts alerts; those not `latest` are episodes that ended within the same batch. An open identity throws a unique violation: look again. */
export async function insertAlerts(sql: Sql, alerts: (Alert & { latest: boolean })[]): Promise<void> {
  const rows = alerts.map((one) => ({
    id: one.id,
    identity: one.identity,
    latest: one.latest,
    integration: one.integration,
    dedup_key: one.dedupKey,
    service: one.service,
    ...changing(one),
    opened_at: iso(one.openedAt),
    first_position: one.first.position,
    first_index: one.first.index,
  }))
  await sql`
    insert into alerts_alerts (id, identity, latest, integration, dedup_key, service, incident_id, status, severity, title, labels, annotations, links, warnings, count,
      starts_at, ends_at, source_ended_at, acknowledged_by_source, opened_at, reported_at, ended_at, ended_by, still_firing_at,
      first_position, first_index, last_position, last_index)
    select id, identity, latest, integration, dedup_key, service, incident_id, status, severity, title, labels, annotations, links, warnings, count,
      starts_at, ends_at, source_ended_at, acknowledged_by_source, opened_at, reported_at, ended_at, ended_by, still_firing_at,
      first_position, first_index, last_position, last_index
    from json_to_recordset(${JSON.stringify(rows)}) as r(id text, identity uuid, latest boolean, integration text, dedup_key text, service text, incident_id text, status text,
      severity smallint, title text, labels text, annotations text, links text, warnings text, count int, starts_at timestamptz, ends_at timestamptz,
      source_ended_at timestamptz, acknowledged_by_source boolean, opened_at timestamptz, reported_at timestamptz, ended_at timestamptz, ended_by text,
      still_firing_at timestamptz, first_position bigint, first_index int, last_position bigint, last_index int)`
}

/** Writes what reports changed on known alerts. */
export async function updateAlerts(sql: Sql, alerts: (Alert & { latest: boolean })[]): Promise<void> {
  const rows = alerts.map((one) => ({ id: one.id, latest: one.latest, ...changing(one) }))
  await sql`
    update alerts_alerts a set latest = r.latest, incident_id = r.incident_id, status = r.status, severity = r.severity, title = r.title, labels = r.labels,
      annotations = r.annotations, links = r.links, warnings = r.warnings, count = r.count, starts_at = r.starts_at, ends_at = r.ends_at,
      source_ended_at = r.source_ended_at, acknowledged_by_source = r.acknowledged_by_source, reported_at = r.reported_at, ended_at = r.ended_at,
      ended_by = r.ended_by, still_firing_at = r.still_firing_at, last_position = r.last_position, last_index = r.last_index
    from json_to_recordset(${JSON.stringify(rows)}) as r(id text, latest boolean, incident_id text, status text, severity smallint, title text, labels text,
      annotations text, links text, warnings text, count int, starts_at timestamptz, ends_at timestamptz, source_ended_at timestamptz,
      acknowledged_by_source boolean, reported_at timestamptz, ended_at timestamptz, ended_by text, still_firing_at timestamptz, last_position bigint, last_index int)
    where a.id = r.id`
}

function changing(one: Alert) {
  const at = (instant: Instant | null) => (instant === null ? null : iso(instant))
  return {
    incident_id: one.incidentId,
    status: one.status,
    severity: one.severity,
    title: one.title,
    labels: JSON.stringify(one.labels),
    annotations: JSON.stringify(one.annotations),
    links: JSON.stringify(one.links),
    warnings: JSON.stringify(one.warnings),
    count: one.count,
    starts_at: at(one.startsAt),
    ends_at: at(one.endsAt),
    source_ended_at: at(one.sourceEndedAt),
    acknowledged_by_source: one.acknowledgedBySource,
    reported_at: iso(one.reportedAt),
    ended_at: at(one.endedAt),
    ended_by: one.endedBy,
    still_firing_at: at(one.stillFiringAt),
    last_position: one.last.position,
    last_index: one.last.index,
  }
}

export interface AlertLink {
  alertId: AlertId
  incidentId: IncidentId
  kind: 'opened' | 'joined' | 'split' | 'merged' | 'silenced'
  at: Instant
  actor: string
  data: unknown
}

export async function insertLinks(sql: Sql, links: AlertLink[]): Promise<void> {
  const rows = links.map((link) => ({ a: link.alertId, i: link.incidentId, k: link.kind, t: iso(link.at), b: link.actor, d: JSON.stringify(link.data) }))
  await sql`
    insert into alerts_links (alert_id, incident_id, kind, at, actor, data)
    select a, i, k, t, b, d from json_to_recordset(${JSON.stringify(rows)}) as r(a text, i text, k text, t timestamptz, b text, d text)`
}

export async function readLinks(sql: Sql, alertId: string): Promise<AlertLink[]> {
  const rows = await sql<{ alert_id: AlertId; incident_id: IncidentId; kind: AlertLink['kind']; at: Instant; actor: string; data: string }>`
    select alert_id, incident_id, kind, at, actor, data from alerts_links where alert_id = ${alertId} order by at`
  return rows.map((row) => ({ alertId: row.alert_id, incidentId: row.incident_id, kind: row.kind, at: row.at, actor: row.actor, data: JSON.parse(row.data) }))
}

/** Of these incidents, how many alerts are open, and how many of those their source has not acknowledged. */
export async function countOpenAlerts(sql: Sql, incidentIds: string[]): Promise<Map<string, { open: number; unacknowledged: number }>> {
  const rows = await sql<{ incident_id: string; open: number; unacknowledged: number }>`
    select incident_id, count(*) as open, count(*) filter (where not acknowledged_by_source) as unacknowledged
    from alerts_alerts where incident_id = any(${incidentIds}::text[]) and status = 'open' group by incident_id`
  return new Map(rows.map((row) => [row.incident_id, row]))
}

export async function lockOpenAlertsOf(sql: Sql, incidentIds: string[]): Promise<Alert[]> {
  const rows = await sql<Row>`select * from alerts_alerts where incident_id = any(${incidentIds}::text[]) and status = 'open' order by identity for update`
  return rows.map(alertOf)
}

/** Open alerts whose promised end has passed without another report. */
export async function lockLapsed(sql: Sql, now: Instant, limit: number): Promise<Alert[]> {
  const rows = await sql<Row>`
    select * from alerts_alerts where status = 'open' and ends_at <= ${iso(now)}::timestamptz order by ends_at limit ${limit} for update skip locked`
  return rows.map(alertOf)
}

/** Alerts resolved by hand whose source has kept reporting long enough. */
export async function lockStillFiring(sql: Sql, now: Instant, limit: number): Promise<Alert[]> {
  const rows = await sql<Row>`
    select * from alerts_alerts where still_firing_at <= ${iso(now)}::timestamptz order by still_firing_at limit ${limit} for update skip locked`
  return rows.map(alertOf)
}

export async function readAlert(sql: Sql, id: string): Promise<Alert | undefined> {
  const [row] = await sql<Row>`select * from alerts_alerts where id = ${id}`
  return row && alertOf(row)
}

export interface AlertFilter {
  incidentId: string | null
  status: 'open' | 'ended' | null
  services: string[] | null
  dedupKey: string | null
  text: string | null
  before: { openedAt: Instant; id: string } | null
  limit: number
}

/** Newest first. Ends without a beginning are not alerts and stay out. */
export async function readAlerts(sql: Sql, filter: AlertFilter): Promise<Alert[]> {
  const before = filter.before === null ? null : iso(filter.before.openedAt)
  const rows = await sql<Row>`
    select * from alerts_alerts
    where count > 0
      and (${filter.incidentId}::text is null or incident_id = ${filter.incidentId}::text)
      and (${filter.status}::text is null or status = ${filter.status}::text)
      and (${filter.services}::text[] is null or service = any(${filter.services}::text[]))
      and (${filter.dedupKey}::text is null or dedup_key = ${filter.dedupKey}::text)
      and (${filter.text}::text is null or title ilike '%' || ${filter.text}::text || '%')
      and (${before}::timestamptz is null or (opened_at, id) < (${before}::timestamptz, ${filter.before?.id ?? null}::text))
    order by opened_at desc, id desc limit ${filter.limit}`
  return rows.map(alertOf)
}

export async function forgetAlerts(sql: Sql, incidentIds: string[]): Promise<void> {
  await sql`delete from alerts_links where incident_id = any(${incidentIds}::text[])`
  await sql`delete from alerts_alerts where incident_id = any(${incidentIds}::text[])`
}

interface Row {
  id: AlertId
  identity: string
  integration: string
  dedup_key: string
  service: string
  incident_id: IncidentId | null
  status: 'open' | 'ended'
  severity: SeverityRank
  title: string
  labels: string
  annotations: string
  links: string
  warnings: string
  count: number
  starts_at: Instant | null
  ends_at: Instant | null
  source_ended_at: Instant | null
  acknowledged_by_source: boolean
  opened_at: Instant
  reported_at: Instant
  ended_at: Instant | null
  ended_by: Alert['endedBy']
  still_firing_at: Instant | null
  first_position: number
  first_index: number
  last_position: number
  last_index: number
}

function alertOf(row: Row): Alert {
  return {
    id: row.id,
    identity: row.identity,
    integration: row.integration,
    dedupKey: row.dedup_key,
    service: row.service,
    incidentId: row.incident_id,
    status: row.status,
    severity: row.severity,
    title: row.title,
    labels: JSON.parse(row.labels),
    annotations: JSON.parse(row.annotations),
    links: JSON.parse(row.links),
    warnings: JSON.parse(row.warnings),
    count: row.count,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    sourceEndedAt: row.source_ended_at,
    acknowledgedBySource: row.acknowledged_by_source,
    openedAt: row.opened_at,
    reportedAt: row.reported_at,
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    stillFiringAt: row.still_firing_at,
    first: { position: row.first_position, index: row.first_index },
    last: { position: row.last_position, index: row.last_index },
  }
}
