import { Service } from '../catalog/index.ts'
import type { Snapshot } from '../documents/index.ts'
import { EscalationPolicy, type Target } from './policy.ts'

/** The teams whose services page by a schedule, on whatever level. */
export function teamsPagedBy(snapshot: Snapshot, schedule: string): string[] {
  const names = (targets: Target[]) => targets.some((one) => 'schedule' in one && one.schedule === schedule)
  const teams = snapshot.all(Service).flatMap(({ spec }) => {
    const policy = spec.policy === undefined ? undefined : snapshot.get(EscalationPolicy, spec.policy)?.spec
    const pages = policy && [...policy.levels, policy.catchAll].some(({ notify }) => names(notify))
    return pages && spec.team !== undefined ? [spec.team] : []
  })
  return [...new Set(teams)]
}
