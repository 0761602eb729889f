import type { z } from 'zod'
import { iso } from '../../kernel/time.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Document } from '../documents/index.ts'
import type { configurationContract } from './contract.ts'
import { documentText } from './export.ts'
import type { WrittenKind } from './kinds.ts'
import { differencesOf } from './plan.ts'
import { maskedIn, seenBy, seesWhole } from './seen.ts'

type ObjectView = z.input<(typeof configurationContract)['getObject']['reply']>
type VersionView = z.input<(typeof configurationContract)['getObjectHistory']['reply']>['items'][number]

/** An object as the API tells it. */
export function objectViewOf(document: Document<unknown>): Omit<ObjectView, 'yaml'> {
  const { kind, name, version, spec, origin, changedAt, changedBy } = document
  return { kind, name, version, spec: spec as Record<string, unknown>, origin, changedAt: iso(changedAt), changedBy }
}

export function wholeObjectViewOf(document: Document<unknown>): ObjectView {
  return { ...objectViewOf(document), yaml: documentText(document) }
}

export function versionViewOf(
  kind: WrittenKind,
  caller: Caller,
  document: Document<unknown>,
  before: Document<unknown> | undefined,
): VersionView {
  const { version, origin, changedAt, changedBy } = document
  const differences = document.spec === null ? [] : differencesOf(kind, before?.spec ?? {}, document.spec)
  return {
    version,
    spec: seenBy(caller, document).spec as Record<string, unknown> | null,
    origin,
    changedAt: iso(changedAt),
    changedBy,
    differences: seesWhole(caller, document) ? differences : differences.map((one) => maskedIn(kind.name, one, ['from', 'to'])),
  }
}
