import type { ZodType } from 'zod'
import type { Actor } from '../../kernel/actor.ts'
import type { Instant } from '../../kernel/time.ts'

/** Where a version came from. Objects from files are read-only in the UI until a person ejects them. */
export type Origin =
  | { kind: 'file'; file: string; line: number }
  | { kind: 'api' }
  | { kind: 'ui' }
  | { kind: 'demo' }
  | { kind: 'built-in' }

/** One version of a configuration object. Versions never change; a new one takes over. */
export interface Document<Spec> {
  kind: string
  name: string
  version: number
  uid: string
  spec: Spec
  origin: Origin
  changedAt: Instant
  changedBy: Actor
  validFrom: Instant
}

/** A reference from one document to another, with the place it is written at. */
export interface Reference {
  path: (string | number)[]
  kind: string
  name: string
}

/** A kind of configuration object. The token itself types what the snapshot answers. */
export interface Kind<Spec> {
  name: string
  schema: ZodType<Spec>
  /** What this spec points to; a reference that leads nowhere is an error at save. */
  references(spec: Spec): Reference[]
}

/** The configuration at one moment: every current document. Immutable, so rules may keep it. */
export interface Snapshot {
  /** Grows with every write. */
  generation: number
  get<Spec>(kind: Kind<Spec>, name: string): Document<Spec> | undefined
  all<Spec>(kind: Kind<Spec>): Document<Spec>[]
}

/** A snapshot of documents at hand: for tests, for the simulator in the browser, and under the cache. */
export function snapshotOf(documents: Iterable<Document<unknown>>, generation = 0): Snapshot {
  const byKind = new Map<string, Map<string, Document<unknown>>>()
  for (const document of documents) {
    let names = byKind.get(document.kind)
    if (!names) {
      names = new Map()
      byKind.set(document.kind, names)
    }
    names.set(document.name, document)
  }
  return {
    generation,
    get: <Spec>(kind: Kind<Spec>, name: string) => byKind.get(kind.name)?.get(name) as Document<Spec> | undefined,
    all: <Spec>(kind: Kind<Spec>) => [...(byKind.get(kind.name)?.values() ?? [])] as Document<Spec>[],
  }
}

/** Lower-case names that are safe in addresses, files and page ids. */
export const NAME = /^[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9])?$/
export const NAME_RULE = 'use lower-case letters, digits, dots and dashes, at most 100, beginning and ending with a letter or digit'
