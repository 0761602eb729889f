import { HOUR } from '../../kernel/time.ts'
import { room } from '../../platform/room.ts'
import type { AttachParts } from './attach.ts'
import { attachmentHandlers, attachmentRoutes } from './routes.ts'
import { dropFile, readTotal, readUnfinished } from './store.ts'

/** Files on incidents. They are let go of with them. */
export function attachmentsRoom(parts: AttachParts) {
  const { db } = parts
  return room({
    handlers: attachmentHandlers(parts),
    routes: attachmentRoutes(parts),
    async figures() {
      return { tocsin_attachments_bytes: { help: 'What files on incidents take up.', value: await readTotal(db.sql) } }
    },
    kept: [
      { name: 'files', tables: ['attachments_files', 'attachments_pieces', 'attachments_total'], keptMs: null },
      {
        name: 'files that were not sent whole',
        tables: [],
        keptMs: HOUR,
        async forget(before, rows) {
          const ids = await readUnfinished(db.sql, before, rows)
          for (const id of ids) await dropFile(db.sql, id)
          return ids.length
        },
      },
    ],
  })
}
