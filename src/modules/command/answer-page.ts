import { isRefusal } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Sql, Transaction } from '../../platform/db.ts'
import { stopEscalations } from '../escalation/index.ts'
import { type Entry, fact, type RunPurpose } from '../timeline/index.ts'
import { readRoles } from './around.ts'
import { type CommandParts, hold, settle } from './held.ts'
import { joinResponder, readResponders } from './responder-store.ts'
import { roleNamed } from './role-kind.ts'

/**
 * Somebody answers a page that was for something else than to have the incident: they take that role, come, or see to the update, and
 * that alone. What runs for the incident itself goes on.
 */
export async function answerPage(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  { incidentId, purpose, person }: { incidentId: string; purpose: Exclude<RunPurpose, 'incident'>; person: string },
): Promise<void> {
  const before = await hold(tx, incidentId, 'tocsin')
  if (isRefusal(before)) return
  const { incident, around } = before
  const about = { incidentId: incident.id, happenedAt: now, actor: `person:${person}` } as const
  const entries: Entry[] = []
  let after = before
  const subject = purpose.slice(purpose.indexOf(':') + 1)
  if (purpose.startsWith('role:')) {
    const isMany = roleNamed(await parts.documents.fresh(tx.sql), subject)?.spec.many === true
    const having = around.roles.filter(({ role }) => role === subject)
    // Somebody was faster: their page has nothing left to ask.
    if (having.length === 0 || (isMany && having.every((one) => one.person !== person))) {
      const roles = [...around.roles, { role: subject, person, acceptedAt: now, since: now }]
      after = {
        ...before,
        around: { ...around, roles, offers: isMany ? around.offers : around.offers.filter(({ role }) => role !== subject) },
      }
      entries.push(fact(about, 'role.taken', { role: subject, person }))
    }
  } else if (purpose.startsWith('responder:') && (await joinResponder(tx.sql, subject, person, now)))
    entries.push(fact(about, 'responder.joined', { responder: subject, person }))
  entries.push(...(await stopEscalations(tx, now, [incident.id], 'acknowledged', purpose)))
  if (entries.length > 0) await settle(tx, now, parts, before, after, entries)
}

/** Who has answered for it: whoever has the role, or came; null where that is not written down. */
export async function whoAnswered(sql: Sql, incidentId: string, purpose: RunPurpose): Promise<string | null> {
  const subject = purpose.slice(purpose.indexOf(':') + 1)
  if (purpose.startsWith('role:')) return (await readRoles(sql, incidentId)).findLast(({ role }) => role === subject)?.person ?? null
  if (!purpose.startsWith('responder:')) return null
  return (await readResponders(sql, incidentId)).find(({ id }) => id === subject)?.joinedBy ?? null
}
