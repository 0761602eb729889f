import { newId } from '../../kernel/ids.ts'
import { DAY, HOUR, type Instant, SECOND } from '../../kernel/time.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import type { Log } from '../../platform/log.ts'
import type { IncidentParts } from '../incidents/index.ts'
import { append } from '../timeline/index.ts'
import { endedEntry } from './actions.ts'
import { dropHoursBefore } from './hours-store.ts'
import type { Accepted, Inbox, InboxGroup } from './inbox.ts'
import { INBOX_LEASE_MS } from './inbox.ts'
import { claimLapsed, insertUnparsed, markDone, tendPartitions, type Unparsed } from './inbox-store.ts'
import { Integration } from './integration.ts'
import type { AlertSource, ReadBody, Signal } from './source.ts'
import { lockLapsed, lockStillFiring, updateAlerts } from './store.ts'
import { afterChanges, type IncomingReport, lockReported, takeIn } from './take-in.ts'

export interface IntakeParts extends IncidentParts {
  db: Database
  log: Log
  node: string
  inbox: Inbox
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
    const mine = workOff(parts, now, groups, locked).finally(locked)
    // Two at a time: the one before is awaited as soon as a second one runs.
    mine.catch(() => {})
    await Promise.all([before, mayFollow])
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
    const reading = (source && (await read(source, body, { now: entry.receivedAt, receipt: entry.receipt }))) ?? {
      signals: [],
      problems: [`The dialect ‹${entry.source}› is not known to this version.`],
      answer: { status: 200, body: '' },
    }
    return { ...entry, body, reading, refused: reading.answer.status >= 400 }
  })
  return { position, receivedAt, bodies: await Promise.all(again) }
}

async function workOff(parts: IntakeParts, now: Instant, groups: InboxGroup[], onLocked?: () => void): Promise<void> {
  const positions = groups.map(({ position }) => position)
  try {
    await parts.db.transaction(async (tx) => {
      const claimed = claim(tx, now, parts.node, positions)
      await takeInGroups(tx, now, parts, groups, claimed, onLocked)
    })
  } catch (error) {
    if (error instanceof TakenOver) return
    if (!isPoison(error)) {
      parts.inbox.putBack(groups)
      throw error
    }
    parts.log.error(
      { err: (error as Error).message, groups: groups.length },
      'a batch could not be taken in; its bodies are tried one by one',
    )
    await oneByOne(parts, now, groups)
  }
}

/** Another node worked these rows off after our lease had lapsed: everything we did is rolled back. */
class TakenOver extends Error {}

async function claim(tx: Transaction, now: Instant, node: string, positions: number[]): Promise<void> {
  if ((await markDone(tx.sql, now, node, positions)) < positions.length) throw new TakenOver('inbox rows were worked off by another node')
}

/** One bad report must not hold up the others: it is set aside, visible, and the rest goes on. */
async function oneByOne(parts: IntakeParts, now: Instant, groups: InboxGroup[]): Promise<void> {
  for (const group of groups) {
    for (const [index, body] of group.bodies.entries()) {
      const { signals, problems } = body.reading
      const failures = await takeInHalves(parts, now, group, index, signals)
      const told = [...problems, ...new Set(failures.map((failure) => `It could not be stored: ${failure}`))]
      if (told.length > 0) await parts.db.transaction((tx) => insertUnparsed(tx.sql, [unparsedOf(group, index, body, told)]))
    }
    await parts.db
      .transaction((tx) => claim(tx, now, parts.node, [group.position]))
      .catch((error) => {
        if (!(error instanceof TakenOver)) throw error
      })
  }
}

