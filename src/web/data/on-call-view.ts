import type { PersonLook } from '../parts/avatar.tsx'
import type { Duty, DutyPerson, PolicyDuty, ScheduleAhead, Verdict } from '../product/on-call/duty.ts'
import { words } from '../product/on-call/words.ts'
import type { api } from './api.ts'
import { momentOf } from './incident-view.ts'

type Post = Awaited<ReturnType<typeof api.listOnCall>>['items'][number]
type Cover = Awaited<ReturnType<typeof api.listCover>>['items'][number]

/** Policies with their levels, those of the viewer first; schedules that no policy asks come last. */
export function policiesOf(posts: Post[], cover: Cover[], services: ReadonlyMap<string, number>, me: string | undefined): PolicyDuty[] {
  const policies = [...new Set(posts.flatMap(({ policy }) => policy ?? []))]
  const asked = new Set(posts.filter(({ policy }) => policy !== null).map(({ schedule }) => schedule))
  const alone = posts.filter(({ policy, schedule }) => policy === null && !asked.has(schedule))
  const told = policies.map((policy) =>
    policyOf(
      policy,
      posts.filter((post) => post.policy === policy),
      cover,
      services,
      me,
    ),
  )
  const mine = (one: PolicyDuty) => one.duties.findIndex(({ people }) => people.some(({ isMe }) => isMe))
  const place = (one: PolicyDuty) => (mine(one) === -1 ? Number.POSITIVE_INFINITY : mine(one))
  told.sort((a, b) => place(a) - place(b) || a.displayName.localeCompare(b.displayName))
  if (alone.length === 0) return told
  const duties = alone.map((post) => dutyOf([post], undefined, me))
  return [...told, { policy: undefined, displayName: words.withoutPolicy, services: 0, duties, catchAll: [] }]
}

function policyOf(
  policy: string,
  posts: Post[],
  cover: Cover[],
  services: ReadonlyMap<string, number>,
  me: string | undefined,
): PolicyDuty {
  const targets = new Map<string, Post[]>()
  for (const post of posts) {
    const key = `${post.level} ${post.team === null ? (post.schedule ?? post.person ?? post.whyKind) : `team ${post.team}`}`
    targets.set(key, [...(targets.get(key) ?? []), post])
  }
  const duties = [...targets.values()].map((some, i, all) => dutyOf(some, all[i - 1]?.[0]?.level, me))
  const schedules = new Set(posts.filter(({ catchAll }) => !catchAll).flatMap(({ schedule }) => schedule ?? []))
  const gaps = cover
    .filter(({ schedule }) => schedules.has(schedule))
    .flatMap((one) => one.gaps.slice(0, 1))
    .map(({ from }) => Date.parse(from))
  const catchAll = duties.filter(({ level }) => level === 'catch-all').flatMap(({ people }) => people)
  const rows = duties.filter(({ level, people }) => level !== 'catch-all' || people.length === 0)
  return {
    policy,
    displayName: posts[0]?.policyName ?? policy,
    services: services.get(policy) ?? 0,
    duties: rows.map((duty, i) =>
      duty.people.length > 0 || duty.level === 'catch-all'
        ? duty
        : { ...duty, goesTo: (rows.slice(i + 1).find(({ people }) => people.length > 0)?.people[0] ?? catchAll[0])?.look },
    ),
    catchAll,
    ...(gaps.length > 0 && { gap: { from: Math.min(...gaps) } }),
  }
}

function dutyOf(posts: Post[], levelBefore: number | null | undefined, me: string | undefined): Duty {
  const [first] = posts as [Post]
  return {
    key: `${first.policy} ${first.level} ${first.schedule ?? first.team ?? first.person}`,
    policy: first.policy ?? undefined,
    level: first.level === null ? undefined : first.catchAll ? 'catch-all' : first.level,
    isFirstOfLevel: first.level !== levelBefore,
    through: throughOf(first),
    people: posts.flatMap((post) => (post.person === null ? [] : [personOf(post, me)])),
    absence: first.person === null ? (first.absence ?? 'missing') : undefined,
    override: first.origin?.kind === 'override' ? { reason: first.origin.reason ?? undefined } : undefined,
    until: momentOf(first.until),
    next: first.next ? { look: lookOf(first.next.displayName), until: momentOf(first.next.until) } : undefined,
  }
}

