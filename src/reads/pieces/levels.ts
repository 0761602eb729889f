import type { PolicySpec } from '../../modules/escalation/index.ts'
import { type Telling, targetText } from '../../modules/timeline/index.ts'

/** The levels of a policy and its catch-all, in words, with whether each applies. */
export function levelsOf(policy: PolicySpec, severity: number, telling: Telling) {
  const levels = policy.levels.map((level, i) => ({
    level: i + 1,
    after: level.after,
    catchAll: false,
    applies: level.severities === undefined || level.severities.includes(severity),
    targets: level.notify.map((target) => targetText(target, telling)),
  }))
  return [
    ...levels,
    {
      level: levels.length + 1,
      after: '',
      catchAll: true,
      applies: true,
      targets: policy.catchAll.notify.map((target) => targetText(target, telling)),
    },
  ]
}
