import { hash } from 'node:crypto'
import { iso } from '../../kernel/time.ts'
import type { Entry } from './events.ts'

/** What the first event of an incident is chained to. */
export const CHAIN_START = '0'.repeat(64)

/** Seals an event to the one before it: whoever changes one later must change all that follow. `data` is its JSON as stored. */
export function seal(before: string, seq: number, entry: Entry, data: string): string {
  return hash('sha256', `${before}\n${seq}\n${entry.incidentId}\n${iso(entry.happenedAt)}\n${entry.actor}\n${entry.event.type}\n${data}`)
}

/** The seq of the first event whose seal does not fit; undefined when the chain is whole. */
export function brokenAt(events: { seq: number; entry: Entry; data: string; hash: string }[]): number | undefined {
  let before = CHAIN_START
  for (const [i, { seq, entry, data, hash: sealed }] of events.entries()) {
    if (seq !== i + 1 || seal(before, seq, entry, data) !== sealed) return seq
    before = sealed
  }
  return undefined
}
