import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A secret to hand out: 256 bits, with a prefix that scanners recognise. */
export function newSecret(prefix: 'tocsin' | 'session' | 'login'): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`
}

/** High-entropy secrets need no slow hash. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** In constant time, whatever the lengths. */
export function sameSecret(a: string, b: string): boolean {
  return timingSafeEqual(hashOf(a), hashOf(b))
}
