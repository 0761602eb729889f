import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Document, Kind, Snapshot } from '../documents/index.ts'

/**
 * A way in. The key is written as `key` in a document and kept as `keyHash` (SHA-256, so that neither a dump nor an
 * export gives it away) with its first characters, by which people recognise it.
 */
export const integrationSpec = z
  .strictObject({
    displayName: z.string().min(1).max(200).optional(),
    source: z.string().min(1),
    service: z.string().min(1),
    key: z
      .string()
      .regex(/^[A-Za-z0-9._~-]{20,128}$/, {
        error: 'use 20 to 128 letters, digits, dots, dashes, underscores or tildes; `openssl rand -hex 16` makes one',
      })
      .optional(),
    keyHash: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, { error: 'write sha256: and 64 hexadecimal digits, as export does' })
      .optional(),
    keyStart: z.string().max(6).optional(),
    /** Keys from before the newest one that still open it, while senders are moved over. */
    olderKeys: z
      .array(
        z.strictObject({
          keyHash: z.string().regex(/^sha256:[0-9a-f]{64}$/, { error: 'write sha256: and 64 hexadecimal digits, as export does' }),
          keyStart: z.string().max(6).optional(),
        }),
      )
      .max(4)
      .optional(),
    /** What senders may do beside sending: reading or silencing alerts of this service through the vendor's own API. */
    allow: z.array(z.enum(['read', 'silence'])).optional(),
  })
  .superRefine((integration, context) => {
    if (integration.key === undefined && integration.keyHash === undefined)
      context.addIssue({ code: 'custom', path: ['key'], message: 'is required: the secret part of the address that senders use' })
  })
  .transform(({ key, ...rest }) => (key === undefined ? rest : { ...rest, keyHash: hashKey(key), keyStart: key.slice(0, 6) }))

export type IntegrationSpec = z.output<typeof integrationSpec>

export const Integration: Kind<IntegrationSpec> = {
  name: 'Integration',
  schema: integrationSpec as z.ZodType<IntegrationSpec>,
  references: (integration) => [{ path: ['service'], kind: 'Service', name: integration.service }],
}

export function hashKey(key: string): string {
  return `sha256:${createHash('sha256').update(key).digest('hex')}`
}

/** Of every key that opens it, the newest first. */
export function keyHashesOf({ keyHash, olderKeys = [] }: IntegrationSpec): string[] {
  return [...(keyHash === undefined ? [] : [keyHash]), ...olderKeys.map((one) => one.keyHash)]
}

const byHash = new WeakMap<Snapshot, Map<string, Document<IntegrationSpec>>>()

/** The integration a key belongs to. Looked up by hash, so comparing leaks nothing about the key. */
export function integrationOf(snapshot: Snapshot, key: string): Document<IntegrationSpec> | undefined {
  let index = byHash.get(snapshot)
  if (!index) {
    index = new Map(snapshot.all(Integration).flatMap((one) => keyHashesOf(one.spec).map((keyHash) => [keyHash, one] as const)))
    byHash.set(snapshot, index)
  }
  return index.get(hashKey(key))
}
