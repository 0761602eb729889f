import type { AlertId, IncidentId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import type { Alert } from './alert.ts'
import type { SeverityRank } from './source.ts'

/** The alert that reports of each identity are compared with, locked. */
export async function lockIdentities(sql: Sql, identities: string[]): Promise<Alert[]> {
  const rows =
    await sql<Row>`select * from alerts_alerts where identity = any(${identities}::uuid[]) and latest order by identity for update`
  return rows.map(alertOf)
}

/** An alert about to be stored, with the incident it opens or joins. */
export interface NewAlertRow {
  alert: Alert
  latest: boolean
  link: 'opened' | 'joined' | null
}

/**
 * Inserts alerts as they open, with their link to an incident. What a batch has already changed on them (an end, a
 * repeat) is for updateAlerts. An identity that is open elsewhere throws a unique violation: look again.
 */
export async function insertAlerts(sql: Sql, now: Instant, rows: NewAlertRow[]): Promise<void> {
  const values = rows.map(({ alert, latest, link }) => ({
    id: alert.id,
    identity: alert.identity,
    latest,
    integration: alert.integration,
    dedup_key: alert.dedupKey,
    service: alert.service,
    incident_id: alert.incidentId,
    status: alert.status,
    severity: alert.severity,
    title: alert.title,
    labels: alert.labels,
    annotations: alert.annotations,
    links: alert.links,
    warnings: alert.warnings,
    count: alert.count,
    starts_at: at(alert.startsAt),
    ends_at: at(alert.endsAt),
    p: alert.first.position,
    i: alert.first.index,
    link,
  }))
  await sql`
    with r as materialized (
      select * from json_to_recordset(${JSON.stringify(values)}) as r(id text, identity uuid, latest boolean, integration text, dedup_key text, service text,
        incident_id text, status text, severity smallint, title text, labels json, annotations json, links json, warnings json, count int,
        starts_at timestamptz, ends_at timestamptz, p bigint, i int, link text)),
    linked as (
      insert into alerts_links (alert_id, incident_id, kind, at, actor)
      select id, incident_id, link, ${iso(now)}::timestamptz, 'integration:' || integration from r where link is not null)
    insert into alerts_alerts (id, identity, latest, integration, dedup_key, service, incident_id, status, severity, title, labels, annotations, links, warnings, count,
      starts_at, ends_at, opened_at, reported_at, first_position, first_index, last_position, last_index)
    select id, identity, latest, integration, dedup_key, service, incident_id, status, severity, title, labels, annotations, links, warnings, count,
      starts_at, ends_at, ${iso(now)}::timestamptz, ${iso(now)}::timestamptz, p, i, p, i from r`
}

/** Writes what reports changed on known alerts. */
export async function updateAlerts(sql: Sql, alerts: { alert: Alert; latest: boolean }[]): Promise<void> {
  const rows = alerts.map(({ alert, latest }) => ({ id: alert.id, latest, ...changing(alert) }))
  await sql`
    update alerts_alerts a set latest = r.latest, incident_id = r.incident_id, status = r.status, severity = r.severity, title = r.title, labels = r.labels,
      annotations = r.annotations, links = r.links, warnings = r.warnings, count = r.count, starts_at = r.starts_at, ends_at = r.ends_at,
      source_ended_at = r.source_ended_at, acknowledged_by_source = r.acknowledged_by_source, reported_at = r.reported_at, ended_at = r.ended_at,
      ended_by = r.ended_by, still_firing_at = r.still_firing_at, last_position = r.last_position, last_index = r.last_index
    from json_to_recordset(${JSON.stringify(rows)}) as r(id text, latest boolean, incident_id text, status text, severity smallint, title text, labels json,
      annotations json, links json, warnings json, count int, starts_at timestamptz, ends_at timestamptz, source_ended_at timestamptz,
      acknowledged_by_source boolean, reported_at timestamptz, ended_at timestamptz, ended_by text, still_firing_at timestamptz, last_position bigint, last_index int)
    where a.id = r.id`
}

function at(instant: Instant | null): string | null {
  return instant === null ? null : iso(instant)
}

function changing(one: Alert) {
  return {
    incident_id: one.incidentId,
    status: one.status,
    severity: one.severity,
    title: one.title,
    labels: one.labels,
    annotations: one.annotations,
    links: one.links,
    warnings: one.warnings,
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
  incidentId: IncidentId
  kind: 'opened' | 'joined' | 'split' | 'merged' | 'silenced'
  at: Instant
  actor: string
}

/** Which incidents an alert has belonged to, in order. */
export async function readLinks(sql: Sql, alertId: string): Promise<AlertLink[]> {
  return sql<AlertLink>`select incident_id as "incidentId", kind, at, actor from alerts_links where alert_id = ${alertId} order by at`
}

export interface OpenAlerts {
  open: number
  /** Of those, the ones their source has not taken. */
  unacknowledged: number
  /** The integration of the others. */
  acknowledgedBy: string | null
}

export async function countOpenAlerts(sql: Sql, incidentIds: string[]): Promise<Map<string, OpenAlerts>> {
  const rows = await sql<OpenAlerts & { incident_id: string }>`
    select incident_id, count(*) as open, count(*) filter (where not acknowledged_by_source) as unacknowledged,
      min(integration) filter (where acknowledged_by_source) as "acknowledgedBy"
    from alerts_alerts where incident_id = any(${incidentIds}::text[]) and status = 'open' group by incident_id`
  return new Map(rows.map((row) => [row.incident_id, row]))
}

export async function lockOpenAlertsOf(sql: Sql, incidentIds: string[]): Promise<Alert[]> {
  const rows =
    await sql<Row>`select * from alerts_alerts where incident_id = any(${incidentIds}::text[]) and status = 'open' order by identity for update`
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
  if (!isAlertId(id)) return undefined
  const [row] = await sql<Row>`select * from alerts_alerts where id = ${id}`
  return row && alertOf(row)
}

/** The newest alert of each of these identities. */
export async function readLatest(sql: Sql, identities: string[]): Promise<Map<string, { id: AlertId; incidentId: IncidentId | null }>> {
  const rows = await sql<{ id: AlertId; identity: string; incident_id: IncidentId | null }>`
    select id, identity, incident_id from alerts_alerts where identity = any(${identities}::uuid[]) and latest and count > 0`
  return new Map(rows.map(({ id, identity, incident_id }) => [identity, { id, incidentId: incident_id }]))
}

/** What is none of our ids need not be asked for, and may hold what the database refuses. */
export function isAlertId(text: string): boolean {
  return /^alr_[0-9a-z]{1,60}$/.test(text)
}

/** A list looks at no more alerts than this at once, however few of them match; the next page goes on from there. */
export const LOOKED_AT_MAX = 10_000

/** What can match, as far as an index knows it: the alerts of an incident or of a few keys, those that are open, or all. */
export type AlertSource = { identities: string[] } | 'incident' | 'open' | 'all'

export interface AlertFilter {
  source: AlertSource
  incidentId: string | null
  status: 'open' | 'ended' | null
  severities: number[] | null
  services: string[] | null
  integrations: string[] | null
  /** By name, the values of which one has to be there. */
  labels: Record<string, string[]> | null
  title: string | null
  q: string | null
  /** The incident `q` names by its number. */
  qIncidentId: string | null
  /** Ids sort by the moment an alert opened: from this one on, and only older than that one, where the page before ended. */
  from: string
  before: string
}

/** Sorts after every id, in any collation. */
export const AFTER_ALL = 'alr_z'

/** Newest first. Ends without a beginning are not alerts and stay out. */
export async function readAlerts(sql: Sql, filter: AlertFilter, limit: number): Promise<Alert[]> {
  const { kind, incidentId, identities, from, before, status, severities, services, integrations, labels, title, q } = boundOf(filter)
  const rows = await sql<Row>`
    with named as materialized (
      select id from alerts_alerts where ${kind}::text = 'incident' and incident_id = ${incidentId}::text
      union all select id from alerts_alerts where ${kind}::text = 'keys' and identity = any(${identities}::uuid[]) and latest
      union all select id from alerts_alerts where ${kind}::text = 'keys' and identity = any(${identities}::uuid[]) and not latest)
    select a.* from (
      (select * from alerts_alerts where ${kind}::text = 'all' and id < ${before}::text and id >= ${from}::text order by id desc limit ${LOOKED_AT_MAX})
      union all
      (select * from alerts_alerts where ${kind}::text = 'open' and status = 'open' and id < ${before}::text and id >= ${from}::text order by id desc limit ${LOOKED_AT_MAX})
      union all
      (select * from alerts_alerts where ${kind}::text in ('incident', 'keys')
        and id = any(array(select id from named where id < ${before}::text and id >= ${from}::text order by id desc limit ${LOOKED_AT_MAX})) order by id desc)
    ) a
    where count > 0
      and (${incidentId}::text is null or incident_id = ${incidentId}::text)
      and (${status}::text is null or status = ${status}::text)
      and (${severities}::int[] is null or severity = any(${severities}::int[]))
      and (${services}::text[] is null or service = any(${services}::text[]))
      and (${integrations}::text[] is null or integration = any(${integrations}::text[]))
      and (${title}::text is null or position(lower(${title}::text) in lower(title)) > 0)
      and (${q}::text is null or position(lower(${q}::text) in lower(title)) > 0 or position(lower(${q}::text) in lower(dedup_key)) > 0
        or incident_id = ${filter.qIncidentId}::text)
      and (${labels}::json is null or not exists (
        select 1 from json_each(${labels}::json) wanted where (a.labels ->> wanted.key) is null
          or (a.labels ->> wanted.key) <> all (array(select json_array_elements_text(wanted.value)))))
    order by id desc limit ${limit}`
  return rows.map(alertOf)
}

/** Where looking stopped although there is more; null at the end. */
export async function alertsLookedAtTo(sql: Sql, filter: AlertFilter): Promise<string | null> {
  const { kind, incidentId, identities, from, before } = boundOf(filter)
  const [row] = await sql<{ id: string }>`
    with named as materialized (
      select id from alerts_alerts where ${kind}::text = 'incident' and incident_id = ${incidentId}::text
      union all select id from alerts_alerts where ${kind}::text = 'keys' and identity = any(${identities}::uuid[]) and latest
      union all select id from alerts_alerts where ${kind}::text = 'keys' and identity = any(${identities}::uuid[]) and not latest)
    select id from (
      (select id from alerts_alerts where ${kind}::text = 'all' and id < ${before}::text and id >= ${from}::text order by id desc offset ${LOOKED_AT_MAX - 1} limit 1)
      union all
      (select id from alerts_alerts where ${kind}::text = 'open' and status = 'open' and id < ${before}::text and id >= ${from}::text
        order by id desc offset ${LOOKED_AT_MAX - 1} limit 1)
      union all
      (select id from named where id < ${before}::text and id >= ${from}::text order by id desc offset ${LOOKED_AT_MAX - 1} limit 1)
    ) last`
  return row?.id ?? null
}

export interface AlertCount {
  status: string
  severity: number
  service: string
  integration: string
  count: number
}

/** How many of the newest agree in what lists are narrowed by. Open ones count however old they are. */
export async function countAlerts(sql: Sql, filter: AlertFilter): Promise<AlertCount[]> {
  const { kind, incidentId, identities, from, before, labels, title, q } = boundOf({
    ...filter,
    ...(filter.source === 'open' && { source: 'all' }),
  })
  return sql<AlertCount>`
    with named as materialized (
      select id from alerts_alerts where ${kind}::text = 'incident' and incident_id = ${incidentId}::text
      union all select id from alerts_alerts where ${kind}::text = 'keys' and identity = any(${identities}::uuid[]) and latest
      union all select id from alerts_alerts where ${kind}::text = 'keys' and identity = any(${identities}::uuid[]) and not latest),
    oldest as materialized (
      select coalesce((select id from alerts_alerts where ${kind}::text = 'all' and id < ${before}::text and id >= ${from}::text
        order by id desc offset ${LOOKED_AT_MAX} limit 1), '') as id)
    select status, severity, service, integration, count(*) as count from (
      (select * from alerts_alerts where ${kind}::text = 'all' and id < ${before}::text and id >= ${from}::text order by id desc limit ${LOOKED_AT_MAX})
      union all
      (select * from alerts_alerts where ${kind}::text = 'all' and status = 'open' and id <= (select id from oldest) and id >= ${from}::text
        order by id desc limit ${LOOKED_AT_MAX})
      union all
      (select * from alerts_alerts where ${kind}::text in ('incident', 'keys')
        and id = any(array(select id from named where id < ${before}::text and id >= ${from}::text order by id desc limit ${LOOKED_AT_MAX})))
    ) a
    where count > 0
      and (${incidentId}::text is null or incident_id = ${incidentId}::text)
      and (${title}::text is null or position(lower(${title}::text) in lower(title)) > 0)
      and (${q}::text is null or position(lower(${q}::text) in lower(title)) > 0 or position(lower(${q}::text) in lower(dedup_key)) > 0
        or incident_id = ${filter.qIncidentId}::text)
      and (${labels}::json is null or not exists (
        select 1 from json_each(${labels}::json) wanted where (a.labels ->> wanted.key) is null
          or (a.labels ->> wanted.key) <> all (array(select json_array_elements_text(wanted.value)))))
    group by status, severity, service, integration`
}

/** A filter as statements take it. */
function boundOf({ source, labels, ...rest }: AlertFilter) {
  return {
    ...rest,
    kind: typeof source === 'string' ? source : 'keys',
    identities: typeof source === 'string' ? null : source.identities,
    labels: labels === null ? null : JSON.stringify(labels),
  }
}

/** Removes the alerts of incidents, and of integrations, that are removed with the demo. */
export async function forgetAlerts(sql: Sql, incidentIds: string[], integrations: string[]): Promise<void> {
  await sql`delete from alerts_links where incident_id = any(${incidentIds}::text[])`
  await sql`delete from alerts_alerts where incident_id = any(${incidentIds}::text[]) or integration = any(${integrations}::text[])`
  await sql`delete from alerts_unparsed where integration = any(${integrations}::text[])`
  await sql`delete from alerts_hours where integration = any(${integrations}::text[])`
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
  labels: Record<string, string>
  annotations: Record<string, string>
  links: { href: string; text: string }[]
  warnings: string[]
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
    labels: row.labels,
    annotations: row.annotations,
    links: row.links,
    warnings: row.warnings,
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
