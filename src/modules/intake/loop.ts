import { newId } from '../../kernel/ids.ts'
import { HOUR, type Instant, SECOND } from '../../kernel/time.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import { DEADLINE_MS } from '../../platform/deadlines.ts'
import type { Loop } from '../../platform/engine.ts'
import type { Log } from '../../platform/log.ts'
import { type IncomingReport, lockReported, takeIn } from '../alerts/index.ts'
import { Integration } from '../catalog/index.ts'
import type { IncidentParts } from '../incidents/index.ts'
import type { Accepted } from './accepted.ts'
import type { HourCounts } from './hours.ts'
import { forgetHours } from './hours-store.ts'
import type { Inbox, InboxGroup } from './inbox.ts'
import { INBOX_LEASE_MS } from './inbox.ts'
import {
  addDays,
  claimLapsed,
  cutBodies,
  daysWithin,
  dropDay,
  forgetOther,
  holdLease,
  insertUnparsed,
  markDone,
  type Unparsed,
} from './inbox-store.ts'
import { contextOf, readAsKept } from './kept.ts'
import { halved, type Part, piecesOf, REPORTS_MAX } from './pieces.ts'
import type { AlertSource, ReadBody } from './source.ts'

export interface IntakeParts extends IncidentParts {
  db: Database
  log: Log
  node: string
  inbox: Inbox
  hours: HourCounts
  sources: AlertSource[]
  read: ReadBody
}

/** Bodies worked off in one commit. Larger batches cost less each; smaller ones page sooner. */
const BATCH_BODIES = 300
const BATCH_REPORTS = 2000
const BATCHES = 8

/** Works off what was accepted: from memory as a rule, from the inbox after a crash or a lapsed lease. */
export function intakeLoop(parts: IntakeParts): Loop {
  const { db, node } = parts
  return {
    name: 'intake',
    everyMs: SECOND,
    async tick(now) {
      const worked = await workOffAccepted(parts, now)
      if (worked > 0) return worked
      const rows = await claimLapsed(db.sql, now, now + INBOX_LEASE_MS, node, 20)
      if (rows.length === 0) return 0
      await workOff(parts, now, await Promise.all(rows.map((row) => readAgain(parts, row))))
      return rows.length
    },
  }
}

/**
 * Batches follow each other closely: while the database works on one, the next is folded. It begins once the one before
 * has locked what it is about, so reports of one identity keep their order.
 */
async function workOffAccepted(parts: IntakeParts, now: Instant): Promise<number> {
  let worked = 0
  let before: Promise<void> = Promise.resolve()
  // A few, then back to the engine for a fresh `now`.
  for (let batch = 0, groups = takeBatch(parts.inbox); groups.length > 0; batch++, groups = batch < BATCHES ? takeBatch(parts.inbox) : []) {
    worked += groups.length
    let locked = () => {}
    const mayFollow = new Promise<void>((resolve) => {
      locked = resolve
    })
    const mine = workOff(parts, now, groups, locked).finally(() => {
      locked()
      parts.inbox.letGo(groups)
    })
    // Two at a time: the one before is awaited as soon as a second one runs.
    mine.catch(() => {})
    await Promise.all([before, mayFollow]).catch(async (error) => {
      // What goes wrong is told when nothing is under way any more: the next look finds all that was put back.
      await mine.catch(() => {})
      throw error
    })
    before = mine
  }
  await before
  return worked
}

/** Small bodies by the hundred; a body that itself holds hundreds of reports nearly alone. */
function takeBatch(inbox: Inbox): InboxGroup[] {
  const groups = inbox.take(BATCH_BODIES)
  let reports = 0
  let count = 0
  while (count < groups.length && (count === 0 || reports < BATCH_REPORTS))
    reports += groups[count++]!.bodies.reduce((sum, { reading }) => sum + reading.signals.length, 0)
  if (count < groups.length) inbox.putBack(groups.splice(count))
  return groups
}

async function readAgain(
  { sources, read }: IntakeParts,
  { position, receivedAt, entries, bodies }: Awaited<ReturnType<typeof claimLapsed>>[number],
): Promise<InboxGroup> {
  const again = entries.map(async (entry, i): Promise<Accepted> => {
    const body = bodies[i]!
    const source = sources.find(({ name }) => name === entry.source)
    const reading = (source && (await readAsKept(entry, () => read(source, body, contextOf(entry))))) ?? {
      signals: [],
      problems: [`The dialect ‹${entry.source}› is not known to this version.`],
      answer: { status: 200, body: '' },
    }
    return { ...entry, body, reading, refused: reading.answer.status >= 400 }
  })
  return { position, receivedAt, bodies: await Promise.all(again) }
}

/**
 * Takes a batch in, piece by piece: each is a transaction of its own, and the last of them says that the batch is worked
 * off. Should this be cut short, what was taken in already is known by its place and is not taken in again.
 */
