import { type Refusal, refuse } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Transaction } from '../../platform/db.ts'
import { SEAL_VERSION } from './chain.ts'
import { type DataOf, type Entry, fact, type RecordedEvent } from './events.ts'
import { isWritten, type Mender, mayDelete, mayEdit } from './may.ts'
import { append, holdTimeline, readEntry, readMendings, takeAway } from './store.ts'

/** Which entry is mended, and by whom. */
export interface Mending {
  about: Omit<Entry, 'event'>
  of: number
  mender: Mender
}

/** The number of the entry that tells of it; null where it stands so already. */
export interface Mended {
  seq: number | null
}

type Answer<Name extends string> = Promise<Mended | Refusal<Name>>

/** Says it in other words; those of before stay, a click away. */
export async function editEntry(
  tx: Transaction,
  now: Instant,
  { about, of, mender }: Mending,
  text: string,
): Answer<'not-found' | 'not-yours' | 'no-words' | 'already-deleted' | 'already-redacted'> {
  const found = await held(tx, about.incidentId, of)
  if (!found) return noEntry(of)
  const { entry, mendings } = found
  const may = mayEdit(subjectOf(entry), mender)
  if (may === 'not-yours') return notYours(entry)
  if (may === 'no-words') return refuse('no-words', `Entry ${of} is a file, which has no words to edit; delete it and add another one.`)
  if (mendings.some(({ event }) => event.type === 'entry.deleted'))
    return refuse('already-deleted', `Entry ${of} was deleted, so it is not edited any more; write a new note.`)
  if (entry.redacted)
    return refuse('already-redacted', `What entry ${of} said was taken away, so it is not edited any more; write a new note.`)
  const words = mendings.findLast(({ event, redacted }) => event.type === 'entry.edited' && !redacted)?.event ?? entry.event
  if ((words.data as { text?: string }).text === text) return { seq: null }
  return told(tx, now, [fact(about, 'entry.edited', { of, text })])
}

/** Takes it back: it reads as deleted from now on, and what it said stays a click away. */
export async function deleteEntry(
  tx: Transaction,
  now: Instant,
  { about, of, mender }: Mending,
  reason: string | undefined,
): Answer<'not-found' | 'not-yours'> {
  const found = await held(tx, about.incidentId, of)
  if (!found) return noEntry(of)
  const { entry, mendings } = found
  if (mayDelete(subjectOf(entry), mender) === 'not-yours') return notYours(entry)
  if (mendings.some(({ event }) => event.type === 'entry.deleted')) return { seq: null }
  return told(tx, now, [fact(about, 'entry.deleted', { of, ...(reason !== undefined && { reason }) })])
}

/** Takes what it says away for good, and what it was edited to. The digests stay, so that the chain is whole as before. */
export async function redactEntry(
  tx: Transaction,
  now: Instant,
  { about, of }: Omit<Mending, 'mender'>,
  reason: string,
): Answer<'not-found' | 'older-seal'> {
  const found = await held(tx, about.incidentId, of)
  if (!found) return noEntry(of)
  const { entry, mendings } = found
  if (entry.v !== SEAL_VERSION)
    return refuse(
      'older-seal',
      `Entry ${of} was sealed by an older version of Tocsin, over its own words: without them the whole timeline would look forged. Only entries sealed since can be redacted.`,
    )
  const edits = mendings.filter(({ event }) => event.type === 'entry.edited')
  const there = [entry, ...edits].filter(({ redacted }) => !redacted).map(({ seq }) => seq)
  if (there.length === 0) return { seq: null }
  await takeAway(tx.sql, about.incidentId, there)
  return told(
    tx,
    now,
    there.map((seq) => fact(about, 'entry.redacted', { of: seq, reason })),
  )
}

async function told(tx: Transaction, now: Instant, entries: Entry[]): Promise<Mended> {
  const [seq] = await append(tx, now, entries)
  return { seq: seq! }
}

/** The entry with what was mended on it, and nobody else at it. */
async function held(tx: Transaction, incidentId: Entry['incidentId'], of: number) {
  await holdTimeline(tx.sql, incidentId)
  const [entry, mendings] = await Promise.all([readEntry(tx.sql, incidentId, of), readMendings(tx.sql, incidentId)])
  return entry && { entry, mendings: mendings.filter(({ event }) => (event.data as Partial<DataOf<'entry.deleted'>>).of === of) }
}

function subjectOf({ actor, event }: RecordedEvent) {
  return { type: event.type, actor }
}

function noEntry(of: number): Refusal<'not-found'> {
  return refuse('not-found', `There is no entry ${of} on this timeline.`)
}

function notYours({ seq, actor, event }: RecordedEvent): Refusal<'not-yours'> {
  return refuse(
    'not-yours',
    isWritten(event.type)
      ? `Entry ${seq} was written by ${actor.replace(/^person:/, '')}; they can mend it, and whoever commands the incident. Write a note of your own beside it.`
      : `Entry ${seq} is what happened, as Tocsin wrote it down; only notes, decisions, captures and files can be mended. Write a note beside it.`,
  )
}
