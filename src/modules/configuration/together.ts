import type { Issue } from '../../kernel/result.ts'
import type { Instant } from '../../kernel/time.ts'
import { Integration, type IntegrationSpec, keyHashesOf } from '../alerts/index.ts'
import { byName, type Document, type Reference, type Snapshot, snapshotOf } from '../documents/index.ts'
import { Override, overrideWindow } from '../oncall/index.ts'
import { calledAs, WRITTEN_KINDS, writtenKind } from './kinds.ts'
import { mendFor } from './nearest.ts'
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
  return [...dangling, ...neededBy(staying, gone), ...sharedKeys(documents, staying)]
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
  if (kind === Override.name) {
    const { schedule, until } = spec as { schedule: string; until: string }
    return `an override of Schedule ‹${schedule}› until ${until} names it; delete that first`
  }
  const place = origin.kind === 'file' ? ` (${origin.file}, line ${origin.line})` : ''
  return `${calledAs({ kind, name })}${place} refers to it in ${path.join('.')}`
}

/**
 * Overrides that go along with what is removed: all of a schedule, and of a person those that are over. One that a
 * person still has to serve stays, and keeps the person from being removed.
 */
export function overridesGoingAlong(onServer: Snapshot, removed: Removal[], now: Instant): Removal[] {
  const gone = new Set(removed.map(keyOf))
  return onServer
    .all(Override)
    .filter(
      ({ spec }) =>
        gone.has(`Schedule/${spec.schedule}`) || (gone.has(`Person/${spec.person}`) && overrideWindow(onServer, spec).until <= now),
    )
    .map(({ kind, name }) => ({ kind, name }))
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
  return snapshot ? WRITTEN_KINDS.flatMap(({ kind }) => snapshot.all(kind)) : []
}

function referencesOf({ kind, spec }: { kind: string; spec: unknown }): Reference[] {
  return writtenKind(kind)?.kind.references(spec) ?? []
}

function namesIn(keys: Iterable<string>, kind: string): string[] {
  return [...keys]
    .filter((key) => key.startsWith(`${kind}/`))
    .map((key) => key.slice(kind.length + 1))
    .sort()
}

/** A key opens one integration only: with two, alerts would end up in either. */
function sharedKeys(documents: WrittenDocument[], staying: Document<unknown>[]): Issue[] {
  const owners = new Map<string, string>()
  for (const { kind, name, spec } of staying.sort(byName))
    if (kind === Integration.name) for (const hash of keyHashesOf(spec as IntegrationSpec)) owners.set(hash, name)
  return documents.flatMap((document) => {
    if (document.kind !== Integration.name) return []
    const hashes = keyHashesOf(document.spec as IntegrationSpec)
    const owner = hashes.map((hash) => owners.get(hash)).find((one) => one !== undefined)
    for (const hash of hashes) owners.set(hash, owners.get(hash) ?? document.name)
    const key = document.lineOf(['spec', 'key']) >= document.lineOf(['spec', 'keyHash']) ? 'key' : 'keyHash'
    return owner === undefined
      ? []
      : [
          issueWith(
            document,
            ['spec', key],
            `is the key of ${calledAs({ kind: Integration.name, name: owner })} too; make each its own with \`openssl rand -hex 16\``,
          ),
        ]
  })
}
