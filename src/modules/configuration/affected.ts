import type { Instant } from '../../kernel/time.ts'
import type { Snapshot } from '../documents/index.ts'
import type { Affected } from '../oncall/index.ts'
import { WRITTEN_KINDS, writtenKind } from './kinds.ts'
import { keyOf, type WrittenDocument } from './read.ts'

/** Documents with what keeps the turn of whoever has it put in place, and what that is, by `Kind/name`. */
export function keepingTurns(
  documents: WrittenDocument[],
  before: Snapshot,
  now: Instant,
): { documents: WrittenDocument[]; kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>()
  const keeping = documents.map((document): WrittenDocument => {
    const keeps = writtenKind(document.kind)!.keepingTurn?.(document, before, now)
    if (!keeps) return document
    kept.set(keyOf(document), keeps.kept)
    return { ...document, spec: keeps.spec }
  })
  return { documents: keeping, kept }
}

/** Who is put on call, and who is taken off, by going from one configuration to another. */
export function whoIsAffected(before: Snapshot, after: Snapshot, now: Instant, kept: Map<string, unknown> = new Map()): Affected[] {
  return WRITTEN_KINDS.flatMap(({ name: kind, effects }) => {
    const ofKind = [...kept].flatMap(([key, value]): [string, unknown][] =>
      key.startsWith(`${kind}/`) ? [[key.slice(kind.length + 1), value]] : [],
    )
    return effects?.(before, after, now, new Map(ofKind)) ?? []
  })
}
