import { FORGET_ROWS } from '../../src/platform/retention.ts'
import { FEW } from './exceptions.ts'

/** A node of a plan as `explain (format json)` tells it. */
export interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  'Plan Rows': number
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  'Rows Removed by Join Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Shared Hit Blocks'?: number
  'Shared Read Blocks'?: number
  Plans?: PlanNode[]
}

/** What a statement may read: by itself, and for each thing it is asked about. */
export interface Bound {
  rows: number
  blocks: number
}

export const USUAL: Bound = { rows: 1000, blocks: 2000 }
const EACH: Bound = { rows: 30, blocks: 60 }

/** What a plan reads beyond its bound; empty when it keeps to it. `asked` is how many things it was asked about. */
export function faultsOf(plan: PlanNode, growing: ReadonlySet<string>, bound: Bound, asked: number): string[] {
  const faults: string[] = []
  const nodes = flat(plan)
  const scans = nodes.filter((node) => growing.has(node['Relation Name'] ?? ''))
  for (const scan of scans) {
    if (scan['Node Type'] === 'Seq Scan') faults.push(`reads ${scan['Relation Name']} from end to end`)
    // What did not run this time must be bound by what it is asked with.
    else if (scan['Actual Loops'] === 0 && !isBoundByValues(scan) && FEW[scan['Index Name'] ?? ''] === undefined)
      faults.push(`would walk ${scan['Index Name'] ?? scan['Relation Name']} without a value to look for`)
  }
  const rows = nodes.reduce((sum, node) => sum + rowsRead(node), 0)
  const blocks = (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0)
  // A row that is written costs an entry in each index. It was found, is fetched, and what hangs on it as well: that far for one step.
  const written = nodes.filter(({ 'Node Type': type }) => type === 'ModifyTable').reduce((sum, { Plans }) => sum + rowsOf(Plans?.[0]), 0)
  const step = Math.min(written, FORGET_ROWS)
  const most = { rows: bound.rows + EACH.rows * asked + 5 * step, blocks: bound.blocks + EACH.blocks * (asked + written) }
  if (rows > most.rows) faults.push(`looks at ${rows} rows, more than ${most.rows}: ${worst(nodes)}`)
  if (blocks > most.blocks) faults.push(`reads ${blocks} blocks, more than ${most.blocks}: ${worst(nodes)}`)
  return faults
}

function rowsOf(node: PlanNode | undefined): number {
  return Math.round((node?.['Actual Rows'] ?? 0) * (node?.['Actual Loops'] ?? 0))
}

/** Rows that a node fetched or compared itself; those it only passes on were counted where they come from. */
function rowsRead(node: PlanNode): number {
  const isScan = /Scan$/.test(node['Node Type']) && !/^(Bitmap Heap|Subquery|CTE)/.test(node['Node Type'])
  const removed =
    (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Join Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return (isScan ? rowsOf(node) : 0) + Math.round(removed * (node['Actual Loops'] ?? 0))
}

function isBoundByValues(scan: PlanNode): boolean {
  if (scan['Node Type'] === 'Bitmap Heap Scan') return true
  return /\$\d|[\w"]\.["\w]|\(SubPlan|\(InitPlan/.test(scan['Index Cond'] ?? '')
}

function worst(nodes: PlanNode[]): string {
  const most = nodes.reduce((a, b) => (rowsRead(b) > rowsRead(a) ? b : a))
  return [most['Node Type'], most['Index Name'] ?? most['Relation Name'] ?? '', most['Index Cond'] ?? ''].filter(Boolean).join(' ')
}

function flat(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flat)]
}

/** A plan in a few lines, for whoever has to mend it. */
export function shownPlan(node: PlanNode, depth = 0): string {
  const told = [
    node['Node Type'],
    node['Index Name'] ?? node['Relation Name'],
    node['Index Cond'],
    `rows ${node['Actual Rows']}×${node['Actual Loops']}`,
  ]
  const removed = (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Join Filter'] ?? 0)
  const line = `${'  '.repeat(depth)}${told.filter((one) => one !== undefined).join(' · ')}${removed > 0 ? ` · removed ${removed}` : ''}`
  return [line, ...(node.Plans ?? []).map((child) => shownPlan(child, depth + 1))].join('\n')
}
