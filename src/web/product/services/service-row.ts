import type { Instant } from '../../../kernel/time.ts'
import { MINUTE } from '../../../kernel/time.ts'
import type { PersonLook } from '../../parts/avatar.tsx'
import type { SeverityRank } from '../../parts/severity-mark.tsx'

export type Missing = 'policy' | 'owner' | 'integration' | 'nobody-on-call' | 'silent-integration'

/** A service as the list shows it. */
export interface ServiceRow {
  name: string
  title: string
  description?: string | undefined
  team?: string | undefined
  policy?: string | undefined
  open: number
  unacknowledged: number
  worst?: SeverityRank | undefined
  openSince?: Instant | undefined
  lastHour: { severity: SeverityRank; from: Instant; until?: Instant | undefined }[]
  onCall?: { person: PersonLook; catchAll: boolean } | undefined
  integrationCount: number
  lastEventAt?: Instant | undefined
  missing: Missing[]
  usedBy: number
}

const STROKES = 30
const STROKE_MS = 2 * MINUTE

/** The worst that was open in each two minutes of the last hour. */
export function strokesOf({ lastHour }: Pick<ServiceRow, 'lastHour'>, now: Instant): (SeverityRank | undefined)[] {
  return Array.from({ length: STROKES }, (_, place) => {
    const from = now - (STROKES - place) * STROKE_MS
    const there = lastHour.filter((one) => one.from < from + STROKE_MS && (one.until ?? now) > from)
    return there.length === 0 ? undefined : (Math.min(...there.map(({ severity }) => severity)) as SeverityRank)
  })
}

/** What nobody has comes before what somebody has, the worse before the better; then what misses something. */
export function byTrouble(a: ServiceRow, b: ServiceRow): number {
  const order = (row: ServiceRow) => [row.worst ?? 9, row.unacknowledged > 0 ? 0 : 1, row.missing.length > 0 ? 0 : 1]
  const [first, second] = [order(a), order(b)]
  for (const [i, value] of first.entries()) if (value !== second[i]) return value - second[i]!
  return a.title.localeCompare(b.title)
}

export function isInTrouble(row: ServiceRow): boolean {
  return row.open > 0
}

export function matches(row: ServiceRow, text: string): boolean {
  const all = [row.name, row.title, row.description, row.team, row.policy].filter(Boolean).join(' ').toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word))
}
