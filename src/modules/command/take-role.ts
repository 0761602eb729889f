import type { Actor } from '../../kernel/actor.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Snapshot } from '../documents/index.ts'
import { actorOf, letInFor, numberText } from '../incidents/index.ts'
import { Person, Team } from '../people/index.ts'
import { type Entry, fact } from '../timeline/index.ts'
import type { Command } from './command.ts'
import { type CommandParts, type Held, hold, settle } from './held.ts'
import { allRoles, type NamedRole, roleNamed } from './role-kind.ts'
import { barredBecause, lapsesAt } from './roles.ts'

export type NoScene = Refusal<'not-found' | 'not-declared' | 'not-from-here' | 'no-such-role'>

/** An incident that people have roles in, held, and the role that is spoken of. */
export type Scene = Held & { command: Command; role: NamedRole }

export async function enter(
  tx: Transaction,
  now: Instant,
  snapshot: Snapshot,
  ref: string,
  word: string,
  caller: Caller,
): Promise<Scene | NoScene> {
  const held = await hold(tx, ref, caller)
  if (isRefusal(held)) return held
  const here = declaredHere(held)
  if (isRefusal(here)) return here
  const role = roleNamed(snapshot, word)
  if (!role) {
    const all = allRoles(snapshot).map(({ name }) => name)
    return refuse('no-such-role', `There is no role ‹${word}›; there are ${all.join(', ')}.`)
  }
  const { command, around } = here
  // What nobody answered in time is off, whether or not that has been written down yet.
  const offers = around.offers.filter(({ offeredAt }) => lapsesAt(offeredAt, command.pace) > now)
  return { ...held, command, around: offers.length === around.offers.length ? around : { ...around, offers }, role }
}

/** People have roles, tasks and promises in what is declared and not over. */
export function declaredHere(held: Held): (Held & { command: Command }) | Refusal<'not-declared' | 'not-from-here'> {
  const { incident, command } = held
  const number = numberText(incident.number)
  if (!command) return refuse('not-declared', `${number} is not declared; declare it first.`)
  if (incident.status === 'closed' || incident.status === 'cancelled' || incident.status === 'merged')
    return refuse(
      'not-from-here',
      `${number} is ${incident.status}; reopen it first${incident.status === 'merged' ? ', or act in the one it was merged into' : ''}.`,
    )
  return { ...held, command }
}

/** Somebody takes a role, or is given it: they have it at once. Nobody loses one by mistake. */
export async function giveRole(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  at: { id: string; role: string },
  body: { person: string; force?: boolean | undefined; reason?: string | undefined },
  caller: Caller,
): Promise<(Scene & { warnings: string[] }) | NoScene | Refusal<'no-such-person' | 'role-held' | 'may-not-hold' | 'reason-wanted'>> {
  const scene = await enter(tx, now, snapshot, at.id, at.role, caller)
  if (isRefusal(scene)) return scene
  const { incident, around, role } = scene
  const { person, reason } = body
  const fits = mayHold(snapshot, role, person)
  if (isRefusal(fits)) return fits
  const by = actorOf(caller)
  const isOwn = by === `person:${person}`
  const has = around.roles.find((one) => one.role === role.name && one.person === person)
  if (has && (!isOwn || has.acceptedAt !== null)) return { ...scene, warnings: fits.warnings }
  const others = role.spec.many ? [] : around.roles.filter((one) => one.role === role.name && one.person !== person)
  const [holder] = others
  if (holder && !body.force)
    return refuse(
      'role-held',
      `${holder.person} is ${calledRole(role)} of ${numberText(incident.number)}. They can hand it over; to take it from them say \`force\`, with a reason.`,
    )
  if (holder && !reason) return refuse('reason-wanted', `Say in \`reason\` why ${holder.person} is no longer ${calledRole(role)}.`)
  const data = { role: role.name, person, ...(holder && { from: holder.person }), ...(reason !== undefined && { reason }) }
  const about = { incidentId: incident.id, happenedAt: now, actor: by }
  const row = { role: role.name, person, acceptedAt: isOwn ? now : null, since: has?.since ?? now }
  const after: Scene = {
    ...scene,
    around: {
      ...around,
      roles: [...around.roles.filter((one) => one !== has && !others.includes(one)), row],
      // Whoever has it now was not asked by that offer, unless it was to them.
      offers: around.offers.filter((one) => one.role !== role.name || (role.spec.many && one.to !== person)),
    },
  }
  const entry = fact(about, has ? 'role.accepted' : isOwn ? 'role.taken' : 'role.assigned', data)
  const entries = [entry, ...(await letIn(tx, now, scene, person, by))]
  return { ...(await settleScene(tx, now, parts, scene, after, entries)), warnings: fits.warnings }
}

