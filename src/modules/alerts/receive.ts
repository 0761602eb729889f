import { type Instant, MINUTE } from '../../kernel/time.ts'
import { type Alert, isAfter, type Place, samePlace } from './alert.ts'
import type { Signal } from './signal.ts'

/** After a resolve by hand a source that keeps reporting the same episode is believed again after this long. */
export const STILL_FIRING_MS = 5 * MINUTE

/** One report, with its place in the inbox. */
export interface Report {
  signal: Signal
  place: Place
  receivedAt: Instant
}

export type Received =
  /** A new alert, and with it perhaps an incident. */
  | { kind: 'open'; stillFiring: boolean }
  /** The same alert again. */
  | { kind: 'repeat' }
  /** Counted, changes nothing: it is about an episode that is over. */
  | { kind: 'late' }
  /** Worked off after the end it precedes: recorded as opened and ended. */
  | { kind: 'open-and-end' }
  /** Resolved by hand, yet reported on: opens anew at `at` unless its end comes first. */
  | { kind: 'hold'; at: Instant }
  | { kind: 'end'; at: Instant }
  /** The source's end of something that has ended already, or never began. */
  | { kind: 'end-of-nothing'; at: Instant }
  | { kind: 'acknowledge' }
  | { kind: 'ignore' }

type Known = Pick<Alert, 'status' | 'startsAt' | 'sourceEndedAt' | 'endedAt' | 'endedBy' | 'count' | 'last'>

/**
 * What a report means, given what is known of its identity. `goesOn` says that the report before stood in the same body:
 * their order is the body's.
 */
export function receive(known: Known | undefined, { signal, place, receivedAt }: Report, goesOn = false): Received {
  // Worked off before by somebody who died before saying so.
  if (known && !goesOn && samePlace(place, known.last)) return { kind: 'ignore' }
  if (known && !goesOn && !isAfter(place, known.last)) {
    if (signal.action === 'trigger' && known.count === 0) return { kind: 'open-and-end' }
    return signal.action === 'trigger' ? { kind: 'late' } : { kind: 'ignore' }
  }
  switch (signal.action) {
    case 'trigger':
      return trigger(known, signal, receivedAt)
    case 'resolve': {
      const at = signal.endsAt ?? receivedAt
      if (known?.status !== 'open') return { kind: 'end-of-nothing', at }
      // An end from before this episode began belongs to an earlier one.
      if (signal.endsAt !== undefined && known.startsAt !== null && signal.endsAt < known.startsAt) return { kind: 'late' }
      return { kind: 'end', at }
    }
    case 'acknowledge':
      return known?.status === 'open' ? { kind: 'acknowledge' } : { kind: 'ignore' }
  }
}

function trigger(known: Known | undefined, signal: Signal, receivedAt: Instant): Received {
  if (!known) return { kind: 'open', stillFiring: false }
  if (known.status === 'open') return { kind: 'repeat' }
  const { startsAt } = signal
  if (known.sourceEndedAt !== null && startsAt !== undefined && known.sourceEndedAt >= startsAt)
    return { kind: known.count === 0 ? 'open-and-end' : 'late' }
  const sameEpisode = startsAt !== undefined && known.startsAt !== null && startsAt <= known.startsAt
  if (known.endedBy !== 'person' || !sameEpisode) return { kind: 'open', stillFiring: false }
  const at = known.endedAt! + STILL_FIRING_MS
  return receivedAt >= at ? { kind: 'open', stillFiring: true } : { kind: 'hold', at }
}
