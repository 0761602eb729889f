import type { IncidentId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import { column, columnMap, namesOf, type RowOf } from '../../platform/columns.ts'
import type { Sql } from '../../platform/db.ts'

export interface Objection {
  by: string
  text: string
  at: Instant
}

const COLUMNS = {
  id: column<string>('text'),
  incidentId: column<IncidentId>('text'),
  text: column<string>('text'),
  madeBy: column<string>('text'),
  openedAt: column<Instant>('moment'),
  untilAt: column<Instant>('moment'),
  objections: column<Objection[]>('json'),
  endedAt: column<Instant | null>('moment'),
}
const columns = columnMap(COLUMNS)
const EVERY = namesOf(COLUMNS)
const [NAMES, TYPED] = [columns.names(), columns.typed(EVERY)]

export type Poll = RowOf<typeof COLUMNS>

export async function insertPoll(sql: Sql, poll: Poll): Promise<void> {
  await sql`insert into command_polls (${NAMES}) select ${NAMES} from json_to_recordset(${columns.json(EVERY, [poll])}) as r(${TYPED})`
}

/** Its incident is held. */
export async function updatePoll(sql: Sql, { id, objections, endedAt }: Poll): Promise<void> {
  await sql`
    update command_polls set objections = ${JSON.stringify(objections)}, ended_at = ${endedAt === null ? null : iso(endedAt)}::timestamptz
    where id = ${id}`
}

export async function readPoll(sql: Sql, id: string): Promise<Poll | undefined> {
  const [row] = await sql<object>`select ${NAMES} from command_polls where id = ${id}`
  return row && columns.read(row)
}

export async function readPolls(sql: Sql, incidentId: string): Promise<Poll[]> {
  const rows = await sql<object>`select ${NAMES} from command_polls where incident_id = ${incidentId} order by opened_at desc limit 200`
  return rows.map(columns.read)
}
