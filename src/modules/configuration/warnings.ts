import type { Issue } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Snapshot } from '../documents/index.ts'
import { writtenKind } from './kinds.ts'
import { issueWith, keyOf, type WrittenDocument } from './read.ts'

/**
 * What is allowed and yet leaves somebody unpaged: said when it is written, because the next chance to notice is at
 * night. `after` is the configuration as it will be.
 */
export function warningsAbout(documents: WrittenDocument[], after: Snapshot, now: Instant): Issue[] {
  return documents.flatMap((document) =>
    (writtenKind(document.kind)!.warnings?.(document, after, now) ?? []).map(({ path, message, asks }) => ({
      ...issueWith(document, path, message),
      ...(asks && { asks }),
    })),
  )
}

/** Of a name that the demo company has: its object becomes one's own, with all that points at it. */
export function takenFromDemo(documents: WrittenDocument[], before: Snapshot): Issue[] {
  const written = new Set(documents.map(keyOf))
  return documents.flatMap((document): Issue[] => {
    const { kind, name } = document
    const known = writtenKind(kind)!
    if (before.get(known, name)?.origin.kind !== 'demo') return []
    const isFree = (other: string) => !before.get(known, other) && !written.has(keyOf({ kind, name: other }))
    let number = 2
    while (!isFree(`${name}-${number}`)) number++
    const message = `‹${name}› is the demo company’s: it becomes yours as written, and stays when the demo goes; to leave it alone, write another name, such as ‹${name}-${number}›`
    return [{ ...issueWith(document, ['metadata', 'name'], message), asks: true }]
  })
}
