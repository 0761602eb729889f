import { newId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, iso, MINUTE } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import { actorOf } from '../incidents/index.ts'
import { fact } from '../timeline/index.ts'
import { type CommandParts, hold, settle } from './held.ts'
import { insertPoll, type Poll, readPoll, updatePoll } from './poll-store.ts'
import { paced } from './reminders.ts'
import { declaredHere } from './take-role.ts'

/** How long whoever objects has to say so. */
const OPEN_MS = MINUTE

/** Something is proposed. Nobody has to agree: it is decided unless somebody objects, and then whoever proposed it sees why. */
export async function openPoll(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  ref: string,
  text: string,
  caller: Caller,
): Promise<Poll | Refusal<'not-found' | 'not-declared' | 'not-from-here'>> {
  const held = await hold(tx, ref, caller)
  if (isRefusal(held)) return held
  const here = declaredHere(held)
  if (isRefusal(here)) return here
  const incidentId = held.incident.id
  const untilAt = now + paced(here.command, OPEN_MS)
  const madeBy = caller.person ?? caller.label
  const poll: Poll = { id: newId('pol', now), incidentId, text, madeBy, openedAt: now, untilAt, objections: [], endedAt: null }
  tx.unawaited(insertPoll(tx.sql, poll))
  const about = { incidentId, happenedAt: now, actor: actorOf(caller) }
  await settle(tx, now, parts, held, held, [fact(about, 'poll.opened', { poll: poll.id, text, until: untilAt })])
  return poll
}

export async function objectToPoll(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  id: string,
  objection: string,
  caller: Caller,
): Promise<Poll | Refusal<'not-found' | 'poll-over'>> {
  const known = await readPoll(tx.sql, id.slice(0, 60))
  const held = known && (await hold(tx, known.incidentId, caller))
  if (!held || isRefusal(held)) return refuse('not-found', `There is no poll ${id.slice(0, 60)}.`)
  const poll = (await readPoll(tx.sql, known.id))!
  if (poll.endedAt !== null || poll.untilAt <= now)
    return refuse('poll-over', `It ended at ${iso(poll.untilAt)} and is decided; propose something else, or note the objection.`)
  const after = { ...poll, objections: [...poll.objections, { by: caller.person ?? caller.label, text: objection, at: now }] }
  tx.unawaited(updatePoll(tx.sql, after))
  const about = { incidentId: poll.incidentId, happenedAt: now, actor: actorOf(caller) }
  await settle(tx, now, parts, held, held, [fact(about, 'poll.objected', { poll: poll.id, text: poll.text, objection })])
  return after
}

/** A poll ends as a decision, with what was said against it. */
export async function decidePoll(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  due: { id: string; incidentId: string },
): Promise<void> {
  const held = await hold(tx, due.incidentId, 'tocsin')
  const poll = await readPoll(tx.sql, due.id)
  if (isRefusal(held) || !poll || poll.endedAt !== null) return
  tx.unawaited(updatePoll(tx.sql, { ...poll, endedAt: now }))
  const about = { incidentId: poll.incidentId, happenedAt: now, actor: 'system' } as const
  const decided = { poll: poll.id, text: poll.text, objections: poll.objections.length }
  await settle(tx, now, parts, held, held, [fact(about, 'poll.decided', decided)])
}

export function pollViewOf({ id, text, madeBy: by, openedAt, untilAt, objections, endedAt }: Poll) {
  const said = objections.map((one) => ({ ...one, at: iso(one.at) }))
  return { id, text, by, openedAt: iso(openedAt), until: iso(untilAt), objections: said, decidedAt: endedAt === null ? null : iso(endedAt) }
}
