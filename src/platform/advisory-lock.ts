import { setTimeout as delay } from 'node:timers/promises'
import type { Connection } from './db.ts'
import { DeadlinePassed } from './deadlines.ts'

/**
 * Waits for its turn among nodes that start together; the lock goes with the connection. Asked for again and again, so that
 * a connection that leads nowhere is not taken for a long queue.
 */
export async function queueFor(connection: Connection, lock: number, forMs: number): Promise<void> {
  const end = performance.now() + forMs
  for (;;) {
    const { rows } = await connection.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lock])
    if (rows[0]!.mine) return
    if (performance.now() > end) throw new DeadlinePassed(`Another node has held the lock ${lock} for ${forMs / 1000} s`)
    await delay(200)
  }
}
