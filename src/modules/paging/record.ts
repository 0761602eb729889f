import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { append, type Entry, type PageFact, type TimelineEvent } from '../timeline/index.ts'
import { levelKey } from './actions.ts'
import { distinctLevels, type LevelOf } from './lease.ts'
import { bringForwardNextContacts, type FinishedAttempt, failedLevels, recordAttempts } from './store.ts'

/** Told in the transaction that records the last first failure of a level. */
export type OnFailed = (tx: Transaction, now: Instant, levels: LevelOf[]) => Promise<void>

/**
 * Writes what came of attempts. A contact that failed at its first attempt sends the person's next contact at once;
 * a level whose contacts have all failed is told upwards.
 */
export async function record(tx: Transaction, now: Instant, node: string, done: FinishedAttempt[], onFailed: OnFailed): Promise<void> {
  const there = await recordAttempts(tx.sql, node, done)
  const failures = done.filter(({ outcome, page }) => outcome !== 'delivered' && page.attempt === 1).map(({ page }) => page)
  if (failures.length > 0) {
    await bringForwardNextContacts(tx.sql, now, failures)
    const levels = distinctLevels(failures)
    const failed = new Set((await failedLevels(tx.sql, levels)).map(levelKey))
    const lost = levels.filter((level) => failed.has(levelKey(level)))
    if (lost.length > 0) await onFailed(tx, now, lost)
  }
  await append(tx.sql, now, done.filter((attempt) => there.has(attempt.page.id) && worthTelling(attempt)).map(entryOf))
}

/** The first failure and every end are told; a long outage's retries are in the delivery log, not on the timeline. */
function worthTelling({ outcome, page }: FinishedAttempt): boolean {
  return outcome === 'delivered' || outcome === 'gave-up' || page.attempt === 1
}

function entryOf({ page, endedAt, outcome, answer, next }: FinishedAttempt): Entry {
  const { id, person, contact, channel, attempt, bundleId } = page
  const fact: PageFact = { page: id, person, contact, channel, attempt, answer, ...(bundleId && { bundle: bundleId }) }
  return {
    incidentId: page.incidentId as `inc_${string}`,
    happenedAt: endedAt,
    actor: 'system',
    event: eventOf(outcome, fact, next.status === 'retrying' ? next.dueAt : null),
  }
}

function eventOf(outcome: FinishedAttempt['outcome'], fact: PageFact, nextAttemptAt: Instant | null): TimelineEvent {
  switch (outcome) {
    case 'delivered':
      return { type: 'page.delivered', data: fact }
    case 'gave-up':
      return { type: 'page.gave-up', data: fact }
    case 'unknown':
      return { type: 'page.outcome-unknown', data: { ...fact, nextAttemptAt } }
    case 'try-again':
      return { type: 'page.failed', data: { ...fact, nextAttemptAt } }
  }
}
