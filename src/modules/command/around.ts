import { type Instant, iso } from '../../kernel/time.ts'
import type { Sql } from '../../platform/db.ts'
import { columns, NAMES } from './columns.ts'
import type { Command } from './command.ts'
import type { ReminderRule } from './reminders.ts'

/** Who has which role; null while they were only told so. */
export interface RoleRow {
  role: string
  person: string
  acceptedAt: Instant | null
  since: Instant
}

/** A role that somebody is asked to take. */
export interface Offer {
  role: string
  to: string
  by: string
  brief: string
  offeredAt: Instant
}

/** Something somebody is to do: while it lasts, or after it. */
export interface Task {
  id: string
  kind: 'task' | 'follow-up'
  /** Counted in one incident: `done 2`. */
  number: number
  text: string
  person: string | null
  dueAt: Instant | null
  handsOn: boolean
  temporary: boolean
  state: 'open' | 'done' | 'dropped'
  reason: string | null
  madeBy: string
  madeAt: Instant
  endedAt: Instant | null
}

/** A reminder as it is kept: what is wanted, and what was said by it. */
export interface ReminderRow {
  id: string
  rule: ReminderRule
  subject: string
  since: Instant
  /** When it fell due, or will, however often it was said since. */
  firstDueAt: Instant | null
  dueAt: Instant | null
  promisedAt: Instant | null
  snoozedUntil: Instant | null
  snoozes: number
  sent: number
  how: 'say' | 'run'
  thenMs: number[]
  timesMax: number | null
  stoppedBecause: string | null
}

/** What stands around a declared incident. */
export interface Around {
  roles: RoleRow[]
  offers: Offer[]
  /** Open ones, those that outlive it as well. */
  tasks: Task[]
  reminders: ReminderRow[]
  /** How many updates were posted. */
  updates: number
  /** The number of the last task, whatever became of it. */
  lastTask: number
}

export const NOTHING_AROUND: Around = { roles: [], offers: [], tasks: [], reminders: [], updates: 0, lastTask: 0 }

const MOMENTS = new Set(['acceptedAt', 'since', 'offeredAt', 'dueAt', 'madeAt', 'endedAt', 'firstDueAt', 'promisedAt', 'snoozedUntil'])

/** Commands of declared incidents with all that stands around them, in one look. Whoever asks to change them holds the incidents. */
export async function readWhole(sql: Sql, incidentIds: string[]): Promise<Map<string, { command: Command; around: Around }>> {
  const rows = await sql<{ around: string }>`
    select ${NAMES}, json_build_object(
      'roles', (select coalesce(json_agg(json_build_object('role', role, 'person', person, 'acceptedAt', accepted_at, 'since', since)
        order by since, person), '[]') from command_roles r where r.incident_id = c.incident_id),
      'offers', (select coalesce(json_agg(json_build_object('role', role, 'to', offered_to, 'by', offered_by, 'brief', brief, 'offeredAt', offered_at)
        order by offered_at + interval '0', role), '[]') from command_offers o where o.incident_id = c.incident_id),
      'tasks', (select coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'number', number, 'text', text, 'person', person,
        'dueAt', due_at, 'handsOn', hands_on, 'temporary', temporary, 'state', state, 'reason', reason, 'madeBy', made_by, 'madeAt', made_at,
        'endedAt', ended_at) order by number), '[]') from command_tasks t where t.incident_id = c.incident_id and t.state || '' = 'open'),
      'reminders', (select coalesce(json_agg(json_build_object('id', id, 'rule', rule, 'subject', subject, 'since', since, 'firstDueAt', first_due_at, 'dueAt', due_at,
        'promisedAt', promised_at, 'snoozedUntil', snoozed_until, 'snoozes', snoozes, 'sent', sent, 'how', how, 'thenMs', then_ms::json,
        'timesMax', times_max, 'stoppedBecause', stopped_because) order by due_at, id), '[]')
        from command_reminders m where m.incident_id = c.incident_id),
      'updates', (select count(*) from command_updates u where u.incident_id = c.incident_id),
      'lastTask', (select coalesce(max(number), 0) from command_tasks t where t.incident_id = c.incident_id)
    )::text as around
    from command_incidents c where c.incident_id = any(${incidentIds}::text[])`
  return new Map(
    rows.map((row) => {
      const command = columns.read(row)
      return [command.incidentId, { command, around: JSON.parse(row.around, revived) as Around }]
    }),
  )
}

function revived(key: string, value: unknown): unknown {
  return typeof value === 'string' && MOMENTS.has(key) ? Date.parse(value) : value
}

/** Who has which role, for those who ask of nothing else. */
export async function readRoles(sql: Sql, incidentId: string): Promise<Pick<RoleRow, 'role' | 'person'>[]> {
  return sql<
    Pick<RoleRow, 'role' | 'person'>
  >`select role, person from command_roles where incident_id = ${incidentId} order by since, person`
}

/** Who has which role and is offered which, as it now is; what is not named is gone. The incident is held. */
export async function writePeople(sql: Sql, incidentId: string, { roles, offers }: Pick<Around, 'roles' | 'offers'>): Promise<void> {
  const kept = JSON.stringify(
    roles.map(({ role, person, acceptedAt, since }) => ({ role, person, a: acceptedAt === null ? null : iso(acceptedAt), s: iso(since) })),
  )
  const offered = JSON.stringify(offers.map(({ offeredAt, ...one }) => ({ ...one, at: iso(offeredAt) })))
  await sql`
    with kept as (select * from json_to_recordset(${kept}) as r(role text, person text, a timestamptz, s timestamptz)),
    offered as (select * from json_to_recordset(${offered}) as r(role text, "to" text, by text, brief text, at timestamptz)),
    left_roles as (delete from command_roles c where incident_id = ${incidentId}
      and not exists (select 1 from kept h where h.role = c.role and h.person = c.person)),
    gone as (delete from command_offers o where incident_id = ${incidentId} and not exists (select 1 from offered f where f.role = o.role)),
    made as (insert into command_offers (incident_id, role, offered_to, offered_by, brief, offered_at)
      select ${incidentId}, role, "to", by, brief, at from offered
      on conflict (incident_id, role) do update set offered_to = excluded.offered_to, offered_by = excluded.offered_by, brief = excluded.brief,
        offered_at = excluded.offered_at)
    insert into command_roles (incident_id, role, person, accepted_at, since) select ${incidentId}, role, person, a, s from kept
    on conflict (incident_id, role, person) do update set accepted_at = excluded.accepted_at`
}
