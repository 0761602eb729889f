import type { Issue } from '../../kernel/result.ts'
import { DAY, type Instant, iso } from '../../kernel/time.ts'
import { Service, type ServiceSpec } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import { EscalationPolicy, type PolicySpec, type Target } from '../escalation/index.ts'
import { nextGap, overridesOf, Schedule, type ScheduleSpec } from '../oncall/index.ts'
import { Person, Team, type TeamSpec } from '../people/index.ts'
import { calledAs } from './kinds.ts'
import { issueWith, type WrittenDocument } from './read.ts'
import type { Path } from './yaml.ts'

/** How far ahead a schedule is looked at for time without anybody. */
const AHEAD_DAYS = 14

/**
 * What is allowed and yet leaves somebody unpaged: said when it is written, because the next chance to notice is at
 * night. `after` is the configuration as it will be.
 */
export function warningsAbout(documents: WrittenDocument[], after: Snapshot, now: Instant): Issue[] {
  return documents.flatMap((document) => {
    const { kind, spec } = document
    if (kind === EscalationPolicy.name) return aboutPolicy(document, spec as PolicySpec, after)
    if (kind === Schedule.name) return aboutSchedule(document, spec as ScheduleSpec, after, now)
    if (kind === Team.name && (spec as TeamSpec).members.length === 0)
      return [issueWith(document, ['spec', 'members'], 'nobody is in this team, so that paging it reaches nobody')]
    if (kind === Service.name && (spec as ServiceSpec).policy === undefined)
      return [issueWith(document, ['spec'], 'has no escalation policy, so that its alerts page nobody; write policy: name')]
    return []
  })
}

function aboutPolicy(document: WrittenDocument, policy: PolicySpec, after: Snapshot): Issue[] {
  const places = [
    ...policy.levels.flatMap((level, i) => level.notify.map((target, j) => ({ target, path: ['spec', 'levels', i, 'notify', j] as Path }))),
    ...policy.catchAll.notify.map((target, j) => ({ target, path: ['spec', 'catchAll', 'notify', j] as Path })),
  ]
  const told = new Set<string>()
  const unreachable = places.flatMap(({ target, path }) =>
    peopleBehind(target, after).flatMap((name) => {
      const why = unreachableBecause(name, after)
      if (why === undefined || told.has(name)) return []
      told.add(name)
      return [
        issueWith(
          document,
          path,
          `${calledAs({ kind: 'Person', name })} ${why}${'person' in target ? '' : `; named here through ${targetText(target)}`}`,
        ),
      ]
    }),
  )
  const empty = policy.levels.flatMap((level, i) =>
    level.notify.length === 0 ? [issueWith(document, ['spec', 'levels', i], 'pages nobody; the level after it goes at once')] : [],
  )
  return [...empty, ...unreachable]
}

function aboutSchedule(document: WrittenDocument, schedule: ScheduleSpec, after: Snapshot, now: Instant): Issue[] {
  const gap = nextGap(schedule, now, now + AHEAD_DAYS * DAY, overridesOf(after, document.name))
  const people = [...new Set(schedule.layers.flatMap((layer) => layer.users))]
  return [
    ...(gap
      ? [
          issueWith(
            document,
            ['spec', 'layers'],
            `nobody is on call from ${minute(gap.from)} to ${minute(gap.until)}${gap.until >= now + AHEAD_DAYS * DAY ? ' and perhaps longer' : ''}`,
          ),
        ]
      : []),
    ...people.flatMap((name) => {
      const why = unreachableBecause(name, after)
      return why === undefined ? [] : [issueWith(document, placeOf(schedule, name), `${calledAs({ kind: 'Person', name })} ${why}`)]
    }),
  ]
}

function placeOf(schedule: ScheduleSpec, name: string): Path {
  const layer = schedule.layers.findIndex(({ users }) => users.includes(name))
  return ['spec', 'layers', layer, 'users', schedule.layers[layer]!.users.indexOf(name)]
}

function peopleBehind(target: Target, after: Snapshot): string[] {
  if ('person' in target) return [target.person]
  if ('team' in target) return after.get(Team, target.team)?.spec.members ?? []
  if ('schedule' in target) return [...new Set(after.get(Schedule, target.schedule)?.spec.layers.flatMap((layer) => layer.users) ?? [])]
  return after
    .all(Person)
    .filter(({ spec }) => spec.role === 'owner' || spec.role === 'admin')
    .map(({ name }) => name)
}

/** Why no page would reach a person; undefined when one would. A phone on screen counts in the demo and in drills only. */
function unreachableBecause(name: string, after: Snapshot): string | undefined {
  const person = after.get(Person, name)
  if (!person || person.origin.kind === 'demo') return undefined
  const contacts = person.spec.contacts ?? []
  if (contacts.length === 0) return 'has no contact and cannot be paged'
  return contacts.every(({ channel }) => channel === 'screen')
    ? 'has a phone on screen only, which rings nowhere; add another contact'
    : undefined
}

function targetText(target: Target): string {
  if ('team' in target) return calledAs({ kind: 'Team', name: target.team })
  if ('schedule' in target) return calledAs({ kind: 'Schedule', name: target.schedule })
  return 'the admins'
}

function minute(at: Instant): string {
  return `${iso(at).slice(0, 16).replace('T', ' ')} UTC`
}
