import { type AlertId, firstIdAt, type IncidentId, momentOf } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql, Transaction } from '../../platform/db.ts'
import { type Fragment, fragment } from '../../platform/fragment.ts'
import { hiddenFrom, type Onlooker, visibleTo } from '../incidents/index.ts'
import type { Alert } from './alert.ts'
import type { SeverityRank } from './signal.ts'

/** The alert that reports of each identity are compared with, locked. What a person has resolved has ended, written or not. */
export async function lockIdentities(sql: Sql, identities: string[]): Promise<Alert[]> {
  const rows = await sql<Row & { resolved_at: Instant | null }>`
    select a.*, e.at as resolved_at from alerts_alerts a left join alerts_endings e on e.incident_id = a.incident_id and a.status = 'open'
    where identity = any(${identities}::uuid[]) and latest order by identity for update of a`
  return rows.map(({ resolved_at, ...row }) =>
    alertOf(resolved_at === null ? row : { ...row, status: 'ended', ended_at: resolved_at, ended_by: 'person' }),
  )
}

/** An alert about to be stored, and how it came to its incident. */
export interface NewAlertRow {
  alert: Alert
  latest: boolean
  link: 'opened' | 'joined' | 'followed' | null
}

/**
 * Inserts alerts as they open. What a batch has already changed on them (an end, a
 * repeat) is for updateAlerts. An identity that is open elsewhere throws a unique violation: look again. They go in by
 * identity, so that two nodes that open the same ones wait for each other in one order.
 */
export async function insertAlerts(tx: Transaction, now: Instant, rows: NewAlertRow[]): Promise<void> {
  const opened = iso(now)
  const byIdentity = [...rows].sort((a, b) => (a.alert.identity < b.alert.identity ? -1 : 1))
  await tx.copy(
    `copy alerts_alerts (id, identity, latest, integration, dedup_key, service, incident_id, placed, status, severity, title, labels, annotations, links, warnings,
      count, starts_at, ends_at, opened_at, reported_at, first_position, first_index, last_position, last_index) from stdin`,
    byIdentity.map(({ alert, latest, link }) => [
      ...[
        alert.id,
        alert.identity,
        latest,
        alert.integration,
        alert.dedupKey,
        alert.service,
        alert.incidentId,
        link,
        alert.status,
        alert.severity,
      ],
      ...[
        alert.title,
        JSON.stringify(alert.labels),
        JSON.stringify(alert.annotations),
        JSON.stringify(alert.links),
        JSON.stringify(alert.warnings),
      ],
      ...[alert.count, at(alert.startsAt), at(alert.endsAt), opened, opened],
      ...[alert.first.position, alert.first.index, alert.first.position, alert.first.index],
    ]),
  )
}

/** Writes what reports changed on known alerts. */
export async function updateAlerts(sql: Sql, alerts: { alert: Alert; latest: boolean }[]): Promise<void> {
  const rows = alerts.map(({ alert, latest }) => ({ id: alert.id, latest, ...changing(alert) }))
  await sql`
    update /* held */ alerts_alerts a set latest = r.latest, incident_id = r.incident_id, status = r.status, severity = r.severity, title = r.title, labels = r.labels,
      annotations = r.annotations, links = r.links, warnings = r.warnings, count = r.count, starts_at = r.starts_at, ends_at = r.ends_at,
      source_ended_at = r.source_ended_at, acknowledged_by_source = r.acknowledged_by_source, reported_at = r.reported_at, ended_at = r.ended_at,
      ended_by = r.ended_by, still_firing_at = r.still_firing_at, last_position = r.last_position, last_index = r.last_index
    from json_to_recordset(${JSON.stringify(rows)}) as r(id text, latest boolean, incident_id text, status text, severity smallint, title text, labels json,
      annotations json, links json, warnings json, count int, starts_at timestamptz, ends_at timestamptz, source_ended_at timestamptz,
      acknowledged_by_source boolean, reported_at timestamptz, ended_at timestamptz, ended_by text, still_firing_at timestamptz, last_position bigint, last_index int)
    where a.id = r.id and a.id = any(${alerts.map(({ alert }) => alert.id)}::text[])`
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
  kind: 'opened' | 'joined' | 'split' | 'merged' | 'silenced' | 'moved' | 'linked' | 'followed'
  at: Instant
  actor: string
}