/** Takes in what can be taken of a body, halving it around what cannot; answers what was wrong with that. */
async function takeInHalves(parts: IntakeParts, now: Instant, group: InboxGroup, index: number, signals: Signal[]): Promise<string[]> {
  if (signals.length === 0) return []
  const bodies = group.bodies.map((one, i) => ({ ...one, reading: { ...one.reading, problems: [], signals: i === index ? signals : [] } }))
  try {
    await parts.db.transaction((tx) => takeInGroups(tx, now, parts, [{ ...group, bodies }], Promise.resolve()))
    return []
  } catch (error) {
    if (!isPoison(error)) throw error
    if (signals.length === 1) return [(error as Error).message]
    const half = signals.length >> 1
    const first = await takeInHalves(parts, now, group, index, signals.slice(0, half))
    return [...first, ...(await takeInHalves(parts, now, group, index, signals.slice(half)))]
  }
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
async function takeInGroups(
  tx: Transaction,
  now: Instant,
  parts: IntakeParts,
  groups: InboxGroup[],
  claimed: Promise<void>,
  onLocked?: () => void,
): Promise<void> {
  const reported = groups.flatMap(({ bodies }) =>
    bodies.flatMap(({ integration, reading }) => reading.signals.map(({ dedupKey }) => ({ integration, dedupKey }))),
  )
  const locked = reported.length === 0 ? Promise.resolve([]) : lockReported(tx, reported)
  const [snapshot] = await Promise.all([parts.documents.fresh(tx.sql), locked, claimed])
  onLocked?.()
  const reports: IncomingReport[] = []
  const unparsed: Unparsed[] = []
  for (const group of groups)
    for (const [index, body] of group.bodies.entries()) {
      const integration = snapshot.get(Integration, body.integration)
      if (body.reading.problems.length > 0) unparsed.push(unparsedOf(group, index, body, body.reading.problems))
      // Its integration was removed since it was accepted: there is no service left to bring it to.
      if (!integration && body.reading.signals.length > 0)
        unparsed.push(
          unparsedOf(group, index, body, [`The integration ‹${body.integration}› was removed before this could be worked off.`]),
        )
      if (!integration) continue
      for (const signal of body.reading.signals)
        reports.push({
          signal,
          place: { position: group.position, index },
          receivedAt: body.receivedAt,
          integration: body.integration,
          service: integration.spec.service,
          demo: integration.origin.kind === 'demo',
        })
    }
  if (reports.length > 0) await takeIn(tx, now, parts, snapshot, reports, locked)
  if (unparsed.length > 0) await insertUnparsed(tx.sql, unparsed)
}

function unparsedOf(group: InboxGroup, index: number, body: Accepted, problems: string[]): Unparsed {
  return {
    id: `unp_${String(group.position).padStart(16, '0')}_${String(index).padStart(5, '0')}`,
    position: group.position,
    index,
    receivedAt: body.receivedAt,
    integration: body.integration,
    source: body.source,
    problems,
    refused: body.refused,
    body: body.body,
  }
}

/** Ends alerts whose last report promised an end that has passed, and reopens those that kept firing. */
export function lapseLoop(parts: IntakeParts): Loop {
  return {
    name: 'alert-ends',
    everyMs: 2 * SECOND,
    tick: (now) =>
      parts.db.transaction(async (tx) => {
        const lapsed = await lockLapsed(tx.sql, now, 500)
        if (lapsed.length > 0) {
          await updateAlerts(
            tx.sql,
            lapsed.map((alert) => ({ alert: { ...alert, status: 'ended', endedAt: now, endedBy: 'lapsed' }, latest: true })),
          )
          const placed = lapsed.filter((alert) => alert.incidentId !== null)
          const after = await afterChanges(tx, now, await parts.documents.fresh(tx.sql), { ended: placed, acknowledged: [] })
          await append(tx, now, [...placed.map((alert) => endedEntry(now, alert, 'lapsed')), ...after])
        }
        return lapsed.length + (await reopenStillFiring(tx, now, parts))
      }),
  }
}

async function reopenStillFiring(tx: Transaction, now: Instant, parts: IntakeParts): Promise<number> {
  const held = await lockStillFiring(tx.sql, now, 500)
  if (held.length === 0) return 0
  // Held alerts are their identity's latest; from here they are reported on as if the source had sent them now.
  await updateAlerts(
    tx.sql,
    held.map((alert) => ({ alert: { ...alert, stillFiringAt: null }, latest: true })),
  )
  const snapshot = await parts.documents.fresh(tx.sql)
  const firing = held.filter((alert) => alert.endsAt === null || alert.endsAt > now)
  await takeIn(
    tx,
    now,
    parts,
    snapshot,
    firing.map((alert) => ({
      signal: {
        dedupKey: alert.dedupKey,
        action: 'trigger',
        title: alert.title,
        severity: alert.severity,
        labels: alert.labels,
        annotations: alert.annotations,
        links: alert.links,
        warnings: alert.warnings,
        ...(alert.startsAt !== null && { startsAt: alert.startsAt }),
        ...(alert.endsAt !== null && { endsAt: alert.endsAt }),
      },
      place: { position: alert.last.position, index: alert.last.index + 1 },
      receivedAt: now,
      integration: alert.integration,
      service: alert.service,
      demo: snapshot.get(Integration, alert.integration)?.origin.kind === 'demo',
    })),
  )
  return held.length
}

/** Keeps the inbox's days: makes tomorrow's, drops what is older than it promises to keep. */
export function inboxDaysLoop(db: Database, keepDays: number): Loop {
  return {
    name: 'inbox-days',
    everyMs: HOUR,
    async tick(now) {
      await db.transaction((tx) => tendPartitions(tx.sql, now, keepDays), { statementTimeoutMs: 60_000 })
      await dropHoursBefore(db.sql, now - keepDays * DAY)
      return 0
    },
  }
}

export function newReceipt(now: Instant): string {
  return newId('rcp', now)
}
