import type { Document, Origin, Snapshot } from '../documents/index.ts'
import { WRITTEN_KINDS, type WrittenKind, writtenKind } from './kinds.ts'
import { keyOf, type WrittenDocument } from './read.ts'
import type { Removal } from './together.ts'

/** One value that differs: as it is on the server, and as it is written. Undefined where there is none. */
export interface Difference {
  path: string
  from?: unknown
  to?: unknown
}

export interface Planned {
  kind: string
  name: string
  /** Where it is written. */
  file: string | null
  line: number
}

export interface PlannedChange extends Planned {
  version: number
  /** Where the version on the server came from. */
  origin: Origin
  differences: Difference[]
}

/** What applying documents would do. */
export interface Plan {
  created: Planned[]
  changed: PlannedChange[]
  unchanged: (Planned & { origin: Origin })[]
  /** Go: they came from files and are no longer written, and `prune` was asked for. */
  removed: (Removal & { origin: Origin })[]
  /** Stay, although they are not written. What Tocsin itself or the demo made is not told, nor are overrides: people make them every day. */
  onlyOnServer: (Removal & { origin: Origin })[]
}

export function planOf(documents: WrittenDocument[], onServer: Snapshot, { prune }: { prune: boolean }): Plan {
  const plan: Plan = { created: [], changed: [], unchanged: [], removed: [], onlyOnServer: [] }
  for (const { kind, name, file, line, spec } of documents) {
    const written = writtenKind(kind)!
    const known = onServer.get(written, name)
    if (!known) {
      plan.created.push({ kind, name, file, line })
      continue
    }
    const { version, origin } = known
    const differences = differencesOf(written, known.spec, spec)
    if (differences.length > 0) plan.changed.push({ kind, name, file, line, version, origin, differences })
    else plan.unchanged.push({ kind, name, file, line, origin })
  }
  for (const { kind, name, origin } of notWritten(documents, onServer)) {
    if (prune && origin.kind === 'file') plan.removed.push({ kind, name, origin })
    else if (origin.kind !== 'built-in' && origin.kind !== 'demo' && !writtenKind(kind)!.isDaily)
      plan.onlyOnServer.push({ kind, name, origin })
  }
  return plan
}

export function changesAnything({ created, changed, removed }: Plan): boolean {
  return created.length + changed.length + removed.length > 0
}

function notWritten(documents: WrittenDocument[], onServer: Snapshot): Document<unknown>[] {
  const written = new Set(documents.map(keyOf))
  return WRITTEN_KINDS.flatMap((kind) => onServer.all(kind).filter((one) => !written.has(keyOf(one)))).sort((a, b) =>
    keyOf(a) < keyOf(b) ? -1 : 1,
  )
}

/** Where two specs of a kind mean different things: the order of keys, and what is left out because it is the default, mean nothing. */
export function differencesOf(kind: WrittenKind, from: unknown, to: unknown): Difference[] {
  const before = normal(kind, from)
  const after = normal(kind, to)
  if (isGroup(before) && isGroup(after)) kind.forgetTrifles?.(before, after)
  const differences: Difference[] = []
  compare(differences, '', before, after)
  return differences
}

/** Without what says nothing: absent values, empty lists and groups, and the defaults of the kind. */
function normal({ defaults = [] }: WrittenKind, spec: unknown): unknown {
  const patterns = defaults.map(({ path, value }) => ({ path: path.split('.'), value }))
  return strip(spec, [])

  function strip(value: unknown, path: string[]): unknown {
    if (Array.isArray(value)) return value.map((entry) => strip(entry, [...path, '*']))
    if (!isGroup(value)) return value
    const kept = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
      const here = [...path, key]
      const clean = strip(inner, here)
      if (clean === undefined || isEmpty(clean) || patterns.some((one) => one.value === clean && one.path.join('.') === here.join('.')))
        return []
      return [[key, clean]]
    })
    return Object.fromEntries(kept)
  }
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isGroup(value) && Object.keys(value).length === 0
}

function compare(differences: Difference[], path: string, from: unknown, to: unknown): void {
  if (isGroup(from) && isGroup(to)) {
    for (const key of [...new Set([...Object.keys(from), ...Object.keys(to)])].sort())
      compare(differences, below(path, key), from[key], to[key])
    return
  }
  if (isListOfGroups(from) && isListOfGroups(to)) compareLists(differences, path, from, to)
  else if (canonical(from) !== canonical(to))
    differences.push({ path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) })
}

/** Entries with names are matched by name, so that one put in front does not make all others look changed. */
function compareLists(differences: Difference[], path: string, from: Group[], to: Group[]): void {
  const before = namesOf(from)
  const after = namesOf(to)
  if (before && after) {
    for (const name of new Set([...before, ...after]))
      compare(differences, below(path, name), from[before.indexOf(name)], to[after.indexOf(name)])
    const common = before.filter((name) => after.includes(name))
    if (common.join('\n') !== after.filter((name) => before.includes(name)).join('\n'))
      differences.push({ path: below(path, '(order)'), from: before, to: after })
    return
  }
  for (let i = 0; i < Math.max(from.length, to.length); i++) compare(differences, below(path, String(i)), from[i], to[i])
}

function namesOf(list: Group[]): string[] | undefined {
  const names = list.map((one) => one['name'])
  return names.every((name) => typeof name === 'string') && new Set(names).size === names.length ? (names as string[]) : undefined
}

type Group = Record<string, unknown>

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isListOfGroups(value: unknown): value is Group[] {
  return Array.isArray(value) && value.length > 0 && value.every(isGroup)
}

function below(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}

/** The same text for the same value, whatever the order of its keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (isGroup(value))
    return `{${Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
      .join(',')}}`
  return JSON.stringify(value) ?? 'undefined'
}