/** Which incidents an alert has belonged to, in order. */
export async function readLinks(sql: Sql, alertId: string): Promise<AlertLink[]> {
  return sql<AlertLink>`
    select incident_id as "incidentId", placed as kind, opened_at as at, 'integration:' || integration as actor from alerts_alerts
    where id = ${alertId} and placed is not null
    union all select incident_id, kind, at, actor from alerts_links where alert_id = ${alertId} order by at`
}

export interface OpenAlerts {
  /** Their sources have taken every one. */
  allAcknowledged: boolean
  /** The integration of one of them. */
  acknowledgedBy: string
}

/** Of these incidents those that have open alerts, however many. */
export async function readLeftOpen(sql: Sql, incidentIds: string[]): Promise<Map<IncidentId, OpenAlerts>> {
  const rows = await sql<OpenAlerts & { incident_id: IncidentId }>`
    select i.id as incident_id, left_open.integration as "acknowledgedBy",
      (select id from alerts_alerts where incident_id = i.id and status = 'open' and not acknowledged_by_source limit 1) is null as "allAcknowledged"
    from unnest(${incidentIds}::text[]) as i(id) cross join lateral (
      select integration from alerts_alerts where incident_id = i.id and status = 'open' limit 1) left_open`
  return new Map(rows.map(({ incident_id, ...row }) => [incident_id, row]))
}

/** Whether an incident has alerts that are open, and when the last one came. */
export async function readAlertsIn(sql: Sql, incidentId: string): Promise<{ isAnyOpen: boolean; lastAt: Instant | null }> {
  const [row] = await sql<{ openAt: Instant | null; endedAt: Instant | null }>`
    select (select opened_at from alerts_alerts where incident_id = ${incidentId} and (status, id) > ('open', '') and (status, id) < ('open', ${AFTER_ALL})
        order by status desc, id desc limit 1) as "openAt",
      (select opened_at from alerts_alerts where incident_id = ${incidentId} and (status, id) > ('ended', '') and (status, id) < ('ended', ${AFTER_ALL})
        order by status desc, id desc limit 1) as "endedAt"`
  const { openAt, endedAt } = row!
  return { isAnyOpen: openAt !== null, lastAt: openAt === null && endedAt === null ? null : Math.max(openAt ?? 0, endedAt ?? 0) }
}

export async function countOpenAlertsOf(sql: Sql, incidentId: string): Promise<number> {
  const [row] = await sql<{
    count: number
  }>`select count(*) as count from alerts_alerts where incident_id = ${incidentId} and status = 'open'`
  return row!.count
}

/** The worst rank open in each of these incidents, but for these alerts, which their incident's lock keeps as they are. */
export async function worstOpenIn(sql: Sql, incidentIds: string[], except: string[]): Promise<Map<string, number>> {
  const rows = await sql<{ incident_id: string; severity: number }>`
    select i.id as incident_id, a.severity from unnest(${incidentIds}::text[]) as i(id) cross join lateral (
      select severity from alerts_alerts where incident_id = i.id and status = 'open' and id <> all(${except}::text[]) order by severity limit 1) a`
  return new Map(rows.map((row) => [row.incident_id, row.severity]))
}

export async function insertEnding(sql: Sql, now: Instant, incidentId: string): Promise<void> {
  await sql`insert into alerts_endings (incident_id, at) values (${incidentId}, ${iso(now)}::timestamptz) on conflict (incident_id) do nothing`
}

/** Whether alerts are being ended, or moved, behind what a person did. */
export async function readUnderWay(sql: Sql): Promise<{ ending: boolean; moving: boolean }> {
  const [row] = await sql<{ ending: boolean; moving: boolean }>`
    select (select 1 from alerts_endings limit 1) is not null as ending, (select 1 from alerts_moves limit 1) is not null as moving`
  return row!
}

