import { type Actor, nameOf } from '../../kernel/actor.ts'
import type { Sql } from '../../platform/db.ts'
import type { Documents } from '../documents/index.ts'
import { readHearing } from '../incidents/index.ts'

/**
 * Who may have a hook told of an incident: of a public one everybody, of a private one whoever wrote the hook last, as its member.
 * A token of nobody, or a file, is no member.
 */
export async function readHooksHearing(
  sql: Sql,
  documents: Documents,
  incidentIds: string[],
): Promise<(hook: { changedBy: Actor }, incidentId: string) => boolean> {
  const hears = incidentIds.length === 0 ? () => true : await readHearing(sql, documents, incidentIds)
  return ({ changedBy }, incidentId) => hears(changedBy.startsWith('person:') ? { person: nameOf(changedBy) } : {}, incidentId)
}
