import type { Documents, Snapshot } from '../../modules/documents/index.ts'
import { EscalationPolicy, find, nextStep, OWN_POLICY, ownPolicy, type PolicySpec, type Run } from '../../modules/escalation/index.ts'
import type { Telling } from '../../modules/timeline/index.ts'
import type { Sql } from '../../platform/db.ts'
import { followingText } from './words.ts'

/** The version of the policy that a run keeps to. */
export async function policyOfRun(sql: Sql, documents: Documents, run: Run): Promise<PolicySpec | undefined> {
  return run.policy === OWN_POLICY ? ownPolicy : (await documents.version(sql, EscalationPolicy, run.policy, run.policyVersion))?.spec
}

/** What follows when nobody acts, for whoever is paged: "Level 2 (Li Wei) is paged at 15:07 Berlin, 14:07 UTC." */
export function nextSentence(snapshot: Snapshot, policy: PolicySpec, run: Run, telling: Telling): string {
  const step = nextStep(policy, run, run.levelReachedAt ?? telling.now)
  const at = run.dueAt ?? step.dueAt
  const reached = find(snapshot, step.notify, run.urgency, run.stage, at).flatMap(({ person, absent }) =>
    person === undefined || absent !== undefined ? [] : [person],
  )
  return followingText(step.level >= policy.levels.length ? null : step.level + 1, [...new Set(reached)], at, telling)
}
