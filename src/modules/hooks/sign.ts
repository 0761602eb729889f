import { createHmac, randomBytes } from 'node:crypto'
import { type Refusal, refuse } from '../../kernel/result.ts'
import { type Instant, SECOND } from '../../kernel/time.ts'

// As Standard Webhooks says, so that receivers need nothing of ours: https://www.standardwebhooks.com

const PREFIX = 'whsec_'
const SECRET_BYTES = 32
const SECRET_BYTES_MIN = 16

/** A new secret, as receivers are given it. */
export function newSecret(): string {
  return `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`
}

/** The key in a secret as it is written. */
export function keyIn(secret: string): Buffer | Refusal<'unusable'> {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret
  const key = Buffer.from(text, 'base64')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || key.length < SECRET_BYTES_MIN)
    return refuse('unusable', 'it is not whsec_ and base64 of 16 bytes or more; `tocsin hook secret` makes one')
  return key
}

/** The three headers by which a receiver knows who sent a body, and when. With two keys either of them proves it. */
export function signedHeaders(keys: readonly Buffer[], id: string, now: Instant, body: string): Record<string, string> {
  const timestamp = String(Math.floor(now / SECOND))
  const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`)
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
