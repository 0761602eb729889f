import type { Issue } from '../../kernel/result.ts'
import { isText } from '../../kernel/text.ts'
import { asGroup, calledAs, findingsOf, mendFor, NAME, NAME_RULE, type Path, type Vocabulary, type Wrong } from '../documents/index.ts'
import { API_VERSION, WRITTEN_KINDS, type WrittenKind, writtenKind } from './kinds.ts'
import { type ConfigurationFile, DEPTH_MAX, dotted, NO_TEXT, type PlacedValue, readYaml } from './yaml.ts'

/** A document whose every part was understood: `spec` is as it will be kept. */
export interface WrittenDocument {
  kind: string
  name: string
  spec: unknown
  /** Null when it did not come out of a file. */
  file: string | null
  line: number
  /** The line on which a part of the document stands. */
  lineOf(path: Path): number
}

export interface Reading {
  /** The files, in the order in which they were read. */
  files: string[]
  documents: WrittenDocument[]
  issues: Issue[]
  /** Those with issues of their own, as far as they have a name: a reference to them is no second mistake. */
  unreadable: { kind: string; name: string }[]
}

/**
 * Reads documents and checks each by itself: syntax, keys, values, and what they name in the vocabulary. What needs the
 * others, or the server, is for `checkTogether`.
 */
export function readDocuments(files: ConfigurationFile[], vocabulary: Vocabulary): Reading {
  const reading: Reading = { files: files.map(({ file }) => file), documents: [], issues: [], unreadable: [] }
  const seen = new Map<string, { file: string | null; line: number }>()
  for (const file of files) {
    const { values, issues } = readYaml(file)
    reading.issues.push(...issues)
    for (const placed of values) readInto(reading, seen, placed, file.file, vocabulary)
  }
  return reading
}

/** Issues in the order in which a person meets them: by file, by line. */
export function inOrder({ files }: Pick<Reading, 'files'>, issues: Issue[]): Issue[] {
  const place = ({ file }: Issue) => (file === undefined ? -1 : files.indexOf(file))
  return [...issues].sort((a, b) => place(a) - place(b) || (a.line ?? 0) - (b.line ?? 0))
}

/** Reads one object that did not come out of a file. */
export function readObject({ kind, name, spec }: { kind: string; name: string; spec: unknown }, vocabulary: Vocabulary): Reading {
  const reading: Reading = { files: [], documents: [], issues: [], unreadable: [] }
  const value = { apiVersion: API_VERSION, kind, metadata: { name }, spec }
  const unusable = findUnusable(spec, ['spec'])
  if (unusable) reading.issues.push(unusable)
  else readInto(reading, new Map(), { value, lineOf: () => 0, broken: false }, null, vocabulary)
  return reading
}

/** What schemas pass over without a word; reading a file finds it by itself. */
function findUnusable(value: unknown, path: Path): Issue | undefined {
  if (typeof value === 'string' && !isText(value)) return { path: dotted(path), message: NO_TEXT }
  if (typeof value !== 'object' || value === null) return undefined
  if (path.length > DEPTH_MAX) return { path: dotted(path.slice(0, 6)), message: `is nested more than ${DEPTH_MAX} deep` }
  for (const [key, inner] of Object.entries(value)) {
    const here = [...path, key]
    const found =
      key === '__proto__' || !isText(key) ? { path: dotted(here), message: 'cannot be used as a key' } : findUnusable(inner, here)
    if (found) return found
  }
  return undefined
}

/** An issue with a part of a document, with its place where there is one. */
export function issueWith({ file, lineOf }: Pick<WrittenDocument, 'file' | 'lineOf'>, path: Path, message: string): Issue {
  return { path: dotted(path), message, ...(file !== null && { file, line: lineOf(path) }) }
}

export function keyOf({ kind, name }: { kind: string; name: string }): string {
  return `${kind}/${name}`
}

