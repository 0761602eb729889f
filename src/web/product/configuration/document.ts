import type { Instant } from '../../../kernel/time.ts'

/** Kinds of configuration objects, as they stand in addresses and as documents name them. */
export const documentKinds = {
  people: 'Person',
  teams: 'Team',
  schedules: 'Schedule',
  policies: 'EscalationPolicy',
  services: 'Service',
  integrations: 'Integration',
} as const
export type KindPlural = keyof typeof documentKinds

export type DocumentOrigin =
  | { kind: 'file'; file: string; line: number }
  | { kind: 'api' }
  | { kind: 'ui' }
  | { kind: 'demo' }
  | { kind: 'built-in' }

/** A version of an object, as it is told to people. */
export interface VersionLook<Spec = unknown> {
  version: number
  /** Null: it was removed. */
  spec: Spec | null
  origin: DocumentOrigin
  changedAt: Instant
  changedBy: string
  differences: Difference[]
}

export interface Difference {
  path: string
  from?: unknown
  to?: unknown
}

/** What differs between two specs, each at the shallowest place where only one side has something, or both have other values. */
export function differencesBetween(from: unknown, to: unknown, path: string[] = []): Difference[] {
  if (isSame(from, to)) return []
  if (!isGroup(from) || !isGroup(to) || Array.isArray(from) !== Array.isArray(to)) return [{ path: path.join('.'), from, to }]
  const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])]
  return keys.flatMap((key) => differencesBetween((from as Group)[key], (to as Group)[key], [...path, key]))
}

type Group = Record<string, unknown>

function isGroup(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Whatever the order of keys, and with absent and undefined as one. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (!isGroup(one) || !isGroup(other) || Array.isArray(one) !== Array.isArray(other)) return false
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => isSame((one as Group)[key], (other as Group)[key]))
}

/** One value in a line, as people would write it. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map(valueText).join(', ')
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${valueText(inner)}`)
  return entries.length === 1 ? entries[0]! : `{ ${entries.join(', ')} }`
}

/** A name that documents may refer to, made of what people call it. */
export function nameFrom(title: string): string {
  return title
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
}
