import { hash } from 'node:crypto'
import { iso } from '../../kernel/time.ts'
import type { Entry, RecordedEvent } from './events.ts'

/** What the first event of an incident is chained to. */
export const CHAIN_START = '0'.repeat(64)

/** How events are sealed now. Those of before stay as they were sealed; a chain may hold both. */
export const SEAL_VERSION = 2

/** An event as the chain holds it. `data` is its JSON as stored, null once it is gone; then its digest stands in its place. */
export interface Link {
  v: number
  seq: number
  entry: Pick<RecordedEvent, 'recordedAt'> & Entry
  data: string | null
  digest?: string | null
}

/**
 * Seals an event to the one before it: whoever changes one later must change all that follow. The second version holds the digest
 * of the data, not the data, so that it can be taken away and every other seal still fits; undefined where this cannot be.
 */
export function seal(before: string, { v, seq, entry, data, digest }: Link): string | undefined {
  const { incidentId, happenedAt, recordedAt, actor, event } = entry
  const of = data === null ? digest : digestOf(data)
  switch (v) {
    case 1:
      return data === null ? undefined : sealed(before, seq, incidentId, iso(happenedAt), actor, event.type, data)
    case 2:
      return of ? sealed(before, seq, incidentId, iso(happenedAt), iso(recordedAt), actor, event.type, of) : undefined
    default:
      return undefined
  }
}

function sealed(...parts: (string | number)[]): string {
  return hash('sha256', parts.join('\n'))
}

export function digestOf(data: string): string {
  return hash('sha256', data)
}

/** The seq of the first event whose seal does not fit; undefined when the chain is whole. */
export function brokenAt(events: (Link & { hash: string })[]): number | undefined {
  let before = CHAIN_START
  for (const [i, link] of events.entries()) {
    if (link.seq !== i + 1 || seal(before, link) !== link.hash) return link.seq
    before = link.hash
  }
  return undefined
}
