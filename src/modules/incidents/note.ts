import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { append, type Entry, fact } from '../timeline/index.ts'

export type NoteKind = 'note' | 'decision' | 'observation'

/** A person's words on the timeline, told of when they say it happened; answers their number there. */
export async function addNote(
  tx: Transaction,
  now: Instant,
  about: Omit<Entry, 'event'>,
  text: string,
  kind: NoteKind = 'note',
): Promise<number> {
  const [seq] = await append(tx, now, [fact(about, 'note.added', { text, ...(kind !== 'note' && { kind }) })])
  return seq!
}
