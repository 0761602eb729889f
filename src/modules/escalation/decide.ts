import { parseDuration } from '../../kernel/duration.ts'
import { type Instant, MINUTE } from '../../kernel/time.ts'
import type { PolicySpec, Target } from './policy.ts'

/** Between passes of the catch-all. */
export const CATCH_ALL_MS = 15 * MINUTE
/** Between rounds of a policy with a single level, where no gap says how long to wait. */
export const SINGLE_LEVEL_MS = 5 * MINUTE

/** Where an escalation stands: which level was decided last, and when it was reached. */
export interface Standing {
  severity: number
  /** Where `after` counts from in the first round. */
  clockStart: Instant
  /** 0 for the first. Each catch-all pass is a round of its own. */
  round: number
  roundStartedAt: Instant
  /** Index into the policy's levels; the number of levels stands for the catch-all. */
  level: number
}

/** What is to be done next, and when it falls due. */
export interface Step {
  round: number
  roundStartedAt: Instant
  /** Index into the policy's levels; the number of levels stands for the catch-all. */
  level: number
  notify: Target[]
  dueAt: Instant
}

interface ApplyingLevel {
  index: number
  afterMs: number
  notify: Target[]
}

/** The first step of an escalation. Levels that are not for this severity are as if unwritten; the first that is goes now. */
export function firstStep(policy: PolicySpec, severity: number, start: Instant, fromLevel = 0): Step {
  const level = applying(policy, severity).find(({ index }) => index >= fromLevel)
  if (!level) return catchAll(policy, 0, start, start)
  const dueAt = level.index === 0 && fromLevel === 0 ? start + level.afterMs : start
  return { round: 0, roundStartedAt: start, level: level.index, notify: level.notify, dueAt }
}

/** The step after the one that was reached at `reachedAt`. A late level keeps its distance to the next. */
export function nextStep(policy: PolicySpec, { severity, clockStart, round, roundStartedAt, level }: Standing, reachedAt: Instant): Step {
  if (level >= policy.levels.length) return catchAll(policy, round + 1, reachedAt + CATCH_ALL_MS, reachedAt + CATCH_ALL_MS)
  const levels = applying(policy, severity)
  const afterThis = parseDuration(policy.levels[level]!.after)!
  const next = levels.find(({ index }) => index > level)
  if (next) {
    // Later rounds begin with their first level, whatever its `after`.
    const clock = round === 0 ? clockStart : roundStartedAt - (levels[0]?.afterMs ?? 0)
    const dueAt = Math.max(clock + next.afterMs, reachedAt + (next.afterMs - afterThis))
    return { round, roundStartedAt, level: next.index, notify: next.notify, dueAt }
  }
  const startsAt = Math.max(reachedAt + lastGapMs(levels), roundStartedAt + (policy.round ? parseDuration(policy.round)! : 0))
  const first = levels[0]
  if (!first || round >= (policy.repeat ?? 0)) return catchAll(policy, round + 1, startsAt, startsAt)
  return { round: round + 1, roundStartedAt: startsAt, level: first.index, notify: first.notify, dueAt: startsAt }
}

/** Where an escalation begun by hand in the middle counts from, so that the levels after it keep their distances. */
export function clockStartFor(policy: PolicySpec, step: Step, now: Instant): Instant {
  const level = policy.levels[step.level]
  return level ? now - parseDuration(level.after)! : now
}

function catchAll(policy: PolicySpec, round: number, roundStartedAt: Instant, dueAt: Instant): Step {
  return { round, roundStartedAt, level: policy.levels.length, notify: policy.catchAll.notify, dueAt }
}

function applying(policy: PolicySpec, severity: number): ApplyingLevel[] {
  return policy.levels.flatMap(({ after, notify, severities }, index) =>
    severities === undefined || severities.includes(severity) ? [{ index, afterMs: parseDuration(after)!, notify }] : [],
  )
}

/** How long the last level waits. Levels at the same minute give no gap to go by. */
function lastGapMs(levels: ApplyingLevel[]): number {
  const [before, last] = levels.slice(-2)
  const gap = before && last ? last.afterMs - before.afterMs : 0
  return gap > 0 ? gap : SINGLE_LEVEL_MS
}
