import { isRefusal } from '../kernel/result.ts'
import { iso } from '../kernel/time.ts'
import type { Documents, Snapshot } from '../modules/documents/index.ts'
import { find, nextStep, type PolicySpec, type Run, readLastRun, type Step } from '../modules/escalation/index.ts'
import type { incidentsContract } from '../modules/incidents/contract.ts'
import { findIncident } from '../modules/incidents/index.ts'
import { absentText, foundText, type Telling } from '../modules/timeline/index.ts'
import type { Handlers } from '../platform/contract.ts'
import type { Database } from '../platform/db.ts'
import { levelsOf } from './pieces/levels.ts'
import { policyOfRun } from './pieces/next-step.ts'
import { tellingOf } from './pieces/words.ts'

/** Who is next and when, asked of the engine's own rule, so that the screen never promises something else than happens. */
export function createReadEscalation(db: Database, documents: Documents): Handlers<typeof incidentsContract>['getEscalation'] {
  return async ({ params, caller, reader, now }) => {
    const incident = await findIncident(db.sql, params.id, caller)
    if (isRefusal(incident)) return incident
    const snapshot = await documents.fresh(db.sql)
    const run = await readLastRun(db.sql, incident.id)
    if (!run) return { state: 'none', policy: incident.policy, run: null, round: null, level: null, next: null, levels: [] }
    const policy = await policyOfRun(db.sql, documents, run)
    const position = { policy: run.policy, run: run.number, round: run.round, level: run.level < 0 ? null : run.level + 1 }
    if (!policy) return { state: run.status, ...position, next: null, levels: [] }
    const telling = tellingOf(snapshot, reader, now)
    const levels = levelsOf(policy, run.severity, telling)
    if (run.status === 'stopped') return { state: 'stopped', ...position, next: null, levels }
    const next = nextOf(snapshot, policy, run, nextStep(policy, run, run.levelReachedAt ?? now), telling)
    // Until its level is reached nothing after it is due.
    return { state: 'active', ...position, next: { ...next, at: run.dueAt === null ? null : next.at }, levels }
  }
}

function nextOf(snapshot: Snapshot, policy: PolicySpec, run: Run, step: Step, telling: Telling) {
  const at = run.dueAt ?? step.dueAt
  const found = find(snapshot, step.notify, run.urgency, run.stage, at)
  return {
    at: iso(at),
    level: step.level + 1,
    round: step.round,
    catchAll: step.level >= policy.levels.length,
    people: found.map((one) => ({
      person: one.person ?? '',
      displayName: one.person === undefined ? '' : telling.called.person(one.person),
      through: one.absent === undefined ? foundText(one, telling) : absentText(one, telling),
    })),
  }
}
