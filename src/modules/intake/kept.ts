import type { Instant } from '../../kernel/time.ts'
import type { Asked, ReadContext, Reading } from './source.ts'

/** What the door knew of a body that does not stand in the body: kept beside it, so that reading it again says the same. */
export interface DoorWord {
  /** The door itself said no: the body was not read. */
  said?: { status: number; problem: string }
  /** What is odd about how it came: a warning on each alert in it, and told with what was refused. */
  notes?: string[]
  /** How long it was, where only its first part is kept. */
  sent?: number
  asked?: Asked
}

export function doorWordOf({ said, notes, sent, asked }: DoorWord): DoorWord {
  return { ...(said && { said }), ...(notes && { notes }), ...(sent !== undefined && { sent }), ...(asked && { asked }) }
}

/** What it is to be read with, the same each time. */
export function contextOf({ receivedAt, receipt, asked }: DoorWord & { receivedAt: Instant; receipt: string }): ReadContext {
  return { now: receivedAt, receipt, ...(asked && { asked }) }
}

type MaybeLater<T> = T | Promise<T>

/** A body's reading with the door's word: `read` is not asked where that was no. */
export function readAsKept(word: DoorWord, read: () => Reading): Reading
export function readAsKept(word: DoorWord, read: () => MaybeLater<Reading>): MaybeLater<Reading>
export function readAsKept({ said, notes }: DoorWord, read: () => MaybeLater<Reading>): MaybeLater<Reading> {
  if (said) return { signals: [], problems: [said.problem, ...(notes ?? [])], answer: { status: said.status, body: '' } }
  const reading = read()
  if (!notes) return reading
  return reading instanceof Promise ? reading.then((one) => withNotes(one, notes)) : withNotes(reading, notes)
}

function withNotes(reading: Reading, notes: string[]): Reading {
  for (const signal of reading.signals) signal.warnings.unshift(...notes)
  return reading.answer.status >= 400 ? { ...reading, problems: [...notes, ...reading.problems] } : reading
}
