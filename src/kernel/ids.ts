import type { Instant } from './time.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Ids carry their noun, so that swapped arguments do not compile and a stray id in a log says what it is. */
export type Id<Noun extends string> = `${Noun}_${string}`
export type IncidentId = Id<'inc'>
export type AlertId = Id<'alr'>
export type RunId = Id<'run'>

/** A new id: 10 characters of time, 16 of chance; ids made later sort later, which keeps indexes dense. */
export function newId<Noun extends string>(noun: Noun, now: Instant): Id<Noun> {
  let text: string = firstIdAt(noun, now)
  const chance = randomness()
  for (let i = 0; i < 16; i++) text += ALPHABET[chance[i]! & 31]
  return text as Id<Noun>
}

/** Sorts before every id that is made at this moment or later, and after every earlier one. */
export function firstIdAt<Noun extends string>(noun: Noun, at: Instant): Id<Noun> {
  let text = ''
  for (let rest = Math.max(0, at), i = 0; i < 10; i++) {
    text = ALPHABET[rest % 32] + text
    rest = Math.floor(rest / 32)
  }
  return `${noun}_${text}`
}

/** When an id was made. */
export function momentOf(id: Id<string>): Instant {
  const time = id.slice(id.indexOf('_') + 1, id.indexOf('_') + 11)
  return [...time].reduce((sofar, digit) => sofar * 32 + ALPHABET.indexOf(digit), 0)
}

const pool = new Uint8Array(16 * 256)
let used = pool.length

/** One call fills many ids: asking the system for each was visible in the intake's profile. */
function randomness(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  used += 16
  return pool.subarray(used - 16, used)
}
