import { parseDuration } from '../../kernel/duration.ts'
import { type Instant, MINUTE } from '../../kernel/time.ts'
import type { PolicySpec, Target } from './policy.ts'

/** Between passes of the catch-all. */
export const CATCH_ALL_MS = 15 * MINUTE
/** Between rounds of a policy with a single level, where no gap says how long to wait. */
export const SINGLE_LEVEL_MS = 5 * MINUTE

/** Where an escalation stands: which level was decided last. */
export interface Standing {
  severity: number
  /** Where `after` counts from in this round; earlier than the round began when a level was brought forward. */
  clockStart: Instant
  /** 0 for the first. Each catch-all pass is a round of its own. */
  round: number
  roundStartedAt: Instant
  /** Index into the policy's levels, -1 before the first; the number of levels stands for the catch-all, more for its last resort. */
  level: number
}

/** What is to be done next, and when it falls due. */
export interface Step {
  round: number
  roundStartedAt: Instant
  clockStart: Instant
  /** As in `Standing`. */
  level: number
  notify: Target[]
  dueAt: Instant
}

interface ApplyingLevel {
  index: number
  afterMs: number
  notify: Target[]
}

/**
 * The first step of an escalation. Levels that are not for this severity are as if unwritten; the first that is goes
 * now. `fromLevel` begins in the middle, now: escalating by hand.
 */
export function firstStep(policy: PolicySpec, severity: number, start: Instant, fromLevel?: number): Step {
  const level = applying(policy, severity).find(({ index }) => index >= (fromLevel ?? 0))
  if (!level) return catchAll(policy, 0, start)
  const { index, afterMs, notify } = level
  const at = { round: 0, roundStartedAt: start, level: index, notify }
  // Begun in the middle, the levels after it keep their distances.
  if (fromLevel !== undefined) return { ...at, clockStart: start - afterMs, dueAt: start }
  return { ...at, clockStart: start, dueAt: index === 0 ? start + afterMs : start }
}

/** The step after the one that was reached at `reachedAt`. A late level keeps its distance to the next. */
export function nextStep(policy: PolicySpec, standing: Standing, reachedAt: Instant): Step {
  const { severity, clockStart, round, roundStartedAt, level } = standing
  if (level < 0) return firstStep(policy, severity, clockStart)
  if (level >= policy.levels.length) return catchAll(policy, round + 1, reachedAt + CATCH_ALL_MS)
  const levels = applying(policy, severity)
  const next = levels.find(({ index }) => index > level)
  if (next) {
    const dueAt = Math.max(clockStart + next.afterMs, reachedAt + (next.afterMs - afterMsOf(policy, level)))
    return { round, roundStartedAt, clockStart, level: next.index, notify: next.notify, dueAt }
  }
  return nextRound(policy, standing, Math.max(reachedAt + lastGapMs(levels), roundEndsAt(policy, standing)))
}

/**
 * The step after a level that led to nobody, or whose contacts have all failed: the next of its round goes now, and
 * those after it move with it. After the last level a round that has reached nobody leads straight to the catch-all;
 * after one that has, the next begins now, though never sooner than its levels span, or those who answer nothing but
 * their phones would be paged without a pause. What comes after a catch-all is not for the policy to say.
 */
export function nextAtOnce(policy: PolicySpec, standing: Standing, now: Instant, round: 'somebody-reached' | 'nobody-reached'): Step {
  const next = nextStep(policy, standing, now)
  if (next.round === standing.round) return { ...next, clockStart: now - afterMsOf(policy, next.level), dueAt: now }
  if (round === 'nobody-reached' || next.level === policy.levels.length) return catchAll(policy, standing.round + 1, now)
  const levels = applying(policy, standing.severity)
  const spanMs = levels.at(-1)!.afterMs - levels[0]!.afterMs || SINGLE_LEVEL_MS
  return nextRound(policy, standing, Math.max(now, roundEndsAt(policy, standing), standing.roundStartedAt + spanMs))
}

/** A further round, or the catch-all when there is none left. */
function nextRound(policy: PolicySpec, { severity, round }: Standing, startsAt: Instant): Step {
  const [first] = applying(policy, severity)
  if (!first || round >= (policy.repeat ?? 0)) return catchAll(policy, round + 1, startsAt)
  // Later rounds begin with their first level, whatever its `after`.
  const clockStart = startsAt - first.afterMs
  return { round: round + 1, roundStartedAt: startsAt, clockStart, level: first.index, notify: first.notify, dueAt: startsAt }
}

/** Before this no further round begins. */
function roundEndsAt(policy: PolicySpec, { roundStartedAt }: Standing): Instant {
  return roundStartedAt + (policy.round === undefined ? 0 : parseDuration(policy.round)!)
}

function catchAll(policy: PolicySpec, round: number, at: Instant): Step {
  return { round, roundStartedAt: at, clockStart: at, level: policy.levels.length, notify: policy.catchAll.notify, dueAt: at }
}

function afterMsOf(policy: PolicySpec, level: number): number {
  return parseDuration(policy.levels[level]!.after)!
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
