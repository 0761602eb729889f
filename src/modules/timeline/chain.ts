import { createHash } from 'node:crypto'
import { iso } from '../../kernel/time.ts'
import type { Entry } from './events.ts'

/** What the first event of an incident is chained to. */
export const CHAIN_START = Buffer.alloc(32)

/** Seals an event to the one before it: whoever changes one later must change all that follow. `data` is its JSON as stored. */
export function seal(before: Buffer, seq: number, entry: Entry, data: string): Buffer {
  return createHash('sha256')
    .update(before)
    .update(`${seq}\n${entry.incidentId}\n${iso(entry.happenedAt)}\n${entry.actor}\n${entry.event.type}\n${data}`)
    .digest()
}

/** The seq of the first event whose seal does not fit; undefined when the chain is whole. */
export function brokenAt(events: { seq: number; entry: Entry; data: string; hash: Buffer }[]): number | undefined {
  let before: Buffer = CHAIN_START
  for (const [i, { seq, entry, data, hash }] of events.entries()) {
    if (seq !== i + 1 || !seal(before, seq, entry, data).equals(hash)) return seq
    before = hash
  }
  return undefined
}
