import { isRefusal, type Refusal } from '../../kernel/result.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Caller, Handlers, Write } from '../../platform/contract.ts'
import { change } from './change.ts'
import { changeCheck, notDeclared, readChecklist } from './checklist.ts'
import { clockHandlers } from './clocks-routes.ts'
import { say } from './commands.ts'
import type { commandContract, commandsContract } from './contract.ts'
import { declare } from './declare.ts'
import { type CommandRouteParts, look } from './held.ts'
import { link, linksOf, unlink } from './links.ts'
import { merge, unmerge } from './merge.ts'
import { writeMoment } from './moments-set.ts'
import { moveHere, split } from './move-alerts.ts'
import { presenceHandlers } from './presence-routes.ts'
import { responderHandlers } from './responders-routes.ts'
import { roleHandlers } from './roles-routes.ts'
import type { LinkRow } from './store.ts'
import { taskHandlers } from './tasks-routes.ts'
import { tell } from './tell.ts'
import { type Body, type TransitAct, transit } from './transit.ts'
import { checkViewOf, momentsViewOf } from './view.ts'

export function commandHandlers(parts: CommandRouteParts): Handlers<typeof commandContract & typeof commandsContract> {
  const { db, documents } = parts

  function acting(write: Write, now: Instant, ref: string, caller: Caller, act: TransitAct, body: Body) {
    return write(async (tx) => {
      const acted = await transit(tx, now, parts, () => documents.fresh(tx.sql), ref, caller, act, body)
      return isRefusal(acted) ? acted : { ...(await tell(tx.sql, documents, acted.held, caller, now)), warnings: acted.warnings }
    })
  }

  return {
    ...roleHandlers(parts),
    ...taskHandlers(parts),
    ...clockHandlers(parts),
    ...responderHandlers(parts),
    ...presenceHandlers(parts),
    sayCommand: (input, ask) => say(input, ask, parts),
    declareIncident: ({ body, query, caller, now }, write) =>
      write(async (tx) => declare(tx, now, parts, await documents.fresh(tx.sql), body, caller, query.dryRun === 'true')),
    async getIncident({ params, caller, now }) {
      const held = await look(db.sql, params.id, caller)
      return isRefusal(held) ? held : tell(db.sql, documents, held, caller, now)
    },
    changeIncident: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const after = await change(tx, now, parts, await documents.fresh(tx.sql), params.id, caller, body)
        return isRefusal(after) ? (after as Refusal<never>) : tell(tx.sql, documents, after, caller, now)
      }),
    actOnIncident: ({ params, body: { act, ...body }, caller, now }, write) => acting(write, now, params.id, caller, act, body),
    resolveIncident: ({ params, body: { at, expected, ...resolution }, caller, now }, write) =>
      acting(write, now, params.id, caller, 'resolve', { at, expected, resolution }),
    declareExisting: ({ params, body: { expected, text, ...declaration }, caller, now }, write) =>
      acting(write, now, params.id, caller, 'declare', { expected, text, declaration }),
    mergeIncident: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const after = await merge(tx, now, parts, await documents.fresh(tx.sql), params.id, caller, body)
        return isRefusal(after) ? (after as Refusal<never>) : tell(tx.sql, documents, after, caller, now)
      }),
    moveAlerts: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const after = await moveHere(tx, now, parts, await documents.fresh(tx.sql), params.id, caller, body)
        return isRefusal(after) ? (after as Refusal<never>) : tell(tx.sql, documents, after, caller, now)
      }),
    splitIncident: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const after = await split(tx, now, parts, await documents.fresh(tx.sql), params.id, caller, body)
        return isRefusal(after) ? (after as Refusal<never>) : tell(tx.sql, documents, after, caller, now)
      }),
    async listLinks({ params, caller }) {
      return linksTold(await linksOf(db.sql, params.id, caller))
    },
    addLink: ({ params, body, caller, now }, write) => write(async (tx) => linksTold(await link(tx, now, parts, params.id, caller, body))),
    removeLink: ({ params, caller, now }, write) =>
      write(async (tx) => linksTold(await unlink(tx, now, parts, params.id, caller, params.link))),
    unmergeIncident: ({ params, caller, now }, write) =>
      write(async (tx) => {
        const after = await unmerge(tx, now, parts, params.id, caller)
        return isRefusal(after) ? (after as Refusal<never>) : tell(tx.sql, documents, after, caller, now)
      }),
    async getChecklist({ params, caller, now }) {
      const held = await look(db.sql, params.id, caller)
      if (isRefusal(held)) return held
      if (!held.command) return notDeclared(held)
      return { items: (await readChecklist(db.sql, parts, held, params.list, now)).map(checkViewOf) }
    },
    changeCheck: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const items = await changeCheck(tx, now, parts, params, caller, body)
        return isRefusal(items) ? (items as Refusal<never>) : { items: items.map(checkViewOf) }
      }),
    async getMoments({ params, caller }) {
      const held = await look(db.sql, params.id, caller)
      return isRefusal(held) ? held : momentsViewOf(held)
    },
    setMoment: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const after = await writeMoment(tx, now, parts, params.id, params.name, caller, body)
        return isRefusal(after) ? (after as Refusal<never>) : momentsViewOf(after)
      }),
  }
}

function linksTold<R extends string>(links: LinkRow[] | Refusal<R>) {
  return isRefusal(links) ? (links as Refusal<R>) : { items: links.map(({ madeAt, ...one }) => ({ ...one, madeAt: iso(madeAt) })) }
}
