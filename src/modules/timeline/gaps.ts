import { type Instant, MINUTE } from '../../kernel/time.ts'

/** A stretch in which nothing is told of: no person, no alert, no change, no update. */
export interface Gap {
  from: Instant
  until: Instant
}

export interface Happening {
  seq: number
  type: string
  actor: string
  happenedAt: Instant
  /** The entry it takes back, for what takes one back. */
  of?: number | undefined
}

/** How long nothing may be told of before it is a gap, by the rank of the severity. */
export function gapLimitMs(rank: number): number {
  return rank <= 2 ? 10 * MINUTE : 30 * MINUTE
}

/** The gaps between what happened, up to `until`: the end of the incident, or now. Made when asked for, so that what is added later closes them. */
export function gapsOf(happenings: readonly Happening[], { rank, until }: { rank: number; until: Instant }): Gap[] {
  const deleted = new Set(happenings.filter(({ type }) => type === 'entry.deleted').map(({ of }) => of))
  const moments = happenings
    .filter((one) => breaksSilence(one) && !deleted.has(one.seq) && one.happenedAt <= until)
    .map(({ happenedAt }) => happenedAt)
    .sort((a, b) => a - b)
  if (moments.length === 0) return []
  const limitMs = gapLimitMs(rank)
  return [...moments, until]
    .map((moment, i): Gap => ({ from: moments[i - 1] ?? moment, until: moment }))
    .filter((gap) => gap.until - gap.from > limitMs)
}

/** What Tocsin does by itself says nothing of what went on; neither does mending what was written. */
function breaksSilence({ type, actor }: Happening): boolean {
  if (type.startsWith('entry.')) return false
  return /^(person|token|integration):/.test(actor) || /^(alert|chat|update)\.|^incident\.(opened|severity-changed|resolved)$/.test(type)
}
