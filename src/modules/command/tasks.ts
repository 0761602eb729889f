import { newId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Caller, Input } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Snapshot } from '../documents/index.ts'
import { actorOf, numberText } from '../incidents/index.ts'
import { Person } from '../people/index.ts'
import { fact } from '../timeline/index.ts'
import type { Task } from './around.ts'
import { type CommandParts, hold, settle } from './held.ts'
import { allRoles } from './role-kind.ts'
import { declaredHere } from './take-role.ts'
import { alikeTo, dueAt } from './task.ts'
import { insertTask, readTask, type TaskRow, updateTask } from './task-store.ts'
import type { tasksContract } from './tasks-contract.ts'

type Added = Input<(typeof tasksContract)['addTask']>['body']
type Changed = Input<(typeof tasksContract)['changeTask']>['body']

/** Something is to be done, by somebody or by whoever takes it. */
export async function addTask(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  ref: string,
  kind: Task['kind'],
  body: Added,
  caller: Caller,
): Promise<{ task: TaskRow; alike: TaskRow[] } | Refusal<'not-found' | 'not-declared' | 'not-from-here' | 'no-such-person' | 'hands-off'>> {
  const held = await hold(tx, ref, caller)
  if (isRefusal(held)) return held
  const { incident, command, around } = held
  if (!command) return refuse('not-declared', `${numberText(incident.number)} is not declared; declare it first.`)
  // What outlives an incident may be thought of after its end.
  const here = kind === 'task' ? declaredHere(held) : held
  if (isRefusal(here)) return here
  const { person = null } = body
  const unknown = whoIs(snapshot, person)
  if (unknown) return unknown
  const coordinates = person !== null && body.handsOn === true && incident.severity <= 2 && handsOffRole(snapshot, around.roles, person)
  if (coordinates && !body.confirm)
    return refuse(
      'hands-off',
      `${person} is ${coordinates} and should keep the whole in sight: give this to somebody else, or say \`confirm\`.`,
    )
  const incidentId = incident.id
  const alike =
    kind === 'task'
      ? alikeTo(
          body.text,
          around.tasks.filter((one) => one.kind === 'task'),
        )
      : []
  const task: TaskRow = {
    ...{ id: newId('tsk', now), incidentId, kind, number: around.lastTask + 1, text: body.text, person },
    dueAt: body.due === undefined ? null : dueAt(body.due, now, command.pace),
    ...{ handsOn: body.handsOn ?? false, temporary: body.temporary ?? false, state: 'open', reason: null },
    ...{ madeBy: caller.person ?? caller.label, madeAt: now, endedAt: null },
  }
  tx.unawaited(insertTask(tx.sql, task))
  const about = { incidentId, happenedAt: now, actor: actorOf(caller) }
  const added = fact(about, kind === 'task' ? 'task.added' : 'follow-up.added', toldOf(task))
  await settle(tx, now, parts, held, { ...held, around: { ...around, tasks: [...around.tasks, task] } }, [added])
  return { task, alike: alike.map((one) => ({ ...one, incidentId })) }
}

/** What somebody does with one: done, dropped, opened again, given away, moved. */
export async function changeTask(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  id: string,
  body: Changed,
  caller: Caller,
): Promise<TaskRow | Refusal<'not-found' | 'no-such-person' | 'reason-wanted'>> {
  const known = await readTask(tx.sql, id.slice(0, 60))
  const held = known && (await hold(tx, known.incidentId, caller))
  if (!held || isRefusal(held)) return refuse('not-found', `There is no task ${id.slice(0, 60)}.`)
  // As it is now that nobody else changes it.
  const before = (await readTask(tx.sql, known.id))!
  const unknown = whoIs(snapshot, body.person ?? null)
  if (unknown) return unknown
  const state = body.state ?? before.state
  if (state === 'dropped' && before.state !== 'dropped' && !body.reason)
    return refuse('reason-wanted', 'Say in `reason` why it need not be done.')
  const after: TaskRow = {
    ...before,
    state,
    text: body.text ?? before.text,
    person: body.person === undefined ? before.person : body.person,
    dueAt: body.due === undefined ? before.dueAt : body.due === null ? null : dueAt(body.due, now, held.command?.pace ?? 1),
    reason: state === 'open' ? null : (body.reason ?? before.reason),
    endedAt: state === 'open' ? null : (before.endedAt ?? now),
  }
  if (JSON.stringify(after) === JSON.stringify(before)) return before
  tx.unawaited(updateTask(tx.sql, after))
  const about = { incidentId: before.incidentId, happenedAt: now, actor: actorOf(caller) }
  const told = toldOf(after)
  const entry =
    after.kind === 'follow-up'
      ? fact(about, 'follow-up.changed', told)
      : state === before.state || state === 'open'
        ? fact(about, 'task.changed', told)
        : state === 'done'
          ? fact(about, 'task.done', told)
          : fact(about, 'task.dropped', { ...told, reason: body.reason ?? after.reason ?? '' })
  const others = held.around.tasks.filter((one) => one.id !== after.id)
  const tasks = state === 'open' ? [...others, after] : others
  await settle(tx, now, parts, held, { ...held, around: { ...held.around, tasks } }, [entry])
  return after
}

export function taskViewOf({ dueAt: due, madeBy: by, madeAt: at, endedAt, ...task }: TaskRow) {
  return { ...task, due: due === null ? null : iso(due), by, at: iso(at), endedAt: endedAt === null ? null : iso(endedAt) }
}

function toldOf({ id, text, person, dueAt: due }: TaskRow) {
  return { task: id, text, ...(person !== null && { person }), ...(due !== null && { due }) }
}

function whoIs(snapshot: Snapshot, person: string | null): Refusal<'no-such-person'> | undefined {
  if (person === null || snapshot.get(Person, person)) return undefined
  return refuse('no-such-person', `There is no person ‹${person}›. \`tocsin person list\` shows them.`)
}

/** What somebody has a role as that coordinates, in words. */
function handsOffRole(snapshot: Snapshot, roles: { role: string; person: string }[], person: string): string | undefined {
  const own = roles.filter((one) => one.person === person).map(({ role }) => role)
  const found = allRoles(snapshot).find(({ name, spec }) => spec.handsOff && own.includes(name))
  return found && (found.spec.displayName ?? found.name).toLowerCase()
}
