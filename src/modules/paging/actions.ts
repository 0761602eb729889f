import { newId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import type { PagingRule } from '../people/index.ts'
import { BUNDLE_WINDOW_MS, type LeasedPage, type NewPage, type PageId, pageId } from './page.ts'
import { claimWindows, insertPages, type PlacedPage, supersedeWaiting, type Window } from './store.ts'

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
  const held = fresh ? new Map<string, Instant[]>() : await supersedeWaiting(tx.sql, now, pages)
  const dueAt = dueTimes(now, pages, held)
  const ready = pages.filter((page) => dueAt.get(page.id)! <= now)

  const heads = headsOf(ready)
  const got = slots.reserve(heads.size)
  if (got > 0) tx.afterRollback(() => slots.release(got))
  // A window is claimed only by what has a slot to leave through: claimed in vain it would hold the page up.
  const leavers = new Set([...heads.values()].slice(0, got))
  const windows = await claimWindowsOf(tx, now, leavers)

  const placed: PlacedPage[] = pages.map((page) => {
    const due = dueAt.get(page.id)!
    const window = windows.get(contactKey(page))
    // Without an answer about its window somebody else is about to send to the contact: the next lease sees what became of that.
    const leased = due <= now && leavers.has(page) && (!page.bundle || window?.free === true)
    const waits = due <= now && !leased && page.bundle && window !== undefined
    return { ...page, dueAt: waits ? window.last + BUNDLE_WINDOW_MS : due, leased, bundleId: null }
  })
  const inserting = insertPages(tx.sql, now, slots.node, placed)
  // Pages of incidents that nobody else can see yet are new for certain; others may have been decided before.
  if (fresh) tx.unawaited(inserting)
  const inserted = fresh ? undefined : await inserting
  const leaving = placed.filter((page) => page.leased && inserted?.has(page.id) !== false)
  tx.afterCommit(() => {
    slots.release(got - leaving.length)
    if (leaving.length > 0) slots.send(leaving.map(asLeased), now)
    if (placed.some((page) => !page.leased && page.dueAt <= now)) slots.nudge()
  })
  return new Set(leaving.map(levelKey))
}

/** Queues pages that are about nothing: they go the way real ones would, by themselves. Answers their ids. */
export async function queueTestPages(
  tx: Transaction,
  now: Instant,
  slots: SendSlots,
  { name: person, version: personVersion }: { name: string; version: number },
  rules: PagingRule[],
): Promise<PageId[]> {
  const test = newId('tst', now)
  // Of no escalation: nobody is tried after it.
  const runId = newId('run', now)
  const pages = rules.map(
    ({ index, contact, afterMs }): NewPage => ({
      ...{ id: pageId(test, 0, 0, 0, person, index), incidentId: test, runId, round: 0, level: 0, person, personVersion, rule: index },
      ...{
        contact: contact.name,
        channel: contact.channel,
        bundle: false,
        urgency: 'high',
        found: { target: { person }, person },
        afterMs,
      },
    }),
  )
  await queuePages(tx, now, slots, pages, true)
  return pages.map(({ id }) => id)
}

export function levelKey(page: { runId: string; round: number; level: number }): string {
  return `${page.runId}:${page.round}:${page.level}`
}

/** When each page falls due: by its rule, or earlier where the contact was to hear of the incident earlier already. */
function dueTimes(now: Instant, pages: NewPage[], held: Map<string, Instant[]>): Map<string, Instant> {
  const times = new Map<string, Instant>()
  for (const page of [...pages].sort((a, b) => a.afterMs - b.afterMs)) {
    const due = now + page.afterMs
    const earlier = held.get(waitingKey(page))
    times.set(page.id, earlier?.[0] !== undefined && earlier[0] <= due ? earlier.shift()! : due)
  }
  return times
}

/**
 * The pages that may leave at once, the urgent first, each by a key of its own. To a contact that bundles it is the first of them: what
 * falls due within a window of its last message waits for the window's end.
 */
function headsOf(ready: NewPage[]): Map<string, NewPage> {
  const heads = new Map<string, NewPage>()
  for (const page of [...ready.filter(({ urgency }) => urgency === 'high'), ...ready.filter(({ urgency }) => urgency === 'low')]) {
    const key = page.bundle ? contactKey(page) : page.id
    if (!heads.has(key)) heads.set(key, page)
  }
  return heads
}

async function claimWindowsOf(tx: Transaction, now: Instant, leavers: ReadonlySet<NewPage>): Promise<Map<string, Window>> {
  const bundling = [...leavers].filter((page) => page.bundle)
  return bundling.length === 0 ? new Map() : claimWindows(tx.sql, now, bundling)
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
