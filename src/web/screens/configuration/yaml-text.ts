import { LineCounter, parseAllDocuments, stringify } from 'yaml'
import { words } from '../../product/configuration/words.ts'

const API_VERSION = 'tocsin.dev/v1'

/** A document as it would stand in a file. */
export function writeYaml(kind: string, name: string, spec: unknown): string {
  return stringify(
    { apiVersion: API_VERSION, kind, metadata: { name }, spec },
    { lineWidth: 110, flowCollectionPadding: true, aliasDuplicateObjects: false },
  )
}

/** What is written, or the line at which it cannot be read and why. `name` is undefined as long as it may be chosen. */
export function readYaml(
  text: string,
  kind: string,
  name: string | undefined,
): { spec: Record<string, unknown>; name: string } | { line: number; message: string } {
  const lines = new LineCounter()
  const [document, second] = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false })
  const fault = document?.errors[0]
  if (fault) return { line: lines.linePos(fault.pos[0]).line, message: fault.message }
  if (second) return { line: lines.linePos(second.range[0]).line, message: words.yamlOne }
  const whole = document?.toJS() as { kind?: unknown; metadata?: { name?: unknown }; spec?: unknown } | undefined
  const lineOf = (...path: string[]) =>
    lines.linePos((document?.getIn(path, true) as { range?: number[] } | undefined)?.range?.[0] ?? 0).line
  if (typeof whole?.spec !== 'object' || whole.spec === null || Array.isArray(whole.spec))
    return { line: lineOf('spec'), message: words.yamlSpec }
  if (whole.kind !== kind) return { line: lineOf('kind'), message: words.yamlKind(kind) }
  const written = typeof whole.metadata?.name === 'string' ? whole.metadata.name : ''
  if (name !== undefined && written !== name) return { line: lineOf('metadata', 'name'), message: words.yamlName(name) }
  return { spec: whole.spec as Record<string, unknown>, name: written }
}
