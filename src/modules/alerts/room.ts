import { room } from '../../platform/room.ts'
import { type LapseParts, lapseLoop } from './loop.ts'
import { type AlertRouteParts, alertHandlers } from './routes.ts'
import { forgetEndedAlerts } from './store.ts'

/** What reports mean, and which of them are one thing. */
export function alertsRoom(parts: LapseParts & AlertRouteParts) {
  let walkedTo = ''
  return room({
    handlers: alertHandlers(parts),
    loops: [lapseLoop(parts)],
    kept: [
      {
        name: 'alerts',
        tables: ['alerts_alerts', 'alerts_links'],
        keptMs: parts.keep.alertsMs,
        async forget(before, rows) {
          const last = await forgetEndedAlerts(parts.db.sql, before, walkedTo, rows)
          walkedTo = last ?? ''
          return last === null ? 0 : rows
        },
      },
      // Gone when it is done.
      { name: 'what is being ended, or moved', tables: ['alerts_endings', 'alerts_moves'], keptMs: null },
    ],
  })
}
