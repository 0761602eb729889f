import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Entry, PageFact, TimelineEvent } from '../timeline/index.ts'
import { distinctLevels, type LevelOf } from './lease.ts'
import { isTest } from './page.ts'
import { bringForwardNextContacts, type FinishedAttempt, recordAttempts } from './store.ts'

/**
 * Writes what came of attempts. A contact that failed at its first attempt sends the person's next contact at once.
 * Answers the facts, for the caller to append, and the levels that may have nobody left.
 */
export async function record(
  tx: Transaction,
  now: Instant,
  node: string,
  done: FinishedAttempt[],
  holdRuns: (tx: Transaction, runIds: string[]) => Promise<unknown>,
): Promise<{ entries: Entry[]; failing: LevelOf[] }> {
  if (done.length === 0) return { entries: [], failing: [] }
  // What follows a failure is decided under its run, and runs are locked before pages.
  const runIds = done.filter(({ outcome, page }) => outcome !== 'delivered' && !isTest(page)).map(({ page }) => page.runId)
  const held = runIds.length > 0 ? holdRuns(tx, [...new Set(runIds)]) : undefined
  const [there] = await Promise.all([recordAttempts(tx.sql, node, done), held])
  // Not the first attempt but the first failure: an attempt that a crash cut off was none.
  const fails = ({ outcome, page }: FinishedAttempt) =>
    outcome !== 'delivered' && !isTest(page) && there.get(page.id)?.failedBefore === false
  const failures = done.filter(fails).map(({ page }) => page)
  if (failures.length > 0) tx.unawaited(bringForwardNextContacts(tx.sql, now, failures))
  // The first failure and every end are told; a long outage's retries are in the delivery log, not on the timeline.
  const ends = ({ outcome }: FinishedAttempt) => outcome === 'delivered' || outcome === 'gave-up'
  const worthTelling = done.filter((attempt) => there.has(attempt.page.id) && !isTest(attempt.page) && (ends(attempt) || fails(attempt)))
  return { entries: worthTelling.map(entryOf), failing: distinctLevels(failures) }
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
