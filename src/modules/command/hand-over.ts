import type { Reader } from '../../kernel/moment.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Snapshot } from '../documents/index.ts'
import { actorOf } from '../incidents/index.ts'
import { fact } from '../timeline/index.ts'
import type { Offer } from './around.ts'
import { writeBrief } from './brief.ts'
import type { CommandParts } from './held.ts'
import { lapsesAt } from './roles.ts'
import { calledRole, enter, letIn, mayHold, type NoScene, type Scene, settleScene } from './take-role.ts'

type At = { id: string; role: string }

/** Somebody is asked to take a role over. Whoever has it keeps it until they say yes. */
export async function offerRole(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  at: At,
  body: { to: string; brief?: string | undefined },
  caller: Caller,
  reader: Reader,
): Promise<
  | { scene: Scene; offer: Offer; warnings: string[] }
  | NoScene
  | Refusal<'no-such-person' | 'may-not-hold' | 'offer-open' | 'not-yours' | 'role-held'>
> {
  const scene = await enter(tx, now, snapshot, at.id, at.role, caller)
  if (isRefusal(scene)) return scene
  const { incident, around, role, command } = scene
  const open = around.offers.find((one) => one.role === role.name)
  if (open)
    return refuse(
      'offer-open',
      `${open.to} is asked to be ${calledRole(role)} already, until ${iso(lapsesAt(open.offeredAt, command.pace))}; take that offer back first.`,
    )
  const fits = mayHold(snapshot, role, body.to)
  if (isRefusal(fits)) return fits
  const having = around.roles.filter((one) => one.role === role.name)
  if (having.some(({ person }) => person === body.to)) return refuse('role-held', `${body.to} is ${calledRole(role)} already.`)
  const offering = caller.person
  if (!role.spec.many && having.length > 0 && !having.some(({ person }) => person === offering) && !commands(scene, caller))
    return refuse('not-yours', `${having[0]!.person} is ${calledRole(role)}; they, or whoever is in command, hand it over.`)
  const by = actorOf(caller)
  const brief = body.brief || (await writeBrief(tx.sql, scene, reader, now))
  const offer: Offer = { role: role.name, to: body.to, by: caller.person ?? caller.label, brief, offeredAt: now }
  const after: Scene = { ...scene, around: { ...around, offers: [...around.offers, offer] } }
  const offered = fact({ incidentId: incident.id, happenedAt: now, actor: by }, 'role.offered', { role: role.name, person: body.to, brief })
  return {
    scene: await settleScene(tx, now, parts, scene, after, [offered, ...(await letIn(tx, now, scene, body.to, by))]),
    offer,
    warnings: fits.warnings,
  }
}

/** An offer is taken back by whoever made it, has the role, or is in command. */
export async function withdrawOffer(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  at: At,
  caller: Caller,
): Promise<Scene | NoScene | Refusal<'not-yours'>> {
  const scene = await enter(tx, now, snapshot, at.id, at.role, caller)
  if (isRefusal(scene)) return scene
  const { incident, around, role } = scene
  const offer = around.offers.find((one) => one.role === role.name)
  if (!offer) return scene
  const isTheirs =
    offer.by === (caller.person ?? caller.label) || around.roles.some((one) => one.role === role.name && one.person === caller.person)
  if (!isTheirs && !commands(scene, caller))
    return refuse('not-yours', `${offer.by} offered it; they, or whoever is in command, take it back.`)
  const lapsed = fact({ incidentId: incident.id, happenedAt: now, actor: actorOf(caller) }, 'role.lapsed', {
    role: role.name,
    person: offer.to,
  })
  return settleScene(tx, now, parts, scene, without(scene, offer), [lapsed])
}

/** Whoever was asked says yes, and has it; or no, and why. */
export async function answerOffer(
  tx: Transaction,
  now: Instant,
  parts: CommandParts,
  snapshot: Snapshot,
  at: At,
  { accept, reason }: { accept: boolean; reason?: string | undefined },
  caller: Caller,
): Promise<Scene | NoScene | Refusal<'not-yours' | 'reason-wanted'>> {
  const scene = await enter(tx, now, snapshot, at.id, at.role, caller)
  if (isRefusal(scene)) return scene
  const { incident, around, role } = scene
  const offer = around.offers.find((one) => one.role === role.name)
  if (!offer) return refuse('not-yours', `Nobody is asked to be ${calledRole(role)} now; what is not answered within ten minutes lapses.`)
  if (offer.to !== caller.person) return refuse('not-yours', `${offer.to} is asked to be ${calledRole(role)}; they alone answer.`)
  if (!accept && !reason) return refuse('reason-wanted', 'Say in `reason` why not, so that somebody else is found.')
  const about = { incidentId: incident.id, happenedAt: now, actor: actorOf(caller) }
  if (!accept) {
    const declined = fact(about, 'role.declined', { role: role.name, person: offer.to, from: offer.by, reason: reason! })
    return settleScene(tx, now, parts, scene, without(scene, offer), [declined])
  }
  const before = around.roles.filter((one) => one.role === role.name && (!role.spec.many || one.person === offer.by))
  const { around: left } = without(scene, offer)
  const roles = [...left.roles.filter((one) => !before.includes(one)), { role: role.name, person: offer.to, acceptedAt: now, since: now }]
  const from = before[0]?.person
  const accepted = fact(about, 'role.accepted', { role: role.name, person: offer.to, ...(from !== undefined && { from }) })
  return settleScene(tx, now, parts, scene, { ...scene, around: { ...left, roles } }, [accepted])
}

function without(scene: Scene, offer: Offer): Scene {
  return { ...scene, around: { ...scene.around, offers: scene.around.offers.filter((one) => one !== offer) } }
}

function commands({ around }: Scene, { person }: Caller): boolean {
  return around.roles.some((one) => one.role === 'commander' && one.person === person)
}
