import { isRefusal, type Refusal } from '../../kernel/result.ts'
import type { Handlers } from '../../platform/contract.ts'
import { schemeOnce } from '../severity/index.ts'
import { KEY_EVENTS, readLatest } from '../timeline/index.ts'
import { catchUpOf } from './catch-up.ts'
import { type CommandRouteParts, look } from './held.ts'
import { readPolls } from './poll-store.ts'
import { objectToPoll, openPoll, pollViewOf } from './polls.ts'
import { wantedRoles } from './role-view.ts'
import { alikeTo } from './task.ts'
import { readTasks } from './task-store.ts'
import { addTask, changeTask, taskViewOf } from './tasks.ts'
import type { tasksContract } from './tasks-contract.ts'
import { postUpdate, readUpdates, updateViewOf } from './updates.ts'

export function taskHandlers(parts: CommandRouteParts): Handlers<typeof tasksContract> {
  const { db, documents } = parts
  return {
    async listTasks({ params, query, caller }) {
      const held = await look(db.sql, params.id, caller)
      if (isRefusal(held)) return held
      const tasks = await readTasks(db.sql, held.incident.id, 'task')
      const told =
        query.like === undefined
          ? tasks
          : alikeTo(
              query.like,
              tasks.filter(({ state }) => state === 'open'),
            )
      return { items: told.map(taskViewOf) }
    },
    addTask: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const added = await addTask(tx, now, parts, await documents.fresh(tx.sql), params.id, 'task', body, caller)
        return isRefusal(added) ? (added as Refusal<never>) : { ...taskViewOf(added.task), alike: added.alike.map(taskViewOf) }
      }),
    async listFollowUps({ params, caller }) {
      const held = await look(db.sql, params.id, caller)
      if (isRefusal(held)) return held
      return { items: (await readTasks(db.sql, held.incident.id, 'follow-up')).map(taskViewOf) }
    },
    addFollowUp: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const added = await addTask(tx, now, parts, await documents.fresh(tx.sql), params.id, 'follow-up', body, caller)
        return isRefusal(added) ? (added as Refusal<never>) : taskViewOf(added.task)
      }),
    changeTask: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const task = await changeTask(tx, now, parts, await documents.fresh(tx.sql), params.id, body, caller)
        return isRefusal(task) ? (task as Refusal<never>) : taskViewOf(task)
      }),
    async listPolls({ params, caller }) {
      const held = await look(db.sql, params.id, caller)
      if (isRefusal(held)) return held
      return { items: (await readPolls(db.sql, held.incident.id)).map(pollViewOf) }
    },
    openPoll: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const poll = await openPoll(tx, now, parts, params.id, body.text, caller)
        return isRefusal(poll) ? (poll as Refusal<never>) : pollViewOf(poll)
      }),
    objectToPoll: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const poll = await objectToPoll(tx, now, parts, params.id, body.text, caller)
        return isRefusal(poll) ? (poll as Refusal<never>) : pollViewOf(poll)
      }),
    async listUpdates({ params, caller }) {
      const held = await look(db.sql, params.id, caller)
      if (isRefusal(held)) return held
      return { items: (await readUpdates(db.sql, held.incident.id, 200)).map(updateViewOf) }
    },
    postUpdate: ({ params, body, caller, now }, write) =>
      write(async (tx) => {
        const update = await postUpdate(tx, now, parts, params.id, body, caller)
        return isRefusal(update) ? (update as Refusal<never>) : updateViewOf(update)
      }),
    async catchUp({ params, caller, reader, now }) {
      const held = await look(db.sql, params.id, caller)
      if (isRefusal(held)) return held
      const { id, severityScheme, severitySchemeVersion } = held.incident
      const [events, [update], scheme, snapshot] = await Promise.all([
        readLatest(db.sql, id, KEY_EVENTS, 5),
        readUpdates(db.sql, id, 1),
        schemeOnce(db.sql, documents, severityScheme, severitySchemeVersion),
        documents.fresh(db.sql),
      ])
      return catchUpOf(held, { events, update, wantedRoles: wantedRoles(held, scheme) }, snapshot, caller.person, reader, now)
    },
  }
}
