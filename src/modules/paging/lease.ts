import { type Instant, SECOND } from '../../kernel/time.ts'
import { crashPoint } from '../../platform/crash.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Documents, Snapshot } from '../documents/index.ts'
import { Person, type PersonContact } from '../people/index.ts'
import { levelKey } from './actions.ts'
import { BUNDLE_WINDOW_MS, isTest, type LeasedPage } from './page.ts'
import {
  claimWindows,
  type DuePage,
  failedLevels,
  leasePages,
  lockDuePages,
  lockDueSiblings,
  postponePages,
  type Window,
  withdrawGone,
} from './store.ts'

/** A level some of whose pages were just tried for the first time, or all of whose contacts have failed. */
export interface LevelOf {
  incidentId: string
  runId: `run_${string}`
  round: number
  level: number
}

export interface Leased {
  pages: LeasedPage[]
  /** Levels whose first attempt begins with these. */
  reached: LevelOf[]
  /** Levels that may have nobody left, because contacts were removed. */
  gone: LevelOf[]
  /** Contacts that have never been sent to: they get a window, and their pages leave with the next lease. */
  windowless: { person: string; contact: string }[]
  /** Levels reached later than planned whose later rules count from now: see countRulesFrom. */
  late: LevelOf[]
}

/** Locks these runs as far as nobody else has; answers those that somebody has. It waits for none of them. */
export type HoldFreeRuns = (tx: Transaction, runIds: string[]) => Promise<Set<string>>

/**
 * Leases pages whose time has come, for at most `room` messages. Pages to contacts that were removed are withdrawn,
 * pages that must wait for their contact's window are postponed to its end. It waits for nothing that others hold: a page
 * whose run is being decided or ended at this moment is left for the next look.
 */
export async function lease(
  tx: Transaction,
  now: Instant,
  node: string,
  room: number,
  { documents, holdFreeRuns }: { documents: Documents; holdFreeRuns: HoldFreeRuns },
): Promise<Leased> {
  const [locked, snapshot] = await Promise.all([lockDuePages(tx.sql, now, room), documents.fresh(tx.sql)])
  if (locked.length === 0) return { pages: [], reached: [], gone: [], windowless: [], late: [] }
  const isAlone = (page: DuePage) => page.bundleId === null && !bundles(snapshot, page)
  const together = locked.filter((page) => contactOf(snapshot, page) !== undefined && !isAlone(page))
  const siblings = together.length === 0 ? [] : await lockDueSiblings(tx.sql, now, together)
  // A level is reached by a first attempt, and may be lost with a contact.
  const movesLevel = (page: DuePage) => !isTest(page) && (page.attempt === 1 || contactOf(snapshot, page) === undefined)
  const moving = [...locked, ...siblings].filter(movesLevel)
  const busy = moving.length === 0 ? new Set<string>() : await holdFreeRuns(tx, [...new Set(moving.map((page) => page.runId))])
  const held = [...locked, ...siblings].filter((page) => !movesLevel(page) || !busy.has(page.runId))
  const gone = held.filter((page) => contactOf(snapshot, page) === undefined)
  if (gone.length > 0)
    tx.unawaited(
      withdrawGone(
        tx.sql,
        now,
        gone.map((page) => page.id),
      ),
    )
  const due = held.filter((page) => !gone.includes(page))

  const alone = due.filter(isAlone)
  const { leaving, waiting, windowless } = await gather(
    tx,
    now,
    due.filter((page) => !isAlone(page)),
  )
  const leased = [...alone, ...leaving]
  if (waiting.length > 0) tx.unawaited(postponePages(tx.sql, waiting))
  if (leased.length > 0) tx.unawaited(leasePages(tx.sql, now, node, leased))
  crashPoint('engine.after_claim')

  const first = leased.filter((page) => page.attempt === 1)
  return {
    pages: leased,
    reached: distinctLevels(first.filter((page) => !isTest(page))),
    gone: distinctLevels(gone.filter((page) => !isTest(page))),
    windowless,
    late: distinctLevels(first.filter((page) => page.hasLaterRules && now - page.plannedFor > SECOND)),
  }
}

/** Those of these levels that have nobody left. */
export async function lostLevels(tx: Transaction, levels: LevelOf[]): Promise<LevelOf[]> {
  if (levels.length === 0) return []
  const failed = new Set((await failedLevels(tx.sql, levels)).map(levelKey))
  return levels.filter((level) => failed.has(levelKey(level)))
}

/** Decides which pages of bundling contacts leave now, and which share a message. */
async function gather(
  tx: Transaction,
  now: Instant,
  pages: DuePage[],
): Promise<{ leaving: DuePage[]; waiting: { id: string; dueAt: Instant }[]; windowless: Leased['windowless'] }> {
  // A message that is tried again keeps its members and its key, whatever the window.
  const leaving = pages.filter((page) => page.attempt > 1)
  const byContact = new Map<string, DuePage[]>()
  for (const page of pages) {
    if (page.attempt > 1) continue
    const key = `${page.person}\n${page.contact}`
    byContact.set(key, [...(byContact.get(key) ?? []), page])
  }
  if (byContact.size === 0) return { leaving, waiting: [], windowless: [] }
  const windows = await claimWindows(
    tx.sql,
    now,
    [...byContact.values()].map((some) => some[0]!),
  )
  const waiting: { id: string; dueAt: Instant }[] = []
  const windowless: Leased['windowless'] = []
  for (const [key, some] of byContact) {
    const window = windows.get(key)
    if (!window) {
      windowless.push({ person: some[0]!.person, contact: some[0]!.contact })
      continue
    }
    const leavers = window.free ? leavingNow(some, window) : []
    leaving.push(...leavers)
    for (const page of some)
      if (!leavers.some((one) => one.id === page.id)) waiting.push({ id: page.id, dueAt: window.last + BUNDLE_WINDOW_MS })
  }
  return { leaving, waiting, windowless }
}

/** Those that waited for the window's end leave as one; without any, the first goes at once and opens a window. */
function leavingNow(pages: DuePage[], window: Window): DuePage[] {
  const waited = pages.filter((page) => window.before !== null && page.dueAt <= window.before + BUNDLE_WINDOW_MS)
  if (waited.length < 2) return pages.slice(0, 1)
  return waited.map((page) => ({ ...page, bundleId: `bundle:${waited[0]!.id}` }))
}

function bundles(snapshot: Snapshot, page: DuePage): boolean {
  // A test claims no window: what it would hold up may be real.
  return !isTest(page) && contactOf(snapshot, page)?.bundle !== false
}

export function contactOf(snapshot: Snapshot, page: { person: string; contact: string }): PersonContact | undefined {
  return snapshot.get(Person, page.person)?.spec.contacts?.find((one) => one.name === page.contact)
}

export function distinctLevels(pages: LevelOf[]): LevelOf[] {
  const levels = new Map<string, LevelOf>()
  for (const { incidentId, runId, round, level } of pages)
    levels.set(levelKey({ runId, round, level }), { incidentId, runId, round, level })
  return [...levels.values()]
}
