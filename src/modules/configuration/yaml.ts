import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseAllDocuments, type YAMLError } from 'yaml'
import type { Issue } from '../../kernel/result.ts'
import { isText, storable } from '../../kernel/text.ts'
import type { Path } from '../documents/index.ts'

/** A file of configuration documents, as it was handed over. */
export interface ConfigurationFile {
  file: string
  text: string
}

/** One document as plain values, with the way back to the line each stands on. */
export interface PlacedValue {
  value: unknown
  /** The line of the deepest part of the path that is written; keys count from their own line. */
  lineOf(path: Path): number
  /** It could not be read as it stands: the value is a guess, good for names at most. */
  broken: boolean
}

/** Anchors may be used a little, and nothing written by people is deeper or larger: a bomb of aliases ends here. */
export const DEPTH_MAX = 60
const PARTS_MAX = 250_000

/**
 * Reads YAML (JSON is YAML too): every document in the file, and a document that is a list as one for each entry.
 * Of one document's syntax errors only the first is told, for the others usually follow from it.
 */
export function readYaml({ file, text }: ConfigurationFile): { values: PlacedValue[]; issues: Issue[] } {
  const lines = new LineCounter()
  const issues: Issue[] = []
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line)
  const issueAt = (offset: number, path: Path, message: string) => issues.push({ file, line: lineAt(offset), path: dotted(path), message })
  let documents: Document.Parsed[]
  try {
    // Doubled keys are looked for here: the parser compares each with each.
    documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  } catch (error) {
    return { values: [], issues: [{ file, line: 1, path: '', message: `cannot be read as YAML: ${(error as Error).message}` }] }
  }
  const left = { parts: PARTS_MAX }
  const values = documents.flatMap((document): PlacedValue[] => {
    const wrong = firstOf([...document.errors, ...document.warnings])
    if (wrong) issueAt(wrong.pos[0], [], syntaxInWords(wrong))
    if (document.contents === null || (!wrong && isScalar(document.contents) && document.contents.value === null)) return []
    if (left.parts < 0) return []
    const before = issues.length
    const reader = { anchors: new Map<string, Node>(), lineAt, issueAt: wrong ? () => {} : issueAt, left, stopped: false }
    const tree = plain(reader, document.contents, lineAt(document.contents.range?.[0] ?? 0), [])
    const broken = wrong !== undefined || issues.length > before
    const trees = Array.isArray(tree.value) ? [...tree.parts.values()] : [tree]
    return trees.map((one) => ({ value: one.value, lineOf: (path) => lineIn(one, path), broken }))
  })
  return { values, issues }
}

export function dotted(path: readonly PropertyKey[]): string {
  return path.map(String).join('.')
}

interface Tree {
  value: unknown
  line: number
  parts: Map<string | number, Tree>
}

interface Reader {
  /** Those met so far; the parser would look through the whole document for each alias. */
  anchors: Map<string, Node>
  lineAt(offset: number): number
  issueAt(offset: number, path: Path, message: string): void
  /** How much more the file may hold. */
  left: { parts: number }
  stopped: boolean
}

export const NO_TEXT = 'holds a character that no text has (NUL, or half of a pair); take it out'

