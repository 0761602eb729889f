import type { z } from 'zod'
import { iso } from '../../kernel/time.ts'
import type { Snapshot } from '../documents/index.ts'
import { levelAt, type SchemeVersion } from '../severity/index.ts'
import type { Offer } from './around.ts'
import type { Held } from './held.ts'
import { allRoles, type NamedRole } from './role-kind.ts'
import { lapsesAt } from './roles.ts'
import type { roleView } from './roles-contract.ts'

/** What the level of an incident asks for, in its order; nothing of one that is not declared. */
export function wantedRoles({ incident, command }: Pick<Held, 'incident' | 'command'>, scheme: SchemeVersion | undefined): string[] {
  return command && scheme ? levelAt(scheme.spec, incident.severity).roles.required : []
}

/** Every role, those wanted first. One that nobody wrote down any more is told as long as somebody has it. */
export function roleViews(held: Held, scheme: SchemeVersion | undefined, snapshot: Snapshot): z.input<typeof roleView>[] {
  const known = allRoles(snapshot)
  const wanted = wantedRoles(held, scheme)
  const gone = [...wanted, ...held.around.roles.map(({ role }) => role)].filter((name) => !known.some((one) => one.name === name))
  const all = [...known, ...[...new Set(gone)].map((name) => ({ name, spec: { duties: [], firstSteps: [], many: true } }))]
  const place = ({ name }: NamedRole) => (wanted.includes(name) ? wanted.indexOf(name) : wanted.length)
  return all.sort((a, b) => place(a) - place(b)).map((one) => roleViewOf(one, held, wanted))
}

export function roleViewOf({ name, spec }: NamedRole, { incident, command, around }: Held, wanted: string[]): z.input<typeof roleView> {
  const offer = around.offers.find(({ role }) => role === name)
  const isEmpty = !around.roles.some(({ role }) => role === name)
  // The reminder to fill it keeps since when there is something to remind of.
  const nagged = around.reminders.find(({ rule, subject }) => (rule === 'role-empty' || rule === 'commander-empty') && subject === name)
  return {
    role: name,
    name: spec.displayName ?? name,
    wanted: wanted.includes(name),
    emptySince: isEmpty && nagged ? iso(nagged.since) : null,
    many: spec.many === true,
    handsOff: spec.handsOff === true && incident.severity <= 2,
    duties: spec.duties,
    firstSteps: spec.firstSteps,
    people: around.roles
      .filter(({ role }) => role === name)
      .map(({ person, acceptedAt, since }) => ({ person, accepted: acceptedAt !== null, since: iso(since) })),
    offer: offer ? offerViewOf(offer, command?.pace ?? 1) : null,
  }
}

export function offerViewOf({ to, by, brief, offeredAt }: Offer, pace: number) {
  return { to, by, brief, offeredAt: iso(offeredAt), lapsesAt: iso(lapsesAt(offeredAt, pace)) }
}
