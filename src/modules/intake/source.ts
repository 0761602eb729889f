import type { Instant } from '../../kernel/time.ts'
import type { SeverityRank, Signal } from '../alerts/index.ts'

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

/** Where a sender's key stands in its request. */
export type KeyPlace =
  /** As `:key`. */
  | { in: 'path' }
  /** After the scheme, if it has one: `Authorization: GenieKey …`. */
  | { in: 'header'; name: string; scheme?: string }
  | { in: 'query'; name: string }
  /** Told by the reading of the body. */
  | { in: 'body' }

/** How large a body may be, as sent and inflated. */
export interface BodyMax {
  bytesMax: number
  inflatedMax: number
}

/** An address at which senders knock, and the one method it takes there; for another method it may be another door. */
export interface Door {
  /** GET only asks: unless the reading finds something in it, it is answered and not kept. */
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  key: KeyPlace
  /** What is said stands in the address as well: `read` is told of it, and it is kept with the body. */
  isAddressed?: true
  bodyMax?: BodyMax
}

/** What an address says beside the key. */
export interface Asked {
  method: string
  params: Record<string, string>
  query: Record<string, string>
}

export interface ReadContext {
  /** When the body was received. */
  now: Instant
  /** Of doors whose address says something. */
  asked?: Asked
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
  /** Where its senders knock beside `/in/:key`, at which every dialect is heard. */
  doors?: Door[]
  /** Answers for doors that share this dialect. */
  unknownKey: Answer
  /** How large its bodies may be, as sent and inflated, where that is more than others may. */
  bodyMax?: BodyMax
  overloaded: Answer
  tooLarge: Answer
}

/** Reads a body as its source does; a large one beside the event loop. Rejects when there is no room for it now. */
export type ReadBody = (source: AlertSource, body: Buffer, context: ReadContext) => Reading | Promise<Reading>
