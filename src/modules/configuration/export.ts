import { isCollection, isMap, isScalar, type Node, Pair, Scalar, stringify, YAMLMap, YAMLSeq, Document as YamlDocument } from 'yaml'
import { Integration } from '../alerts/index.ts'
import { byName, type Document, type Snapshot } from '../documents/index.ts'
import { API_VERSION, WRITTEN_KINDS, type WrittenKind, writtenKind } from './kinds.ts'
import { keysAt } from './schema.ts'
import type { Path } from './yaml.ts'

/** Groups and lists of plain values stand on one line up to this many characters. */
const ONE_LINE_MAX = 110

/** The configuration, or one kind or object of it, as documents that read well and mean exactly what is in force. */
export function exportText(snapshot: Snapshot, only: { kind?: string; name?: string } = {}): string {
  return WRITTEN_KINDS.filter(({ kind }) => only.kind === undefined || kind.name === only.kind)
    .flatMap(({ kind }) =>
      snapshot
        .all(kind)
        .filter(({ name }) => only.name === undefined || name === only.name)
        .sort(byName),
    )
    .map((document, i, all) => documentText(document, { remarks: all.findIndex(({ kind }) => kind === document.kind) === i }))
    .join('---\n')
}

/** One object as a document; `remarks` says what is said once of each kind. */
export function documentText(
  { kind, name, spec, origin }: Pick<Document<unknown>, 'kind' | 'name' | 'spec' | 'origin'>,
  { remarks = true } = {},
): string {
  const written = writtenKind(kind)!
  const remark = `${origin.kind === 'demo' ? '# Of the demo company.\n' : ''}${remarks && kind === Integration.name ? KEY_REMARK : ''}`
  return `${remark}apiVersion: ${API_VERSION}\nkind: ${kind}\nmetadata: { name: ${scalarText(name)} }\n${specText(written, spec)}`
}

const KEY_REMARK = '# The key itself is not kept; keyHash stands for it. Write `key:` instead to give a new one.\n'

function specText(kind: WrittenKind, spec: unknown): string {
  const document = new YamlDocument({ spec: null })
  document.contents = new YAMLMap()
  ;(document.contents as YAMLMap).add(new Pair(new Scalar('spec'), nodeOf(kind, spec, [])))
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
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
    const order = keysAt(kind.kind.schema, path)
    const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
    const entries = Object.entries(value).sort(([a], [b]) => place(a) - place(b))
    for (const [key, inner] of entries)
      if (inner !== undefined) map.items.push(new Pair(new Scalar(key), nodeOf(kind, inner, [...path, key])))
    map.flow = (path.length > 0 || map.items.length === 0) && isShort(map)
    return map
  }
  return new Scalar(value)
}

/** Whether it may stand on one line. */
function isShort(node: YAMLMap | YAMLSeq): boolean {
  const parts = isMap(node) ? node.items.map((pair) => pair.value) : node.items
  if (!parts.every((part) => isScalar(part) || (isCollection(part) && part.flow === true && mayNest(node, part)))) return false
  const text = stringify({ x: node.toJSON() }, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd()
  return text.length <= ONE_LINE_MAX && !text.includes('\n')
}

/** A list of groups reads better with one to a line, unless they are as small as `{ person: ada }`. */
function mayNest(outer: YAMLMap | YAMLSeq, inner: { items: unknown[] }): boolean {
  return isMap(outer) || inner.items.length <= 1
}

function scalarText(value: string): string {
  return stringify(value, { lineWidth: 0 }).trimEnd()
}
