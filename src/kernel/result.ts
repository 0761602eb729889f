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
}

export function refuse<Name extends string>(refusal: Name, message: string, issues?: Issue[]): Refusal<Name> {
  return issues ? { refusal, message, issues } : { refusal, message }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refusal' in value && 'message' in value
}

/** Ends a switch over a union: a new member then fails to compile at every place that must learn it. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`)
}
