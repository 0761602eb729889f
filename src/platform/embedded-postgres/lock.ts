import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { type Connection, openClient } from './connection.ts'
import { pollUntil } from './poll.ts'
import { EmbeddedPostgresRefusal } from './refusal.ts'
import type { Server } from './sighting.ts'

/** The lock is PostgreSQL's own, so that it ends with its holder; in its own database, where nobody else's locks are. */
const KEY = 20260401

/** What holding the lock takes: a way to the server, which is asked for again whenever the connection is lost. */
export interface LockWanted {
  path: string
  waitMs: number
  signal: AbortSignal
  reach(last: Server | undefined): Promise<{ server: Server; reused: boolean }>
  log(line: string): void
}

export interface Held {
  client: pg.Client
  server: Server
  reused: boolean
  /** Resolves when the connection, and with it the lock, is lost. */
  lost: Promise<void>
}

/**
 * Makes this run the only one on its data folder. Tried for a while, because the one before may be just about to leave;
 * when it takes the server along as it goes, the server is started again.
 */
export async function takeLock(wanted: LockWanted, last?: Server): Promise<Held> {
  for (let attempts = 10; ; attempts--) {
    const { server, reused } = await wanted.reach(last)
    try {
      return { ...(await lockOn(server.connection, wanted)), server, reused }
    } catch (error) {
      // The server went away under us.
      if (error instanceof EmbeddedPostgresRefusal || wanted.signal.aborted || attempts <= 1) throw error
    }
  }
}

/** Takes the lock again whenever it is lost, for as long as this run lasts; `onHeld` is told what is held now. */
export async function keepLock(first: Held, wanted: LockWanted, onHeld: (held: Held | undefined) => void): Promise<void> {
  let held: Held | undefined = first
  while (held) {
    // The lock alone is no reason for the process to live on.
    ;(held.client as pg.Client & { unref(): void }).unref()
    await held.lost
    onHeld(undefined)
    if (wanted.signal.aborted) return
    wanted.log('The connection to PostgreSQL that locks the data folder was lost; connecting again.')
    held = await takeLockAgain(wanted, held.server)
    onHeld(held)
  }
}

/** True if another Tocsin has the lock now. */
export async function isLockedByAnother(connection: Connection): Promise<boolean> {
  const client = await openClient(connection, APPLICATION_NAME)
  try {
    return !(await tryLock(client))
  } finally {
    await client.end()
  }
}

const APPLICATION_NAME = 'tocsin lock'

async function lockOn(connection: Connection, { path, waitMs, signal }: LockWanted): Promise<{ client: pg.Client; lost: Promise<void> }> {
  const client = await openClient(connection, APPLICATION_NAME)
  const lost = new Promise<void>((done) => client.once('end', done))
  try {
    const look = async () => signal.aborted || (await tryLock(client)) || undefined
    const isLocked = await pollUntil(look, { everyMs: 100, forMs: waitMs })
    signal.throwIfAborted()
    if (isLocked) return { client, lost }
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
  await client.end().catch(() => {})
  throw new EmbeddedPostgresRefusal(
    `Another Tocsin is running on ${path}: stop it first, or choose another folder with --data. ` +
      'To run several nodes, give each of them the same PostgreSQL with DATABASE_URL.',
  )
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [KEY])
  return rows[0]!.locked
}

/** Never gives up: meanwhile nothing works without the database, and each reason is worth telling once. */
async function takeLockAgain(wanted: LockWanted, last: Server): Promise<Held | undefined> {
  let told = ''
  for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, 5000)) {
    try {
      const held = await takeLock(wanted, last)
      wanted.log('The data folder is locked again.')
      return held
    } catch (error) {
      if (wanted.signal.aborted) return undefined
      const reason = (error as Error).message
      if (reason !== told) wanted.log(reason)
      told = reason
    }
    await delay(pauseMs, undefined, { signal: wanted.signal, ref: false }).catch(() => {})
  }
}
