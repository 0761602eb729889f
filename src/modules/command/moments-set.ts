import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import { actorOf, type MomentName, setMoment } from '../incidents/index.ts'
import { fact } from '../timeline/index.ts'
import { notDeclared } from './checklist.ts'
import { type CommandParts, type Held, hold, settle } from './held.ts'
import { momentsOf } from './view.ts'

/** A person writes down when something was: the last word counts, and what it was before stays on the timeline. */
export async function writeMoment(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  ref: string,
  name: MomentName,
  caller: Caller,
  said: { at: string; reason?: string | undefined },
): Promise<Held | Refusal<'not-found' | 'not-declared' | 'in-the-future' | 'out-of-order' | 'not-from-here'>> {
  const before = await hold(tx, ref, caller)
  if (isRefusal(before)) return before
  const { incident, command } = before
  if (!command) return notDeclared(before)
  const moments = momentsOf(incident, command)
  const at = Date.parse(said.at)
  const next = setMoment(moments, name, at, now)
  if (isRefusal(next)) return next
  // What has not happened has no moment: it is done first, then corrected.
  if (NEEDS_ACT.has(name) && moments[name] === undefined)
    return refuse('not-from-here', `It is ${incident.status}, so it was never ${name}; do that first, then correct when it was.`)
  const was = moments[name] ?? null
  if (was === at) return before
  const { reason } = said
  const told = fact({ incidentId: incident.id, happenedAt: now, actor: actorOf(caller) }, 'incident.moment-set', {
    ...{ name, at, was },
    ...(reason !== undefined && { reason }),
  })
  const after = name === 'impactStarted' ? { ...before, incident: { ...incident, impactStartedAt: at } } : before
  return settle(tx, now, parts, before, after, [told])
}

const NEEDS_ACT: ReadonlySet<MomentName> = new Set(['acknowledged', 'resolved', 'closed'])
