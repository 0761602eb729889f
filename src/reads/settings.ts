import { DAY, type Instant, iso } from '../kernel/time.ts'
import type { settingsContract } from '../modules/configuration/contract.ts'
import type { Handlers, ReplyOf } from '../platform/contract.ts'
import type { Database, Sql } from '../platform/db.ts'
import type { LoopHealth } from '../platform/engine.ts'
import type { ShownSettings } from '../platform/settings.ts'

type Health = ReplyOf<(typeof settingsContract)['getInstallationHealth']>

export interface SettingsParts {
  db: Database
  settings: ShownSettings
  publicUrl(): string
  version: string
  schema: number
  node: string
  retention: ReplyOf<(typeof settingsContract)['getSettings']>['retention']
  channels: { name: string; title: string }[]
  reasons(): Promise<string[]>
  warnings(): string[]
  loops(): LoopHealth[]
  backlog(): Promise<{ rows: number; oldestAt: Instant | null }>
  horizonMs(): number
}

const MEASURED_DAYS = 28
const INCIDENTS_MAX = 2000
/** Promised: every page leaves within this of being due. */
const LATE_MS = 5000

/** How the installation is set up, and whether it keeps its promise. */
export function createReadSettings(parts: SettingsParts): Handlers<typeof settingsContract> {
  const { db, settings } = parts
  return {
    async getSettings() {
      const [database] = await db.sql<{ version: string; bytes: number }>`
        select current_setting('server_version') as version, pg_database_size(current_database()) as bytes`
      const { listen, database: own, mail, config, demo, hasAdminToken, secretKeyFile, ...rest } = settings
      const { dataFolder, egressAllow, logLevel, given } = rest
      return {
        ...{ dataFolder, egressAllow, logLevel, given, demo, mail },
        ...{ version: parts.version, schema: parts.schema, node: parts.node, retention: parts.retention },
        address: { url: parts.publicUrl(), listen },
        database: {
          kind: own ? 'own' : 'embedded',
          host: own?.host ?? null,
          name: own?.name ?? null,
          version: database!.version,
          bytes: Number(database!.bytes),
        },
        configuration: config,
        adminToken: hasAdminToken,
        secretKey: secretKeyFile,
      }
    },
    async getInstallationHealth({ now }) {
      const why = await parts.reasons()
      const { rows, oldestAt } = await parts.backlog()
      return {
        ready: why.length === 0,
        why: [...why, ...parts.warnings()],
        loops: parts.loops().map(({ name, everyMs, lastSuccessAt, lastError }) => ({
          ...{ name, everyMs, lastError },
          lastSuccessAt: lastSuccessAt === null ? null : iso(lastSuccessAt),
          lateMs: lastSuccessAt === null ? 0 : Math.max(0, Math.round(now - lastSuccessAt - everyMs)),
        })),
        backlog: { bodies: rows, oldestAt: oldestAt === null ? null : iso(oldestAt) },
        horizonMs: Math.round(parts.horizonMs()),
        measured: await measure(db.sql, now),
        channels: await readChannels(db.sql, now, parts.channels),
      }
    },
  }
}

async function measure(sql: Sql, now: Instant): Promise<Health['measured']> {
  const since = now - MEASURED_DAYS * DAY
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
      select id, detected_at from incidents_incidents where detected_at >= ${iso(since)}::timestamptz order by number desc limit ${INCIDENTS_MAX}
    ), paged as (
      select recent.id, p.pages, p.late, p.unsure, p.first_ms from recent cross join lateral (
        select count(*) filter (where first_attempt_at is not null) as pages,
          count(*) filter (where first_attempt_at > due_at + make_interval(secs => ${LATE_MS / 1000})) as late,
          count(*) filter (where possibly_duplicate) as unsure,
          min(extract(epoch from first_attempt_at - recent.detected_at) * 1000) filter (where due_at <= recent.detected_at + interval '1 second') as first_ms
        from paging_pages where incident_id = recent.id
      ) p
    )
    select count(*)::int as incidents, coalesce(sum(pages), 0)::int as pages, coalesce(sum(late), 0)::int as late, coalesce(sum(unsure), 0)::int as unsure,
      (percentile_cont(0.5) within group (order by first_ms))::float8 as median,
      (percentile_cont(0.99) within group (order by first_ms))::float8 as p99,
      max(first_ms)::float8 as worst
    from paged`
  const days = await sql<{ day: string; worst: number | null }>`
    with recent as (
      select id, detected_at from incidents_incidents where detected_at >= ${iso(since)}::timestamptz order by number desc limit ${INCIDENTS_MAX}
    )
    select to_char(recent.detected_at at time zone 'UTC', 'YYYY-MM-DD') as day,
      max(extract(epoch from p.first_attempt_at - recent.detected_at) * 1000)::float8 as worst
    from recent cross join lateral (
      select min(first_attempt_at) as first_attempt_at from paging_pages
      where incident_id = recent.id and due_at <= recent.detected_at + interval '1 second'
    ) p
    where p.first_attempt_at is not null group by 1`
  const [levels] = await sql<{ levels: number; late: number }>`
    with recent as (
      select id from incidents_incidents where detected_at >= ${iso(since)}::timestamptz order by number desc limit ${INCIDENTS_MAX}
    )
    select count(*)::int as levels, count(*) filter (where (e.data::jsonb->>'lateMs')::bigint > ${LATE_MS})::int as late
    from recent join timeline_events e on e.incident_id = recent.id and e.type = 'escalation.level-decided'`
  const worst = new Map(days.map((one) => [one.day, one.worst]))
  const { incidents, pages, late, unsure, median, p99, worst: worstMs } = all!
  return {
    since: iso(since),
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

async function readChannels(sql: Sql, now: Instant, channels: SettingsParts['channels']): Promise<Health['channels']> {
  const since = now - MEASURED_DAYS * DAY
  const rows = await sql<{ channel: string; pages: number; delivered: number; failed: number; last_at: Instant | null }>`
    with recent as (
      select id from incidents_incidents where detected_at >= ${iso(since)}::timestamptz order by number desc limit ${INCIDENTS_MAX}
    )
    select p.channel, count(*)::int as pages, count(*) filter (where p.status = 'delivered')::int as delivered,
      count(*) filter (where p.first_failed_at is not null and p.status <> 'delivered')::int as failed, max(p.first_attempt_at) as last_at
    from recent join paging_pages p on p.incident_id = recent.id where p.first_attempt_at is not null group by 1`
  return channels.map(({ name, title }) => {
    const found = rows.find((row) => row.channel === name)
    return {
      channel: name,
      title,
      pages: found?.pages ?? 0,
      delivered: found?.delivered ?? 0,
      failed: found?.failed ?? 0,
      lastAt: found?.last_at == null ? null : iso(found.last_at),
    }
  })
}
