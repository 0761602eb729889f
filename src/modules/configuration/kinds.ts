import { Integration } from '../alerts/index.ts'
import { Service } from '../catalog/index.ts'
import type { Kind } from '../documents/index.ts'
import { EscalationPolicy } from '../escalation/index.ts'
import { Override, Schedule } from '../oncall/index.ts'
import { Person, Team } from '../people/index.ts'
import type { Plural } from './contract.ts'

export const API_VERSION = 'tocsin.dev/v1'

/** A kind as people write it: in documents by its name, in addresses by its plural. */
export interface WrittenKind {
  kind: Kind<unknown>
  plural: Plural
  /** What other products call it, for the sentence that tells the mend. */
  alsoCalled: string[]
  /** A value left out means the same as the one here. */
  defaults: { path: string; value: unknown }[]
}

/** Every kind that stands in documents, in the order in which they build on each other. */
export const WRITTEN_KINDS: WrittenKind[] = [
  { kind: Person, plural: 'people', alsoCalled: ['user', 'responder'], defaults: [{ path: 'contacts.*.bundle', value: true }] },
  { kind: Team, plural: 'teams', alsoCalled: ['group'], defaults: [] },
  { kind: Schedule, plural: 'schedules', alsoCalled: ['rotation', 'rota', 'oncallschedule'], defaults: [] },
  {
    kind: EscalationPolicy,
    plural: 'policies',
    alsoCalled: ['policy', 'escalation', 'escalationchain'],
    defaults: [{ path: 'repeat', value: 0 }],
  },
  {
    kind: Service,
    plural: 'services',
    alsoCalled: ['component'],
    defaults: [
      { path: 'urgency', value: 'by-severity' },
      { path: 'autoResolve', value: true },
    ],
  },
  { kind: Integration, plural: 'integrations', alsoCalled: ['source', 'webhook'], defaults: [] },
  { kind: Override, plural: 'overrides', alsoCalled: ['cover', 'swap'], defaults: [] },
]

export function writtenKind(name: string): WrittenKind | undefined {
  return WRITTEN_KINDS.find((one) => one.kind.name === name)
}

export function kindOfPlural(plural: Plural): WrittenKind {
  return WRITTEN_KINDS.find((one) => one.plural === plural)!
}

/** `schedule payments-primary`: how a sentence names an object. */
export function calledAs({ kind, name }: { kind: string; name: string }): string {
  return `${kind} ‹${name}›`
}
