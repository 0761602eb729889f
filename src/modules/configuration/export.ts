import { isCollection, isMap, isScalar, type Node, Pair, Scalar, stringify, YAMLMap, YAMLSeq, Document as YamlDocument } from 'yaml'
import type { Caller } from '../../platform/contract.ts'
import { byName, type Document, keysAt, type Path, type Snapshot } from '../documents/index.ts'
import { API_VERSION, WRITTEN_KINDS, type WrittenKind, writtenKind } from './kinds.ts'
import { seenBy } from './seen.ts'

/** What YAML 1.1 (Ansible, Salt) reads as something else, such as 22:00, `on` or 0777, is put in quotes. */
const AS_READ_EVERYWHERE = { compat: 'yaml-1.1' } as const
/** Further text that PyYAML reads as something else, or not at all: within braces, alone, and what is not seen. */
const MISREAD = /[?#\u2028\u2029]|^=$|[^\P{C}\n]/u
/** Which stands in quotes by then, where it can be written as an escape. */
const UNSEEN = /[^\P{C}\n]|[\u2028\u2029]/gu

/** Groups and lists of plain values stand on one line up to this many characters. */
const ONE_LINE_MAX = 110

/** The configuration, or one kind or object of it, as documents that read well and mean exactly what is in force, as far as the caller may see it. */
export function exportText(snapshot: Snapshot, only: { kind?: string; name?: string } = {}, caller?: Caller): string {
  return WRITTEN_KINDS.filter((kind) => only.kind === undefined || kind.name === only.kind)
    .flatMap((kind) =>
      snapshot
        .all(kind)
        .filter(({ name }) => only.name === undefined || name === only.name)
        .sort(byName),
    )
    .map((document, i, all) =>
      documentText(caller ? seenBy(caller, document) : document, { remarks: all.findIndex(({ kind }) => kind === document.kind) === i }),
    )
    .join('---\n')
}

/** One object as a document; `remarks` says what is said once of each kind. */
export function documentText(
  { kind, name, spec, origin }: Pick<Document<unknown>, 'kind' | 'name' | 'spec' | 'origin'>,
  { remarks = true } = {},
): string {
  const written = writtenKind(kind)!
  const remark = `${origin.kind === 'demo' ? '# Of the demo company.\n' : ''}${(remarks && written.remark) || ''}`
  return `${remark}apiVersion: ${API_VERSION}\nkind: ${kind}\nmetadata: { name: ${scalarText(name)} }\n${specText(written, spec)}`
}

function specText(kind: WrittenKind, spec: unknown): string {
  const document = new YamlDocument({ spec: null }, AS_READ_EVERYWHERE)
  document.contents = new YAMLMap()
  ;(document.contents as YAMLMap).add(new Pair(new Scalar('spec'), nodeOf(kind, spec, [])))
  return document
    .toString({ lineWidth: 0, flowCollectionPadding: true })
    .replace(UNSEEN, (letter) => (letter.length === 1 ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter))
}

/** Keys in the order of the schema; short groups on one line. */
function nodeOf(kind: WrittenKind, value: unknown, path: Path): Node {
  if (Array.isArray(value)) {
    const list = new YAMLSeq()
    list.items = value.map((entry, i) => nodeOf(kind, entry, [...path, i]))
    list.flow = isShort(list)
    return list
  }
  if (typeof value === 'object' && value !== null) {
    const map = new YAMLMap()
    const order = keysAt(kind.schema, path)
    const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
    const entries = Object.entries(value).sort(([a], [b]) => place(a) - place(b))
    for (const [key, inner] of entries)
      if (inner !== undefined) map.items.push(new Pair(scalarOf(key), nodeOf(kind, inner, [...path, key])))
    map.flow = (path.length > 0 || map.items.length === 0) && isShort(map)
    return map
  }
  return scalarOf(value)
}

function scalarOf(value: unknown): Scalar {
  const scalar = new Scalar(value)
  if (typeof value === 'string' && MISREAD.test(value)) scalar.type = 'QUOTE_DOUBLE'
  return scalar
}

/** Whether it may stand on one line. */
function isShort(node: YAMLMap | YAMLSeq): boolean {
  const parts = isMap(node) ? node.items.map((pair) => pair.value) : node.items
  if (!parts.every((part) => isScalar(part) || (isCollection(part) && part.flow === true && mayNest(node, part)))) return false
  const text = stringify({ x: node.toJSON() }, { collectionStyle: 'flow', lineWidth: 0, ...AS_READ_EVERYWHERE }).trimEnd()
  return text.length <= ONE_LINE_MAX && !text.includes('\n')
}

/** A list of groups reads better with one to a line, unless they are as small as `{ person: ada }`. */
function mayNest(outer: YAMLMap | YAMLSeq, inner: { items: unknown[] }): boolean {
  return isMap(outer) || inner.items.length <= 1
}

function scalarText(value: string): string {
  return stringify(value, { lineWidth: 0, ...AS_READ_EVERYWHERE }).trimEnd()
}
