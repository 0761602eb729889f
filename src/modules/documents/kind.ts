import type { ZodObject, ZodType } from 'zod'
import type { InEach } from '../../kernel/language.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import type { SecretOf } from '../../platform/secrets.ts'
import type { Kind, Snapshot } from './document.ts'

/** Keys and places that lead to a part of a document. */
export type Path = (string | number)[]

export interface Finding {
  path: Path
  message: string
  /** Allowed, and done only once whoever does it was asked. */
  asks?: true
}

export type Wrong = (path: Path, message: string) => void

/** What documents may name that is not a document: channels and sources are plugs. */
export interface Vocabulary {
  channels: {
    name: string
    address: { schema: ZodType<string> }
    secret?: { required: boolean; hint: InEach }
    settings?: { schema: ZodObject }
    leadsTo?(address: string, settings: Record<string, unknown>): string
  }[]
  sources: { name: string }[]
  /** What is wrong with calling a web address from this server; left out where no server is asked. */
  checkUrl?: (url: string) => string | undefined
}

/**
 * A kind as people write it: in documents by its name, in addresses by its plural. Everything that is peculiar to it stands here, so that
 * reading, comparing, applying and exporting know no kind by name. `Effect` is what a change of it does to people.
 */
export interface WrittenKind<Spec, Effect = unknown> extends Kind<Spec> {
  plural: string
  /** What other products call it, for the sentence that tells the mend. */
  alsoCalled: string[]
  /** A value left out means the same as the one here. */
  defaults?: { path: string; value: unknown }[]
  /** Names it may have beside those that all kinds may have. */
  isName?(name: string): boolean
  /** What a sentence calls it, where names that begin with tocsin belong to Tocsin itself. */
  keepsOwnNames?: string

  /** Looks at a spec as it is written, whatever else may be wrong with it. Paths begin at the document. */
  check?(written: Record<string, unknown>, vocabulary: Vocabulary, wrong: Wrong): void
  asKept?(spec: Spec, vocabulary: Vocabulary): Spec
  secretsIn?(spec: Spec): { path: Path; secret: Parameters<SecretOf>[0] }[]
  /** Values that no two documents may share, and the keys they are written as. */
  exclusive?: { valuesIn(spec: Spec): string[]; writtenAs: string[]; message(holder: string): string }
  /** What is allowed and yet leaves somebody unpaged; `after` is the configuration as it will be. */
  warnings?(document: { name: string; spec: Spec }, after: Snapshot, now: Instant): Finding[]
  /** What the installation would be left without. */
  lacking?(before: Snapshot, after: Snapshot): (Finding & { name: string })[]

  /** How it says that what it names cannot go; by the place where it does, unless said. */
  refers?(spec: Spec): string
  /** Whether it goes along with what goes; `gone` holds `Kind/name`. */
  goesAlong?(spec: Spec, gone: ReadonlySet<string>, before: Snapshot, now: Instant): boolean
  /** People make these every day: nobody is told that files do not hold them. */
  isDaily?: boolean
  /** A spec by which whoever has the turn keeps it, and what was put in place for it. */
  keepingTurn?(document: { name: string; spec: Spec }, before: Snapshot, now: Instant): { spec: Spec; kept: unknown } | undefined
  /** What becomes otherwise for people by going from one configuration to another; `kept` is by name. */
  effects?(before: Snapshot, after: Snapshot, now: Instant, kept: ReadonlyMap<string, unknown>): Effect[]
  /** Whom queued pages no longer reach, where a document changes or goes. */
  losesContacts?(name: string, before: Spec | undefined, after: Spec | undefined): { person: string; contact: string | null }[]

  /** Takes out of two specs what tells them apart and means nothing. */
  forgetTrifles?(before: Record<string, unknown>, after: Record<string, unknown>): void
  /** Text that is as good as a key: whole for some only. */
  guarded?: { key: string; mask(text: string): string; isWholeFor(caller: Caller, name: string): boolean }
  /** A comment above the first of them in an export. */
  remark?: string
}

/** `Schedule ‹payments›`: how a sentence names an object. */
export function calledAs({ kind, name }: { kind: string; name: string }): string {
  return `${kind} ‹${name}›`
}

export function asGroup(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
}
