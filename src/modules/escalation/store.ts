import type { IncidentId, RunId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import type { RunReason } from '../timeline/index.ts'
import type { Stage } from './stage.ts'

export interface Run {
  id: RunId
  incidentId: IncidentId
  number: number
  policy: string
  policyVersion: number
  reason: RunReason
  severity: number
  urgency: 'high' | 'low'
  stage: Stage
  startedAt: Instant
  clockStart: Instant
  round: number
  roundStartedAt: Instant
  level: number
  levelReachedAt: Instant | null
  dueAt: Instant | null
}

// Where runs are looked up by id or incident, their status is compared as an expression (`status || ''`), so that no plan made
// while few ran reads the index of those that are due.

export async function insertRuns(sql: Sql, runs: Run[]): Promise<void> {
  const rows = runs.map((run) => ({
    id: run.id,
    incident_id: run.incidentId,
    number: run.number,
    policy: run.policy,
    policy_version: run.policyVersion,
    reason: run.reason,
    severity: run.severity,
    urgency: run.urgency,
    stage: run.stage,
    started_at: iso(run.startedAt),
    clock_start: iso(run.clockStart),
    round: run.round,
    round_started_at: iso(run.roundStartedAt),
    level: run.level,
    level_reached_at: run.levelReachedAt === null ? null : iso(run.levelReachedAt),
    due_at: run.dueAt === null ? null : iso(run.dueAt),
  }))
  await sql`
    insert into escalation_runs (id, incident_id, number, policy, policy_version, reason, severity, urgency, stage, status, started_at, clock_start,
      round, round_started_at, level, level_reached_at, due_at)
    select id, incident_id, number, policy, policy_version, reason, severity, urgency, stage, 'active', started_at, clock_start,
      round, round_started_at, level, level_reached_at, due_at
    from json_to_recordset(${JSON.stringify(rows)}) as r(id text, incident_id text, number int, policy text, policy_version int, reason text, severity smallint,
      urgency text, stage text, started_at timestamptz, clock_start timestamptz, round int, round_started_at timestamptz, level int, level_reached_at timestamptz, due_at timestamptz)`
}

/** Moves runs to a newly decided step, or to a newly known due time. */
export async function updateRuns(
  sql: Sql,
  runs: Pick<Run, 'id' | 'clockStart' | 'round' | 'roundStartedAt' | 'level' | 'levelReachedAt' | 'dueAt'>[],
): Promise<void> {
  const rows = runs.map((run) => ({
    id: run.id,
    clock_start: iso(run.clockStart),
    round: run.round,
    round_started_at: iso(run.roundStartedAt),
    level: run.level,
    level_reached_at: run.levelReachedAt === null ? null : iso(run.levelReachedAt),
    due_at: run.dueAt === null ? null : iso(run.dueAt),
  }))
  await sql`
    update escalation_runs e set clock_start = r.clock_start, round = r.round, round_started_at = r.round_started_at, level = r.level, level_reached_at = r.level_reached_at, due_at = r.due_at
    from json_to_recordset(${JSON.stringify(rows)}) as r(id text, clock_start timestamptz, round int, round_started_at timestamptz, level int, level_reached_at timestamptz, due_at timestamptz)
    where e.id = r.id and e.status || '' = 'active'`
}

/** Runs whose next step is due, locked; those another node works on are left to it. */
export async function lockDueRuns(sql: Sql, now: Instant, limit: number): Promise<Run[]> {
  const rows = await sql<RunRow>`
    select id, incident_id, number, policy, policy_version, reason, severity, urgency, stage, started_at, clock_start, round, round_started_at, level, level_reached_at, due_at
    from escalation_runs where status = 'active' and due_at <= ${iso(now)}::timestamptz order by due_at, id limit ${limit} for update skip locked`
  return rows.map(runOf)
}

export async function lockRuns(sql: Sql, ids: string[]): Promise<Run[]> {
  const rows = await sql<RunRow>`
    select id, incident_id, number, policy, policy_version, reason, severity, urgency, stage, started_at, clock_start, round, round_started_at, level, level_reached_at, due_at
    from escalation_runs where id = any(${ids}::text[]) and status || '' = 'active' order by id for update`
  return rows.map(runOf)
}

/** The active run of each incident, locked. */
export async function lockActiveRuns(sql: Sql, incidentIds: string[]): Promise<Run[]> {
  const rows = await sql<RunRow>`
    select id, incident_id, number, policy, policy_version, reason, severity, urgency, stage, started_at, clock_start, round, round_started_at, level, level_reached_at, due_at
    from escalation_runs where incident_id = any(${incidentIds}::text[]) and status || '' = 'active' order by id for update`
  return rows.map(runOf)
}

/** The active runs of these incidents: one each at most. */
export async function readActiveRuns(sql: Sql, incidentIds: string[]): Promise<Run[]> {
  const rows = await sql<RunRow>`
    select id, incident_id, number, policy, policy_version, reason, severity, urgency, stage, started_at, clock_start, round, round_started_at, level, level_reached_at, due_at
    from escalation_runs where incident_id = any(${incidentIds}::text[]) and status || '' = 'active'`
  return rows.map(runOf)
}

/** The newest run of an incident, active or not. */
export async function readLastRun(sql: Sql, incidentId: string): Promise<(Run & { status: 'active' | 'stopped' }) | undefined> {
  const [row] = await sql<RunRow & { status: 'active' | 'stopped' }>`
    select id, incident_id, number, policy, policy_version, reason, severity, urgency, stage, started_at, clock_start, round, round_started_at, level, level_reached_at, due_at, status
    from escalation_runs where incident_id = ${incidentId} order by number desc limit 1`
  return row && { ...runOf(row), status: row.status }
}

/** Active runs that have waited for their level to be reached since before `since`: the watch over lost hand-overs. */
export async function readUnreachedRuns(sql: Sql, since: Instant, limit: number): Promise<Run[]> {
  const rows = await sql<RunRow>`
    select id, incident_id, number, policy, policy_version, reason, severity, urgency, stage, started_at, clock_start, round, round_started_at, level, level_reached_at, due_at
    from escalation_runs where status = 'active' and due_at is null and started_at <= ${iso(since)}::timestamptz order by started_at limit ${limit}`
  return rows.map(runOf)
}

export async function stopRuns(
  sql: Sql,
  now: Instant,
  incidentIds: string[],
  reason: string,
): Promise<{ id: RunId; incidentId: IncidentId }[]> {
  return sql<{ id: RunId; incidentId: IncidentId }>`
    update escalation_runs set status = 'stopped', stopped_at = ${iso(now)}::timestamptz, stopped_reason = ${reason}, due_at = null
    where incident_id = any(${incidentIds}::text[]) and status || '' = 'active' returning id, incident_id as "incidentId"`
}

export async function setRunSeverity(sql: Sql, changes: { incidentId: string; severity: number; urgency: string }[]): Promise<void> {
  const rows = JSON.stringify(changes.map((change) => ({ i: change.incidentId, s: change.severity, u: change.urgency })))
  await sql`
    update escalation_runs e set severity = r.s, urgency = r.u from json_to_recordset(${rows}) as r(i text, s smallint, u text)
    where e.incident_id = r.i and e.status || '' = 'active'`
}

/** The highest run number of each incident. */
export async function lastRunNumbers(sql: Sql, incidentIds: string[]): Promise<Map<string, number>> {
  const rows = await sql<{ incident_id: string; number: number }>`
    select incident_id, max(number) as number from escalation_runs where incident_id = any(${incidentIds}::text[]) group by incident_id`
  return new Map(rows.map((row) => [row.incident_id, row.number]))
}

export async function nextRunDueAt(sql: Sql): Promise<Instant | null> {
  const [row] = await sql<{ at: Instant | null }>`select min(due_at) as at from escalation_runs where status = 'active'`
  return row?.at ?? null
}

export async function forgetRuns(sql: Sql, incidentIds: string[]): Promise<void> {
  await sql`delete from escalation_runs where incident_id = any(${incidentIds}::text[])`
}

interface RunRow {
  id: RunId
  incident_id: IncidentId
  number: number
  policy: string
  policy_version: number
  reason: RunReason
  severity: number
  urgency: 'high' | 'low'
  stage: Stage
  started_at: Instant
  clock_start: Instant
  round: number
  round_started_at: Instant
  level: number
  level_reached_at: Instant | null
  due_at: Instant | null
}

function runOf(row: RunRow): Run {
  return {
    id: row.id,
    incidentId: row.incident_id,
    number: row.number,
    policy: row.policy,
    policyVersion: row.policy_version,
    reason: row.reason,
    severity: row.severity,
    urgency: row.urgency,
    stage: row.stage,
    startedAt: row.started_at,
    clockStart: row.clock_start,
    round: row.round,
    roundStartedAt: row.round_started_at,
    level: row.level,
    levelReachedAt: row.level_reached_at,
    dueAt: row.due_at,
  }
}
