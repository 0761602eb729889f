import { type Clock, type Instant, SECOND } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import { readHorizon } from './store.ts'

/** Followers that are behind by more than this are not live any more, and it is said wherever somebody looks. */
export const LAG_MAX_MS = 5 * SECOND

/**
 * Followers see nothing after the oldest transaction that still runs, whoever began it: one left open in a console holds
 * all of them back. This watches how long the same one has been the oldest.
 */
export interface Horizon {
  /** How far behind followers are held, as far as is known; 0 when nothing holds them back. */
  lagMs(): number
  loop: Loop
}

export function createHorizon(db: Database, clock: Clock, onCrossing: () => void): Horizon {
  let oldest: { xact: string; since: Instant } | null = null
  const lagMs = () => (oldest === null ? 0 : Math.max(0, clock.now() - oldest.since))
  let wasLate = false
  return {
    lagMs,
    loop: {
      name: 'horizon',
      everyMs: SECOND,
      async tick(now) {
        const xact = await readHorizon(db.sql)
        if (xact === null) oldest = null
        else if (oldest?.xact !== xact) oldest = { xact, since: now }
        const isLate = lagMs() > LAG_MAX_MS
        if (isLate !== wasLate) onCrossing()
        wasLate = isLate
        return 0
      },
    },
  }
}
