import type { Clock } from '../../kernel/time.ts'
import { room } from '../../platform/room.ts'
import type { IncidentParts } from '../incidents/index.ts'
import { hookAlarmLoop } from './alarm.ts'
import { KEPT_MS } from './delivery.ts'
import { type QueueParts, queueLoop } from './queue.ts'
import { type HookRouteParts, hookHandlers } from './routes.ts'
import { createSender, type SendParts } from './send.ts'
import { forgetDeliveries } from './store.ts'

export interface HooksRoomParts extends IncidentParts, QueueParts, Omit<HookRouteParts, 'sender'>, SendParts {
  clock: Clock
}

/** Programs that are told of what happens to incidents. */
export function hooksRoom(parts: HooksRoomParts) {
  const { db } = parts
  const sender = createSender(parts)
  return room({
    handlers: hookHandlers({ ...parts, sender }),
    loops: [queueLoop(parts), sender.loop, hookAlarmLoop(db, parts)],
    kept: [
      {
        name: 'deliveries',
        tables: ['hooks_deliveries'],
        keptMs: KEPT_MS,
        forget: (before, rows) => forgetDeliveries(db.sql, before, rows),
      },
      { name: 'how hooks fare', tables: ['hooks_states'], keptMs: null },
    ],
    /** Waits for what is being sent. */
    close: async () => {
      await sender.loop.quiet!()
    },
  })
}
