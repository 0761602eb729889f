import { shorten, storable } from './text.ts'

/** An expected "no": named, so that API, CLI and screens can word it, with a sentence that tells the mend. */
export interface Refusal<Name extends string = string> {
  refusal: Name
  message: string
  issues?: Issue[]
}

/** One thing wrong with what was sent: where, what, and what to write instead. */
export interface Issue {
  path: string
  message: string
  file?: string
  line?: number
  /** Allowed, and done only once whoever does it was asked. */
  asks?: true
}

/** Of what a caller wrote and is told again, only so much comes back. */
const SENTENCES_MAX = 20_000

export function refuse<Name extends string>(refusal: Name, message: string, issues?: Issue[]): Refusal<Name> {
  const said = shorten(storable(message), SENTENCES_MAX)
  return issues ? { refusal, message: said, issues } : { refusal, message: said }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refusal' in value && 'message' in value
}

/** Ends a switch over a union: a new member then fails to compile at every place that must learn it. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`)
}
