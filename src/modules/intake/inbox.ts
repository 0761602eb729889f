import type { Clock, Instant } from '../../kernel/time.ts'
import { SECOND } from '../../kernel/time.ts'
import { crashPoint } from '../../platform/crash.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import type { Log } from '../../platform/log.ts'
import type { Accepted } from './accepted.ts'
import { insertInboxRow } from './inbox-store.ts'

/** Bodies that were written in one commit; worked off together. */
export interface InboxGroup {
  position: number
  receivedAt: Instant
  bodies: Accepted[]
}

/** Overload: a body older than this is not worked off yet. Then senders are told to come back. */
const BACKLOG_MAX_MS = 10 * SECOND
/** Overload as well: so much is here at once, what waits for its write included. What senders are told is refused costs nothing to keep. */
export const HELD_BYTES_MAX = 64 * 1024 * 1024
/** How long a node's claim on what it accepted holds. */
export const INBOX_LEASE_MS = 20 * SECOND
/** While what was accepted waits for longer than this, senders wait a little too: what is here already is worked off first. */
const EASE_AFTER_MS = 300
/** But no longer than this for one write: a sender gives up, and what waits on disk is safe. */
const EASE_MAX_MS = 1000
const GROUP_BODIES_MAX = 1000
const GROUP_BYTES_MAX = 8 * 1024 * 1024

export interface Inbox {
  /** Resolves when the body is on disk; rejects when it cannot be put there, or there is no room for it. */
  accept(body: Accepted): Promise<void>
  /** Puts a body there in a transaction that does more; worked off after its commit. */
  acceptIn(tx: Transaction, body: Accepted): Promise<void>
  /** What was accepted here and waits to be worked off, oldest first. It counts as waiting until `letGo`. */
  take(bodiesMax: number): InboxGroup[]
  /** Hands groups back after a failure. */
  putBack(groups: InboxGroup[]): void
  /** Worked off, or left to whoever finds its lease lapsed. What was put back stays. */
  letGo(groups: InboxGroup[]): void
  /** More is here than is worked off, or for too long: senders with a second address had better use it. */
  isOverloaded(now: Instant): boolean
}

interface Waiting {
  body: Accepted
  resolve(): void
  reject(error: Error): void
}

/**
 * The only thing between a sender and its answer: many bodies, one commit. One write is under way at a time; what
 * arrives meanwhile shares the next, so the heavier the load the cheaper each body.
 */
export function createInbox(parts: {
  db: Database
  clock: Clock
  log: Log
  node: string
  nudge(): void
  /** Told of every group once it is on disk. */
  onWritten(position: number, bodies: Accepted[]): void
}): Inbox {
  const { db, clock, node, log, nudge, onWritten } = parts
  let waiting: Waiting[] = []
  let beingWritten: Waiting[] = []
  let groups: InboxGroup[] = []
  /** Taken to be worked off. */
  const inHands = new Set<InboxGroup>()
  /** Of all these. */
  let heldBytes = 0
  let writing = false
  const writtenAt = new WeakMap<InboxGroup, number>()
  /** Told when groups are taken to be worked off. */
  let onTaken = () => {}

  async function write(): Promise<void> {
    writing = true
    while (waiting.length > 0) {
      await ease()
      const share = nextShare()
      beingWritten = share
      const receivedAt = clock.now()
      const bodies = share.map(({ body }) => body)
      try {
        crashPoint('ingest.before_insert')
        const position = await insertInboxRow(db.sql, receivedAt, receivedAt + INBOX_LEASE_MS, node, bodies)
        crashPoint('ingest.after_insert')
        written({ position, receivedAt, bodies })
        crashPoint('ingest.after_commit_before_202')
        for (const { resolve } of share) resolve()
        nudge()
      } catch (error) {
        // Nothing is promised: the sender hears 503 and sends again. Should it have been written after all, it is worked off when its lease lapses.
        log.error({ err: (error as Error).message, bodies: bodies.length }, 'accepted bodies could not be written')
        heldBytes -= bytesOf(bodies)
        for (const { reject } of share) reject(error as Error)
      }
      beingWritten = []
    }
    writing = false
  }

  function written(group: InboxGroup): void {
    writtenAt.set(group, performance.now())
    groups.push(group)
    onWritten(group.position, group.bodies)
  }

  async function ease(): Promise<void> {
    const end = performance.now() + EASE_MAX_MS
    while (sinceOldest() > EASE_AFTER_MS && performance.now() < end) {
      let timer: NodeJS.Timeout | undefined
      await new Promise<void>((resolve) => {
        onTaken = resolve
        timer = setTimeout(resolve, end - performance.now())
      })
      clearTimeout(timer)
    }
  }

  function sinceOldest(): number {
    const oldest = groups[0] && writtenAt.get(groups[0])
    return oldest === undefined ? 0 : performance.now() - oldest
  }

  function nextShare(): Waiting[] {
    let bytes = 0
    let count = 0
    while (
      count < waiting.length &&
      count < GROUP_BODIES_MAX &&
      (count === 0 || bytes + waiting[count]!.body.body.length <= GROUP_BYTES_MAX)
    ) {
      bytes += waiting[count]!.body.body.length
      count += 1
    }
    const share = waiting.slice(0, count)
    waiting = waiting.slice(count)
    return share
  }

  return {
    accept: (body) =>
      new Promise((resolve, reject) => {
        if (heldBytes > 0 && heldBytes + body.body.length > HELD_BYTES_MAX) throw new Error('There is no room for more')
        heldBytes += body.body.length
        waiting.push({ body, resolve, reject })
        // A turn of the event loop lets requests that arrived together share the commit.
        if (!writing) {
          writing = true
          setImmediate(() => void write())
        }
      }),
    async acceptIn(tx, body) {
      const receivedAt = clock.now()
      const position = await insertInboxRow(tx.sql, receivedAt, receivedAt + INBOX_LEASE_MS, node, [body])
      tx.afterCommit(() => {
        heldBytes += body.body.length
        written({ position, receivedAt, bodies: [body] })
        nudge()
      })
    },
    take(bodiesMax) {
      let count = 0
      let bodies = 0
      while (count < groups.length && (count === 0 || bodies + groups[count]!.bodies.length <= bodiesMax))
        bodies += groups[count++]!.bodies.length
      const taken = groups.slice(0, count)
      groups = groups.slice(count)
      for (const group of taken) inHands.add(group)
      onTaken()
      return taken
    },
    putBack(back) {
      for (const group of back) inHands.delete(group)
      groups = [...back, ...groups]
    },
    letGo(gone) {
      for (const group of gone) if (inHands.delete(group)) heldBytes -= bytesOf(group.bodies)
    },
    isOverloaded(now) {
      // The first of each is its oldest.
      const [unwritten, [taken]] = [beingWritten[0] ?? waiting[0], inHands]
      const oldest = [unwritten?.body.receivedAt, groups[0]?.receivedAt, taken?.receivedAt]
      return heldBytes >= HELD_BYTES_MAX || oldest.some((at) => at !== undefined && now - at > BACKLOG_MAX_MS)
    },
  }
}

function bytesOf(bodies: Accepted[]): number {
  return bodies.reduce((sum, { body }) => sum + body.length, 0)
}
