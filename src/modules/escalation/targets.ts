import type { Instant } from '../../kernel/time.ts'
import type { Snapshot } from '../documents/index.ts'
import { onCallFor, Schedule } from '../oncall/index.ts'
import { Person, rulesOf, Team, type Urgency } from '../people/index.ts'
import type { Found } from '../timeline/index.ts'
import type { Target } from './policy.ts'
import { rulesOn, type Stage } from './stage.ts'

/** Whom the targets lead to at this moment, with the reason for each, and the reason where one leads to nobody. */
export function find(snapshot: Snapshot, targets: Target[], urgency: Urgency, stage: Stage, now: Instant): Found[] {
  return targets.flatMap((target) => findOne(snapshot, target, now)).map((found) => reachable(snapshot, found, urgency, stage))
}

/**
 * When even the catch-all leads to nobody: the admins, then everyone who can be reached at all, but for those who have
 * been tried. Nobody real is woken for the demo.
 */
export function findAnybody(snapshot: Snapshot, urgency: Urgency, stage: Stage, tried: ReadonlySet<string> = new Set()): Found[] {
  const untried = adminsOf(snapshot).filter(({ person }) => !tried.has(person!))
  const admins = stage === 'demo' ? [] : untried.map((found) => reachable(snapshot, found, urgency, stage))
  if (admins.some((found) => found.absent === undefined)) return admins
  return snapshot
    .all(Person)
    .filter(({ name, origin }) => !tried.has(name) && (stage !== 'demo' || origin.kind === 'demo'))
    .map((person): Found => reachable(snapshot, { target: { everyone: true }, person: person.name }, urgency, stage))
    .filter((found) => found.absent === undefined)
}

function findOne(snapshot: Snapshot, target: Target, now: Instant): Found[] {
  if ('person' in target) return [{ target, person: target.person }]
  if ('schedule' in target) return [onCall(snapshot, target.schedule, now)]
  if ('team' in target) return membersOf(snapshot, target.team)
  return adminsOf(snapshot)
}

function onCall(snapshot: Snapshot, schedule: string, now: Instant): Found {
  const target = { schedule }
  if (!snapshot.get(Schedule, schedule)) return { target, absent: 'no-such-schedule' }
  const shift = onCallFor(snapshot, schedule, now)
  if (!shift) return { target, absent: 'nobody-on-call' }
  const { from, until, why } = shift
  const because =
    why.kind === 'layer' ? { layer: why.layer } : { override: why.id ?? schedule, ...(why.reason !== undefined && { reason: why.reason }) }
  return { target, person: shift.user, shift: { from, until, ...because } }
}

function membersOf(snapshot: Snapshot, team: string): Found[] {
  const target = { team }
  const members = snapshot.get(Team, team)?.spec.members
  if (!members) return [{ target, absent: 'no-such-team' }]
  if (members.length === 0) return [{ target, absent: 'empty-team' }]
  return members.map((person) => ({ target, person }))
}

function adminsOf(snapshot: Snapshot): Found[] {
  return snapshot
    .all(Person)
    .filter((person) => person.spec.role === 'owner' || person.spec.role === 'admin')
    .map((person) => ({ target: { admins: true }, person: person.name }))
}

/** A person who is gone, who lives in the demo alone, or who cannot be reached by any contact, counts as absent. */
function reachable(snapshot: Snapshot, found: Found, urgency: Urgency, stage: Stage): Found {
  if (found.person === undefined) return found
  const person = snapshot.get(Person, found.person)
  if (!person) return { ...found, absent: 'no-such-person' }
  if (person.origin.kind === 'demo' && stage !== 'demo') return { ...found, absent: 'demo-person' }
  if (rulesOn(stage, person.spec, urgency).length === 0)
    return { ...found, absent: rulesOf(person.spec, urgency).length === 0 ? 'no-contact' : 'only-on-screen' }
  return found
}
