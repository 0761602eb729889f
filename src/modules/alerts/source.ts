import type { Instant } from '../../kernel/time.ts'

/** Rank of an alert, 1 worst: critical 1, error 2, warning 3, info and none 4. */
export type SeverityRank = 1 | 2 | 3 | 4

/** What one report of a monitoring system says, in our words. Labels and annotations have null prototypes. */
export interface Signal {
  /** Identity inside the integration, at most 512 characters (longer ones are hashed by the source). */
  dedupKey: string
  action: 'trigger' | 'acknowledge' | 'resolve'
  /** One line, never empty, at most 1024 characters. */
  title: string
  severity: SeverityRank
  labels: Record<string, string>
  annotations: Record<string, string>
  links: { href: string; text: string }[]
  /** When the source says it began; absent when the source does not say. */
  startsAt?: Instant
  /** When the source says it ends or ended: past means resolved, future means "lapses then unless reported again". */
  endsAt?: Instant
  /** What was odd but accepted ("unknown severity ‹blue›, taken as error"), shown on the alert. */
  warnings: string[]
}

/** What to answer the sender, in the vendor's own shape. A string body is sent as it is, anything else as JSON. */
export interface Answer {
  status: number
  body: unknown
  headers?: Record<string, string>
}

/** The outcome of reading one body. Whatever it is, the body itself is kept; `problems` are shown with it. */
export interface Reading {
  signals: Signal[]
  /** The integration's key, where the dialect carries it in the body. */
  key?: string
  /** Why (part of) the body could not be used; empty when all of it was. Names the field and the mend. */
  problems: string[]
  answer: Answer
}

export interface ReadContext {
  /** When the body was received. */
  now: Instant
  /** A name unique to this body, the same each time it is read again: for keys the sender left out. */
  receipt: string
}

/** A report made up to try a way in, before the dialect puts it into its words. */
export interface TestReport {
  now: Instant
  /** Tells this test from others: where the dialect has a dedup key, it is this. */
  dedupKey: string
  title: string
  description: string
  severity: SeverityRank
  /** What stands for the key in a body that carries one. */
  key: string
}

/** Where a sender is to send to. */
export interface WayIn {
  /** Without a slash at its end. */
  baseUrl: string
  key: string
}

/** Ready to paste: what makes one kind of sender send here. */
export interface Snippet {
  /** The sender: "Prometheus", "curl". */
  name: string
  /** Where it goes, if into a file. */
  file?: string
  code: string
}

/** One dialect a monitoring system speaks. Pure: the same body and context always give the same reading. */
export interface AlertSource {
  /** The `source` written in an Integration document. */
  name: string
  /** As a person calls it: "Alertmanager". */
  title: string
  /** Parses, checks and translates one body (already inflated). Never throws. */
  read(body: Buffer, context: ReadContext): Reading
  /** A body as a sender of this dialect would send it, to be read by `read`. */
  example(test: TestReport): unknown
  /** The address senders are given, and how each kind of them is pointed at it; the usual one first. */
  address(way: WayIn): string
  connect(way: WayIn): Snippet[]
  /** Answers for doors that share this dialect. */
  unknownKey: Answer
  overloaded: Answer
  tooLarge: Answer
}

/** Reads a body as its source does; a large one beside the event loop. */
export type ReadBody = (source: AlertSource, body: Buffer, context: ReadContext) => Reading | Promise<Reading>
