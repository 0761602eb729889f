import type { SeverityRank } from '../../modules/alerts/signal.ts'
import { quoted } from './json.ts'
import { warn } from './signal-parts.ts'

/** The words monitoring systems use, as ranks; anything else is taken as an error: rather a page too many than one lost. */
const RANKS = new Map<string, SeverityRank>([
  ...words(1, 'critical crit fatal emergency emerg alert disaster blocker urgent highest page p0 p1 sev0 sev1 sev-0 sev-1'),
  ...words(2, 'error err major high p2 sev2 sev-2'),
  ...words(3, 'warning warn minor medium moderate average ticket p3 sev3 sev-3'),
  ...words(4, 'info information informational notice none low lowest trivial debug p4 p5 sev4 sev5 sev-4 sev-5'),
])

export function rankOf(severity: unknown, warnings: string[]): SeverityRank {
  if (typeof severity === 'string') {
    const rank = RANKS.get(severity) ?? RANKS.get(severity.trim().toLowerCase())
    if (rank) return rank
  }
  if (severity === undefined || severity === null || severity === '') warn(warnings, 'no severity given, taken as error')
  else warn(warnings, `unknown severity ${quoted(severity)}, taken as error`)
  return 2
}

/** The word for a rank that most systems know. */
export function wordOf(rank: SeverityRank): 'critical' | 'error' | 'warning' | 'info' {
  return (['critical', 'error', 'warning', 'info'] as const)[rank - 1]!
}

function words(rank: SeverityRank, list: string): [string, SeverityRank][] {
  return list.split(' ').map((word) => [word, rank])
}
