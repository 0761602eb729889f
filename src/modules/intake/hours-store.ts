import { DAY, HOUR, type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'

/** Adds to the figures; several nodes add to the same hour, in one order, so that they cannot block each other for good. */
export async function addHours(sql: Sql, hours: IntegrationHour[]): Promise<void> {
  const rows = hours.map(({ integration, hour, events, refused, unparsed, bytes, alertBytes, lastAt, recent }) => ({
    ...{ integration, events, refused, unparsed, bytes, alert_bytes: alertBytes },
    hour: iso(hour),
    last_at: iso(lastAt),
    recent: recent.slice(-RECENT_MAX).reverse(),
  }))
  await sql`
    insert into alerts_hours as h (integration, hour, events, refused, unparsed, bytes, alert_bytes, last_at, recent)
    select integration, hour, events, refused, unparsed, bytes, alert_bytes, last_at, recent
    from json_to_recordset(${JSON.stringify(rows)}) as r(integration text, hour timestamptz, events int, refused int, unparsed int, bytes bigint, alert_bytes bigint, last_at timestamptz, recent jsonb)
    order by integration, hour
    on conflict (integration, hour) do update set
      events = h.events + excluded.events, refused = h.refused + excluded.refused, unparsed = h.unparsed + excluded.unparsed, bytes = h.bytes + excluded.bytes,
      alert_bytes = h.alert_bytes + excluded.alert_bytes,
      last_at = greatest(h.last_at, excluded.last_at),
      recent = (
        select jsonb_agg(place order by n)
        from (select place, n from jsonb_array_elements(excluded.recent || h.recent) with ordinality as e(place, n) order by n limit ${RECENT_MAX}) kept)`
}

/** How an integration has been doing. */
export interface Hearing {
  integration: string
  /** Of the last thirty days; null when nothing came. */
  lastAt: Instant | null
  /** Within 24 hours. */
  events: number
  refused: number
  unparsed: number
  /** Events of each of the last 24 hours, oldest first; the last one is the hour that runs. */
  perHour: number[]
  /** On how many of the seven days before these 24 hours it was heard. */
  daysHeardBefore: number
}

/** All that were heard of in the last thirty days, by name. */
export async function readHearings(sql: Sql, now: Instant): Promise<Map<string, Hearing>> {
  const thisHour = Math.floor(now / HOUR) * HOUR
  const first = iso(thisHour - 23 * HOUR)
  const rows = await sql<Omit<Hearing, 'perHour' | 'lastAt'> & { last_at: Instant; hours: [string, number][] | null }>`
    select integration, max(last_at) as last_at,
      coalesce(sum(events) filter (where hour >= ${first}::timestamptz), 0)::int as events,
      coalesce(sum(refused) filter (where hour >= ${first}::timestamptz), 0)::int as refused,
      coalesce(sum(unparsed) filter (where hour >= ${first}::timestamptz), 0)::int as unparsed,
      json_agg(json_build_array(extract(epoch from hour)::bigint, events)) filter (where hour >= ${first}::timestamptz) as hours,
      (count(distinct date_bin('1 day', hour, ${first}::timestamptz))
        filter (where hour < ${first}::timestamptz and hour >= ${iso(thisHour - 23 * HOUR - 7 * DAY)}::timestamptz))::int as "daysHeardBefore"
    from alerts_hours where hour > ${iso(now - 30 * DAY)}::timestamptz group by integration`
  return new Map(
    rows.map(({ last_at, hours, ...row }) => {
      const perHour = Array<number>(24).fill(0)
      for (const [epoch, events] of hours ?? []) {
        const place = 23 - (thisHour - Number(epoch) * 1000) / HOUR
        if (place >= 0 && place < 24) perHour[place] = events
      }
      return [row.integration, { ...row, lastAt: last_at, perHour }]
    }),
  )
}

export type HearingState = 'receiving' | 'quiet' | 'silent' | 'never'

/** Silence is told where it is odd: an alert source may well have nothing to say for days. */
export function stateOf({ lastAt, events, daysHeardBefore }: Pick<Hearing, 'lastAt' | 'events' | 'daysHeardBefore'>): HearingState {
  if (lastAt === null) return 'never'
  if (events > 0) return 'receiving'
  return daysHeardBefore >= 5 ? 'silent' : 'quiet'
}

export const UNHEARD: Omit<Hearing, 'integration'> = {
  lastAt: null,
  events: 0,
  refused: 0,
  unparsed: 0,
  perHour: Array<number>(24).fill(0),
  daysHeardBefore: 0,
}

/** What was refused since an hour began, by integration. */
export async function readRefused(sql: Sql, since: Instant): Promise<{ integration: string; refused: number }[]> {
  return sql<{ integration: string; refused: number }>`
    select integration, sum(refused)::int as refused from alerts_hours
    where hour >= ${iso(since)}::timestamptz and refused > 0 group by integration order by integration limit 1000`
}

export type KeptSince = Pick<IntegrationHour, 'integration' | 'bytes' | 'alertBytes'>

/** How many bytes are kept since an hour began, by integration: of bodies, and of new alerts. */
export async function readKeptSince(sql: Sql, since: Instant): Promise<KeptSince[]> {
  return sql<KeptSince>`
    select integration, sum(bytes)::bigint as bytes, sum(alert_bytes)::bigint as "alertBytes"
    from alerts_hours where hour >= ${iso(since)}::timestamptz group by integration`
}

/** Where the events of an integration stand in the inbox, newest first; only those before `before`, if given. */
export async function readRecentPlaces(
  sql: Sql,
  integration: string,
  before: [position: number, index: number] | null,
  limit: number,
): Promise<{ position: number; index: number }[]> {
  return sql<{ position: number; index: number }>`
    select position, index from (
      select (place->>0)::bigint as position, (place->>1)::int as index
      from (select recent from alerts_hours where integration = ${integration} order by hour desc) h, jsonb_array_elements(h.recent) place) places
    where ${before?.[0] ?? null}::bigint is null or (position, index) < (${before?.[0] ?? null}::bigint, ${before?.[1] ?? null}::int)
    order by position desc, index desc limit ${limit}`
}

/** Figures go with the bodies they are about. */
export async function forgetHours(sql: Sql, before: Instant, rows: number): Promise<number> {
  const gone = await sql`
    delete from alerts_hours where ctid = any(array(
      select ctid from alerts_hours where hour < ${iso(before)}::timestamptz order by hour limit ${rows})) returning 1`
  return gone.length
}

/** What came in by one integration within one hour of the clock. */
export interface IntegrationHour {
  integration: string
  hour: Instant
  events: number
  refused: number
  unparsed: number
  /** Of their bodies that are kept. */
  bytes: number
  /** Of the alerts that are new, with what follows them. */
  alertBytes: number
  lastAt: Instant
  /** Where the last of them stand in the inbox, newest first. */
  recent: [position: number, index: number][]
}

/** As many of an hour's events can be looked at. */
export const RECENT_MAX = 20
