import type { Issue } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import { byName, calledAs, type Document, mendFor, type Reference, type Snapshot, snapshotOf } from '../documents/index.ts'
import { WRITTEN_KINDS, writtenKind } from './kinds.ts'
import { issueWith, keyOf, type Reading, type WrittenDocument } from './read.ts'

/** An object of the server that is to go. */
export interface Removal {
  kind: string
  name: string
}

/**
 * Checks documents against each other and, where there is one, against the server's: every reference leads somewhere,
 * nothing that goes is still needed, no two integrations share a key.
 */
export function checkTogether({ documents, unreadable }: Reading, onServer: Snapshot | undefined, removed: Removal[] = []): Issue[] {
  const gone = new Set(removed.map(keyOf))
  const written = new Set(documents.map(keyOf))
  const staying = currentOf(onServer).filter((one) => !gone.has(keyOf(one)) && !written.has(keyOf(one)))
  const known = new Set([...written, ...unreadable.map(keyOf), ...staying.map(keyOf)])
  const where = onServer ? '' : ' in these files'
  const dangling = documents.flatMap((document) =>
    referencesOf(document)
      .filter((reference) => !known.has(keyOf(reference)))
      .map((reference) => {
        const message = gone.has(keyOf(reference))
          ? `${calledAs(reference)} is no longer written and would be removed; write it again, or take it out here`
          : `there is no ${calledAs(reference)}${where}${mendFor(reference.name, namesIn(known, reference.kind), 'there are')}`
        return issueWith(document, ['spec', ...reference.path], message)
      }),
  )
  return [...dangling, ...neededBy(staying, gone), ...sharedValues(documents, staying)]
}

/** Who still refers to what is to go. */
export function stillNeeded(onServer: Snapshot, removed: Removal[]): Issue[] {
  const gone = new Set(removed.map(keyOf))
  return neededBy(
    currentOf(onServer).filter((one) => !gone.has(keyOf(one))),
    gone,
  )
}

function neededBy(staying: Document<unknown>[], gone: Set<string>): Issue[] {
  return staying.flatMap((document) =>
    referencesOf(document)
      .filter((reference) => gone.has(keyOf(reference)))
      .map(({ kind, name, path }) => ({
        path: `${kind}/${name}`,
        message: `${calledAs({ kind, name })} cannot be removed: ${refers(document, path)}`,
      })),
  )
}

function refers({ kind, name, origin, spec }: Document<unknown>, path: (string | number)[]): string {
  const said = writtenKind(kind)?.refers?.(spec)
  if (said !== undefined) return said
  const place = origin.kind === 'file' ? ` (${origin.file}, line ${origin.line})` : ''
  return `${calledAs({ kind, name })}${place} refers to it in ${path.join('.')}`
}

/** What goes along with what is removed. */
export function goingAlong(onServer: Snapshot, removed: Removal[], now: Instant): Removal[] {
  const gone = new Set(removed.map(keyOf))
  return WRITTEN_KINDS.flatMap((written) =>
    onServer
      .all(written)
      .filter(({ spec }) => written.goesAlong?.(spec, gone, onServer, now))
      .map(({ kind, name }) => ({ kind, name })),
  )
}

/** What would leave the installation without something it had and cannot do without. */
export function lackingIssues(before: Snapshot, after: Snapshot, documents: WrittenDocument[]): Issue[] {
  return WRITTEN_KINDS.flatMap((kind) =>
    (kind.lacking?.(before, after) ?? []).map(({ name, path, message }) => {
      const key = keyOf({ kind: kind.name, name })
      const written = documents.find((one) => keyOf(one) === key)
      return written ? issueWith(written, path, message) : { path: key, message }
    }),
  )
}

/** The configuration as it will be once these documents are written and those objects removed. */
export function snapshotAfter(documents: WrittenDocument[], onServer: Snapshot | undefined, removed: Removal[] = []): Snapshot {
  const after = new Map(currentOf(onServer).map((one) => [keyOf(one), one]))
  for (const one of removed) after.delete(keyOf(one))
  for (const { kind, name, spec } of documents)
    after.set(keyOf({ kind, name }), {
      kind,
      name,
      spec,
      version: 0,
      uid: '',
      origin: { kind: 'api' },
      changedAt: 0,
      changedBy: 'system',
      validFrom: 0,
    })
  return snapshotOf(after.values())
}

function currentOf(snapshot: Snapshot | undefined): Document<unknown>[] {
  return snapshot ? WRITTEN_KINDS.flatMap((kind) => snapshot.all(kind)) : []
}

function referencesOf({ kind, spec }: { kind: string; spec: unknown }): Reference[] {
  return writtenKind(kind)?.references(spec) ?? []
}

function namesIn(keys: Iterable<string>, kind: string): string[] {
  return [...keys]
    .filter((key) => key.startsWith(`${kind}/`))
    .map((key) => key.slice(kind.length + 1))
    .sort()
}

/** Values that stand in two documents of a kind that shares none. */
function sharedValues(documents: WrittenDocument[], staying: Document<unknown>[]): Issue[] {
  const holders = new Map<string, string>()
  const valuesOf = ({ kind, spec }: { kind: string; spec: unknown }) =>
    (writtenKind(kind)!.exclusive?.valuesIn(spec) ?? []).map((value) => `${kind}/${value}`)
  for (const document of staying.sort(byName)) for (const value of valuesOf(document)) holders.set(value, document.name)
  return documents.flatMap((document) => {
    const values = valuesOf(document)
    const holder = values.map((value) => holders.get(value)).find((one) => one !== undefined)
    for (const value of values) holders.set(value, holders.get(value) ?? document.name)
    if (holder === undefined) return []
    const { writtenAs, message } = writtenKind(document.kind)!.exclusive!
    // Of several ways to write it, the one that stands in the document: the others are said to stand at its beginning.
    const lines = writtenAs.map((key) => document.lineOf(['spec', key]))
    const key = writtenAs[lines.indexOf(Math.max(...lines))]!
    return [issueWith(document, ['spec', key], message(calledAs({ kind: document.kind, name: holder })))]
  })
}
