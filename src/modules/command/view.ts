import type { z } from 'zod'
import { type Instant, iso } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import { type Incident, intervalsOf, isoOrNull, MOMENTS, type Moments, possibleActs, viewOf } from '../incidents/index.ts'
import { levelAt, type SchemeVersion } from '../severity/index.ts'
import type { Around } from './around.ts'
import type { CheckItem } from './checks.ts'
import type { Command, WarRoom } from './command.ts'
import type { commandView, planView } from './contract.ts'
import type { Held } from './held.ts'
import { needsOf, needsOfPlain } from './needs.ts'
import type { Plan } from './plan.ts'
import { numbered } from './room-name.ts'

/** When people inside are told next, as far as that was promised. */
export function nextUpdateOf({ reminders }: Around): Instant | null {
  const promised = reminders.flatMap(({ promisedAt, stoppedBecause }) =>
    promisedAt === null || stoppedBecause !== null ? [] : [promisedAt],
  )
  return promised.length === 0 ? null : Math.min(...promised)
}

/** The moments of an incident: what its row holds, and over it what was set. */
export function momentsOf(incident: Incident, command: Command | null): Moments {
  const { impactStartedAt, detectedAt, declaredAt, acknowledgedAt, resolvedAt } = incident
  const own = {
    impactStarted: impactStartedAt,
    detected: detectedAt,
    declared: declaredAt,
    acknowledged: acknowledgedAt,
    resolved: incident.status === 'resolved' || incident.status === 'closed' ? resolvedAt : null,
  }
  const said = Object.fromEntries(Object.entries(own).filter(([, at]) => at !== null))
  return { ...said, ...command?.moments }
}

export function commandViewOf(
  { incident, command, around }: Held,
  scheme: SchemeVersion | undefined,
  caller: Caller,
  now: Instant,
): z.input<typeof commandView> {
  const { roles } = around
  const declared = incident.declaredAt !== null
  const level = scheme && levelAt(scheme.spec, incident.severity)
  const wanted = (command && level?.roles.required) ?? []
  const named = [...new Set([...wanted, ...roles.map(({ role }) => role)])]
  const acts = caller.permits('incident:act') ? possibleActs({ ...incident, declared }) : []
  return {
    ...viewOf(incident),
    levelName: level?.name ?? null,
    moments: momentsTold(momentsOf(incident, command)),
    facts: command?.facts ?? null,
    source: command?.source ?? null,
    cause: command?.cause ?? null,
    resolution: command?.resolution ?? null,
    dataLoss: command?.dataLoss ?? null,
    impact: command?.impact ?? null,
    fields: command?.fields ?? null,
    roles: named.map((role) => ({
      role,
      wanted: wanted.includes(role),
      people: roles.filter((one) => one.role === role).map(({ person, acceptedAt }) => ({ person, accepted: acceptedAt !== null })),
    })),
    room: roomOf(incident, command),
    monitoringUntil: isoOrNull(command?.monitoringUntil ?? null),
    nextUpdateBy: isoOrNull(nextUpdateOf(around)),
    review: reviewOf(command),
    drill: incident.origin === 'drill' ? { pace: command?.pace ?? 1 } : null,
    needs: (command ? needsOf(around.reminders, now) : needsOfPlain(incident, now)).map((one) => ({ ...one, since: iso(one.since) })),
    can: acts,
  }
}

function roomOf({ number }: Incident, command: Command | null): WarRoom {
  const room = command?.room ?? { state: 'off', name: null, url: null }
  return room.bridge === undefined ? room : { ...room, bridge: numbered(room.bridge, number) }
}

function momentsTold(moments: Moments): Record<(typeof MOMENTS)[number], string | null> {
  return Object.fromEntries(MOMENTS.map((name) => [name, isoOrNull(moments[name] ?? null)])) as ReturnType<typeof momentsTold>
}

/** When what happened, and how long each took. */
export function momentsViewOf({ incident, command }: { incident: Incident; command: Command | null }) {
  const moments = momentsOf(incident, command)
  return { moments: momentsTold(moments), intervals: intervalsOf(moments, { status: incident.status, drill: incident.origin === 'drill' }) }
}

export function checkViewOf({ said, ...check }: CheckItem) {
  return { ...check, said: said && { ...said, at: iso(said.at) } }
}

function reviewOf(command: Command | null): { at: string } | { waived: string } | null {
  if (!command?.review) return null
  return 'at' in command.review ? { at: iso(command.review.at) } : command.review
}

export function planViewOf({ pages, tells, roles, room, nextUpdateBy }: Plan): z.input<typeof planView> {
  return { pages, tells, roles, room, nextUpdateBy: isoOrNull(nextUpdateBy) }
}
