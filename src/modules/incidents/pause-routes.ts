import type { Actor } from '../../kernel/actor.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Handlers } from '../../platform/contract.ts'
import type { Database, Transaction } from '../../platform/db.ts'
import { type Pause, staysPaused } from '../../platform/pause.ts'
import type { EscalationParts } from '../escalation/index.ts'
import type { pauseContract } from './contract.ts'
import { pageAfresh } from './page-again.ts'
import { actorOf } from './routes.ts'
import { countUnheld } from './store.ts'

const BATCH = 100

export interface PauseParts extends EscalationParts {
  db: Database
  pause: Pause
}

export function pauseHandlers(parts: PauseParts): Handlers<typeof pauseContract> {
  return {
    async getPause() {
      const paused = parts.pause.current()
      return { paused: paused && { ...paused, since: iso(paused.since) } }
    },
    async resumePaging({ now, caller }, write) {
      await pageOpenAfresh(parts, now, actorOf(caller))
      return write(async (tx) => ({ pagedAfresh: await goOn(parts, tx, now) }))
    },
  }
}

/** Ends the pause as an operator asked at the start. Answers how many open incidents page anew. */
export async function resume(parts: PauseParts, now: Instant, by: Actor): Promise<number> {
  await pageOpenAfresh(parts, now, by)
  return parts.db.transaction((tx) => goOn(parts, tx, now))
}

/**
 * What waits is replaced before anything may leave, in batches of their own: nothing leaves while it is paused, so one that was
 * cut off is done again. No batch comes after the end, whoever else ends it meanwhile.
 */
async function pageOpenAfresh({ db, pause, ...parts }: PauseParts, now: Instant, by: Actor): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined; )
    after = await db.transaction(
      async (tx) => {
        if (!(await staysPaused(tx.sql))) return
        const ids = await pageAfresh(tx, now, parts, { by, after: after!, limit: BATCH })
        return ids.length < BATCH ? undefined : ids.at(-1)
      },
      { repeatable: true },
    )
}

/** In one transaction with the answer: how many incidents page anew is what is open and nobody's as the pause ends. */
async function goOn({ pause, slots }: PauseParts, tx: Transaction, now: Instant): Promise<number> {
  const hasEnded = await pause.end(tx, now, () => slots.nudge())
  return hasEnded ? countUnheld(tx.sql) : 0
}
