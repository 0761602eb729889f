import { firstIdAt } from '../kernel/ids.ts'
import type { InEach } from '../kernel/language.ts'
import { DAY, type Instant, iso } from '../kernel/time.ts'
import { incidentsVisibleTo } from '../modules/incidents/index.ts'
import type { settingsContract } from '../modules/installation/contract.ts'
import type { ReplyOf } from '../platform/contract.ts'
import type { Database, Sql } from '../platform/db.ts'

type Named = { name: string; title: InEach }
type Health = ReplyOf<(typeof settingsContract)['getInstallationHealth']>

const MEASURED_DAYS = 28
const INCIDENTS_MAX = 2000
/** Of each incident so many of its first facts, and of its pages: one that went on for weeks is not the measure. */
const FACTS_MAX = 100
const PAGES_MAX = 50
/** Promised: every page leaves within this of being due. */
const LATE_MS = 5000

/** Whether the installation keeps its promise, as far back as is looked. */
export function createMeasure({ sql }: Database, channels: Named[]) {
  return async (now: Instant): Promise<Pick<Health, 'measured' | 'channels'>> => ({
    measured: await measure(sql, now),
    channels: await readChannels(sql, now, channels),
  })
}

async function measure(sql: Sql, now: Instant): Promise<Health['measured']> {
  const since = firstIdAt('inc', now - MEASURED_DAYS * DAY)
  const [all] = await sql<{
    incidents: number
    pages: number
    late: number
    unsure: number
    median: number | null
    p99: number | null
    worst: number | null
  }>`
    with recent as (
      select id, detected_at from ${incidentsVisibleTo('tocsin')} i where id >= ${since} order by id desc limit ${INCIDENTS_MAX}
    ), paged as (
      select recent.id, p.pages, p.late, p.unsure, p.first_ms from recent cross join lateral (
        select count(*) filter (where first_attempt_at is not null) as pages,
          count(*) filter (where first_attempt_at > due_at + make_interval(secs => ${LATE_MS / 1000})) as late,
          count(*) filter (where possibly_duplicate) as unsure,
          min(extract(epoch from first_attempt_at - recent.detected_at) * 1000) filter (where due_at <= recent.detected_at + interval '1 second') as first_ms
        from (select * from paging_pages where incident_id = recent.id limit ${PAGES_MAX}) of_it
      ) p
    )
    select count(*)::int as incidents, coalesce(sum(pages), 0)::int as pages, coalesce(sum(late), 0)::int as late, coalesce(sum(unsure), 0)::int as unsure,
      (percentile_cont(0.5) within group (order by first_ms))::float8 as median,
      (percentile_cont(0.99) within group (order by first_ms))::float8 as p99,
      max(first_ms)::float8 as worst
    from paged`
  const days = await sql<{ day: string; worst: number | null }>`
    with recent as (
      select id, detected_at from ${incidentsVisibleTo('tocsin')} i where id >= ${since} order by id desc limit ${INCIDENTS_MAX}
    )
    select to_char(recent.detected_at at time zone 'UTC', 'YYYY-MM-DD') as day,
      max(extract(epoch from p.first_attempt_at - recent.detected_at) * 1000)::float8 as worst
    from recent cross join lateral (
      select min(first_attempt_at) as first_attempt_at from (select * from paging_pages where incident_id = recent.id limit ${PAGES_MAX}) of_it
      where due_at <= recent.detected_at + interval '1 second'
    ) p
    where p.first_attempt_at is not null group by 1`
  const [levels] = await sql<{ levels: number; late: number }>`
    with recent as (
      select id from ${incidentsVisibleTo('tocsin')} i where id >= ${since} order by id desc limit ${INCIDENTS_MAX}
    )
    select count(*)::int as levels, count(*) filter (where (e.data::jsonb->>'lateMs')::bigint > ${LATE_MS})::int as late
    from recent cross join lateral (
      select data from timeline_events where incident_id = recent.id and seq <= ${FACTS_MAX} and type = 'escalation.level-decided' offset 0) e`
  const worst = new Map(days.map((one) => [one.day, one.worst]))
  const { incidents, pages, late, unsure, median, p99, worst: worstMs } = all!
  return {
    since: iso(now - MEASURED_DAYS * DAY),
    ...{ incidents, pages, unsure },
    levels: levels!.levels,
    late: late + levels!.late,
    firstPageMs: median === null || p99 === null || worstMs === null ? null : { median, p99, worst: worstMs },
    days: Array.from({ length: MEASURED_DAYS }, (_, i) => {
      const day = iso(now - (MEASURED_DAYS - 1 - i) * DAY).slice(0, 10)
      return { day, worstMs: worst.get(day) ?? null }
    }),
  }
}

async function readChannels(sql: Sql, now: Instant, channels: Named[]): Promise<Health['channels']> {
  const since = firstIdAt('inc', now - MEASURED_DAYS * DAY)
  const rows = await sql<{ channel: string; pages: number; delivered: number; failed: number; last_at: Instant | null }>`
    with recent as (
      select id from ${incidentsVisibleTo('tocsin')} i where id >= ${since} order by id desc limit ${INCIDENTS_MAX}
    )
    select p.channel, count(*)::int as pages, count(*) filter (where p.status = 'delivered')::int as delivered,
      count(*) filter (where p.first_failed_at is not null and p.status <> 'delivered')::int as failed, max(p.first_attempt_at) as last_at
    from recent cross join lateral (select * from paging_pages where incident_id = recent.id and first_attempt_at is not null limit ${PAGES_MAX}) p
    group by 1`
  return channels.map(({ name, title }) => {
    const found = rows.find((row) => row.channel === name)
    return {
      channel: name,
      title: title.en,
      pages: found?.pages ?? 0,
      delivered: found?.delivered ?? 0,
      failed: found?.failed ?? 0,
      lastAt: found?.last_at == null ? null : iso(found.last_at),
    }
  })
}
