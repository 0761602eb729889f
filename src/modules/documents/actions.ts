import type { Actor } from '../../kernel/actor.ts'
import { newId } from '../../kernel/ids.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Sql, Transaction } from '../../platform/db.ts'
import { type Document, type Kind, type Origin, type Snapshot, snapshotOf } from './document.ts'
import {
  insertVersions,
  lockDocuments,
  type NewVersion,
  nextGeneration,
  readChangesSince,
  readGeneration,
  readVersions,
  updateOrigins,
} from './store.ts'

/**
 * The configuration as this process last saw it. `fresh` asks the database whether anything changed (one tiny
 * statement) and loads only the difference, so a decision made in the same transaction never uses yesterday's rota.
 */
export interface Documents {
  fresh(sql: Sql): Promise<Snapshot>
  /** Lets one writer at a time look at the configuration and change it, until its commit. Readers are not held up. */
  hold(tx: Transaction): Promise<Snapshot>
  /** Without asking: what was last loaded. For lookups that are confirmed later in a transaction. */
  last(): Snapshot
  /** Whether a writer of this process has committed since the last look: what `last` does not hold may be there now. */
  isBehind(): boolean
  /** A version as it was, for runs and pages that name it. Versions never change, so they are kept in memory. */
  version<Spec>(sql: Sql, kind: Kind<Spec>, name: string, version: number): Promise<Document<Spec> | undefined>
  /** Several at once, by `name/version`: one statement for all that are not in memory. */
  versions<Spec>(sql: Sql, kind: Kind<Spec>, wanted: { name: string; version: number }[]): Promise<Map<string, Document<Spec>>>
}

export function createDocuments(): Documents {
  let current = new Map<string, Document<unknown>>()
  let snapshot = snapshotOf([], 0)
  const versions = new Map<string, Document<unknown>>()
  let behind = false

  async function hold(tx: Transaction): Promise<Snapshot> {
    await lockDocuments(tx.sql)
    tx.afterCommit(() => {
      behind = true
    })
    return fresh(tx.sql)
  }

  async function fresh(sql: Sql): Promise<Snapshot> {
    behind = false
    const { generation, forgotten } = await readGeneration(sql)
    if (generation === snapshot.generation) return snapshot
    // A rolled-back write or a restored database may show a smaller generation, and what was taken away is in no list of changes: then start over.
    const since = generation < snapshot.generation || snapshot.generation < forgotten ? 0 : snapshot.generation
    if (since === 0) versions.clear()
    const next = since === 0 ? new Map<string, Document<unknown>>() : new Map(current)
    for (const document of await readChangesSince(sql, since)) {
      const key = `${document.kind}/${document.name}`
      if (document.spec === null) next.delete(key)
      else next.set(key, document)
    }
    current = next
    snapshot = snapshotOf(next.values(), generation)
    return snapshot
  }

  async function version<Spec>(sql: Sql, kind: Kind<Spec>, name: string, number: number): Promise<Document<Spec> | undefined> {
    return (await severalVersions(sql, kind, [{ name, version: number }])).get(`${name}/${number}`)
  }

  async function severalVersions<Spec>(sql: Sql, kind: Kind<Spec>, wanted: { name: string; version: number }[]) {
    const found = new Map<string, Document<Spec>>()
    const missing = new Map<string, { name: string; version: number }>()
    for (const { name, version: number } of wanted) {
      const now = snapshot.get(kind, name)
      const known = now?.version === number ? now : versions.get(`${kind.name}/${name}/${number}`)
      if (known) found.set(`${name}/${number}`, known as Document<Spec>)
      else missing.set(`${name}/${number}`, { name, version: number })
    }
    if (missing.size === 0) return found
    if (versions.size > 1000) versions.clear()
    for (const document of await readVersions(sql, kind.name, [...missing.values()])) {
      versions.set(`${kind.name}/${document.name}/${document.version}`, document)
      found.set(`${document.name}/${document.version}`, document as Document<Spec>)
    }
    return found
  }

  return { fresh, hold, last: () => snapshot, isBehind: () => behind, version, versions: severalVersions }
}

/** Writes new versions, all or none, and answers them. The caller has checked specs and references. */
export async function writeDocuments(sql: Sql, now: Instant, by: Actor, changes: NewVersion[]): Promise<Document<unknown>[]> {
  if (changes.length === 0) return []
  const generation = await nextGeneration(sql)
  return insertVersions(
    sql,
    now,
    by,
    generation,
    changes.map((change) => ({ ...change, newUid: newId('doc', now) })),
  )
}

/** Notes that current versions are now written at another place, without making new versions of them. */
export async function moveDocuments(sql: Sql, moved: { kind: string; name: string; origin: Origin }[]): Promise<void> {
  if (moved.length > 0) await updateOrigins(sql, await nextGeneration(sql), moved)
}
