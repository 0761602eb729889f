import { parseDuration } from '../../kernel/duration.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Snapshot } from '../documents/index.ts'
import { EscalationPolicy, find, firstStep, type Stage } from '../escalation/index.ts'
import { displayName, Person } from '../people/index.ts'
import type { SeverityLevel } from '../severity/index.ts'
import { meantBy, type Whom } from './whom.ts'

/** What a level brings about: shown before anybody is woken, and carried out by the same. */
export interface Plan {
  /** Whether the incident's own run starts. */
  runs: boolean
  /** Who is paged now, and how they were found. */
  pages: { person: string; displayName: string; by: 'policy' | Whom }[]
  /** Who hears of it without being woken. */
  tells: { how: 'notify' | 'chat' | 'queue' | 'ticket'; whom: Whom | null; people: string[] }[]
  roles: string[]
  room: boolean
  nextUpdateBy: Instant | null
  /** What of it leads nowhere, and why. */
  warnings: string[]
}

export interface Planned {
  level: SeverityLevel
  rank: number
  service: string | null
  policy: string | null
  urgency: 'high' | 'low'
  stage: Stage
  pace: number
  /** A page although the level names none. */
  page: boolean
}

export function planOf(planned: Planned, snapshot: Snapshot, now: Instant): Plan {
  const { level, rank, policy, pace } = planned
  const meant = level.raise.map((raise) => ({
    raise,
    meant: raise.whom === undefined ? undefined : meantBy(raise.whom, planned, snapshot, now),
  }))
  const warnings = meant.flatMap(({ raise, meant: to }) =>
    to && 'unknown' in to ? [`${raise.how === 'page' ? 'Not paged' : 'Not told'}: ${raise.whom}; ${to.unknown}.`] : [],
  )
  const wakes = planned.page || level.raise.some(({ how }) => how === 'page')
  const runs = wakes && policy !== null
  const own = runs ? firstOf(planned, policy, snapshot, now) : []
  if (!wakes)
    warnings.unshift(`Nobody is paged: ${level.key} wakes nobody. Say \`page: true\` to page by its escalation policy all the same.`)
  else if (policy === null) warnings.unshift('Nobody is paged: it has no service with an escalation policy, and none was named.')
  else if (own.length === 0) warnings.unshift(`Nobody is found at the first level of ${policy}; the next one is tried at once.`)
  const others = meant.flatMap(({ raise, meant: to }) =>
    raise.how === 'page' && to && 'people' in to ? to.people.map((person) => ({ person, by: raise.whom! })) : [],
  )
  const seen = new Set<string>()
  const pages = [...own.map((person) => ({ person, by: 'policy' as const })), ...others]
    .filter(({ person }) => !seen.has(person) && seen.add(person))
    .map(({ person, by }) => ({ person, displayName: displayName(person, snapshot.get(Person, person)?.spec), by }))
  return {
    runs,
    pages,
    tells: meant.flatMap(({ raise, meant: to }) =>
      raise.how === 'page'
        ? []
        : [{ how: raise.how, whom: raise.whom ?? null, people: to && 'people' in to ? to.people : to && 'run' in to ? own : [] }],
    ),
    roles: level.roles.required,
    room: rank <= 3,
    nextUpdateBy: level.update === undefined ? null : now + Math.max(1000, parseDuration(level.update.every)! / pace),
    warnings,
  }
}

/** Whom the policy's first level leads to at this moment. */
function firstOf({ rank, urgency, stage }: Planned, policy: string, snapshot: Snapshot, now: Instant): string[] {
  const spec = snapshot.get(EscalationPolicy, policy)?.spec
  if (!spec) return []
  const { notify } = firstStep(spec, rank, now)
  return [
    ...new Set(
      find(snapshot, notify, urgency, stage, now).flatMap(({ person, absent }) => (absent === undefined && person ? [person] : [])),
    ),
  ]
}
