import { MINUTE } from '../../kernel/time.ts'

/** An event as the API tells it, as far as reading it needs. */
export interface ToldFact {
  seq: number
  type: string
  data: object
  actor: string
  happenedAt: string
  recordedAt: string
}

/** An entry as it is read: what was made of it later stands with it. */
export interface ReadEntry<Fact> {
  /** With the words it has now. */
  fact: Fact
  /** The words it had before, oldest first. */
  before: string[]
  /** Who took it back; it is still there to be read. */
  deleted?: { by: string; at: string; reason?: string | undefined }
  /** Who had what it said taken away for good. */
  redacted?: { by: string; at: string; reason?: string | undefined }
  /** Written down so much later than it happened that both moments are shown. */
  typedLate: boolean
}

/** Beyond this, when it happened and when it was written down are two things to know. */
export const TYPED_LATE_MS = MINUTE

/** What a mending says. */
interface Mending {
  of?: number
  text?: string
  reason?: string
}

/** Entries as they are read: by when they happened, ties in the order they were recorded; each with what was mended on it. */
export function readEntries<Fact extends ToldFact>(facts: readonly Fact[]): ReadEntry<Fact>[] {
  const bySeq = new Map(facts.map((fact) => [fact.seq, entryOf(fact)]))
  for (const fact of facts) {
    const { of, text, reason } = fact.data as Mending
    const entry = isMending(fact.type) && of !== undefined ? bySeq.get(of) : undefined
    // Of an entry that is not at hand the mending stands for itself.
    if (!entry) continue
    const by = { by: fact.actor, at: fact.recordedAt, reason }
    if (fact.type === 'entry.deleted') entry.deleted = by
    if (fact.type === 'entry.redacted') entry.redacted = by
    if (fact.type === 'entry.edited' && text !== undefined) {
      const { text: had } = entry.fact.data as { text?: string }
      if (had !== undefined) entry.before.push(had)
      entry.fact = { ...entry.fact, data: { ...entry.fact.data, text } }
    }
    bySeq.delete(fact.seq)
  }
  return [...bySeq.values()].sort((a, b) => Date.parse(a.fact.happenedAt) - Date.parse(b.fact.happenedAt) || a.fact.seq - b.fact.seq)
}

export function isMending(type: string): boolean {
  return type === 'entry.edited' || type === 'entry.deleted' || type === 'entry.redacted'
}

function entryOf<Fact extends ToldFact>(fact: Fact): ReadEntry<Fact> {
  return { fact, before: [], typedLate: isTypedLate(fact) }
}

/** What a person wrote down later. A machine that is late is no memory of anybody's. */
export function isTypedLate({ actor, happenedAt, recordedAt }: Pick<ToldFact, 'actor' | 'happenedAt' | 'recordedAt'>): boolean {
  return /^(person|token):/.test(actor) && Date.parse(recordedAt) - Date.parse(happenedAt) > TYPED_LATE_MS
}
