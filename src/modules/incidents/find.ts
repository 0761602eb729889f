import { type Refusal, refuse } from '../../kernel/result.ts'
import type { Sql } from '../../platform/db.ts'
import { type Incident, parseNumber } from './incident.ts'
import { lockIncident, readIncident } from './store.ts'
import type { Onlooker } from './visible.ts'

/** By id (`inc_…`) or number (`INC-142`). What somebody may not see is not there for them. */
export function findIncident(sql: Sql, ref: string, who: Onlooker): Promise<Incident | Refusal<'not-found'>> {
  return found(ref, (one) => readIncident(sql, one, who))
}

/** The same, locked until the transaction ends. */
export function holdIncident(sql: Sql, ref: string, who: Onlooker): Promise<Incident | Refusal<'not-found'>> {
  return found(ref, (one) => lockIncident(sql, one, who))
}

async function found(
  ref: string,
  read: (ref: { id: string } | { number: number }) => Promise<Incident | undefined>,
): Promise<Incident | Refusal<'not-found'>> {
  const number = parseNumber(ref)
  // What is none of our ids need not be asked for, and may hold what the database refuses.
  const known = number !== undefined || /^inc_[0-9a-z]{1,60}$/.test(ref)
  const incident = known ? await read(number === undefined ? { id: ref } : { number }) : undefined
  return incident ?? notFound(ref.slice(0, 60))
}

export function notFound(ref: string): Refusal<'not-found'> {
  return refuse('not-found', `There is no incident ${ref}.`)
}
