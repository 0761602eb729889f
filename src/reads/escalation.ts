import type { Language } from '../kernel/language.ts'
import { isRefusal } from '../kernel/result.ts'
import { type Instant, iso } from '../kernel/time.ts'
import type { Documents, Snapshot } from '../modules/documents/index.ts'
import {
  EscalationPolicy,
  find,
  nextStep,
  OWN_POLICY,
  ownPolicy,
  type PolicySpec,
  type Run,
  readLastRun,
  type Step,
} from '../modules/escalation/index.ts'
import type { incidentsContract } from '../modules/incidents/contract.ts'
import { findIncident } from '../modules/incidents/index.ts'
import { displayName, Person } from '../modules/people/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database, Sql } from '../platform/db.ts'
import { absentText, followingText, foundText, targetText } from './words.ts'

/** Who is next and when, asked of the engine's own rule, so that the screen never promises something else than happens. */
export function createReadEscalation(db: Database, documents: Documents): Handlers<typeof incidentsContract>['getEscalation'] {
  return async ({ params, language, now }) => {
    const incident = await findIncident(db.sql, params.id)
    if (isRefusal(incident)) return incident
    const snapshot = await documents.fresh(db.sql)
    const run = await readLastRun(db.sql, incident.id)
    if (!run) return { state: 'none', policy: incident.policy, run: null, round: null, level: null, next: null, levels: [] }
    const policy = await policyOfRun(db.sql, documents, run)
    const position = { policy: run.policy, run: run.number, round: run.round, level: run.level < 0 ? null : run.level + 1 }
    if (!policy) return { state: run.status, ...position, next: null, levels: [] }
    const levels = levelsOf(policy, run.severity, language)
    if (run.status === 'stopped') return { state: 'stopped', ...position, next: null, levels }
    const next = nextOf(snapshot, policy, run, nextStep(policy, run, run.levelReachedAt ?? now), language)
    // Until its level is reached nothing after it is due.
    return { state: 'active', ...position, next: { ...next, at: run.dueAt === null ? null : next.at }, levels }
  }
}

/** The version of the policy that a run keeps to. */
export async function policyOfRun(sql: Sql, documents: Documents, run: Run): Promise<PolicySpec | undefined> {
  return run.policy === OWN_POLICY ? ownPolicy : (await documents.version(sql, EscalationPolicy, run.policy, run.policyVersion))?.spec
}

/** What follows when nobody acts, for whoever is paged: "Level 2 (Li Wei) is paged at 2026-11-20 14:07 UTC." */
export function nextSentence(snapshot: Snapshot, policy: PolicySpec, run: Run, now: Instant, language: Language): string {
  const step = nextStep(policy, run, run.levelReachedAt ?? now)
  const at = run.dueAt ?? step.dueAt
  const reached = find(snapshot, step.notify, run.urgency, run.stage, at).flatMap(({ person, absent }) =>
    person === undefined || absent !== undefined ? [] : [displayName(person, snapshot.get(Person, person)?.spec)],
  )
  return followingText(step.level >= policy.levels.length ? null : step.level + 1, [...new Set(reached)], at, language)
}

function nextOf(snapshot: Snapshot, policy: PolicySpec, run: Run, step: Step, language: Language) {
  const at = run.dueAt ?? step.dueAt
  const found = find(snapshot, step.notify, run.urgency, run.stage, at)
  return {
    at: iso(at),
    level: step.level + 1,
    round: step.round,
    catchAll: step.level >= policy.levels.length,
    people: found.map((one) => ({
      person: one.person ?? '',
      displayName: one.person === undefined ? '' : displayName(one.person, snapshot.get(Person, one.person)?.spec),
      through: one.absent === undefined ? foundText(one, language) : absentText(one, language),
    })),
  }
}

function levelsOf(policy: PolicySpec, severity: number, language: Language) {
  const levels = policy.levels.map((level, i) => ({
    level: i + 1,
    after: level.after,
    catchAll: false,
    applies: level.severities === undefined || level.severities.includes(severity),
    targets: level.notify.map((target) => targetText(target, language)),
  }))
  return [
    ...levels,
    {
      level: levels.length + 1,
      after: '',
      catchAll: true,
      applies: true,
      targets: policy.catchAll.notify.map((target) => targetText(target, language)),
    },
  ]
}
