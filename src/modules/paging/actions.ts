import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { BUNDLE_WINDOW_MS, type LeasedPage, type NewPage } from './page.ts'
import { claimWindows, insertPages, type PlacedPage, supersedeWaiting } from './store.ts'

/** Where pages leave from: this node's send slots. */
export interface SendSlots {
  node: string
  /** Takes up to `wanted` slots for pages about to be leased; answers how many it got. */
  reserve(wanted: number): number
  release(count: number): void
  /** Sends pages whose lease has been committed and whose slots were reserved. */
  send(pages: LeasedPage[], leasedAt: Instant): void
  /** There may be more to lease. */
  nudge(): void
}

/**
 * Queues the pages of decided levels in the caller's transaction. As far as slots are free they are leased at once,
 * so that a first page leaves after one commit. `fresh` says that their incidents were opened in this transaction.
 * Answers the levels that were thereby reached.
 */
export async function queuePages(tx: Transaction, now: Instant, slots: SendSlots, pages: NewPage[], fresh: boolean): Promise<Set<string>> {
  if (pages.length === 0) return new Set()
  const held = fresh ? new Map<string, Instant>() : await supersedeWaiting(tx.sql, now, pages)
  const dueAt = (page: NewPage): Instant => Math.min(now + page.afterMs, held.get(waitingKey(page)) ?? Number.POSITIVE_INFINITY)
  const ready = pages.filter((page) => dueAt(page) <= now)

  const windows = await openWindows(tx, now, ready)
  const got = slots.reserve(ready.filter((page) => windows.mayLeave(page)).length)
  if (got > 0) tx.afterRollback(() => slots.release(got))

  let left = got
  const placed: PlacedPage[] = pages.map((page) => {
    const due = dueAt(page)
    if (due > now) return { ...page, dueAt: due, leased: false, bundleId: null }
    if (!windows.mayLeave(page)) return { ...page, dueAt: windows.endsAt(page), leased: false, bundleId: null }
    const leased = left > 0
    if (leased) left -= 1
    return { ...page, dueAt: due, leased, bundleId: null }
  })
  const inserted = await insertPages(tx.sql, now, slots.node, placed)
  const leaving = placed.filter((page) => page.leased && inserted.has(page.id))
  tx.afterCommit(() => {
    slots.release(got - leaving.length)
    if (leaving.length > 0) slots.send(leaving.map(asLeased), now)
    if (placed.some((page) => !page.leased && page.dueAt <= now)) slots.nudge()
  })
  return new Set(leaving.map(levelKey))
}

export function levelKey(page: { runId: string; round: number; level: number }): string {
  return `${page.runId}:${page.round}:${page.level}`
}

/**
 * For contacts that bundle: the first message goes at once, what falls due within a window of the last one waits for
 * the window's end. The very first page to a free contact may leave; its siblings join the bundle.
 */
async function openWindows(
  tx: Transaction,
  now: Instant,
  ready: NewPage[],
): Promise<{ mayLeave(page: NewPage): boolean; endsAt(page: NewPage): Instant }> {
  const first = new Map<string, NewPage>()
  for (const page of ready) if (page.bundle && !first.has(contactKey(page))) first.set(contactKey(page), page)
  const claimed = first.size === 0 ? new Map() : await claimWindows(tx.sql, now, [...first.values()])
  return {
    mayLeave: (page) => !page.bundle || (first.get(contactKey(page)) === page && claimed.get(contactKey(page))?.free === true),
    endsAt: (page) => (claimed.get(contactKey(page))?.last ?? now) + BUNDLE_WINDOW_MS,
  }
}

function contactKey(page: { person: string; contact: string }): string {
  return `${page.person}\n${page.contact}`
}

function waitingKey(page: { incidentId: string; person: string; contact: string }): string {
  return `${page.incidentId}\n${page.person}\n${page.contact}`
}

function asLeased(page: NewPage): LeasedPage {
  const { id, incidentId, runId, round, level, person, contact, channel, found } = page
  return { id, incidentId, runId, round, level, person, contact, channel, found, attempt: 1, possiblyDuplicate: false, bundleId: null }
}