/** The incident whose alerts have waited longest to be ended, locked. */
export async function lockEnding(sql: Sql): Promise<{ incidentId: IncidentId; at: Instant } | undefined> {
  const [row] = await sql<{ incidentId: IncidentId; at: Instant }>`
    select incident_id as "incidentId", at from alerts_endings order by at limit 1 for update skip locked`
  return row
}

/** Ends some open alerts of an incident that was resolved by hand; those that a report holds at this moment are left. */
export async function endSomeAlertsOf(sql: Sql, { incidentId, at }: { incidentId: string; at: Instant }, limit: number): Promise<number> {
  const rows = await sql`
    update alerts_alerts set status = 'ended', ended_at = ${iso(at)}::timestamptz, ended_by = 'person' where id = any(array(
      select id from alerts_alerts where incident_id = ${incidentId} and status = 'open' limit ${limit} for update skip locked)) returning 1`
  return rows.length
}

/** All of them have ended. Answers whether that is so. */
export async function forgetEnding(sql: Sql, incidentId: string): Promise<boolean> {
  const rows = await sql`
    delete from alerts_endings where incident_id = ${incidentId}
      and (select 1 from alerts_alerts where incident_id = ${incidentId} and status = 'open' limit 1) is null returning 1`
  return rows.length > 0
}

/** Alerts that go from one incident to another, or back. */
export interface Move {
  from: IncidentId
  to: IncidentId
  /** Only those that came from there. */
  back: boolean
  at: Instant
  actor: string
}

/**
 * Moves some of them; those that a report holds at this moment are left. Where each belonged before stays written. Answers how many
 * they were.
 */
export async function moveSomeAlerts(sql: Sql, { from, to, back, at, actor }: Move, limit: number): Promise<number> {
  const rows = await sql`
    with named as materialized (
      select id from alerts_alerts where not ${back}::boolean and incident_id = ${from}
      union all select a.id from alerts_links l cross join lateral (
        select id, incident_id from alerts_alerts where id = l.alert_id offset 0) a
      where ${back}::boolean and l.incident_id = ${to} and a.incident_id = ${from} limit ${limit}),
    held as materialized (
      select id, placed, opened_at, integration from alerts_alerts where id = any(array(select id from named)) for update skip locked),
    moved as (
      update alerts_alerts set incident_id = ${to}, placed = null where id = any(array(select id from held)) returning id),
    first as (
      insert into alerts_links (alert_id, incident_id, kind, at, actor)
      select id, ${from}, placed, opened_at, 'integration:' || integration from held where placed is not null)
    insert into alerts_links (alert_id, incident_id, kind, at, actor)
    select id, ${to}, ${back ? 'split' : 'merged'}, ${iso(at)}::timestamptz, ${actor} from moved returning 1`
  return rows.length
}

/** These alerts as far as somebody may see them, locked. */
export async function lockAlerts(sql: Sql, ids: string[], who: Onlooker): Promise<Alert[]> {
  const rows = await sql<Row>`
    select * from alerts_alerts where id = any(${ids}::text[]) and (incident_id is null or ${visibleTo(who, fragment`incident_id`)})
    order by identity, id for update`
  return rows.map(alertOf)
}

/** What remains in incidents without some of their alerts: the worst that is open, and the worst of the newest that have ended. */
export interface Remains {
  worstOpen: number | null
  worstEnded: number | null
}

/** Ended alerts that are looked at for how bad an incident was. */
const ENDED_LOOKED_AT = 1000

export async function readRemains(sql: Sql, incidentIds: string[], without: string[]): Promise<Map<string, Remains>> {
  const rows = await sql<Remains & { id: string }>`
    select i.id,
      (select severity from alerts_alerts where incident_id = i.id and status = 'open' and id <> all(${without}::text[]) order by severity limit 1) as "worstOpen",
      (select min(severity) from (
        select severity from alerts_alerts where incident_id = i.id and (status, id) > ('ended', '') and (status, id) < ('ended', ${AFTER_ALL})
          and id <> all(${without}::text[]) order by status desc, id desc limit ${ENDED_LOOKED_AT}) ended) as "worstEnded"
    from unnest(${incidentIds}::text[]) as i(id)`
  return new Map(rows.map(({ id, ...remains }) => [id, remains]))
}

