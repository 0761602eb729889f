import type { Actor } from '../../kernel/actor.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Origin } from './document.ts'

/** Who is written down as the author of a version. */
export function authorOf(caller: Caller): Actor {
  return caller.person === undefined ? `token:${caller.label}` : `person:${caller.person}`
}

/** A signed-in person works in the browser; everybody else sends a token. */
export function originOf(caller: Caller): Origin {
  return caller.kind === 'person' ? { kind: 'ui' } : { kind: 'api' }
}
