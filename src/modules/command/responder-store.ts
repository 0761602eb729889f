import type { IncidentId } from '../../kernel/ids.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import { column, columnMap, namesOf, type RowOf } from '../../platform/columns.ts'
import type { Sql } from '../../platform/db.ts'

/** Somebody who was asked to come, beside those who have it or a role in it. */
const COLUMNS = {
  id: column<string>('text'),
  incidentId: column<IncidentId>('text'),
  /** `person:ada`, or what else was asked for. */
  target: column<string>('text'),
  message: column<string | null>('text'),
  askedBy: column<string>('text'),
  askedAt: column<Instant>('moment'),
  joinedBy: column<string | null>('text'),
  joinedAt: column<Instant | null>('moment'),
  releasedAt: column<Instant | null>('moment'),
}
const columns = columnMap(COLUMNS)
const EVERY = namesOf(COLUMNS)
const [NAMES, TYPED] = [columns.names(), columns.typed(EVERY)]

export type ResponderRow = RowOf<typeof COLUMNS>

export async function insertResponders(sql: Sql, responders: ResponderRow[]): Promise<void> {
  await sql`insert into command_responders (${NAMES}) select ${NAMES} from json_to_recordset(${columns.json(EVERY, responders)}) as r(${TYPED})`
}

/** The first of those who were asked together and answers joins; answers whether that was now. */
export async function joinResponder(sql: Sql, id: string, person: string, now: Instant): Promise<boolean> {
  const rows = await sql`
    update command_responders set joined_by = ${person}, joined_at = ${iso(now)}::timestamptz where id = ${id} and joined_at is null returning id`
  return rows.length > 0
}

export async function releaseResponder(sql: Sql, id: string, now: Instant): Promise<void> {
  await sql`update command_responders set released_at = ${iso(now)}::timestamptz where id = ${id}`
}

export async function readResponders(sql: Sql, incidentId: string): Promise<ResponderRow[]> {
  const rows = await sql<object>`select ${NAMES} from command_responders where incident_id = ${incidentId} order by asked_at, id limit 500`
  return rows.map(columns.read)
}
