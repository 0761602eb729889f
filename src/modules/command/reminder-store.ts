import type { IncidentId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import { column, columnMap, namesOf } from '../../platform/columns.ts'
import type { Sql } from '../../platform/db.ts'
import { incidentsVisibleTo, type Onlooker } from '../incidents/index.ts'
import type { ReminderRow } from './around.ts'
import type { ReminderRule } from './reminders.ts'
import { OFFER_MS } from './roles.ts'

const COLUMNS = {
  id: column<string>('text'),
  rule: column<ReminderRule>('text'),
  subject: column<string>('text'),
  since: column<Instant>('moment'),
  firstDueAt: column<Instant | null>('moment'),
  dueAt: column<Instant | null>('moment'),
  promisedAt: column<Instant | null>('moment'),
  snoozedUntil: column<Instant | null>('moment'),
  snoozes: column<number>('int'),
  sent: column<number>('int'),
  how: column<'say' | 'run'>('text'),
  thenMs: column<number[]>('json'),
  timesMax: column<number | null>('int'),
  stoppedBecause: column<string | null>('text'),
}
const columns = columnMap(COLUMNS)
const EVERY = namesOf(COLUMNS)
const MOVING = [
  'since',
  'firstDueAt',
  'dueAt',
  'promisedAt',
  'snoozedUntil',
  'snoozes',
  'sent',
  'how',
  'thenMs',
  'timesMax',
  'stoppedBecause',
] as const
const SAID = ['dueAt', 'sent'] as const
const [NAMES, TYPED, MOVES] = [columns.names(), columns.typed(EVERY), columns.set(MOVING)]
const [SAYS, SAID_TYPED] = [columns.set(SAID), columns.typed(['id', ...SAID])]

/** What has become of reminders by an act; its incident is held. */
export async function writeReminders(sql: Sql, incidentId: string, changed: ReminderRow[], gone: ReminderRow[]): Promise<void> {
  await sql`
    with r as (select * from json_to_recordset(${columns.json(EVERY, changed)}) as r(${TYPED})),
    gone as (delete from command_reminders where id = any(${gone.map(({ id }) => id)}::text[])),
    moved as (update command_reminders m set ${MOVES} from r where m.id = r.id and m.id = any(${changed.map(({ id }) => id)}::text[]) returning m.id)
    insert into command_reminders (incident_id, ${NAMES}) select ${incidentId}, ${NAMES} from r where r.id not in (select id from moved)
    on conflict (incident_id, rule, subject) do nothing`
}

/** A reminder that is due, with whom it may concern. */
export type DueReminder = ReminderRow & {
  incidentId: IncidentId
  pace: number
  /** Who has which role there, who has the incident, whose the task is, and who is asked. */
  roles: { role: string; person: string }[]
  holder: string | null
  whose: string | null
}

/** Leases what is due to be said. Rows that an act is at work on are left to it: they change with it. */
export async function leaseDue(sql: Sql, now: Instant, limit: number): Promise<DueReminder[]> {
  const rows = await sql<{
    incidentId: IncidentId
    pace: number
    roles: { role: string; person: string }[]
    holder: string | null
    whose: string | null
  }>`
    select m.incident_id as "incidentId", m.id, m.rule, m.subject, m.since, m.first_due_at, m.due_at, m.promised_at, m.snoozed_until, m.snoozes, m.sent, m.how, m.then_ms, m.times_max, m.stopped_because,
      (select pace from command_incidents c where c.incident_id = m.incident_id) as pace,
      (select acknowledged_by from ${incidentsVisibleTo('tocsin')} x where x.id = m.incident_id) as holder,
      coalesce((select person from command_tasks t where m.rule = 'task' and t.id = m.subject),
        (select offered_to from command_offers o where m.rule = 'offer' and o.incident_id = m.incident_id and o.role = m.subject)) as whose,
      (select coalesce(json_agg(json_build_object('role', role, 'person', person) order by since), '[]') from command_roles r
        where r.incident_id = m.incident_id) as roles
    from command_reminders m
    where m.due_at <= ${iso(now)}::timestamptz and m.how = 'say' order by m.due_at limit ${limit} for update of m skip locked`
  return rows.map(({ incidentId, pace, roles, holder, whose, ...row }) => ({
    ...columns.read(row),
    incidentId,
    pace,
    roles,
    holder,
    whose,
  }))
}

/** A notice that is to be written: what is told to somebody beside the timeline. */
export interface NewNotice {
  id: string
  person: string
  incidentId: IncidentId
  what: Notified
  /** When it also goes by mail; null where nothing is known to write to. */
  mailAt: Instant | null
  /** Another of the same incident within this long stands for it; 0 for what is always told. */
  quietMs: number
}

export interface Notified {
  rule: string
  subject: string
}

/** They were said; whoever was told of the incident a moment ago is not told again. */
export async function saveSaid(
  sql: Sql,
  now: Instant,
  said: Pick<ReminderRow, 'id' | 'dueAt' | 'sent'>[],
  notices: NewNotice[],
): Promise<void> {
  const rows = notices.map(({ what, mailAt, ...one }) => ({
    ...one,
    what: JSON.stringify(what),
    mailAt: mailAt === null ? null : iso(mailAt),
  }))
  await sql`
    with told as (
      insert into command_notices (id, person, incident_id, what, at, mail_due_at)
      select n.id, n.person, n."incidentId", n.what, ${iso(now)}::timestamptz, n."mailAt"
      from json_to_recordset(${JSON.stringify(rows)}) as n(id text, person text, "incidentId" text, what text, "mailAt" timestamptz, "quietMs" bigint)
      where not exists (select 1 from command_notices o where o.person = n.person and o.incident_id = n."incidentId"
        and o.at > ${iso(now)}::timestamptz - n."quietMs" * interval '1 millisecond')
    )
    update command_reminders m set ${SAYS} from json_to_recordset(${columns.json(['id', ...SAID], said)}) as r(${SAID_TYPED})
    where m.id = r.id and m.id = any(${said.map(({ id }) => id)}::text[])`
}

export async function readReminder(sql: Sql, id: string): Promise<(ReminderRow & { incidentId: IncidentId }) | undefined> {
  const [row] = await sql<{ incidentId: IncidentId }>`
    select incident_id as "incidentId", ${NAMES} from command_reminders where id = ${id}`
  return row && { ...columns.read(row), incidentId: row.incidentId }
}

/** What falls due: something to say, runs to start, polls to decide, offers nobody answered. */
export interface Due {
  says: boolean
  runs: { id: string; incidentId: string }[]
  polls: { id: string; incidentId: string }[]
  offers: string[]
}

/** All in one look: mostly there is nothing. */
export async function readDue(sql: Sql, now: Instant, limit: number): Promise<Due> {
  const at = iso(now)
  const [row] = await sql<{ says: boolean; runs: string[]; polls: string[]; offers: string[] }>`
    select
      exists (select 1 from command_reminders where due_at <= ${at}::timestamptz and how = 'say') as says,
      array(select id || ' ' || incident_id from command_reminders where due_at <= ${at}::timestamptz and how = 'run' order by due_at limit ${limit}) as runs,
      array(select id || ' ' || incident_id from command_polls where ended_at is null and until_at <= ${at}::timestamptz order by until_at limit ${limit}) as polls,
      array(select distinct o.incident_id from command_offers o join command_incidents c on c.incident_id = o.incident_id
        where o.offered_at + greatest(interval '1 second', ${OFFER_MS} * interval '1 millisecond' / c.pace) <= ${at}::timestamptz
        limit ${limit}) as offers`
  const { says, runs, polls, offers } = row!
  return { says, runs: runs.map(pairOf), polls: polls.map(pairOf), offers }
}

function pairOf(text: string): { id: string; incidentId: string } {
  const [id = '', incidentId = ''] = text.split(' ')
  return { id, incidentId }
}

export interface NoticeRow {
  id: string
  incidentId: IncidentId
  number: number
  title: string
  what: Notified
  /** What a task says that it is about. */
  task: string | null
  at: Instant
  readAt: Instant | null
}

/** What somebody was told, the latest first, of what they may see. */
export async function readNotices(sql: Sql, who: Onlooker, person: string, limit: number): Promise<NoticeRow[]> {
  const rows = await sql<Omit<NoticeRow, 'what'> & { what: string }>`
    select n.id, n.incident_id as "incidentId", i.number, i.title, n.what, n.at, n.read_at as "readAt", t.text as task from command_notices n
    left join command_tasks t on t.id = n.what::json ->> 'subject'
    join ${incidentsVisibleTo(who)} i on i.id = n.incident_id
    where n.person = ${person} order by n.at desc limit ${limit}`
  return rows.map(({ what, ...row }) => ({ ...row, what: JSON.parse(what) as Notified }))
}

/** Nobody scrolls further back. */
const READ_AT_ONCE = 1000

/** Read are those that were there then. */
export async function markRead(sql: Sql, now: Instant, person: string, until: Instant): Promise<void> {
  await sql`
    update command_notices set read_at = ${iso(now)}::timestamptz
    where id = any(array(
      select id from command_notices where person = ${person} and at <= ${iso(until)}::timestamptz and read_at is null order by at desc limit ${READ_AT_ONCE}))`
}

export interface MailNotice {
  id: string
  person: string
  number: number
  title: string
  private: boolean
  what: Notified
}

/** Notices that go by mail now; nobody else takes them for the next minutes. */
export async function leaseMail(sql: Sql, now: Instant, until: Instant, limit: number): Promise<MailNotice[]> {
  const rows = await sql<Omit<MailNotice, 'what'> & { what: string }>`
    update command_notices n set mail_due_at = ${iso(until)}::timestamptz
    where n.id = any(array(
      select id from command_notices where mail_due_at <= ${iso(now)}::timestamptz order by mail_due_at limit ${limit} for update skip locked))
    returning n.id, n.person, n.what,
      (select number from ${incidentsVisibleTo('tocsin')} i where i.id = n.incident_id) as number,
      (select title from ${incidentsVisibleTo('tocsin')} i where i.id = n.incident_id) as title,
      (select visibility = 'private' from ${incidentsVisibleTo('tocsin')} i where i.id = n.incident_id) as private`
  return rows.map(({ what, ...row }) => ({ ...row, what: JSON.parse(what) as Notified }))
}

export async function mailGone(sql: Sql, ids: string[]): Promise<void> {
  await sql`update command_notices set mail_due_at = null where id = any(${ids}::text[])`
}