async function workOff(parts: IntakeParts, now: Instant, groups: InboxGroup[], onLocked?: () => void): Promise<void> {
  const { db, documents, inbox, node } = parts
  const began = performance.now()
  const snapshot = documents.last()
  const pieces = piecesOf(
    groups,
    (integration) => snapshot.get(Integration, integration)?.spec.service ?? integration,
    (part) => limits.get(bodyOf(part)) ?? REPORTS_MAX,
  )
  const last = pieces.pop() ?? []
  const unusable: Unusable[] = []
  let late: unknown
  try {
    for (const piece of pieces) {
      const outcome = await takeInPiece(parts, now, piece, {
        claim: (tx) => stillOurs(tx, now + (performance.now() - began), node, groups),
      })
      unusable.push(...outcome.unusable)
      // The others have their turn; but where nothing gets through, nothing is tried for long.
      if (outcome.late !== undefined && late !== undefined) throw outcome.late
      late = outcome.late ?? late
    }
    if (late !== undefined) {
      await takeInPiece(parts, now, last, {})
      throw late
    }
    const claim = (tx: Transaction) => workedOff(tx, now, node, groups)
    const show = (tx: Transaction, more: Unusable[]) => insertUnparsed(tx.sql, unparsedOf(groups, [...unusable, ...more]))
    const outcome = await takeInPiece(parts, now, last, { claim, show, ...(onLocked && { onLocked }) })
    if (outcome.late !== undefined) throw outcome.late
    if (outcome.split) await db.transaction((tx) => Promise.all([claim(tx), show(tx, outcome.unusable)]))
  } catch (error) {
    if (error instanceof TakenOver) return
    inbox.putBack(groups)
    throw error
  }
}

/** Another node worked these rows off after our lease had lapsed: everything we did is rolled back, or known by its place. */
class TakenOver extends Error {}

/** Part of a body that cannot be taken in, and why. */
interface Unusable extends Part {
  problem: string
}

interface Aside {
  /** The rows are still ours. */
  claim?(tx: Transaction): Promise<void>
  onLocked?(): void
  /** Keeps what could not be used where people see it. */
  show?(tx: Transaction, unusable: Unusable[]): Promise<void>
}

interface TakenIn {
  unusable: Unusable[]
  /** It took too long, which says nothing about the data; to be tried again. */
  late?: unknown
  /** In more than one transaction: what was to be done aside is left to do. */
  split?: true
}

/** Of bodies that took too long: how many reports may go with theirs, and how often it was tried with no more than one alert. */
const limits = new WeakMap<Accepted, number>()
const alone = new WeakMap<Accepted, { tries: number; before: number }>()
const TRIES_ALONE = 3
/** Transactions of the intake that came to their end. */
let committed = 0

/**
 * Takes in what can be taken in of a piece, halving it around what cannot. What takes too long is tried again in smaller
 * pieces; alone, again and again, while everything else gets through, it is unusable as well.
 */
async function takeInPiece(parts: IntakeParts, now: Instant, piece: Part[], aside: Aside): Promise<TakenIn> {
  try {
    const unusable = await parts.db.transaction((tx) => takeInParts(tx, now, parts, piece, aside))
    committed += 1
    return { unusable }
  } catch (error) {
    const problem = (error as Error).message
    const halves = halved(piece)
    if (isTooLong(error)) {
      const reports = piece.reduce((sum, { signals }) => sum + signals.length, 0)
      for (const part of piece) limits.set(bodyOf(part), Math.max(reports >> 1, 1))
      parts.log.error({ reports }, 'reports took too long to be taken in; they are tried again in smaller pieces')
      return halves === undefined && piece[0] && isHopeless(piece[0])
        ? { unusable: [{ ...piece[0], problem: `It took too long to be stored, ${TRIES_ALONE} times.` }], split: true }
        : { unusable: [], late: error }
    }
    if (error instanceof TakenOver || !isPoison(error) || !piece[0]) throw error
    parts.log.error({ err: problem }, 'a batch could not be taken in; what is wrong in it is looked for')
    if (halves === undefined) return { unusable: [{ ...piece[0], problem: `It could not be stored: ${problem}` }], split: true }
    const unusable: Unusable[] = []
    for (const half of halves) {
      const outcome = await takeInPiece(parts, now, half, {})
      if (outcome.late !== undefined) return outcome
      unusable.push(...outcome.unusable)
    }
    return { unusable, split: true }
  }
}

function bodyOf({ group, index }: Part): Accepted {
  return group.bodies[index]!
}

function isHopeless(part: Part): boolean {
  const { tries, before } = alone.get(bodyOf(part)) ?? { tries: 0, before: committed }
  alone.set(bodyOf(part), { tries: tries + 1, before })
  return tries + 1 >= TRIES_ALONE && committed > before
}

/** The rows are ours still, and stay so for another while: the batch is a long one. */
async function stillOurs({ sql }: Transaction, now: Instant, node: string, groups: InboxGroup[]): Promise<void> {
  const positions = groups.map(({ position }) => position)
  if ((await holdLease(sql, now + INBOX_LEASE_MS, node, positions)) < positions.length) throw new TakenOver('taken over by another node')
}

