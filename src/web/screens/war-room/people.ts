import type { Instant } from '../../../kernel/time.ts'
import { BUILT_IN } from '../../../modules/command/roles.ts'
import type { PersonLook } from '../../parts/avatar.tsx'
import { words } from './people-words.ts'

/** Somebody as the server names them, and as people do. */
export interface Somebody {
  id: string
  look: PersonLook
}

export interface Holder extends Somebody {
  /** False while they were only told so. */
  accepted: boolean
  since: Instant
}

/** A role that somebody is asked to take. */
export interface OfferShown {
  to: Somebody
  by: Somebody
  brief: string
  at: Instant
  lapsesAt: Instant
}

export interface RoleShown {
  role: string
  /** As its document says; `roleCalled` says it in the language of the page. */
  name: string
  wanted: boolean
  emptySince: Instant | undefined
  many: boolean
  handsOff: boolean
  duties: string[]
  firstSteps: string[]
  people: Holder[]
  offer: OfferShown | undefined
}

/** What is asked before a role moves. */
export type RoleQuestion = 'take' | 'give' | 'hand-over' | 'relieve'

/** A role that is built in is called so in both languages; one that was written down by its own name. */
export function roleCalled({ role, name }: Pick<RoleShown, 'role' | 'name'>): string {
  return BUILT_IN[role]?.displayName === name ? (words.roles[role as 'scribe'] ?? name) : name
}
