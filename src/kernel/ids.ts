import { randomBytes } from 'node:crypto'
import type { Instant } from './time.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Ids carry their noun, so that swapped arguments do not compile and a stray id in a log says what it is. */
export type Id<Noun extends string> = `${Noun}_${string}`
export type IncidentId = Id<'inc'>
export type AlertId = Id<'alr'>
export type RunId = Id<'run'>

/** A new id: 10 characters of time, 16 of chance; ids made later sort later, which keeps indexes dense. */
export function newId<Noun extends string>(noun: Noun, now: Instant): Id<Noun> {
  let text = ''
  for (let rest = now, i = 0; i < 10; i++) {
    text = ALPHABET[rest % 32] + text
    rest = Math.floor(rest / 32)
  }
  const chance = randomness()
  for (let i = 0; i < 16; i++) text += ALPHABET[chance[i]! & 31]
  return `${noun}_${text}`
}

let pool = Buffer.alloc(0)
let used = 0
/** One system call fills many ids: randomBytes(16) a time was visible in the intake profile. */
function randomness(): Buffer {
  if (used + 16 > pool.length) {
    pool = randomBytes(16 * 256)
    used = 0
  }
  used += 16
  return pool.subarray(used - 16, used)
}
