import type { Actor } from '../kernel/actor.ts'
import { isRefusal } from '../kernel/result.ts'
import type { Instant } from '../kernel/time.ts'
import { answerPage, type CommandParts, whoAnswered } from '../modules/command/index.ts'
import { readPurpose } from '../modules/escalation/index.ts'
import {
  type ActionLink,
  acknowledge,
  escalate,
  type Incident,
  insertLinkUse,
  lockIncidents,
  mayAcknowledge,
  mayEscalate,
  mayResolve,
  readLinkUse,
  resolve,
} from '../modules/incidents/index.ts'
import { runNumberOf } from '../modules/paging/index.ts'
import type { Transaction } from '../platform/db.ts'

export type Done =
  | 'acknowledged'
  | 'already-acknowledged'
  | 'resolved'
  /** A declared one is resolved where its checks are seen. */
  | 'not-by-link'
  | 'already-resolved'
  | 'escalated'
  /** This link has escalated before; it does so once. */
  | 'already-escalated'
  /** Nobody to escalate to. */
  | 'no-policy'

export interface Outcome {
  incident: Incident
  done: Done
  /** Who did it, now or before; null where nobody could. */
  by: string | null
}

/** Does what the link says as far as the state allows, in the caller's transaction. The link has been found good. */
export async function actByLink(tx: Transaction, now: Instant, parts: CommandParts, link: ActionLink, token: string): Promise<Outcome> {
  const before = (await lockIncidents(tx.sql, [link.incidentId]))[0]!
  if (mayResolve(before) === 'already') return { incident: before, done: 'already-resolved', by: before.resolvedBy }
  const by: Actor = `person:${link.person}`
  switch (link.action) {
    case 'acknowledge': {
      const { purpose } = await readPurpose(tx.sql, before.id, runNumberOf(link.pageId))
      if (purpose !== 'incident') {
        await answerPage(tx, now, parts, { incidentId: before.id, purpose, person: link.person })
        return { incident: before, done: 'acknowledged', by: (await whoAnswered(tx.sql, before.id, purpose)) ?? link.person }
      }
      const incident = known(await acknowledge(tx, now, parts, await parts.documents.fresh(tx.sql), before.id, by, 'link', link.pageId))
      return { incident, done: mayAcknowledge(before) === 'already' ? 'already-acknowledged' : 'acknowledged', by: incident.acknowledgedBy }
    }
    case 'resolve':
      if (before.declaredAt !== null) return { incident: before, done: 'not-by-link', by: null }
      return { incident: known(await resolve(tx, now, parts, before.id, by)), done: 'resolved', by: link.person }
    case 'escalate': {
      if (mayEscalate(before) === 'no-policy') return { incident: before, done: 'no-policy', by: null }
      if ((await readLinkUse(tx.sql, token)) !== undefined) return { incident: before, done: 'already-escalated', by: link.person }
      const incident = known(await escalate(tx, now, parts, await parts.documents.fresh(tx.sql), before.id, by))
      await insertLinkUse(tx.sql, now, token, before.id)
      return { incident, done: 'escalated', by: link.person }
    }
  }
}

/** The incident is locked and open, so none of the refusals can be. */
function known<T extends object>(answer: T): Exclude<T, { refusal: string }> {
  if (isRefusal(answer)) throw new Error(answer.message)
  return answer as Exclude<T, { refusal: string }>
}
