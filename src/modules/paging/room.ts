import { room } from '../../platform/room.ts'
import type { KeepSettings } from '../../platform/settings.ts'
import { createDispatcher, type DispatcherParts } from './dispatcher.ts'
import { pagingHandlers } from './routes.ts'
import { forgetMessages } from './store.ts'

/** Pages, and the ways by which they leave. */
export function pagingRoom(parts: DispatcherParts & { keep: KeepSettings }) {
  const dispatcher = createDispatcher(parts)
  return room({
    ...dispatcher,
    handlers: pagingHandlers({ ...parts, slots: dispatcher.slots }),
    loops: [dispatcher.loop],
    figures() {
      const all = dispatcher.health()
      return {
        tocsin_pages_in_flight: { help: 'Messages being sent by this node.', value: dispatcher.inFlight() },
        tocsin_pages_delivered_total: {
          help: 'Messages delivered by this node.',
          value: all.reduce((sum, one) => sum + one.delivered, 0),
        },
        tocsin_pages_failed_total: { help: 'Attempts that failed on this node.', value: all.reduce((sum, one) => sum + one.failed, 0) },
      }
    },
    kept: [
      {
        name: 'messages',
        tables: ['paging_screen_messages'],
        keptMs: parts.keep.messagesMs,
        forget: (before, rows) => forgetMessages(parts.db.sql, before, rows),
      },
      { name: 'what is known of contacts', tables: ['paging_contacts'], keptMs: null },
    ],
  })
}
