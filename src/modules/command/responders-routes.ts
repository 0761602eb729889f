import { isRefusal, type Refusal } from '../../kernel/result.ts'
import type { Handlers } from '../../platform/contract.ts'
import { findIncident } from '../incidents/index.ts'
import type { CommandRouteParts } from './held.ts'
import { readResponders } from './responder-store.ts'
import { pageResponder, release, responderViewOf } from './responders.ts'
import type { respondersContract } from './responders-contract.ts'

export function responderHandlers(parts: CommandRouteParts): Handlers<typeof respondersContract> {
  const { db, documents } = parts
  return {
    async listResponders({ params, caller }) {
      const incident = await findIncident(db.sql, params.id, caller)
      if (isRefusal(incident)) return incident
      return { items: (await readResponders(db.sql, incident.id)).map(responderViewOf) }
    },
    pageResponder: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const asked = await pageResponder(tx, now, parts, await documents.fresh(tx.sql), params.id, body, caller)
        return isRefusal(asked) ? (asked as Refusal<never>) : { ...responderViewOf(asked.row), warnings: asked.warnings }
      }),
    releaseResponder: ({ params, caller, now }, write) =>
      write(async (tx) => {
        const rows = await release(tx, now, parts, params.id, params.responder, caller)
        return isRefusal(rows) ? rows : { items: rows.map(responderViewOf) }
      }),
  }
}
