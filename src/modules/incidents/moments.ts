import { type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { IncidentStatus } from './status.ts'

/** What an incident is measured by, in the order in which it usually happens. */
export const MOMENTS = [
  'impactStarted',
  'detected',
  'declared',
  'acknowledged',
  'mitigationBegan',
  'identified',
  'mitigated',
  'impactEnded',
  'resolved',
  'closed',
  'firstUpdate',
] as const
export type MomentName = (typeof MOMENTS)[number]
export type Moments = Partial<Record<MomentName, Instant>>

export const INTERVALS = ['detect', 'acknowledge', 'declare', 'identify', 'mitigate', 'resolve', 'tell'] as const
export type IntervalName = (typeof INTERVALS)[number]

/** A length in milliseconds, or why there is none. */
export type Interval = { ms: number } | { ms: null; why: 'not-yet' | 'not-known' | 'foreseen' | 'out-of-order' | 'not-counted' }

const ENDS: Record<IntervalName, [from: (moments: Moments) => Instant | undefined, to: MomentName]> = {
  detect: [({ impactStarted }) => impactStarted, 'detected'],
  acknowledge: [({ detected }) => detected, 'acknowledged'],
  declare: [({ detected }) => detected, 'declared'],
  identify: [({ acknowledged }) => acknowledged, 'identified'],
  mitigate: [({ detected }) => detected, 'mitigated'],
  resolve: [({ detected }) => detected, 'resolved'],
  tell: [({ impactStarted, detected }) => impactStarted ?? detected, 'firstUpdate'],
}

/** How long each took. What was called off, merged or only practised is in no number. */
export function intervalsOf(
  moments: Moments,
  { status, drill }: { status: IncidentStatus; drill: boolean },
): Record<IntervalName, Interval> {
  const isCounted = !drill && status !== 'cancelled' && status !== 'merged'
  return Object.fromEntries(
    INTERVALS.map((name) => [name, isCounted ? intervalOf(name, moments) : { ms: null, why: 'not-counted' as const }]),
  ) as Record<IntervalName, Interval>
}

function intervalOf(name: IntervalName, moments: Moments): Interval {
  const [from, end] = ENDS[name]
  const [began, ended] = [from(moments), moments[end]]
  if (began === undefined) return { ms: null, why: 'not-known' }
  if (ended === undefined) return { ms: null, why: 'not-yet' }
  // A leading indicator fired before anybody felt it.
  if (ended < began) return { ms: null, why: name === 'detect' ? 'foreseen' : 'out-of-order' }
  return { ms: ended - began }
}

/** When something happened, as written; it happened by now. */
export function momentIn(written: string | undefined, now: Instant): Instant | Refusal<'in-the-future'> {
  const at = written === undefined ? now : Date.parse(written)
  return at > now ? refuse('in-the-future', 'This moment is still to come; write one that has passed.') : at
}

/** Impact cannot end before it began; nothing that is measured lies in the future. */
export function setMoment(
  moments: Moments,
  name: MomentName,
  at: Instant,
  now: Instant,
): Moments | Refusal<'in-the-future' | 'out-of-order'> {
  if (at > now) return refuse('in-the-future', 'This moment is still to come; write one that has passed.')
  const next = { ...moments, [name]: at }
  if (next.impactStarted !== undefined && next.impactEnded !== undefined && next.impactStarted > next.impactEnded)
    return refuse('out-of-order', 'The impact would begin after it ended; correct the other moment first.')
  return next
}