async function workedOff({ sql }: Transaction, now: Instant, node: string, groups: InboxGroup[]): Promise<void> {
  const positions = groups.map(({ position }) => position)
  if ((await markDone(sql, now, node, positions)) < positions.length) throw new TakenOver('worked off by another node')
  for (const { position, bodies } of groups) if (bodies.some(({ stays }) => stays !== undefined)) await cutBodies(sql, position, bodies)
}

/** The database gave up on it, which says nothing about the data. */
function isTooLong(error: unknown): boolean {
  return (error as { code?: string }).code === '57014'
}

/** A fault of the data (class 22, 23, 54) or of our code, not of the database's health. */
function isPoison(error: unknown): boolean {
  const code = (error as { code?: string }).code
  return code === undefined
    ? !/connection|timeout|terminat/i.test((error as Error).message)
    : /^(22|23|54|42)/.test(code) || code.startsWith('ERR_')
}

/**
 * Asks for everything it can before it waits for any answer: the claim on the rows, whether the configuration still
 * stands, and the alerts that are reported. `onLocked` is told when those are locked: from then on the next batch may
 * begin without overtaking this one.
 */
async function takeInParts(tx: Transaction, now: Instant, parts: IntakeParts, piece: Part[], aside: Aside): Promise<Unusable[]> {
  const claimed = aside.claim?.(tx)
  const reported = piece.flatMap((part) => part.signals.map(({ dedupKey }) => ({ integration: bodyOf(part).integration, dedupKey })))
  const names = [...new Set(reported.map(({ integration }) => integration))]
  const gathering = new Set(names.filter((name) => parts.hours.alertsOfDay.share(name, now) >= 1))
  const locked = reported.length === 0 ? Promise.resolve([]) : lockReported(tx, reported, gathering)
  const [snapshot] = await Promise.all([parts.documents.fresh(tx.sql), locked, claimed])
  aside.onLocked?.()
  const unusable: Unusable[] = []
  const reports = piece.flatMap((part): IncomingReport[] => {
    const { integration: name, receivedAt } = bodyOf(part)
    const integration = snapshot.get(Integration, name)
    // Its integration was removed since it was accepted: there is no service left to bring it to.
    if (!integration) unusable.push({ ...part, problem: `The integration ‹${name}› was removed before this could be worked off.` })
    if (!integration) return []
    const place = { position: part.group.position, index: part.index }
    const { service } = integration.spec
    const demo = integration.origin.kind === 'demo'
    return part.signals.map((signal) => ({ signal, place, receivedAt, integration: name, service, demo }))
  })
  if (reports.length > 0) {
    const bytes = await takeIn(tx, now, parts, snapshot, reports, { locked, gathering })
    tx.afterCommit(() => {
      for (const [integration, its] of bytes) parts.hours.noteAlerts(integration, now, its)
    })
  }
  await aside.show?.(tx, unusable)
  return unusable
}

/** What of these bodies could not be used. */
function unparsedOf(groups: InboxGroup[], unusable: Unusable[]): Unparsed[] {
  return groups.flatMap((group) =>
    group.bodies.flatMap((body, index): Unparsed[] => {
      const more = unusable.filter((one) => one.group === group && one.index === index).map(({ problem }) => problem)
      const problems = [...new Set([...body.reading.problems, ...more])]
      if (problems.length === 0) return []
      // Over the quota of the day it is counted, and no more.
      if (body.stays === 0 && body.body.length > 0) return []
      const { integration, source, receivedAt, refused } = body
      const id = `unp_${String(group.position).padStart(16, '0')}_${String(index).padStart(5, '0')}`
      return [
        {
          id,
          position: group.position,
          index,
          receivedAt,
          integration,
          source,
          problems,
          refused,
          body: body.body.subarray(0, body.stays),
        },
      ]
    }),
  )
}

/** Makes the inbox's days before they begin. */
export function inboxDaysLoop(db: Database): Loop {
  return {
    name: 'inbox-days',
    everyMs: HOUR,
    async tick(now) {
      await db.transaction((tx) => addDays(tx.sql, now), { statementTimeoutMs: DEADLINE_MS.partitions })
      return 0
    },
  }
}

/** Lets go of bodies by the day: those older than `before`, and as many more of the oldest as are over `bytesMax` together. */
export async function forgetBodiesBefore(db: Database, now: Instant, before: Instant, bytesMax: number, rows: number): Promise<number> {
  const from = Math.max(before, await daysWithin(db.sql, now, bytesMax))
  while (await db.transaction((tx) => dropDay(tx, from)));
  return Math.max(await forgetOther(db.sql, from, rows), await forgetHours(db.sql, before, rows))
}

export function newReceipt(now: Instant): string {
  return newId('rcp', now)
}
