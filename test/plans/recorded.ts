import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parseSync } from 'vite'

/** Where the tests leave what they asked: recorder.ts. */
export const RECORDED = 'test-results/statements'

/** The values of one asking, in order; bytes as hexadecimal digits. */
export type Sample = unknown[]

export interface Recorded {
  text: string
  /** In a transaction one plan is made for any values; alone, plans are tried by their values first. */
  within: ('transaction' | 'alone')[]
  samples: Sample[]
}

/** A statement as it stands in the source. */
export interface Written {
  /** File and function: what exceptions are named by. */
  name: string
  /** File and line. */
  place: string
  text: string
  /** Whether a text that was asked is this one, whatever fragments it was put together from. */
  isOf(asked: string): boolean
}

/** Every text that reaches the database through the `sql` tag. */
export function writtenStatements(sources: { path: string; text: string }[]): Written[] {
  return sources.flatMap(({ path, text }) => {
    const found: Written[] = []
    visit(parseSync(path, text).program, '', (node, within) => {
      if (node.type !== 'TaggedTemplateExpression' || (node.tag.name ?? node.tag.property?.name) !== 'sql') return
      const parts = node.quasi.quasis.map((quasi: { value: { cooked: string } }) => quasi.value.cooked)
      found.push({
        name: `${path} ${within}`,
        place: `${path}:${text.slice(0, node.start).split('\n').length}`,
        text: parts.reduce((sofar: string, part: string, i: number) => `${sofar}$${i}${part}`),
        isOf: isPutTogetherFrom(parts),
      })
    })
    return found
  })
}

function isPutTogetherFrom(parts: string[]): (asked: string) => boolean {
  const pattern = new RegExp(`^${parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^]+?')}$`)
  return (asked) => pattern.test(asked)
}

export function productSources(): { path: string; text: string }[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name) && !/\.test\.ts$/.test(name) && !name.startsWith('web'))
    .map((name) => ({ path: `src/${name}`, text: readFileSync(`src/${name}`, 'utf8') }))
}

/** What all tests asked, by text. */
export function recordedStatements(): Map<string, Recorded> {
  const all = new Map<string, Recorded>()
  const files = existsSync(RECORDED) ? readdirSync(RECORDED).sort() : []
  for (const name of files) {
    const { file, recorded } = JSON.parse(readFileSync(`${RECORDED}/${name}`, 'utf8')) as { file: string; recorded: Recorded[] }
    if (!existsSync(file)) continue
    for (const { text, within, samples } of recorded) {
      const known = all.get(text)
      all.set(text, {
        text,
        within: [...new Set([...(known?.within ?? []), ...within])],
        samples: [...(known?.samples ?? []), ...samples],
      })
    }
  }
  return all
}

// biome-ignore lint/suspicious/noExplicitAny: nodes of a foreign syntax tree.
type Node = any

function visit(node: Node, within: string, see: (node: Node, within: string) => void): void {
  if (node === null || typeof node !== 'object') return
  see(node, within)
  const holds = /Function/.test(node.type) || /Function/.test(node.init?.type ?? node.value?.type ?? '')
  const name = holds ? (node.id?.name ?? node.key?.name ?? within) : within
  for (const child of Object.values(node)) for (const one of Array.isArray(child) ? child : [child]) visit(one, name, see)
}
