import { MINUTE, SECOND } from '../kernel/time.ts'
import type { Log } from './log.ts'

/** How long anything is waited for before it is given up on our side, in one place. Nothing is waited for without an end. */
export const DEADLINE_MS = {
  /** A connection to the database: made, or lent by the pool. */
  connect: 5 * SECOND,
  /** A statement: the server ends it then. */
  statement: 5 * SECOND,
  /** How much later than its server a connection is given up: it must have heard by then, or nobody is there. */
  slack: SECOND,
  /** Long work: one step of a migration, and the wait for another node that migrates. */
  migration: 60 * MINUTE,
  /** Long work: removing the demo company, and the wait for another node that makes it. */
  demo: 5 * MINUTE,
  /** Long work: making and dropping the days of the inbox, which waits for whoever reads them. */
  partitions: MINUTE,
  /** Long work: letting go of whole incidents, however long their timelines are. */
  retention: MINUTE,
  /** Long work: counting transactions anew after the database was moved. */
  restart: 10 * MINUTE,
  /** Looking at one certificate. */
  certificate: 10 * SECOND,
  /** Reading one large body beside the event loop. */
  reading: 20 * SECOND,
  /** `/readyz`: who asks, and then all that it asks itself. */
  caller: 400,
  readiness: 1400,
} as const

/** The steps of a stop, in their order; whoever started this hears within ten seconds that it has ended, whatever stands. */
export const STOP_MS = {
  /** A start under way, until it notices. */
  start: 2500,
  requests: 1000,
  loops: 1500,
  /** Pages being sent: what is not recorded then is sent again by whoever finds its lease lapsed. */
  pages: 3000,
  rest: 300,
  /** From the signal on: PostgreSQL has written by then what it has to write, or writes it at the next start. */
  postgres: 8200,
  /** From the signal on: nothing is waited for any more, and nothing is left behind. */
  everything: 9500,
} as const

/** Something took longer than it may. */
export class DeadlinePassed extends Error {}

/** The same promise, but rejected when it has not settled within `ms`. What it stands for goes on unwatched. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlinePassed(`${what} took longer than ${ms / SECOND} s`)), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** A step of a stop: one that fails, or takes too long, does not hold up the others. */
export async function stopStep(log: Log, ms: number, what: string, step: Promise<unknown>): Promise<void> {
  await within(ms, what, step).catch((error: Error) => log.warn({ err: error.message }, 'a step of the stop was given up'))
}
