import { isRefusal } from '../../kernel/result.ts'
import { shorten, storable } from '../../kernel/text.ts'
import { type Clock, type Instant, SECOND } from '../../kernel/time.ts'
import { crashPoint } from '../../platform/crash.ts'
import type { Database, Sql, Transaction } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import type { Log } from '../../platform/log.ts'
import type { SecretOf } from '../../platform/secrets.ts'
import type { Documents, Snapshot } from '../documents/index.ts'
import { append, type Entry } from '../timeline/index.ts'
import type { SendSlots } from './actions.ts'
import type { Channel, Contact, Outcome, PageContent, Reach } from './channel.ts'
import { type ChannelHealth, createChannelHealth } from './health.ts'
import { contactOf, distinctLevels, type HoldFreeRuns, type Leased, type LevelOf, lease, lostLevels } from './lease.ts'
import { ATTEMPT_MS, afterAttempt, afterTest, isTest, type LeasedPage, SEND_SLOTS } from './page.ts'
import { record } from './record.ts'
import { countRulesFrom, type FinishedAttempt, nextDueAt, openWindows, recheck, reviveLapsed } from './store.ts'

const GATHER_MS = 4
/** What is due and was left because somebody else holds it is looked for again after this. */
const AGAIN_MS = 20
/** Channels cut what the other side wrote, and say some words around it; this is only for one that forgets to. */
const ANSWER_LETTERS_MAX = 500
/** Moving later rules may take so long. */
const COUNTING_MS = 1000

export interface DispatcherParts {
  node: string
  db: Database
  clock: Clock
  log: Log
  documents: Documents
  channels: Channel[]
  reach: Omit<Reach, 'now'>
  /** What each page says; read just before it leaves. */
  describe(sql: Sql, pages: LeasedPage[]): Promise<Map<string, PageContent>>
  /** Turns a reference to a secret into the secret. */
  secretOf: SecretOf
  /**
   * Told in the transaction that leases the first attempts of levels, or finds their last contacts failing or gone.
   * Answers the facts.
   */
  onLevels(tx: Transaction, now: Instant, levels: { reached: LevelOf[]; failed: LevelOf[] }): Promise<Entry[]>
  /** Locks the runs whose levels may move; who decides or ends them holds them as well. In one order for all. */
  holdRuns(tx: Transaction, runIds: string[]): Promise<unknown>
  holdFreeRuns: HoldFreeRuns
  /** Asks for another tick soon. */
  nudge(): void
  /** Nothing may leave: what is due waits where it is. */
  isPaused(): boolean
}

export interface Dispatcher {
  slots: SendSlots
  loop: Loop
  health(): ChannelHealth[]
  inFlight(): number
  /** Leases no more, waits for attempts under way and records them; what is not due for a lease is left to others. */
  drain(): Promise<void>
}

