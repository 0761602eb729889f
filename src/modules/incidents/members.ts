import type { Actor } from '../../kernel/actor.ts'
import type { IncidentId } from '../../kernel/ids.ts'
import { type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import type { Snapshot } from '../documents/index.ts'
import { holdEscalations } from '../escalation/index.ts'
import { readPeoplePaged } from '../paging/index.ts'
import { Person, Team } from '../people/index.ts'
import { append, type Entry, fact, readTimeline } from '../timeline/index.ts'
import { notFound } from './find.ts'
import { type Incident, numberText } from './incident.ts'
import { deleteMember, type How, insertMembers, insertWherePrivate, type Member, type NewMember, readMembers } from './member-store.ts'
import { lockIncidents, updateIncidents } from './store.ts'

/** A person or a team, as a request names them. */
export type Named = { person: string } | { team: string }

/** What other rooms know of who has which role in an incident. */
export interface Standings {
  /** People who have a role in it. */
  holders(tx: Transaction, incidentId: IncidentId): Promise<string[]>
  /** Who commands it. */
  commander(tx: Transaction, incidentId: IncidentId): Promise<string | null>
  /** Tells every member of something that concerns who sees it, beside the timeline. */
  tell(tx: Transaction, now: Instant, incident: Incident, members: Member[], by: Actor): Promise<void>
}

export const memberOf = (named: Named): Pick<Member, 'kind' | 'name'> =>
  'person' in named ? { kind: 'person', name: named.person } : { kind: 'team', name: named.team }

/** The first of these whom nobody knows. */
export function whoIsMissing(snapshot: Snapshot, named: Named[]): Refusal<'no-such-person' | 'no-such-team'> | undefined {
  for (const one of named) {
    if ('person' in one && !snapshot.get(Person, one.person))
      return refuse('no-such-person', `There is no person ‹${one.person.slice(0, 100)}›. \`tocsin person list\` shows them.`)
    if ('team' in one && !snapshot.get(Team, one.team))
      return refuse('no-such-team', `There is no team ‹${one.team.slice(0, 100)}›. \`tocsin team list\` shows them.`)
  }
  return undefined
}

/** The facts of those who were let in. */
export function letInFacts(
  now: Instant,
  by: Actor,
  letIn: Pick<NewMember, 'incidentId' | 'kind' | 'name'>[],
  how: How,
  reason?: string,
): Entry[] {
  return letIn.map(({ incidentId, kind, name }) =>
    fact({ incidentId, happenedAt: now, actor: by }, 'incident.member-added', {
      who: kind === 'team' ? `team ${name}` : name,
      by: how,
      ...(reason !== undefined && { reason }),
    }),
  )
}

/** Whoever is paged for a private incident sees it from that transaction on; answers the facts, for the caller to append. */
export function letInPaged(tx: Transaction, now: Instant, pages: { incidentId: string; person: string }[]): Promise<Entry[]> {
  return letInFor(tx, now, pages, { how: 'page', by: 'system' })
}

/** The same of whoever gets a part in it. Of public incidents nothing is written. */
export async function letInFor(
  tx: Transaction,
  now: Instant,
  people: { incidentId: string; person: string }[],
  as: Pick<Member, 'how' | 'by'>,
): Promise<Entry[]> {
  if (people.length === 0) return []
  const named = people.map(({ incidentId, person }) => ({ incidentId, person }))
  const letIn = await insertWherePrivate(tx.sql, now, named, as)
  const members = letIn.map(({ incidentId, person }) => ({ incidentId, kind: 'person' as const, name: person }))
  return letInFacts(now, as.by, members, as.how)
}

/** Lets somebody in. Idempotent. */
export async function letIn(
  tx: Transaction,
  now: Instant,
  snapshot: Snapshot,
  id: string,
  named: Named,
  by: Actor,
): Promise<Member[] | Refusal<'not-found' | 'not-private' | 'no-such-person' | 'no-such-team'>> {
  const [incident] = await lockIncidents(tx.sql, [id])
  if (!incident) return notFound(id)
  if (incident.visibility === 'public') return notPrivate(incident)
  const missing = whoIsMissing(snapshot, [named])
  if (missing) return missing
  const added = await insertMembers(tx.sql, now, [{ incidentId: incident.id, ...memberOf(named), how: 'hand', by }])
  await append(tx, now, letInFacts(now, by, added, 'hand'))
  return readMembers(tx.sql, incident.id)
}

/** Takes somebody off those who may see it, or oneself; what they have seen is written. Idempotent. */
export async function letGoOf(
  tx: Transaction,
  now: Instant,
  id: string,
  named: Named,
  by: Actor,
): Promise<Member[] | Refusal<'not-found' | 'last-member'>> {
  const [incident] = await lockIncidents(tx.sql, [id])
  if (!incident) return notFound(id)
  const { kind, name } = memberOf(named)
  const members = await readMembers(tx.sql, incident.id)
  const left = members.filter((one) => one.kind !== kind || one.name !== name)
  if (left.length === members.length) return members
  if (left.length === 0 && incident.visibility === 'private')
    return refuse('last-member', `Then nobody could see ${numberText(incident.number)}. Let somebody else in first, or make it public.`)
  await deleteMember(tx.sql, incident.id, { kind, name })
  const who = kind === 'team' ? `team ${name}` : name
  await append(tx, now, [fact({ incidentId: incident.id, happenedAt: now, actor: by }, 'incident.member-removed', { who })])
  return left
}

/** Makes it private, for those who are in it already, or public, for all. Idempotent. */
export async function setVisibility(
  tx: Transaction,
  now: Instant,
  snapshot: Snapshot,
  standings: Standings,
  id: string,
  { visibility, confirm = false }: { visibility: 'public' | 'private'; confirm?: boolean | undefined },
  by: Actor,
): Promise<Incident | Refusal<'not-found' | 'not-yours' | 'confirm-wanted' | 'no-members'>> {
  const [incident] = await lockIncidents(tx.sql, [id])
  if (!incident) return notFound(id)
  if (incident.visibility === visibility) return incident
  const next: Incident = { ...incident, visibility }
  const about = { incidentId: incident.id, happenedAt: now, actor: by }
  const changed = fact(about, 'incident.visibility-changed', { to: visibility })
  if (visibility === 'public') {
    const may: (Actor | undefined)[] = [await declarerOf(tx, incident)]
    const commander = await standings.commander(tx, incident.id)
    if (commander !== null) may.push(`person:${commander}`)
    if (!may.includes(by)) return refuse('not-yours', `Only who commands ${numberText(incident.number)}, or declared it, makes it public.`)
    if (!confirm)
      return refuse(
        'confirm-wanted',
        'Then everybody here sees all of it, what was written so far too. Say `confirm: true` if that is meant.',
      )
    tx.unawaited(updateIncidents(tx.sql, now, [next]))
    await append(tx, now, [changed])
    return next
  }
  // Who decides a level holds its run: whoever it pages is known once we do.
  await holdEscalations(tx, [incident.id])
  const stays: [How, (string | null | undefined)[]][] = [
    ['declaring', [personIn(await declarerOf(tx, incident))]],
    ['role', [incident.acknowledgedBy, ...(await standings.holders(tx, incident.id))]],
    ['page', await readPeoplePaged(tx.sql, incident.id)],
    ['hand', [personIn(by)]],
  ]
  const entries: Entry[] = []
  const known = new Set<string>()
  const members: NewMember[] = []
  for (const [how, people] of stays)
    for (const name of people) {
      if (!name || known.has(name) || !snapshot.get(Person, name)) continue
      known.add(name)
      members.push({ incidentId: incident.id, kind: 'person', name, how, by })
    }
  if (members.length === 0 && (await readMembers(tx.sql, incident.id)).length === 0)
    return refuse('no-members', 'Nobody could see it: nobody declared it, has it, or was paged for it. A token of nobody is no member.')
  tx.unawaited(updateIncidents(tx.sql, now, [next]))
  const added = await insertMembers(tx.sql, now, members)
  for (const { how, name } of members)
    if (added.some((one) => one.name === name))
      entries.push(...letInFacts(now, by, [{ incidentId: incident.id, kind: 'person', name }], how))
  await append(tx, now, [changed, ...entries])
  return next
}

/** At least so much is said of why the glass is broken: everybody in it reads it. */
const REASON_LETTERS_MIN = 10

/** An owner or admin, a person, looks into a private incident: they become a member, and all members are told. */
export async function breakGlass(
  tx: Transaction,
  now: Instant,
  standings: Standings,
  incident: Incident,
  { person, reason }: { person: string; reason: string },
): Promise<Incident | Refusal<'reason-wanted' | 'not-private'>> {
  const [held] = await lockIncidents(tx.sql, [incident.id])
  if (!held || held.visibility === 'public') return notPrivate(incident)
  if (reason.length < REASON_LETTERS_MIN)
    return refuse('reason-wanted', `Say why you must see it, in ${REASON_LETTERS_MIN} letters at least; everybody in it reads this.`)
  const by: Actor = `person:${person}`
  const added = await insertMembers(tx.sql, now, [{ incidentId: held.id, kind: 'person', name: person, how: 'glass', by }])
  if (added.length > 0) await standings.tell(tx, now, held, await readMembers(tx.sql, held.id), by)
  await append(tx, now, letInFacts(now, by, added, 'glass', reason))
  return held
}

function notPrivate({ number }: Incident): Refusal<'not-private'> {
  return refuse('not-private', `${numberText(number)} is public: everybody sees it.`)
}

/** Who declared it, as the timeline tells: a token may be called like a person. */
async function declarerOf({ sql }: Transaction, { id, declaredAt }: Incident): Promise<Actor | undefined> {
  return declaredAt === null ? undefined : (await readTimeline(sql, id, 0, 1))[0]?.actor
}

function personIn(actor: Actor | undefined): string | undefined {
  return actor?.startsWith('person:') ? actor.slice('person:'.length) : undefined
}
