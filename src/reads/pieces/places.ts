import { DAY, type Instant } from '../../kernel/time.ts'
import type { Snapshot } from '../../modules/documents/index.ts'
import { byName } from '../../modules/documents/index.ts'
import { EscalationPolicy, find, type PolicySpec, type Target } from '../../modules/escalation/index.ts'
import { COVER_DAYS, eachShift, isGap, overridesOf, Schedule, type ShiftInWindow } from '../../modules/oncall/index.ts'
import { Person, Team } from '../../modules/people/index.ts'

/** A level of a policy that may lead to a person. */
export interface Place {
  policy: string
  policyName: string
  level: number
  catchAll: boolean
}

/** Where a person may be paged from, whoever has the turn: every level that names them or what they belong to, the first levels first. */
export function placesOf(snapshot: Snapshot, person: string): (Place & { through: string })[] {
  return snapshot
    .all(EscalationPolicy)
    .sort(byName)
    .flatMap(({ name, spec }) =>
      levelsOf(spec).flatMap(({ level, catchAll, notify }) => {
        const target = notify.find((one) => mayLeadTo(snapshot, one, person))
        if (!target) return []
        return [{ policy: name, policyName: spec.displayName ?? name, level, catchAll, through: throughOf(snapshot, target) }]
      }),
    )
    .sort(firstLevelsFirst)
}

export function mayLeadTo(snapshot: Snapshot, target: Target, person: string): boolean {
  if ('person' in target) return target.person === person
  if ('team' in target) return snapshot.get(Team, target.team)?.spec.members.includes(person) === true
  if ('admins' in target) return ['owner', 'admin'].includes(snapshot.get(Person, person)?.spec.role ?? '')
  const schedule = snapshot.get(Schedule, target.schedule)?.spec
  return (
    schedule?.layers.some(({ users }) => users.includes(person)) === true ||
    schedule?.overrides?.some(({ user }) => user === person) === true ||
    overridesOf(snapshot, target.schedule).some(({ user }) => user === person)
  )
}

/** Who stands where at this moment, by person; the first level first. */
export function standing(snapshot: Snapshot, at: Instant): Map<string, (Place & { until: Instant | null })[]> {
  const byPerson = new Map<string, (Place & { until: Instant | null })[]>()
  for (const { name, spec } of snapshot.all(EscalationPolicy).sort(byName))
    for (const { level, catchAll, notify } of levelsOf(spec))
      for (const { person, shift } of find(snapshot, notify, 'high', 'drill', at)) {
        if (person === undefined) continue
        const known = byPerson.get(person) ?? []
        const place = { policy: name, policyName: spec.displayName ?? name, level, catchAll, until: shift?.until ?? null }
        if (!known.some((one) => one.policy === name && one.level === level)) byPerson.set(person, [...known, place])
      }
  for (const places of byPerson.values()) places.sort(firstLevelsFirst)
  return byPerson
}

export type TurnOf = ShiftInWindow & { schedule: string; scheduleName: string }

/** So many shifts of a schedule are looked at: a turn of seconds would have millions. */
const SHIFTS_MAX = 2000
const TOLD = 10

/** The shifts of each person from now on, in order, successive ones of one schedule taken together. */
export function turnsAhead(snapshot: Snapshot, now: Instant): Map<string, TurnOf[]> {
  const byPerson = new Map<string, TurnOf[]>()
  for (const { name, spec } of snapshot.all(Schedule).sort(byName)) {
    let count = 0
    for (const entry of eachShift(spec, now, now + COVER_DAYS * DAY, overridesOf(snapshot, name))) {
      if (++count > SHIFTS_MAX) break
      if (isGap(entry)) continue
      const known = byPerson.get(entry.user) ?? []
      const last = known.at(-1)
      if (last?.schedule === name && last.until === entry.from) known[known.length - 1] = { ...last, until: entry.until }
      else known.push({ ...entry, schedule: name, scheduleName: spec.displayName ?? name })
      byPerson.set(entry.user, known)
    }
  }
  for (const turns of byPerson.values()) turns.sort((a, b) => a.from - b.from).splice(TOLD)
  return byPerson
}

function firstLevelsFirst(a: Place, b: Place): number {
  return Number(a.catchAll) - Number(b.catchAll) || a.level - b.level
}

function throughOf(snapshot: Snapshot, target: Target): string {
  if ('schedule' in target) return snapshot.get(Schedule, target.schedule)?.spec.displayName ?? target.schedule
  if ('team' in target) return snapshot.get(Team, target.team)?.spec.displayName ?? target.team
  return 'person' in target ? 'by name' : 'admins'
}

/** Whom each level of a policy names, the catch-all last. */
export function levelsOf(policy: PolicySpec): { level: number; catchAll: boolean; notify: Target[] }[] {
  const levels = policy.levels.map(({ notify }, i) => ({ level: i + 1, catchAll: false, notify }))
  return [...levels, { level: levels.length + 1, catchAll: true, notify: policy.catchAll.notify }]
}
