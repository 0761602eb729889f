import type { Caller } from '../../platform/contract.ts'
import type { Document } from '../documents/index.ts'
import type { Planning } from './actions.ts'
import { writtenKind } from './kinds.ts'
import type { Difference } from './plan.ts'

type Named = Pick<Document<unknown>, 'kind' | 'name'>

/** Whether nothing in it is hidden from the caller. */
export function seesWhole(caller: Caller, { kind, name }: Named): boolean {
  return writtenKind(kind)?.guarded?.isWholeFor(caller, name) ?? true
}

/** A document, or a version of one, as the caller may see it. */
export function seenBy<One extends Named & { spec: unknown }>(caller: Caller, document: One): One {
  return seesWhole(caller, document) ? document : { ...document, spec: masking(document.kind, document.spec) }
}

/** A plan as the caller may see it: what they wrote themselves stands in it as they wrote it. */
export function planSeenBy(caller: Caller, plan: Planning): Planning {
  const changed = plan.changed.map((one) =>
    seesWhole(caller, one) ? one : { ...one, differences: one.differences.map((difference) => maskedIn(one.kind, difference, ['from'])) },
  )
  return { ...plan, changed }
}

export function maskedIn(kind: string, difference: Difference, sides: ('from' | 'to')[]): Difference {
  const guarded = writtenKind(kind)!.guarded!
  const isGuarded = difference.path.endsWith(`.${guarded.key}`)
  const shown = (value: unknown) => (isGuarded && typeof value === 'string' ? guarded.mask(value) : masking(kind, value))
  return { ...difference, ...Object.fromEntries(sides.filter((side) => side in difference).map((side) => [side, shown(difference[side])])) }
}

/** A web address is as good as a key whatever it is called, such as a setting of a contact that says where pages go. */
const WEB = /^\s*[a-z][a-z0-9+.-]*:\/\//i

function masking(kind: string, value: unknown): unknown {
  if (typeof value === 'string') return WEB.test(value) ? writtenKind(kind)!.guarded!.mask(value.trim()) : value
  if (Array.isArray(value)) return value.map((one) => masking(kind, one))
  if (typeof value !== 'object' || value === null) return value
  const { key: guarded, mask } = writtenKind(kind)!.guarded!
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === guarded && typeof inner === 'string' ? mask(inner) : masking(kind, inner)]),
  )
}
