import { type Clock, type Instant, SECOND } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { RawRequest } from '../../platform/http.ts'
import { hashKey, type IntegrationSpec, integrationOf } from '../catalog/index.ts'
import type { Document, Documents, Snapshot } from '../documents/index.ts'

/** For how long a key that no integration has is not asked about again, and how many of them are remembered. */
export const UNKNOWN_KEPT_MS = 2 * SECOND
const UNKNOWN_MAX = 5000

export interface Keyring {
  /** The integration a key opens. */
  find(key: string): Promise<Document<IntegrationSpec> | undefined>
}

/**
 * A key unknown here may have been made on another node a moment ago: the database is asked before saying no. A flood of
 * unknown keys does not reach it all the same: those asked for at one time share a question, and a key that was not there
 * a moment ago is not asked for again unless the configuration has changed since.
 */
export function createKeyring({ db, clock, documents }: { db: Database; clock: Clock; documents: Documents }): Keyring {
  let unknown = new Map<string, Instant>()
  let unknownIn: Snapshot | undefined
  let asking: Promise<Snapshot> | undefined
  let askingNext: Promise<Snapshot> | undefined

  function ask(): Promise<Snapshot> {
    asking = documents.fresh(db.sql).finally(() => {
      asking = undefined
    })
    return asking
  }

  /** An answer that is on its way may be older than the key: who comes meanwhile shares the next question. */
  function askTogether(): Promise<Snapshot> {
    if (!asking) return ask()
    askingNext ??= asking
      .catch(() => {})
      .then(() => {
        askingNext = undefined
        return ask()
      })
    return askingNext
  }

  function wasUnknown(hash: string): boolean {
    const last = documents.last()
    if (unknownIn !== last || documents.isBehind() || unknown.size >= UNKNOWN_MAX) unknown = new Map()
    unknownIn = last
    return clock.now() - (unknown.get(hash) ?? Number.NEGATIVE_INFINITY) < UNKNOWN_KEPT_MS
  }

  return {
    async find(key) {
      const known = integrationOf(documents.last(), key)
      if (known) return known
      const hash = hashKey(key)
      if (wasUnknown(hash)) return undefined
      const found = integrationOf(await askTogether(), key)
      if (!found && !wasUnknown(hash)) unknown.set(hash, clock.now())
      return found
    },
  }
}

const KEY = /^[A-Za-z0-9._~-]{20,128}$/
const TRIED_MAX = 4

/** Whatever in a request may be a key, wherever senders of some product put it: in the address, the query, a header. */
export function keysAround({ path, query, headers }: Pick<RawRequest, 'path' | 'query' | 'headers'>): string[] {
  const authorization = String(headers['authorization'] ?? '').slice(0, 1000)
  const basic = authorization.toLowerCase().startsWith('basic ') ? Buffer.from(authorization.slice(6), 'base64').toString('latin1') : ''
  const said = [
    ...path.split('/'),
    ...query.values(),
    ...`${authorization} ${basic}`.split(/[\s=:"',]/),
    ...['x-api-key', 'x-routing-key', 'x-api-token', 'api-key'].map((name) => String(headers[name] ?? '')),
  ]
  return [...new Set(said.filter((one) => KEY.test(one)))].slice(0, TRIED_MAX)
}
