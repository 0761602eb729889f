import { newId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Caller, Input } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import { Service } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import { EscalationPolicy, find, policyTo, startEscalations, stopEscalations, type Target } from '../escalation/index.ts'
import { actorOf, isOpen, numberText, stageOf } from '../incidents/index.ts'
import { Schedule } from '../oncall/index.ts'
import { Person, Team } from '../people/index.ts'
import { fact } from '../timeline/index.ts'
import { type CommandParts, hold, settle } from './held.ts'
import { insertResponders, type ResponderRow, readResponders, releaseResponder } from './responder-store.ts'
import type { respondersContract } from './responders-contract.ts'

type Body = Input<(typeof respondersContract)['pageResponder']>['body']
type Missing = 'no-such-person' | 'no-such-team' | 'no-such-schedule' | 'no-such-service' | 'no-such-policy' | 'nobody-there'

/** Somebody is paged to come, by a run of their own. */
export async function pageResponder(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  ref: string,
  { message, ...asked }: Body,
  caller: Caller,
): Promise<{ row: ResponderRow; warnings: string[] } | Refusal<'not-found' | 'not-from-here' | Missing>> {
  const held = await hold(tx, ref, caller)
  if (isRefusal(held)) return held
  const { incident } = held
  if (!isOpen(incident))
    return refuse('not-from-here', `${numberText(incident.number)} is ${incident.status}; nobody is paged for it any more.`)
  const [kind, name] = Object.entries(asked).find(([, value]) => value !== undefined) as [keyof typeof asked, string]
  const targets = targetsFor(kind, name, snapshot)
  if (isRefusal(targets)) return targets
  const stage = stageOf(incident)
  const found = find(snapshot, targets, 'high', stage, now)
  const warnings = found.flatMap((one) =>
    one.absent === undefined ? [] : [`Not paged: ${one.person ?? name} (${one.absent.replaceAll('-', ' ')}).`],
  )
  const row: ResponderRow = {
    ...{ id: newId('rsp', now), incidentId: incident.id, target: `${kind}:${name}`, message: message ?? null },
    ...{ askedBy: caller.person ?? caller.label, askedAt: now, joinedBy: null, joinedAt: null, releasedAt: null },
  }
  tx.unawaited(insertResponders(tx.sql, [row]))
  const about = { incidentId: incident.id, happenedAt: now, actor: actorOf(caller) }
  const paged = fact(about, 'responder.paged', { responder: row.id, target: name, ...(message !== undefined && { message }) })
  const start = {
    ...{ incidentId: incident.id, purpose: `responder:${row.id}` as const, policy: policyTo(targets) },
    ...{ severity: incident.severity, urgency: 'high' as const, stage, reason: 'asked' as const },
  }
  const pages = await startEscalations(tx, now, parts, snapshot, [start], false)
  await settle(tx, now, parts, held, held, [paged, ...pages])
  return { row, warnings }
}

/** Whoever was asked need not come, or may go. */
export async function release(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  ref: string,
  id: string,
  caller: Caller,
): Promise<ResponderRow[] | Refusal<'not-found'>> {
  const held = await hold(tx, ref, caller)
  if (isRefusal(held)) return held
  const rows = await readResponders(tx.sql, held.incident.id)
  const row = rows.find((one) => one.id === id)
  if (!row) return refuse('not-found', `Nobody was asked to come as ${id.slice(0, 60)}.`)
  if (row.releasedAt !== null) return rows
  tx.unawaited(releaseResponder(tx.sql, id, now))
  const about = { incidentId: held.incident.id, happenedAt: now, actor: actorOf(caller) }
  const left = fact(about, 'responder.left', { responder: id, target: row.joinedBy ?? row.target.slice(row.target.indexOf(':') + 1) })
  const stopped = await stopEscalations(tx, now, [held.incident.id], 'cancelled', `responder:${id}`)
  await settle(tx, now, parts, held, held, [left, ...stopped])
  return rows.map((one) => (one === row ? { ...row, releasedAt: now } : one))
}

/** Whom the words of a request mean, as a policy names them. */
function targetsFor(
  kind: 'person' | 'team' | 'schedule' | 'service' | 'expert' | 'policy',
  name: string,
  snapshot: Snapshot,
): Target[] | Refusal<Missing> {
  switch (kind) {
    case 'person':
      return snapshot.get(Person, name) ? [{ person: name }] : missing(kind, name)
    case 'team':
      return snapshot.get(Team, name) ? [{ team: name }] : missing(kind, name)
    case 'schedule':
      return snapshot.get(Schedule, name) ? [{ schedule: name }] : missing(kind, name)
    case 'policy': {
      const policy = snapshot.get(EscalationPolicy, name)
      return policy ? policy.spec.levels[0]!.notify : missing(kind, name)
    }
    case 'service': {
      const service = snapshot.get(Service, name)
      if (!service) return missing(kind, name)
      const { policy } = service.spec
      return policy === undefined
        ? refuse('nobody-there', `The service ${name} has no escalation policy.`)
        : targetsFor('policy', policy, snapshot)
    }
    case 'expert': {
      const service = snapshot.get(Service, name)
      if (!service) return missing('service', name)
      const experts = service.spec.experts ?? []
      return experts.length === 0 ? refuse('nobody-there', `The service ${name} names no experts.`) : experts.map((person) => ({ person }))
    }
  }
}

function missing<Kind extends 'person' | 'team' | 'schedule' | 'service' | 'policy'>(kind: Kind, name: string): Refusal<`no-such-${Kind}`> {
  return refuse(`no-such-${kind}`, `There is no ${kind} ‹${name.slice(0, 100)}›. \`tocsin ${kind} list\` shows them.`)
}

export function responderViewOf({ id, target, message, askedBy: by, askedAt, joinedBy, joinedAt, releasedAt }: ResponderRow) {
  const told = (at: Instant | null) => (at === null ? null : iso(at))
  return { id, target, message, by, at: iso(askedAt), joinedBy, joinedAt: told(joinedAt), releasedAt: told(releasedAt) }
}
