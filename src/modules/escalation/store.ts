import type { IncidentId, RunId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import { column, columnMap, namesOf, type RowOf } from '../../platform/columns.ts'
import type { Sql } from '../../platform/db.ts'
import type { AlertFact, RunPurpose, RunReason } from '../timeline/index.ts'
import type { Stage } from './stage.ts'

/** Where it stands: what each step moves. */
const MOVING = {
  clockStart: column<Instant>('moment'),
  round: column<number>('int'),
  roundStartedAt: column<Instant>('moment'),
  level: column<number>('int'),
  levelReachedAt: column<Instant | null>('moment'),
  dueAt: column<Instant | null>('moment'),
}
const COLUMNS = {
  id: column<RunId>('text'),
  incidentId: column<IncidentId>('text'),
  number: column<number>('int'),
  purpose: column<RunPurpose>('text'),
  policy: column<string>('text'),
  policyVersion: column<number>('int'),
  reason: column<RunReason>('text'),
  severity: column<number>('rank'),
  urgency: column<'high' | 'low'>('text'),
  stage: column<Stage>('text'),
  startedAt: column<Instant>('moment'),
  ...MOVING,
  /** The alert that made the incident page again. */
  cause: column<AlertFact | null>('json'),
}

export type Run = RowOf<typeof COLUMNS>

const columns = columnMap(COLUMNS)
const [NAMES, EVERY, MOVED] = [columns.names(), namesOf(COLUMNS), namesOf(MOVING)] as const
const [TYPED, MOVES, MOVED_TYPED] = [columns.typed(EVERY), columns.set(MOVED), columns.typed(['id', ...MOVED])]

// Where runs are looked up by id or incident, their status is compared as an expression (`status || ''`), so that no plan made
// while few ran reads the index of those that are due.

export async function insertRuns(sql: Sql, runs: Run[]): Promise<void> {
  await sql`
    insert into escalation_runs (${NAMES}, status) select ${NAMES}, 'active' from json_to_recordset(${columns.json(EVERY, runs)}) as r(${TYPED})`
}

/** Moves runs to a newly decided step, or to a newly known due time. */
export async function updateRuns(sql: Sql, runs: Pick<Run, 'id' | keyof typeof MOVING>[]): Promise<void> {
  await sql`
    update /* held */ escalation_runs e set ${MOVES} from json_to_recordset(${columns.json(['id', ...MOVED], runs)}) as r(${MOVED_TYPED})
    where e.id = r.id and e.id = any(${runs.map((run) => run.id)}::text[]) and e.status || '' = 'active'`
}

/** Runs whose next step is due, locked; those another node works on are left to it. */
export async function lockDueRuns(sql: Sql, now: Instant, limit: number): Promise<Run[]> {
  const rows = await sql<object>`
    select ${NAMES} from escalation_runs where status = 'active' and due_at <= ${iso(now)}::timestamptz order by due_at, id limit ${limit} for update skip locked`
  return rows.map(columns.read)
}

/** Locks these runs, in one order for all. */
export async function lockRuns(sql: Sql, ids: string[]): Promise<Run[]> {
  const rows = await sql<object>`
    select ${NAMES} from escalation_runs where id = any(${ids}::text[]) and status || '' = 'active' order by id for update`
  return rows.map(columns.read)
}

/** These runs, which this transaction holds. */
export async function readHeldRuns(sql: Sql, ids: string[]): Promise<Run[]> {
  const rows = await sql<object>`
    select ${NAMES} from escalation_runs where id = any(${ids}::text[]) and status || '' = 'active' order by id`
  return rows.map(columns.read)
}

/** Locks these runs as far as nobody else has; answers those that somebody has. */
export async function lockFreeRuns(sql: Sql, ids: string[]): Promise<Set<string>> {
  const rows = await sql<{ id: string }>`
    with held as materialized (select id from escalation_runs where id = any(${ids}::text[]) order by id for update skip locked)
    select id from escalation_runs where id = any(${ids}::text[]) and id <> all(array(select id from held))`
  return new Set(rows.map(({ id }) => id))
}

/** The active runs of these incidents, whatever for, locked. */
export async function lockActiveRuns(sql: Sql, incidentIds: string[]): Promise<Run[]> {
  const rows = await sql<object>`
    select ${NAMES} from escalation_runs where incident_id = any(${incidentIds}::text[]) and status || '' = 'active' order by id for update`
  return rows.map(columns.read)
}

/** The runs by which these incidents are paged to be had: one each at most. */
export async function readActiveRuns(sql: Sql, incidentIds: string[]): Promise<Run[]> {
  const rows = await sql<object>`
    select ${NAMES} from escalation_runs where incident_id = any(${incidentIds}::text[]) and status || '' = 'active' and purpose = 'incident'`
  return rows.map(columns.read)
}

/** How bad what these incidents page for is by now; nothing of those that page nobody. Asked of every incident that a batch joins. */
export async function readPagedAs(sql: Sql, incidentIds: string[]): Promise<Map<string, Pick<Run, 'severity' | 'urgency'>>> {
  if (incidentIds.length === 0) return new Map()
  const rows = await sql<Pick<Run, 'incidentId' | 'severity' | 'urgency'>>`
    select incident_id as "incidentId", severity, urgency
    from escalation_runs where incident_id = any(${incidentIds}::text[]) and status || '' = 'active' and purpose = 'incident'`
  return new Map(rows.map((run) => [run.incidentId, run]))
}

/** The newest run by which an incident was paged to be had, active or not. */
export async function readLastRun(sql: Sql, incidentId: string): Promise<(Run & { status: 'active' | 'stopped' }) | undefined> {
  const [row] = await sql<{ status: 'active' | 'stopped' }>`
    select ${NAMES}, status
    from escalation_runs where incident_id = ${incidentId} and purpose = 'incident' order by number desc limit 1`
  return row && { ...columns.read(row), status: row.status }
}

/** The alert that one run of an incident is about. */
export async function readCause(sql: Sql, incidentId: string, number: number): Promise<AlertFact | null> {
  const [row] = await sql<{
    cause: string | null
  }>`select cause from escalation_runs where incident_id = ${incidentId} and number = ${number}`
  return row?.cause ? JSON.parse(row.cause) : null
}

/** What one run of an incident is for, and since when it does not page any more. */
export async function readPurpose(
  sql: Sql,
  incidentId: string,
  number: number,
): Promise<{ purpose: RunPurpose; stoppedAt: Instant | null }> {
  const [row] = await sql<{ purpose: RunPurpose; stoppedAt: Instant | null }>`
    select purpose, stopped_at as "stoppedAt" from escalation_runs where incident_id = ${incidentId} and number = ${number}`
  return row ?? { purpose: 'incident', stoppedAt: null }
}

/** Active runs that have waited for their level to be reached since before `since`: the watch over lost hand-overs. */
export async function readUnreachedRuns(sql: Sql, since: Instant, limit: number): Promise<Run[]> {
  const rows = await sql<object>`
    select ${NAMES} from escalation_runs where status = 'active' and due_at is null and started_at <= ${iso(since)}::timestamptz order by started_at limit ${limit}`
  return rows.map(columns.read)
}

/** Stops what runs for these incidents: for one purpose, or for any. */
export async function stopRuns(
  sql: Sql,
  now: Instant,
  incidentIds: string[],
  reason: string,
  purpose: RunPurpose | null,
): Promise<Pick<Run, 'id' | 'incidentId' | 'purpose'>[]> {
  return sql<Pick<Run, 'id' | 'incidentId' | 'purpose'>>`
    with held as materialized (
      select id from escalation_runs where incident_id = any(${incidentIds}::text[]) and status || '' = 'active'
        and (${purpose}::text is null or purpose = ${purpose}::text) order by id for update)
    update escalation_runs set status = 'stopped', stopped_at = ${iso(now)}::timestamptz, stopped_reason = ${reason}, due_at = null
    where id = any(array(select id from held)) returning id, incident_id as "incidentId", purpose`
}

export async function setRunSeverity(sql: Sql, changes: { incidentId: string; severity: number; urgency: string }[]): Promise<void> {
  const rows = JSON.stringify(changes.map((change) => ({ i: change.incidentId, s: change.severity, u: change.urgency })))
  await sql`
    update /* held */ escalation_runs e set severity = r.s, urgency = r.u from json_to_recordset(${rows}) as r(i text, s smallint, u text)
    where e.incident_id = r.i and e.incident_id = any(${changes.map((change) => change.incidentId)}::text[]) and e.status || '' = 'active' and e.purpose = 'incident'`
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
