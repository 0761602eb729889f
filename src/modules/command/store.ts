import { type Instant, iso } from '../../kernel/time.ts'
import { namesOf } from '../../platform/columns.ts'
import type { Sql } from '../../platform/db.ts'
import { incidentsVisibleTo } from '../incidents/index.ts'
import type { Check, Said } from './checks.ts'
import { columns, NAMES } from './columns.ts'
import { CHANGED, COLUMNS, type Command } from './command.ts'

const EVERY = namesOf(COLUMNS)
const TYPED = columns.typed(EVERY)
const [CHANGES, CHANGED_TYPED] = [columns.set(CHANGED), columns.typed(['incidentId', ...CHANGED])]

export async function insertCommand(sql: Sql, command: Command): Promise<void> {
  await sql`
    insert into command_incidents (${NAMES}) select ${NAMES} from json_to_recordset(${columns.json(EVERY, [command])}) as r(${TYPED})
    on conflict (incident_id) do nothing`
}

/** The incidents are held, and their command with them. */
export async function updateCommands(sql: Sql, commands: Command[]): Promise<void> {
  await sql`
    update /* held */ command_incidents c set ${CHANGES} from json_to_recordset(${columns.json(['incidentId', ...CHANGED], commands)}) as r(${CHANGED_TYPED})
    where c.incident_id = r.incident_id and c.incident_id = any(${commands.map(({ incidentId }) => incidentId)}::text[])`
}

/** What people said of the items of a checklist, and how many incidents are parts of this one, and not done yet. */
export async function readChecked(
  sql: Sql,
  { id, number }: { id: string; number: number },
  list: string,
): Promise<{ said: Map<Check, Said>; subs: { all: number; open: number; notClosed: number } }> {
  const [row] = await sql<{ said: (Said & { item: Check })[]; all: number; open: number; notClosed: number }>`
    select count(*)::int as all, count(*) filter (where open)::int as open,
      count(*) filter (where open or status = 'resolved' and declared_at is not null)::int as "notClosed",
      (select coalesce(json_agg(json_build_object('item', item, 'state', state, 'by', said_by, 'at', extract(epoch from said_at) * 1000,
        'evidence', evidence)), '[]') from command_checks where incident_id = ${id} and list = ${list}) as said
    from ${incidentsVisibleTo('tocsin')} i where parent = ${number}`
  const { said, ...subs } = row!
  return { subs, said: new Map(said.map(({ item, ...word }) => [item, word])) }
}

/** What belongs to an incident elsewhere. */
export interface LinkRow {
  id: string
  kind: 'url' | 'recurrence' | 'related'
  link: string
  title: string | null
  madeBy: string
  madeAt: Instant
}

export async function readIncidentLinks(sql: Sql, incidentId: string): Promise<LinkRow[]> {
  return sql<LinkRow>`
    select id, kind, link, title, made_by as "madeBy", made_at as "madeAt" from command_links where incident_id = ${incidentId} order by made_at, id`
}

export async function insertLink(sql: Sql, incidentId: string, { id, kind, link, title, madeBy, madeAt }: LinkRow): Promise<void> {
  await sql`
    insert into command_links (id, incident_id, kind, link, title, made_by, made_at)
    values (${id}, ${incidentId}, ${kind}, ${link}, ${title}, ${madeBy}, ${iso(madeAt)}::timestamptz)`
}

export async function deleteLink(sql: Sql, incidentId: string, id: string): Promise<void> {
  await sql`delete from command_links where incident_id = ${incidentId} and id = ${id}`
}

/** What is still to be done in one incident, and who was asked to come, go to another; whoever had a role comes. Both are held. */
export async function moveMade(sql: Sql, from: string, to: string): Promise<void> {
  await Promise.all([
    sql`
      update command_tasks t set incident_id = ${to}, number = t.number + (
        select coalesce(max(o.number), 0) from command_tasks o where o.incident_id = ${to} and o.kind = t.kind)
      where t.incident_id = ${from} and t.state = 'open'`,
    sql`update command_responders set incident_id = ${to} where incident_id = ${from} and released_at is null`,
    sql`
      insert into command_responders (id, incident_id, target, message, asked_by, asked_at, joined_by, joined_at)
      select 'rsp_' || replace(gen_random_uuid()::text, '-', ''), ${to}, 'person:' || person, null, 'system', min(since), person, min(since)
      from command_roles where incident_id = ${from} group by person`,
  ])
}

/** A person's word on a check: the last one counts. The incident is held. */
export async function saveCheck(sql: Sql, incidentId: string, list: string, item: Check, { state, by, at, evidence }: Said): Promise<void> {
  await sql`
    insert into command_checks (incident_id, list, item, state, said_by, said_at, evidence)
    values (${incidentId}, ${list}, ${item}, ${state}, ${by}, ${iso(at)}::timestamptz, ${evidence})
    on conflict (incident_id, list, item) do update
    set state = excluded.state, said_by = excluded.said_by, said_at = excluded.said_at, evidence = excluded.evidence`
}

/** What hangs on incidents that are forgotten, bit by bit. */
export async function forgetCommand(sql: Sql, incidentIds: string[]): Promise<void> {
  for (const forget of [
    sql`delete from command_roles where incident_id = any(${incidentIds}::text[])`,
    sql`delete from command_offers where incident_id = any(${incidentIds}::text[])`,
    sql`delete from command_responders where incident_id = any(${incidentIds}::text[])`,
    sql`delete from command_tasks where incident_id = any(${incidentIds}::text[])`,
    sql`delete from command_polls where incident_id = any(${incidentIds}::text[])`,
    sql`delete from command_checks where incident_id = any(${incidentIds}::text[])`,
    sql`delete from command_updates where incident_id = any(${incidentIds}::text[])`,
    sql`delete from command_links where incident_id = any(${incidentIds}::text[])`,
    sql`delete from command_reminders where incident_id = any(${incidentIds}::text[])`,
    sql`delete from command_notices where incident_id = any(${incidentIds}::text[])`,
    sql`delete from command_incidents where incident_id = any(${incidentIds}::text[])`,
  ])
    await forget
}