/** Puts alerts that are locked into an incident. Where each belonged before stays written. */
export async function placeAlerts(
  sql: Sql,
  ids: string[],
  { to, kind, at, actor }: { to: string; kind: AlertLink['kind']; at: Instant; actor: string },
): Promise<void> {
  await sql`
    with first as (
      insert into alerts_links (alert_id, incident_id, kind, at, actor)
      select id, incident_id, placed, opened_at, 'integration:' || integration from alerts_alerts where id = any(${ids}::text[]) and placed is not null),
    links as (
      insert into alerts_links (alert_id, incident_id, kind, at, actor) select id, ${to}, ${kind}, ${iso(at)}::timestamptz, ${actor} from unnest(${ids}::text[]) as a(id))
    update /* held */ alerts_alerts set incident_id = ${to}, placed = null where id = any(${ids}::text[])`
}

/** What is left goes behind the act. What was on its way in the other direction stays where it is. */
export async function insertMove(sql: Sql, { from, to, back, at, actor }: Move): Promise<void> {
  await sql`delete from alerts_moves where from_incident = ${to} and to_incident = ${from}`
  await sql`
    insert into alerts_moves (from_incident, to_incident, back, at, actor) values (${from}, ${to}, ${back}, ${iso(at)}::timestamptz, ${actor})
    on conflict (from_incident, to_incident) do update set back = excluded.back, at = excluded.at, actor = excluded.actor`
}

/** One of the moves under way, locked. */
export async function lockMove(sql: Sql): Promise<Move | undefined> {
  const [row] = await sql<Move>`
    select from_incident as from, to_incident as to, back, at, actor from alerts_moves order by from_incident, to_incident limit 1 for update skip locked`
  return row
}

