import type { IncidentId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { type Entry, fact } from '../timeline/index.ts'
import type { Alert } from './alert.ts'
import {
  countOpenAlertsOf,
  endSomeAlertsOf,
  forgetEnding,
  forgetMove,
  insertEnding,
  insertMove,
  lockEnding,
  lockMove,
  type Move,
  moveSomeAlerts,
} from './store.ts'

/** Alerts ended with the resolve itself, and in each transaction behind it. */
const AT_ONCE = 200
const BEHIND = 2000

/**
 * A person resolves an incident, which is locked: its open alerts count as ended from now on. The first of them are ended
 * here, what is left in the loop's own time, for there may be tens of thousands. Answers how many they are; their end is
 * told with the incident's.
 */
export async function endAlertsByPerson(tx: Transaction, now: Instant, incidentId: IncidentId): Promise<number> {
  const open = await countOpenAlertsOf(tx.sql, incidentId)
  const ended = open === 0 ? 0 : await endSomeAlertsOf(tx.sql, { incidentId, at: now }, AT_ONCE)
  if (ended < open) tx.unawaited(insertEnding(tx.sql, now, incidentId))
  return open
}

/** Ends some alerts of an incident that a person resolved; answers how many, or 1 for the last look. */
export async function endResolved(tx: Transaction): Promise<number> {
  const ending = await lockEnding(tx.sql)
  if (!ending) return 0
  const ended = await endSomeAlertsOf(tx.sql, ending, BEHIND)
  if (ended > 0) return ended
  // Reports may hold some at this moment: those come with the next look.
  return (await forgetEnding(tx.sql, ending.incidentId)) ? 1 : 0
}

/** Alerts go with their incident to another, or back: the first of them at once, the others in the loop's own time. Both are locked. */
export async function moveAlerts(tx: Transaction, move: Move): Promise<void> {
  await moveSomeAlerts(tx.sql, move, AT_ONCE)
  await insertMove(tx.sql, move)
}

/** Moves some alerts; answers how many, or 1 for the last look. */
export async function goOnMoving(tx: Transaction): Promise<number> {
  const move = await lockMove(tx.sql)
  if (!move) return 0
  const moved = await moveSomeAlerts(tx.sql, move, BEHIND)
  if (moved > 0) return moved
  return (await forgetMove(tx.sql, move)) ? 1 : 0
}

/** The fact that an alert of an incident has ended. */
export function endedEntry(now: Instant, alert: Alert, by: 'source' | 'lapsed'): Entry {
  const actor = by === 'source' ? (`integration:${alert.integration}` as const) : 'system'
  return fact({ incidentId: alert.incidentId!, happenedAt: now, actor }, 'alert.ended', { alert: alert.id, title: alert.title, by })
}
