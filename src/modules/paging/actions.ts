import { newId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import type { PersonContact } from '../people/index.ts'
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
    const window = page.bundle ? windows.get(contactKey(page)) : undefined
    const leased = due <= now && leavers.has(page) && window?.free !== false
    const waits = due <= now && !leased && window !== undefined
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

/** Queues a page that is about nothing: it goes the way a real one would, and by itself. Answers its id. */
export async function queueTestPage(
  tx: Transaction,
  now: Instant,
  slots: SendSlots,
  { person, personVersion, contact }: { person: string; personVersion: number; contact: PersonContact },
): Promise<PageId> {
  const test = newId('tst', now)
  const page: NewPage = {
    id: pageId(test, 0, 0, 0, person, 0),
    incidentId: test,
    // Of no escalation: nobody is tried after it.
    runId: newId('run', now),
    round: 0,
    level: 0,
    person,
    personVersion,
    rule: 0,
    contact: contact.name,
    channel: contact.channel,
    bundle: false,
    urgency: 'high',
    found: { target: { person }, person },
    afterMs: 0,
  }
  await queuePages(tx, now, slots, [page], true)
  return page.id
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
 * The pages that may leave at once, each by a key of its own. To a contact that bundles it is the first of them: what
 * falls due within a window of its last message waits for the window's end.
 */
function headsOf(ready: NewPage[]): Map<string, NewPage> {
  const heads = new Map<string, NewPage>()
  for (const page of ready) {
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