/** Leases what is due, sends it, and records what came of it: records of finished and leases of next share a commit. */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { node, db, clock, log, documents, nudge } = parts
  const channels = new Map(parts.channels.map((channel) => [channel.name, channel]))
  const health = createChannelHealth()
  /** Messages whose outcome waits to be written; each still holds its slot. */
  const finished: FinishedAttempt[][] = []
  let taken = 0
  let revivedAt = Number.NEGATIVE_INFINITY
  /** The last lease filled every slot it had: more is due. */
  let crowded = false
  let draining = false
  const waiting: (() => void)[] = []
  const holds = () => draining || parts.isPaused()

  const slots: SendSlots = {
    node,
    reserve(wanted) {
      const got = holds() ? 0 : Math.max(0, Math.min(wanted, SEND_SLOTS - taken))
      taken += got
      return got
    },
    release(count) {
      taken -= count
      wake()
    },
    send: (pages, leasedAt) => void sendAll(messagesOf(pages), leasedAt),
    nudge,
  }

  async function sendAll(messages: LeasedPage[][], leasedAt: Instant, described?: Map<string, PageContent>): Promise<void> {
    try {
      const contents = described ?? (await parts.describe(db.sql, messages.flat()))
      const wanted = await stillWanted(messages, leasedAt)
      slots.release(messages.length - wanted.length)
      crashPoint('send.before_request')
      const snapshot = documents.last()
      for (const message of wanted) void sendMessage(message, contents, snapshot)
    } catch (error) {
      // Not sent: the leases lapse and the pages are tried again, by this node or another.
      log.error({ err: (error as Error).message }, 'pages could not be prepared')
      slots.release(messages.length)
    }
  }

  /** Leases older than a second are looked at again: an acknowledgement may have come. */
  async function stillWanted(messages: LeasedPage[][], leasedAt: Instant): Promise<LeasedPage[][]> {
    // The leases lapse: what was about to leave waits with the rest.
    if (parts.isPaused()) return []
    const now = clock.now()
    if (now - leasedAt < SECOND) return messages
    const ids = await recheck(
      db.sql,
      now,
      node,
      messages.flat().map((page) => page.id),
    )
    return messages.map((pages) => pages.filter((page) => ids.has(page.id))).filter((pages) => pages.length > 0)
  }

  async function sendMessage(pages: LeasedPage[], contents: Map<string, PageContent>, snapshot: Snapshot): Promise<void> {
    const beganAt = clock.now()
    let outcome: Outcome
    try {
      outcome = await attempt(pages, contents, snapshot)
    } catch (error) {
      // A channel that throws is a bug in it, not a reason to lose the page.
      log.error({ channel: pages[0]!.channel, err: (error as Error).message }, 'a channel failed unexpectedly')
      outcome = { kind: 'unknown', answer: 'the channel failed unexpectedly; see the log' }
    }
    crashPoint('send.after_response_before_record')
    const endedAt = clock.now()
    // A mistyped address under test is no reason to say that the channel fails.
    if (!pages.every(isTest)) health.note(pages[0]!.channel, outcome, endedAt)
    const { kind } = outcome
    // Records share a commit: an answer that the database does not take would hold up those of all others.
    const answer = shorten(storable(outcome.answer), ANSWER_LETTERS_MAX)
    const nextOf = (page: LeasedPage) => (isTest(page) ? afterTest(outcome) : afterAttempt(outcome, page.attempt, endedAt))
    finished.push(pages.map((page) => ({ page, beganAt, endedAt, outcome: kind, answer, next: nextOf(page) })))
    wake()
    nudge()
  }

  async function attempt(pages: LeasedPage[], contents: Map<string, PageContent>, snapshot: Snapshot): Promise<Outcome> {
    const first = pages[0]!
    const channel = channels.get(first.channel)
    const contact = contactOf(snapshot, first)
    const said = pages.flatMap((page) => contents.get(page.id) ?? [])
    if (!channel || !contact) return { kind: 'gave-up', answer: 'the contact was removed' }
    if (said.length === 0) return { kind: 'gave-up', answer: 'the incident was removed' }
    const secret = contact.secret && (await parts.secretOf(contact.secret))
    if (isRefusal(secret)) return { kind: 'try-again', answer: `the secret of this contact cannot be read: ${secret.message}` }
    const to: Contact = { address: contact.address, settings: contact.settings ?? {}, ...(secret !== undefined && { secret }) }
    const sending = channel.send({ idempotencyKey: first.bundleId ?? first.id, pages: said }, to, { ...parts.reach, now: clock.now() })
    crashPoint('send.after_request_before_response')
    return withTimeout(sending, ATTEMPT_MS + SECOND)
  }

  function wake(): void {
    for (const resolve of waiting.splice(0)) resolve()
  }

  /** While more is due than there are slots, a commit for each answer would cost more than it saves: a few milliseconds bring several together. */
  async function gather(): Promise<void> {
    let isOver = false
    const timer = setTimeout(() => {
      isOver = true
      wake()
    }, GATHER_MS)
    while (!isOver && finished.length < SEND_SLOTS && taken > finished.length) await new Promise<void>((resolve) => waiting.push(resolve))
    clearTimeout(timer)
  }

  /** Locks are taken as everywhere: runs, then pages, then timelines; the lease, which comes between, waits for none. */
  async function recordAndLease(
    tx: Transaction,
    now: Instant,
    done: FinishedAttempt[],
    room: number,
  ): Promise<{ leased: Leased; contents: Map<string, PageContent> }> {
    const [recorded, leased] = await Promise.all([
      record(tx, now, node, done, parts.holdRuns),
      room > 0 ? lease(tx, now, node, room, parts) : { pages: [], reached: [], gone: [], windowless: [], late: [] },
    ])
    const failed = await lostLevels(tx, distinctLevels([...recorded.failing, ...leased.gone]))
    const told = leased.reached.length + failed.length > 0 ? await parts.onLevels(tx, now, { reached: leased.reached, failed }) : []
    // What follows if nobody acts is read once the levels that begin with these pages count as reached.
    const [contents] = await Promise.all([
      leased.pages.length > 0 ? parts.describe(tx.sql, leased.pages) : new Map<string, PageContent>(),
      append(tx, now, [...recorded.entries, ...told]),
    ])
    return { leased, contents }
  }

  /**
   * After the leases, in a transaction and a time of its own: pages leave whatever becomes of it, and where it fails the
   * rules keep the moments they had. Awaited, so that no rule is leased before it is moved.
   */
  async function countRules(now: Instant, late: LevelOf[], beginning: LeasedPage[]): Promise<void> {
    const ids = beginning.flatMap((page) => (page.attempt === 1 ? page.id : []))
    await db
      .transaction((tx) => countRulesFrom(tx.sql, now, late, ids), { statementTimeoutMs: COUNTING_MS })
      .catch((error: Error) => log.warn({ err: error.message }, 'later rules keep the moments they had'))
  }

  async function tick(now: Instant): Promise<number> {
    // A lapsed lease is somebody's crash; looking for one with every message would cost more than it finds.
    const looks = now - revivedAt >= SECOND || now < revivedAt
    const revived = looks ? await reviveLapsed(db.sql, now, 500) : []
    if (looks) revivedAt = now
    if (crowded) await gather()
    const done = finished.splice(0)
    const free = slots.reserve(SEND_SLOTS)
    // What this commit records gives its slots to what it leases: never more than so many sends whose outcome is not on disk.
    const room = holds() ? 0 : free + done.length
    if (done.length === 0 && room === 0) return revived.length
    let committed: Awaited<ReturnType<typeof recordAndLease>>
    try {
      committed = await db.transaction((tx) => recordAndLease(tx, now, done.flat(), room))
    } catch (error) {
      finished.unshift(...done)
      slots.release(free)
      throw error
    }
    const { leased, contents } = committed
    const messages = messagesOf(leased.pages)
    crowded = room > 0 && messages.length === room
    slots.release(done.length + free - messages.length)
    if (messages.length > 0) void sendAll(messages, now, contents)
    if (leased.late.length > 0) await countRules(now, leased.late, leased.pages)
    const opened = leased.windowless.length > 0 ? await openWindows(db.sql, leased.windowless) : 0
    return done.length + messages.length + revived.length + opened
  }

  return {
    slots,
    loop: {
      name: 'paging',
      everyMs: SECOND,
      tick,
      async nextAt() {
        if (parts.isPaused()) return null
        const at = await nextDueAt(db.sql)
        const now = clock.now()
        return at !== null && at <= now ? now + AGAIN_MS : at
      },
      async quiet() {
        if (taken === 0) return false
        while (taken > finished.length) await new Promise<void>((resolve) => waiting.push(resolve))
        return true
      },
    },
    health: health.all,
    inFlight: () => taken,
    async drain() {
      draining = true
      while (taken > 0) {
        while (taken > finished.length) await new Promise<void>((resolve) => waiting.push(resolve))
        await tick(clock.now())
      }
    },
  }
}

function messagesOf(pages: LeasedPage[]): LeasedPage[][] {
  const messages = new Map<string, LeasedPage[]>()
  for (const page of pages) {
    const key = page.bundleId ?? page.id
    messages.set(key, [...(messages.get(key) ?? []), page])
  }
  return [...messages.values()]
}

async function withTimeout(sending: Promise<Outcome>, ms: number): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(resolve, ms, { kind: 'unknown', answer: `no answer within ${Math.round(ms / SECOND)} s` } satisfies Outcome)
  })
  try {
    return await Promise.race([sending, late])
  } finally {
    clearTimeout(timer)
  }
}