/** All of them have moved. Answers whether that is so: a report may hold some at this moment. */
export async function forgetMove(sql: Sql, { from, to, back }: Move): Promise<boolean> {
  const rows = await sql`
    delete from alerts_moves where from_incident = ${from} and to_incident = ${to}
      and (${back}::boolean or (select 1 from alerts_alerts where incident_id = ${from} limit 1) is null) returning 1`
  return rows.length > 0
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

/** As far as its incident may be seen. */
export async function readAlert(sql: Sql, id: string, who: Onlooker): Promise<Alert | undefined> {
  if (!isAlertId(id)) return undefined
  const [row] = await sql<Row>`
    select * from alerts_alerts where id = ${id} and (incident_id is null or ${visibleTo(who, fragment`incident_id`)})`
  return row && alertOf(row)
}

/** The newest alert of each of these identities. */
export async function readLatest(sql: Sql, identities: string[]): Promise<Map<string, { id: AlertId; incidentId: IncidentId | null }>> {
  // To the planner nothing is among none, and so it is in every index.
  if (identities.length === 0) return new Map()
  const rows = await sql<{ id: AlertId; identity: string; incident_id: IncidentId | null }>`
    select id, identity, incident_id from alerts_alerts where identity = any(${identities}::uuid[]) and latest and count > 0`
  return new Map(rows.map(({ id, identity, incident_id }) => [identity, { id, incidentId: incident_id }]))
}

/** Earlier alerts of one key that are looked at; where there are more, one that is hidden may be among them. */
const EARLIER_MAX = 500

/** Which of these keys have had an alert in an incident that somebody may not see, and which of these ways in have sent one. */
export async function readHidden(
  sql: Sql,
  { identities, integrations }: { identities: string[]; integrations: string[] },
  who: Onlooker,
): Promise<{ identities: Set<string>; integrations: Set<string> }> {
  const [keys, ways] = await Promise.all([
    sql<{ identity: string }>`
      select asked.identity from unnest(${identities}::uuid[]) asked(identity)
      where exists (select 1 from ${hiddenFrom(who)} any_hidden) and (
        exists (select 1 from alerts_alerts where identity = asked.identity and latest and incident_id is not null and not ${visibleTo(who, fragment`incident_id`)} offset 0)
        or (select count(*) > ${EARLIER_MAX} or coalesce(bool_or(not ${visibleTo(who, fragment`earlier.incident_id`)}), false) from (
          select incident_id from alerts_alerts where identity = asked.identity and not latest and incident_id is not null limit ${EARLIER_MAX + 1}) earlier))`,
    sql<{ integration: string }>`
      select asked.integration from unnest(${integrations}::text[]) asked(integration)
      where exists (select 1 from ${hiddenFrom(who)} hidden cross join lateral (
        select 1 from alerts_alerts where incident_id = hidden.id and integration = asked.integration limit 1) one offset 0)`,
  ])
  return { identities: new Set(keys.map(({ identity }) => identity)), integrations: new Set(ways.map(({ integration }) => integration)) }
}

/** How many alerts of incidents that somebody may not see opened from one moment on. */
export async function readHiddenOpenings(sql: Sql, since: Instant, who: Onlooker): Promise<Instant[]> {
  const first = firstIdAt('alr', since)
  const rows = await sql<{ id: AlertId }>`
    select a.id from ${hiddenFrom(who)} hidden cross join lateral (
      (select id from alerts_alerts where incident_id = hidden.id and (status, id) >= ('open', ${first}::text) and (status, id) < ('open', ${AFTER_ALL}::text) limit ${LOOKED_AT_MAX})
      union all
      (select id from alerts_alerts where incident_id = hidden.id and (status, id) >= ('ended', ${first}::text) and (status, id) < ('ended', ${AFTER_ALL}::text) limit ${LOOKED_AT_MAX})) a`
  return rows.map(({ id }) => momentOf(id))
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
  /** Whether what an alert belongs to may be seen by who asks. */
  visible: Fragment
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
      (select id from alerts_alerts where ${kind}::text = 'incident' and incident_id = ${incidentId}::text
        and (status, id) < ('open', ${before}::text) and (status, id) >= ('open', ${from}::text) order by status desc, id desc limit ${LOOKED_AT_MAX})
      union all (select id from alerts_alerts where ${kind}::text = 'incident' and incident_id = ${incidentId}::text
        and (status, id) < ('ended', ${before}::text) and (status, id) >= ('ended', ${from}::text) order by status desc, id desc limit ${LOOKED_AT_MAX})
      union all select id from alerts_alerts where ${kind}::text = 'keys' and identity = any(${identities}::uuid[]) and latest
      union all select id from alerts_alerts where ${kind}::text = 'keys' and identity = any(${identities}::uuid[]) and not latest)
    select a.* from (
      (select * from alerts_alerts where ${kind}::text = 'all' and id < ${before}::text and id >= ${from}::text order by id desc limit ${LOOKED_AT_MAX})
      union all
      (select * from alerts_alerts where ${kind}::text = 'open' and status || '' = 'open' and id < ${before}::text and id >= ${from}::text order by id desc limit ${LOOKED_AT_MAX})
      union all
      (select * from alerts_alerts where ${kind}::text in ('incident', 'keys')
        and id = any(array(select id from named where id < ${before}::text and id >= ${from}::text order by id desc limit ${LOOKED_AT_MAX})) order by id desc)
    ) a
    where count > 0 and (incident_id is null or ${filter.visible})
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
      (select id from alerts_alerts where ${kind}::text = 'incident' and incident_id = ${incidentId}::text
        and (status, id) < ('open', ${before}::text) and (status, id) >= ('open', ${from}::text) order by status desc, id desc limit ${LOOKED_AT_MAX})
      union all (select id from alerts_alerts where ${kind}::text = 'incident' and incident_id = ${incidentId}::text
        and (status, id) < ('ended', ${before}::text) and (status, id) >= ('ended', ${from}::text) order by status desc, id desc limit ${LOOKED_AT_MAX})
      union all select id from alerts_alerts where ${kind}::text = 'keys' and identity = any(${identities}::uuid[]) and latest
      union all select id from alerts_alerts where ${kind}::text = 'keys' and identity = any(${identities}::uuid[]) and not latest)
    select id from (
      (select id from alerts_alerts where ${kind}::text = 'all' and id < ${before}::text and id >= ${from}::text order by id desc offset ${LOOKED_AT_MAX - 1} limit 1)
      union all
      (select id from alerts_alerts where ${kind}::text = 'open' and status || '' = 'open' and id < ${before}::text and id >= ${from}::text
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
      (select id from alerts_alerts where ${kind}::text = 'incident' and incident_id = ${incidentId}::text
        and (status, id) < ('open', ${before}::text) and (status, id) >= ('open', ${from}::text) order by status desc, id desc limit ${LOOKED_AT_MAX})
      union all (select id from alerts_alerts where ${kind}::text = 'incident' and incident_id = ${incidentId}::text
        and (status, id) < ('ended', ${before}::text) and (status, id) >= ('ended', ${from}::text) order by status desc, id desc limit ${LOOKED_AT_MAX})
      union all select id from alerts_alerts where ${kind}::text = 'keys' and identity = any(${identities}::uuid[]) and latest
      union all select id from alerts_alerts where ${kind}::text = 'keys' and identity = any(${identities}::uuid[]) and not latest),
    oldest as materialized (
      select coalesce((select id from alerts_alerts where ${kind}::text = 'all' and id < ${before}::text and id >= ${from}::text
        order by id desc offset ${LOOKED_AT_MAX} limit 1), '') as id)
    select status, severity, service, integration, count(*) as count from (
      (select * from alerts_alerts where ${kind}::text = 'all' and id < ${before}::text and id >= ${from}::text order by id desc limit ${LOOKED_AT_MAX})
      union all
      (select * from alerts_alerts where ${kind}::text = 'all' and status || '' = 'open' and id <= (select id from oldest) and id >= ${from}::text
        order by id desc limit ${LOOKED_AT_MAX})
      union all
      (select * from alerts_alerts where ${kind}::text in ('incident', 'keys')
        and id = any(array(select id from named where id < ${before}::text and id >= ${from}::text order by id desc limit ${LOOKED_AT_MAX})))
    ) a
    where count > 0 and (incident_id is null or ${filter.visible})
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
  await sql`
    delete from alerts_links where alert_id = any(array(
      select id from alerts_alerts where incident_id = any(${incidentIds}::text[]) and status in ('open', 'ended')))`
  await sql`delete from alerts_endings where incident_id = any(${incidentIds}::text[])`
  await sql`delete from alerts_alerts where incident_id = any(${incidentIds}::text[])`
  await sql`delete from alerts_alerts where integration = any(${integrations}::text[])`
}

