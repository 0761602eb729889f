import { type Clock, type Instant, SECOND } from '../kernel/time.ts'
import type { Database } from './db.ts'

export interface DatabaseClock extends Clock {
  /** Measures the distance to the database's clock again. */
  measure(): Promise<void>
  /** Measures every 5 seconds until stopped. */
  start(): void
  stop(): void
  /** How far the database's clock is from this machine's, in milliseconds. */
  offsetMs(): number
}

/**
 * This process's monotonic clock plus its distance to the database's, so that all nodes agree and a step of one
 * machine's clock fires nothing early. Never runs backwards: a distance that shrank is made up by standing still.
 */
export function createDatabaseClock(db: Database, wall: () => Instant, monotonic: () => number): DatabaseClock {
  const origin = wall() - monotonic()
  let distance = 0
  let latest: Instant = 0
  let timer: NodeJS.Timeout | undefined

  async function measure(): Promise<void> {
    const before = monotonic()
    const [row] = await db.sql<{ at: number }>`select extract(epoch from clock_timestamp()) * 1000 as at`
    const middle = (before + monotonic()) / 2
    distance = row!.at - (origin + middle)
  }

  return {
    measure,
    start() {
      timer = setInterval(() => void measure().catch(() => {}), 5 * SECOND)
      timer.unref()
    },
    stop: () => clearInterval(timer),
    now() {
      latest = Math.max(latest, Math.floor(origin + monotonic() + distance))
      return latest
    },
    offsetMs: () => Math.round(distance),
  }
}
