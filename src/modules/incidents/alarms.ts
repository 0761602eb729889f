import { type Clock, type Instant, MINUTE, SECOND } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import type { EscalationParts } from '../escalation/index.ts'
import type { ChannelHealth } from '../paging/index.ts'
import { endAlarm, raiseAlarm } from './own-alarm.ts'

/** So many attempts in a row, and nothing delivered for so long, and a channel counts as down. */
const FAILURES_IN_A_ROW = 5
const SILENT_MS = MINUTE

/**
 * Tocsin's own alarm about its ways out: a channel that only fails becomes an incident of the built-in service, which pages
 * the admins by whatever else they have. It ends with the first page that is delivered again.
 */
export function channelAlarmLoop(db: Database, clock: Clock, parts: EscalationParts, health: () => ChannelHealth[]): Loop {
  const raisedAt = new Map<string, Instant>()
  /** Channels whose alarm we know of: one that was raised before a restart ends with the first page delivered after it. */
  const known = new Set<string>()
  return {
    name: 'channel-alarms',
    everyMs: 15 * SECOND,
    async tick(now) {
      for (const one of health()) {
        const since = raisedAt.get(one.channel)
        const isBack = one.lastDeliveredAt !== null && (since === undefined ? !known.has(one.channel) : one.lastDeliveredAt > since)
        if (since === undefined && isDown(one, clock.now())) {
          const title = `Pages by ${one.channel} do not get out: ${one.failuresInARow} attempts failed in a row`
          await db.transaction(async (tx) =>
            raiseAlarm(tx, now, parts, await parts.documents.fresh(tx.sql), { key: `channel:${one.channel}`, title }),
          )
          raisedAt.set(one.channel, clock.now())
          known.add(one.channel)
        } else if (isBack) {
          // Others may go on failing: what was delivered shows that pages get out.
          await db.transaction((tx) => endAlarm(tx, now, `channel:${one.channel}`))
          raisedAt.delete(one.channel)
          known.add(one.channel)
        }
      }
      return 0
    },
  }
}

/** The alarm about the clock everything is due by: it stands while the clock is off, and a while longer, so that somebody reads it. */
export function clockAlarmLoop(db: Database, clock: Clock, parts: EscalationParts): Loop {
  /** Unknown after a start: an alarm may have been left open. */
  let isRaised: boolean | undefined
  return {
    name: 'clock-alarm',
    everyMs: 5 * SECOND,
    async tick(now) {
      const trouble = clock.trouble?.() ?? null
      if ((trouble !== null) === isRaised) return 0
      await db.transaction(async (tx) => {
        if (trouble === null) return endAlarm(tx, now, 'clock')
        const title = `${trouble.charAt(0).toUpperCase()}${trouble.slice(1)}`
        await raiseAlarm(tx, now, parts, await parts.documents.fresh(tx.sql), { key: 'clock', title })
      })
      isRaised = trouble !== null
      return 0
    },
  }
}

/** Whether a channel only fails, and has for a while. */
export function isDown(health: Pick<ChannelHealth, 'failuresInARow' | 'lastDeliveredAt'>, now: number): boolean {
  return health.failuresInARow >= FAILURES_IN_A_ROW && (health.lastDeliveredAt === null || now - health.lastDeliveredAt > SILENT_MS)
}