/** Somebody gives a role up, or is relieved of it. */
export async function leaveRole(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  at: { id: string; role: string },
  body: { person?: string | undefined; force?: boolean | undefined; reason?: string | undefined },
  caller: Caller,
): Promise<Scene | NoScene | Refusal<'not-yours' | 'reason-wanted'>> {
  const scene = await enter(tx, now, snapshot, at.id, at.role, caller)
  if (isRefusal(scene)) return scene
  const { incident, around, role } = scene
  const having = around.roles.filter((one) => one.role === role.name)
  const person = body.person ?? having.find((one) => one.person === caller.person)?.person ?? having[0]?.person
  const has = having.find((one) => one.person === person)
  if (!has) return scene
  if (has.person !== caller.person && !body.force)
    return refuse('not-yours', `${has.person} is ${calledRole(role)}; to relieve them say \`force\`, with a reason.`)
  if (has.person !== caller.person && !body.reason)
    return refuse('reason-wanted', `Say in \`reason\` why ${has.person} is no longer ${calledRole(role)}.`)
  const about = { incidentId: incident.id, happenedAt: now, actor: actorOf(caller) }
  const left = fact(about, 'role.left', { role: role.name, person: has.person, ...(body.reason !== undefined && { reason: body.reason }) })
  // What they offered is off: nobody hands over what they have given up.
  const offers = around.offers.filter((one) => one.role !== role.name || one.by !== has.person)
  const after: Scene = { ...scene, around: { ...around, roles: around.roles.filter((one) => one !== has), offers } }
  return settleScene(tx, now, parts, scene, after, [left])
}

/** Whoever has a role in a private incident, or is asked to take one, may see it. */
export async function letIn(tx: Transaction, now: Instant, { incident }: Scene, person: string, by: Actor): Promise<Entry[]> {
  return incident.visibility === 'public' ? [] : letInFor(tx, now, [{ incidentId: incident.id, person }], { how: 'role', by })
}

export async function settleScene(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  before: Scene,
  after: Scene,
  entries: Entry[],
): Promise<Scene> {
  const settled = await settle(tx, now, parts, before, after, entries)
  return { ...after, ...settled, command: settled.command! }
}

/** Whether somebody may have a role: a person that is known, and whom it is for. */
export function mayHold(
  snapshot: Snapshot,
  role: NamedRole,
  person: string,
): { warnings: string[] } | Refusal<'no-such-person' | 'may-not-hold'> {
  const known = snapshot.get(Person, person)
  if (!known) return refuse('no-such-person', `There is no person ‹${person}›. \`tocsin person list\` shows them.`)
  const teams = snapshot.all(Team).flatMap(({ name, spec }) => (spec.members.includes(person) ? [name] : []))
  const barred = barredBecause(role, { teams, trained: known.spec.trained ?? [] })
  if (barred === undefined) return { warnings: [] }
  const sentence = `${person} may not be ${calledRole(role)}: ${barred}.`
  return role.spec.enforce === 'refuse' ? refuse('may-not-hold', sentence) : { warnings: [sentence] }
}

/** A role within a sentence. */
export function calledRole({ name, spec }: NamedRole): string {
  return (spec.displayName ?? name).toLowerCase()
}
