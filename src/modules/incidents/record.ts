import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { append, type Entry } from '../timeline/index.ts'

export interface FollowedParts {
  /** What people made of incidents follows the facts about to be told; answers those that follow from them. */
  onFacts(tx: Transaction, now: Instant, entries: Entry[]): Promise<Entry[]>
}

/** Appends facts of incidents that are locked, with those that follow from them: the last thing a transaction does. */
export async function record(tx: Transaction, now: Instant, parts: FollowedParts, entries: Entry[]): Promise<void> {
  await append(tx, now, [...entries, ...(await parts.onFacts(tx, now, entries))])
}
