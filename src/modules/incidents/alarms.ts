import { type Clock, MINUTE, SECOND } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import type { EscalationParts } from '../escalation/index.ts'
import type { ChannelHealth } from '../paging/index.ts'
import { endAlarm, raiseAlarm } from './actions.ts'

/** So many attempts in a row, and nothing delivered for so long, and a channel counts as down. */
const FAILURES_IN_A_ROW = 5
const SILENT_MS = MINUTE

/**
 * Tocsin's own alarm about its ways out: a channel that only fails becomes an incident of the built-in service, which pages
 * the admins by whatever else they have. It ends with the first page that is delivered again.
 */
export function channelAlarmLoop(db: Database, clock: Clock, parts: EscalationParts, health: () => ChannelHealth[]): Loop {
  const raised = new Set<string>()
  return {
    name: 'channel-alarms',
    everyMs: 15 * SECOND,
    async tick(now) {
      for (const one of health()) {
        if (isDown(one, clock.now()) && !raised.has(one.channel)) {
          const title = `Pages by ${one.channel} do not get out: ${one.failuresInARow} attempts failed in a row`
          await db.transaction(async (tx) =>
            raiseAlarm(tx, now, parts, await parts.documents.fresh(tx.sql), { key: `channel:${one.channel}`, title }),
          )
          raised.add(one.channel)
        } else if (one.failuresInARow === 0 && raised.delete(one.channel)) {
          await db.transaction((tx) => endAlarm(tx, now, `channel:${one.channel}`))
        }
      }
      return 0
    },
  }
}

/** Whether a channel only fails, and has for a while. */
export function isDown(health: Pick<ChannelHealth, 'failuresInARow' | 'lastDeliveredAt'>, now: number): boolean {
  return health.failuresInARow >= FAILURES_IN_A_ROW && (health.lastDeliveredAt === null || now - health.lastDeliveredAt > SILENT_MS)
}
