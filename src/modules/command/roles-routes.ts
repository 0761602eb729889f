import { isRefusal, type Refusal } from '../../kernel/result.ts'
import type { Handlers } from '../../platform/contract.ts'
import type { Sql } from '../../platform/db.ts'
import type { Snapshot } from '../documents/index.ts'
import { schemeOnce } from '../severity/index.ts'
import { writeBrief } from './brief.ts'
import { answerOffer, offerRole, withdrawOffer } from './hand-over.ts'
import { type CommandRouteParts, look } from './held.ts'
import { offerViewOf, roleViewOf, roleViews, wantedRoles } from './role-view.ts'
import type { rolesContract } from './roles-contract.ts'
import { giveRole, leaveRole, type Scene } from './take-role.ts'

export function roleHandlers(parts: CommandRouteParts): Handlers<typeof rolesContract> {
  const { db, documents } = parts
  const schemeOf = (sql: Sql, { incident }: Pick<Scene, 'incident'>) =>
    schemeOnce(sql, documents, incident.severityScheme, incident.severitySchemeVersion)
  const viewOf = async (sql: Sql, scene: Scene) => roleViewOf(scene.role, scene, wantedRoles(scene, await schemeOf(sql, scene)))

  return {
    async listRoles({ params, caller }) {
      const held = await look(db.sql, params.id, caller)
      if (isRefusal(held)) return held
      const [scheme, snapshot]: [Awaited<ReturnType<typeof schemeOf>>, Snapshot] = await Promise.all([
        schemeOf(db.sql, held),
        documents.fresh(db.sql),
      ])
      return { items: roleViews(held, scheme, snapshot) }
    },
    giveRole: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const scene = await giveRole(tx, now, parts, await documents.fresh(tx.sql), params, body, caller)
        return isRefusal(scene) ? (scene as Refusal<never>) : { ...(await viewOf(tx.sql, scene)), warnings: scene.warnings }
      }),
    leaveRole: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const scene = await leaveRole(tx, now, parts, await documents.fresh(tx.sql), params, body, caller)
        return isRefusal(scene) ? (scene as Refusal<never>) : viewOf(tx.sql, scene)
      }),
    offerRole: ({ params, body, caller, reader, now }, write) =>
      write(async (tx) => {
        const made = await offerRole(tx, now, parts, await documents.fresh(tx.sql), params, body, caller, reader)
        if (isRefusal(made)) return made as Refusal<never>
        const { scene, offer, warnings } = made
        return { role: scene.role.name, ...offerViewOf(offer, scene.command.pace), warnings }
      }),
    async readBrief({ params, caller, reader, now }) {
      const held = await look(db.sql, params.id, caller)
      return isRefusal(held) ? held : { brief: await writeBrief(db.sql, held, reader, now) }
    },
    withdrawOffer: ({ params, caller, now }, write) =>
      write(async (tx) => {
        const scene = await withdrawOffer(tx, now, parts, await documents.fresh(tx.sql), params, caller)
        return isRefusal(scene) ? (scene as Refusal<never>) : viewOf(tx.sql, scene)
      }),
    answerOffer: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const scene = await answerOffer(tx, now, parts, await documents.fresh(tx.sql), params, body, caller)
        return isRefusal(scene) ? (scene as Refusal<never>) : viewOf(tx.sql, scene)
      }),
  }
}