function readInto(
  reading: Reading,
  seen: Map<string, { file: string | null; line: number }>,
  placed: PlacedValue,
  file: string | null,
  vocabulary: Vocabulary,
): void {
  const { lineOf, broken } = placed
  const issues: Issue[] = []
  const wrong = (path: Path, message: string) => issues.push(issueWith({ file, lineOf }, path, message))
  const root = asGroup(placed.value)
  if (!root) {
    if (!broken) reading.issues.push(issueWith({ file, lineOf }, [], 'is not a document; write apiVersion, kind, metadata and spec'))
    return
  }
  if (!broken && root['apiVersion'] === undefined && root['kind'] === undefined) {
    const message = `has neither apiVersion nor kind; a document begins with \`apiVersion: ${API_VERSION}\` and \`kind: …\``
    reading.issues.push(issueWith({ file, lineOf }, [], message))
    return
  }
  const kind = readHead(root, wrong)
  const name = readName(root, kind, wrong)
  if (kind && name !== undefined) {
    const key = keyOf({ kind: kind.name, name })
    const before = seen.get(key)
    if (before && !broken)
      wrong(
        ['metadata', 'name'],
        `${calledAs({ kind: kind.name, name })} is written a second time; the first is ${placeOf(before)}. Rename or remove one`,
      )
    seen.set(key, before ?? { file, line: lineOf([]) })
  }
  const spec = kind && readSpec(kind, root, vocabulary, wrong)
  if (kind && name !== undefined) {
    if (issues.length === 0 && !broken) reading.documents.push({ kind: kind.name, name, spec, file, line: lineOf([]), lineOf })
    else reading.unreadable.push({ kind: kind.name, name })
  }
  if (!broken) reading.issues.push(...issues)
}

type Group = Record<string, unknown>

const HEAD_KEYS = ['apiVersion', 'kind', 'metadata', 'spec']

function readHead(root: Group, wrong: Wrong): WrittenKind | undefined {
  for (const key of Object.keys(root))
    if (!HEAD_KEYS.includes(key)) wrong([key], `‹${key}› is not a key here${mendFor(key, HEAD_KEYS, 'the keys are')}`)
  const version = root['apiVersion']
  if (version === undefined) wrong(['apiVersion'], `is required; write apiVersion: ${API_VERSION}`)
  else if (version !== API_VERSION) wrong(['apiVersion'], `‹${String(version)}› is not a version that is read here; write ${API_VERSION}`)
  const written = root['kind']
  if (written === undefined) {
    wrong(['kind'], `is required; the kinds are: ${kindNames().join(', ')}`)
    return undefined
  }
  const kind = writtenKind(String(written))
  if (kind) return kind
  wrong(['kind'], `‹${String(written)}› is not a kind${mendForKind(String(written))}`)
  return undefined
}

function kindNames(): string[] {
  return WRITTEN_KINDS.map((one) => one.name)
}

function mendForKind(written: string): string {
  const plain = written.toLowerCase().replace(/[^a-z]/g, '')
  const known = WRITTEN_KINDS.find((one) => one.alsoCalled.includes(plain) || one.plural === plain)
  return known ? `; did you mean ‹${known.name}›?` : mendFor(written, kindNames(), 'the kinds are')
}

function readName(root: Group, kind: WrittenKind | undefined, wrong: Wrong): string | undefined {
  const metadata = asGroup(root['metadata'])
  if (!metadata) {
    wrong(
      ['metadata'],
      root['metadata'] === undefined ? 'is required; write metadata: { name: … }' : 'is a group of keys; write metadata: { name: … }',
    )
    return undefined
  }
  for (const key of Object.keys(metadata))
    if (key !== 'name') wrong(['metadata', key], `‹${key}› is not a key here${mendFor(key, ['name'], 'the only key is')}`)
  const name = metadata['name']
  if (name === undefined || name === null) wrong(['metadata', 'name'], 'is required: a name by which others refer to this')
  else if (typeof name !== 'string')
    wrong(['metadata', 'name'], `‹${String(name)}› is read as a ${typeof name}; put it in quotes: "${String(name)}"`)
  else if (!NAME.test(name) && !kind?.isName?.(name))
    wrong(['metadata', 'name'], `‹${name.slice(0, 120)}› is not a name: ${NAME_RULE}${likeName(name)}`)
  else if (name.startsWith('tocsin') && kind?.keepsOwnNames)
    wrong(['metadata', 'name'], `‹${name}› belongs to Tocsin itself; choose a ${kind.keepsOwnNames} name that does not begin with tocsin`)
  else return name
  return undefined
}

function likeName(name: string): string {
  const mended = name
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '')
    .slice(0, 100)
  return NAME.test(mended) ? `; did you mean ‹${mended}›?` : ''
}

function readSpec(kind: WrittenKind, root: Group, vocabulary: Vocabulary, wrong: Wrong): unknown {
  const written = root['spec']
  if (written === undefined || written === null) {
    wrong(['spec'], 'is required')
    return undefined
  }
  kind.check?.(asGroup(written) ?? {}, vocabulary, wrong)
  const outcome = findingsOf(kind.schema, written, ['spec'])
  if ('value' in outcome) return kind.asKept ? kind.asKept(outcome.value, vocabulary) : outcome.value
  for (const { path, message } of outcome.findings) wrong(path, message)
  return undefined
}

function placeOf({ file, line }: { file: string | null; line: number }): string {
  return file === null ? 'above' : `in ${file}, line ${line}`
}
