import { type Instant, MINUTE } from '../kernel/time.ts'
import type { Loop } from './engine.ts'
import type { Log } from './log.ts'

/** One kind of what is kept: in which tables, for how long, and how its room lets it go. */
export interface Kept {
  name: string
  tables: string[]
  /** Null: for ever. */
  keptMs: number | null
  /** Deletes what is older than `before`, about `rows` rows at most, each found by an index; answers how many went or were looked at. */
  forget?(before: Instant, rows: number): Promise<number>
}

/** Small enough that nobody waits for a lock it takes, or for the disk. */
export const FORGET_ROWS = 1000
const EVERY_MS = 10 * MINUTE
const PAUSE_MS = 250

/**
 * Lets go of what is over, kind by kind, a bounded piece at a time with a pause between them: paging goes on beside it. A
 * kind that fails holds up no other; it comes round again.
 */
export function retentionLoop(log: Log, kinds: Kept[]): Loop {
  let nextAt: Instant | null = null
  return {
    name: 'retention',
    restsInPause: true,
    everyMs: EVERY_MS,
    nextAt: async () => nextAt,
    async tick(now) {
      if (nextAt !== null && now < nextAt) return 0
      let failed: unknown
      let hasMore = false
      for (const { name, keptMs, forget } of kinds) {
        if (keptMs === null || !forget) continue
        try {
          const rows = await forget(now - keptMs, FORGET_ROWS)
          if (rows > 0) log.debug({ kind: name, rows }, 'what is over was let go')
          hasMore ||= rows >= FORGET_ROWS
        } catch (error) {
          failed ??= error
        }
      }
      // One that failed is run again when the engine says so.
      nextAt = failed === undefined ? now + (hasMore ? PAUSE_MS : EVERY_MS) : null
      if (failed !== undefined) throw failed
      return 0
    },
  }
}