function plain(reader: Reader, node: Node | null, line: number, path: Path): Tree {
  const tree: Tree = { value: null, line, parts: new Map() }
  const offset = node?.range?.[0] ?? 0
  if (reader.stopped) return tree
  reader.left.parts -= 1
  if (path.length > DEPTH_MAX || reader.left.parts < 0) {
    const deep = path.length > DEPTH_MAX
    const message = deep ? `is nested more than ${DEPTH_MAX} deep` : 'holds far too much; does an alias (*name) repeat it over and over?'
    reader.issueAt(offset, path.slice(0, 6), message)
    // Told once: the rest of the document stays unread.
    reader.stopped = true
    return tree
  }
  if (isAlias(node)) {
    const target = reader.anchors.get(node.source)
    if (target) return plain(reader, target, line, path)
    reader.issueAt(
      offset,
      path,
      `*${node.source} names an anchor that is not written before it in this document; anchors do not reach across ---`,
    )
    return tree
  }
  if (node?.anchor) reader.anchors.set(node.anchor, node)
  if (isMap(node)) return plainMap(reader, node.items as { key: unknown; value: unknown }[], tree, path)
  if (isSeq(node)) {
    const list: unknown[] = []
    for (const [i, item] of node.items.entries()) {
      const part = plain(reader, item as Node | null, lineOfNode(reader, item, line), [...path, i])
      list.push(part.value)
      tree.parts.set(i, part)
    }
    return { ...tree, value: list }
  }
  if (isScalar(node) && typeof node.value === 'string' && !isText(node.value)) reader.issueAt(offset, path, NO_TEXT)
  if (isScalar(node)) tree.value = typeof node.value === 'number' && !Number.isFinite(node.value) ? (node.source ?? null) : node.value
  return tree
}

function plainMap(reader: Reader, items: { key: unknown; value: unknown }[], tree: Tree, path: Path): Tree {
  const map: Record<string, unknown> = {}
  for (const { key, value } of items) {
    const offset = (key as Node | null)?.range?.[0] ?? 0
    const name = isScalar(key) && key.value !== null && typeof key.value !== 'object' ? String(key.value) : undefined
    if (name === undefined) {
      reader.issueAt(offset, path, 'has a key that is not a plain word; write `key: value`')
      continue
    }
    // Schemas pass over it without a word.
    if (name === '__proto__' || !isText(name)) {
      reader.issueAt(offset, [...path, storable(name)], 'cannot be used as a key')
      continue
    }
    if (tree.parts.has(name)) reader.issueAt(offset, [...path, name], 'is written twice; keep one')
    const part = plain(reader, value as Node | null, reader.lineAt(offset), [...path, name])
    tree.parts.set(name, part)
    map[name] = part.value
  }
  return { ...tree, value: map }
}

function lineOfNode(reader: Reader, node: unknown, otherwise: number): number {
  const offset = (node as Node | null)?.range?.[0]
  return offset === undefined ? otherwise : reader.lineAt(offset)
}

function lineIn(tree: Tree, path: Path): number {
  let at = tree
  for (const step of path) {
    const next = at.parts.get(step)
    if (!next) break
    at = next
  }
  return at.line
}

function firstOf(errors: YAMLError[]): YAMLError | undefined {
  return errors.reduce<YAMLError | undefined>((first, error) => (first && first.pos[0] <= error.pos[0] ? first : error), undefined)
}

/** The parser's finding as a sentence that tells the mend. */
function syntaxInWords({ code, message }: YAMLError): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'is indented with a tab; YAML takes spaces only'
    case 'BAD_INDENT':
      return message.startsWith('Flow')
        ? 'comes before a [ or { above it was closed; add the missing ] or }, or indent this line'
        : 'is not indented like its neighbours; keys of one group start in the same column'
    case 'MISSING_CHAR':
      if (/quote/.test(message)) return 'is reached before a quoted text ended; add the missing quote'
      if (/map keys need/.test(message)) return 'lacks a colon: write `key: value`, or `- value` with a space for an entry of a list'
      return `is not YAML: ${message}`
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'has a second colon on one line; put text that holds `: ` in quotes'
    case 'MULTILINE_IMPLICIT_KEY':
      return 'lacks a colon after its key: write `key: value`'
    case 'BAD_SCALAR_START':
      return `${message.replace(/^Plain value cannot start with .*character /, 'begins with ')}, which YAML keeps for itself; put the text in quotes`
    case 'TAG_RESOLVE_FAILED':
      return `${message.replace(/^Unresolved tag: /, '')} is a tag, and tags are not read; write the value itself`
    default:
      return `is not YAML: ${message}`
  }
}
