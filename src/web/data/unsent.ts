import type { Instant } from '../../kernel/time.ts'
import type { IncidentStatus } from '../../modules/incidents/status.ts'

/** What a person does to an incident, on its way to the server. */
export type Write = { incident: string; number: string } & (
  | { act: 'acknowledge' | 'escalate' }
  | { act: 'resolve'; said?: ResolutionSaid }
  | { act: 'step'; step: StepName; said: StepSaid; seen: IncidentStatus }
  | { act: 'note'; text: string; kind?: NoteKind; happenedAt?: string }
  | { act: 'change'; change: IncidentChange; seen: IncidentChange; reason?: string }
)

/** How far the work of a declared one is. */
export type StepName = 'investigate' | 'identify' | 'mitigate' | 'mitigated' | 'close' | 'cancel' | 'reopen'

export interface StepSaid {
  text?: string
  cause?: string
  reason?: string
  at?: string
  page?: boolean
}

/** What ended a declared one. */
export interface ResolutionSaid {
  resolution: string
  dataLoss: 'none' | 'some' | 'unknown'
  override?: { reason: string }
}

export type NoteKind = 'note' | 'decision' | 'observation'

export interface IncidentChange {
  title?: string
  summary?: string
  severity?: number
}

export interface Unsent {
  /** Goes with every try, so that a write whose answer was lost is not done twice. */
  key: string
  write: Write
  madeAt: Instant
  tries: number
  state: UnsentState
}

export type UnsentState =
  | { kind: 'sending' }
  | { kind: 'waiting'; why: string; nextTryAt: Instant }
  /** Too old to be true: it is not sent any more. */
  | { kind: 'lapsed' }
  | { kind: 'refused'; why: string }
  /** Somebody else was first, with something else. */
  | { kind: 'overtaken'; theirs: Theirs }

export type Theirs = { by: string | null; at: Instant | undefined } & (
  | { what: 'acknowledged' | 'resolved' }
  | { what: 'changed'; values: IncidentChange }
)

/** What acts on people must not act late: nobody wants a page stopped by what was pressed minutes ago. */
export const LAPSES_AFTER_MS = 120_000

const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000]

export function lapsesAt({ write, madeAt }: Pick<Unsent, 'write' | 'madeAt'>): Instant | undefined {
  return write.act === 'note' || write.act === 'change' ? undefined : madeAt + LAPSES_AFTER_MS
}

/** No answer, or none that settles it: tried again after a pause, unless its time is over. */
export function afterNoAnswer(unsent: Unsent, now: Instant, why: string): Unsent {
  const end = lapsesAt(unsent)
  if (end !== undefined && now >= end) return { ...unsent, state: { kind: 'lapsed' } }
  const pause = PAUSES_MS[Math.min(unsent.tries, PAUSES_MS.length) - 1] ?? PAUSES_MS[0]!
  return { ...unsent, state: { kind: 'waiting', why, nextTryAt: Math.min(now + pause, end ?? Number.POSITIVE_INFINITY) } }
}

export type Due = 'try' | 'lapse' | 'wait'

/** `hurry`: the connection is back, or a person asked for it. */
export function due({ write, madeAt, state }: Unsent, now: Instant, hurry: boolean): Due {
  const end = lapsesAt({ write, madeAt })
  const isPending = state.kind === 'waiting' || state.kind === 'sending'
  if (isPending && end !== undefined && now >= end) return 'lapse'
  return state.kind === 'waiting' && (hurry || now >= state.nextTryAt) ? 'try' : 'wait'
}

/** The same thing asked for twice: the second press hurries the first one. */
export function isSame(a: Write, b: Write): boolean {
  if (a.act === 'step' && b.act === 'step' && a.step !== b.step) return false
  return a.incident === b.incident && a.act === b.act && a.act !== 'note' && a.act !== 'change'
}

/** Words that somebody wrote outlast a reload of the page; what acts on people does not. */
export function outlastsReload({ write, state }: Unsent): boolean {
  return (write.act === 'note' || write.act === 'change') && state.kind !== 'lapsed'
}