/** Some of the alerts of incidents that are let go of, with where they belonged; answers how many. */
export async function forgetAlertsOf(sql: Sql, incidentIds: string[], rows: number): Promise<number> {
  const gone = await sql`
    with gone as (
      delete from alerts_alerts where id = any(array(select id from alerts_alerts where incident_id = any(${incidentIds}::text[]) limit ${rows})) returning id
    ), links as (
      delete from alerts_links where alert_id = any(array(select id from gone))
    ) select 1 from gone`
  return gone.length
}

/**
 * Alerts that ended before a moment, oldest first. Those still open are stepped over, so the walk goes on behind `after`;
 * answers where it got to, null at the end.
 */
export async function forgetEndedAlerts(sql: Sql, before: Instant, after: string, rows: number): Promise<string | null> {
  const [walked] = await sql<{ rows: number; last: string | null }>`
    with old as (
      select id, status, ended_at from alerts_alerts where id > ${after} and id < ${firstIdAt('alr', before)} order by id limit ${rows}
    ), gone as (
      delete from alerts_alerts where id = any(array(select id from old where status = 'ended' and ended_at < ${iso(before)}::timestamptz)) returning id
    ), links as (
      delete from alerts_links where alert_id = any(array(select id from gone))
    ) select count(*)::int as rows, max(id) as last from old`
  return walked!.rows < rows ? null : walked!.last
}

interface Row {
  id: AlertId
  identity: string
  integration: string
  dedup_key: string
  service: string
  incident_id: IncidentId | null
  placed: NewAlertRow['link']
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
    byHand: row.incident_id !== null && (row.placed === null || row.placed === 'followed'),
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
