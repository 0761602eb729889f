import type { IncidentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import { column, columnMap, namesOf } from '../../platform/columns.ts'
import type { Sql } from '../../platform/db.ts'
import type { Task } from './around.ts'

const COLUMNS = {
  id: column<string>('text'),
  incidentId: column<IncidentId>('text'),
  kind: column<Task['kind']>('text'),
  number: column<number>('int'),
  text: column<string>('text'),
  person: column<string | null>('text'),
  dueAt: column<Instant | null>('moment'),
  handsOn: column<boolean>('boolean'),
  temporary: column<boolean>('boolean'),
  state: column<Task['state']>('text'),
  reason: column<string | null>('text'),
  madeBy: column<string>('text'),
  madeAt: column<Instant>('moment'),
  endedAt: column<Instant | null>('moment'),
}
const columns = columnMap(COLUMNS)
const EVERY = namesOf(COLUMNS)
const MOVING = ['text', 'person', 'dueAt', 'state', 'reason', 'endedAt'] as const
const [NAMES, TYPED, CHANGES, MOVED] = [columns.names(), columns.typed(EVERY), columns.set(MOVING), columns.typed(['id', ...MOVING])]

export type TaskRow = Task & { incidentId: IncidentId }

export async function insertTask(sql: Sql, task: TaskRow): Promise<void> {
  await sql`insert into command_tasks (${NAMES}) select ${NAMES} from json_to_recordset(${columns.json(EVERY, [task])}) as r(${TYPED})`
}

/** Its incident is held. */
export async function updateTask(sql: Sql, task: TaskRow): Promise<void> {
  await sql`
    update command_tasks t set ${CHANGES} from json_to_recordset(${columns.json(['id', ...MOVING], [task])}) as r(${MOVED})
    where t.id = r.id and t.id = ${task.id}`
}

export async function readTask(sql: Sql, id: string): Promise<TaskRow | undefined> {
  const [row] = await sql<object>`select ${NAMES} from command_tasks where id = ${id}`
  return row && columns.read(row)
}

/** Open ones first, the soonest due first. */
export async function readTasks(sql: Sql, incidentId: string, kind: Task['kind']): Promise<TaskRow[]> {
  const rows = await sql<object>`
    select ${NAMES} from command_tasks where incident_id = ${incidentId} and kind = ${kind}
    order by state <> 'open', due_at nulls last, number limit 500`
  return rows.map(columns.read)
}
