import type { Id } from '../../kernel/ids.ts'
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../kernel/time.ts'

export type DeliveryId = Id<'dlv'>

/** How a delivery ended: it arrived, it was tried for days, or its incident became private before it left. */
export type Ending = 'delivered' | 'gave-up' | 'withheld'

/** After this long without one delivery that arrives a hook is switched off, and a delivery is given up. */
export const TRIED_FOR_MS = 3 * DAY
export const KEPT_MS = 7 * DAY

const RETRY_MS = [5 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 24 * HOUR]

/** How an attempt ended, as far as the receiver's word goes. */
export interface Attempt {
  arrived: boolean
  status: number | null
  answer: string
}

export type NextOfDelivery = { ending: 'delivered' | 'gave-up' } | { againAt: Instant }

/** What becomes of a delivery after an attempt; `attempts` counts this one. */
export function afterAttempt({ arrived }: Attempt, delivery: { attempts: number; triedSince: Instant }, now: Instant): NextOfDelivery {
  if (arrived) return { ending: 'delivered' }
  const againAt = now + RETRY_MS[Math.min(delivery.attempts, RETRY_MS.length) - 1]!
  return now - delivery.triedSince >= TRIED_FOR_MS
    ? { ending: 'gave-up' }
    : { againAt: Math.min(againAt, delivery.triedSince + TRIED_FOR_MS) }
}

/** How a hook fares: since when nothing has arrived, and since when nothing is sent any more. */
export interface Standing {
  failingSince: Instant | null
  offSince: Instant | null
}

export const WELL: Standing = { failingSince: null, offSince: null }

/** Whether nothing is sent to it. Whoever writes it anew has mended it, and it begins afresh. */
export function isOff({ offSince }: Standing, writtenAt: Instant): boolean {
  return offSince !== null && offSince > writtenAt
}

export function standingAfter({ arrived }: Attempt, standing: Standing, writtenAt: Instant, now: Instant): Standing {
  if (arrived) return WELL
  const isOver = standing.failingSince === null || (standing.offSince !== null && !isOff(standing, writtenAt))
  const failingSince = isOver ? now : standing.failingSince!
  if (isOff(standing, writtenAt)) return standing
  return { failingSince, offSince: now - Math.max(failingSince, writtenAt) >= TRIED_FOR_MS ? now : null }
}
