import type { Instant } from '../../kernel/time.ts'
import type { Caller, ReplyOf } from '../../platform/contract.ts'
import type { Sql } from '../../platform/db.ts'
import type { Documents } from '../documents/index.ts'
import { type Incident, membersViewOf, readMembers } from '../incidents/index.ts'
import { schemeOnce } from '../severity/index.ts'
import { readWhole } from './around.ts'
import type { commandContract } from './contract.ts'
import { type Held, heldOf } from './held.ts'
import { commandViewOf } from './view.ts'

export type Told = ReplyOf<(typeof commandContract)['getIncident']>

/** An incident as it now is, with what stands around it. */
export async function tell(sql: Sql, documents: Documents, held: Held, caller: Caller, now: Instant): Promise<Told> {
  const { id, visibility, severityScheme: scheme, severitySchemeVersion: version } = held.incident
  const [named, members] = await Promise.all([
    schemeOnce(sql, documents, scheme, version),
    visibility === 'public' ? undefined : readMembers(sql, id),
  ])
  return { ...commandViewOf(held, named, caller, now), ...(members && membersViewOf(members)) }
}

/** The same of several, by id. Of plain ones nothing is asked. */
export async function tellAll(
  sql: Sql,
  documents: Documents,
  incidents: Incident[],
  caller: Caller,
  now: Instant,
): Promise<Map<string, Told>> {
  const declared = incidents.filter(({ declaredAt }) => declaredAt !== null).map(({ id }) => id)
  const whole = declared.length === 0 ? undefined : await readWhole(sql, declared)
  const told = incidents.map((incident) => tell(sql, documents, heldOf(incident, whole?.get(incident.id)), caller, now))
  return new Map((await Promise.all(told)).map((view) => [view.id, view]))
}