function throughOf({ schedule, scheduleName, team, teamName, whyKind, absence }: Post): Duty['through'] {
  if (schedule !== null) return { kind: 'schedule', name: schedule, displayName: scheduleName ?? schedule }
  if (team !== null) return { kind: 'team', name: team, displayName: teamName ?? team }
  if (absence === 'left-empty') return undefined
  return { kind: whyKind === 'admin' ? 'admins' : 'named' }
}

function personOf({ person, displayName, timeZone, reachable }: Post, me: string | undefined): DutyPerson {
  return { name: person!, look: { name: displayName ?? person! }, isMe: person === me, timeZone: timeZone ?? undefined, ways: reachable }
}

function lookOf(name: string | null): PersonLook | undefined {
  return name === null ? undefined : { name }
}

export interface Mine {
  shifts: { scheduleName: string; from: string; until: string }[]
}

/** Whether every policy leads to somebody who can be woken, and where the viewer stands. */
export function verdictOf(
  policies: PolicyDuty[],
  ahead: Cover[] | undefined,
  mine: Mine | undefined,
  now: number,
  isPerson: boolean,
): Verdict {
  const real = policies.filter(({ policy }) => policy !== undefined)
  const reaches = ({ ways }: DutyPerson) => ways.some(({ state }) => state !== 'failing')
  const unreachable = new Map<string, string>()
  for (const { displayName, duties } of real)
    for (const { level, people, through } of duties)
      if (level !== 'catch-all' && through?.kind === 'schedule')
        for (const person of people)
          if (!reaches(person) && !unreachable.has(person.look.name)) unreachable.set(person.look.name, displayName)
  return {
    policies: real.length,
    nobody: real
      .filter(({ duties, catchAll }) => ![...duties.flatMap(({ people }) => people), ...catchAll].some(reaches))
      .map(({ displayName }) => displayName),
    unreachable: [...unreachable].map(([person, place]) => ({ person, place })),
    mine: isPerson ? standingOf(real, mine, now) : undefined,
    gaps: ahead
      ?.flatMap(({ schedule, displayName, gaps }) =>
        gaps.map(({ from, until }) => ({ schedule, displayName, from: Date.parse(from), until: Date.parse(until) })),
      )
      .sort((a, b) => a.from - b.from),
  }
}

function standingOf(policies: PolicyDuty[], mine: Mine | undefined, now: number): Verdict['mine'] {
  const posts = policies.flatMap(({ displayName, duties }) =>
    duties.flatMap(({ level, people, until, through }) =>
      typeof level === 'number' && through?.kind !== 'team' && people.some(({ isMe }) => isMe)
        ? [{ what: words.levelOf(displayName, level), level, until }]
        : [],
    ),
  )
  const [first] = posts.sort((a, b) => a.level - b.level)
  if (first) return { kind: 'on', what: first.what, until: first.until }
  const next = mine?.shifts.find(({ from }) => Date.parse(from) > now)
  return { kind: 'off', ...(next && { next: { what: next.scheduleName, from: Date.parse(next.from) } }) }
}

export function aheadOf(cover: Cover[], me: string | undefined): ScheduleAhead[] {
  return cover.map(({ schedule, displayName, timeZone, days, gaps }) => ({
    ...{ schedule, displayName, timeZone },
    days: days.map((day) => ({ cover: day.cover, isMine: me !== undefined && day.people.includes(me) })),
    gaps: gaps.map(({ from, until }) => ({ from: Date.parse(from), until: Date.parse(until) })),
  }))
}
