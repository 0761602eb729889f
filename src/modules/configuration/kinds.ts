import { integrationKind, serviceKind } from '../catalog/index.ts'
import { roleKind } from '../command/index.ts'
import type { WrittenKind as AnyKind } from '../documents/index.ts'
import { policyKind } from '../escalation/index.ts'
import { hookKind } from '../hooks/index.ts'
import { type Affected, overrideKind, scheduleKind } from '../oncall/index.ts'
import { personKind, teamKind } from '../people/index.ts'
import { commandKind, schemeKind } from '../severity/index.ts'
import type { Plural } from './contract.ts'

export const API_VERSION = 'tocsin.dev/v1'

export type WrittenKind = AnyKind<unknown, Affected>

/** Every kind that stands in documents, in the order in which they build on each other. What is peculiar to each stands with it. */
export const WRITTEN_KINDS: WrittenKind[] = [
  personKind,
  teamKind,
  scheduleKind,
  policyKind,
  serviceKind,
  integrationKind,
  overrideKind,
  schemeKind,
  commandKind,
  roleKind,
  hookKind,
] as WrittenKind[]

export function writtenKind(name: string): WrittenKind | undefined {
  return WRITTEN_KINDS.find((one) => one.name === name)
}

export function kindOfPlural(plural: Plural): WrittenKind {
  return WRITTEN_KINDS.find((one) => one.plural === plural)!
}
