import { randomBytes } from 'node:crypto'
import { type Refusal, refuse } from '../../kernel/result.ts'
import { hashKey, type IntegrationSpec, keyHashesOf } from '../catalog/index.ts'

/** A key as it may be shown: the hash tells it from others, and its first characters remind people of it. */
export interface ShownKey {
  id: string
  start: string | null
  newest: boolean
}

const OLDER_KEYS_MAX = 4

export function newKey(): string {
  return randomBytes(18).toString('hex')
}

export function shownKeysOf(spec: IntegrationSpec): ShownKey[] {
  const starts = [spec.keyStart, ...(spec.olderKeys ?? []).map((one) => one.keyStart)]
  return keyHashesOf(spec).map((hash, i) => ({ id: idOf(hash), start: starts[i] ?? null, newest: i === 0 }))
}

/** The integration with a new key in front; the one before becomes an older one, so that no sender is cut off. */
export function withNewKey(spec: IntegrationSpec, key: string): IntegrationSpec | Refusal<'too-many-keys'> {
  const { keyHash, keyStart, olderKeys = [], ...rest } = spec
  if (olderKeys.length >= OLDER_KEYS_MAX)
    return refuse('too-many-keys', `It has ${OLDER_KEYS_MAX + 1} keys already; revoke one that nobody uses any more.`)
  const before = keyHash === undefined ? [] : [{ keyHash, ...(keyStart !== undefined && { keyStart }) }]
  return { ...rest, keyHash: hashKey(key), keyStart: key.slice(0, 6), olderKeys: [...before, ...olderKeys] }
}

/** The integration without one of its keys; undefined when it has no such key. */
export function withoutKey(spec: IntegrationSpec, id: string): IntegrationSpec | Refusal<'last-key'> | undefined {
  const { keyHash, keyStart, olderKeys = [], ...rest } = spec
  const all = [...(keyHash === undefined ? [] : [{ keyHash, ...(keyStart !== undefined && { keyStart }) }]), ...olderKeys]
  const left = all.filter((one) => idOf(one.keyHash) !== id)
  if (left.length === all.length) return undefined
  const [newest, ...older] = left
  if (!newest) return refuse('last-key', 'It is the only key; make another one first, or remove the integration.')
  return { ...rest, ...newest, ...(older.length > 0 && { olderKeys: older }) }
}

/** Enough of the hash to tell five keys apart. */
function idOf(keyHash: string): string {
  return keyHash.replace('sha256:', '').slice(0, 12)
}
