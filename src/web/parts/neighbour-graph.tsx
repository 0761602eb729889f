import './neighbour-graph.css'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Link } from './link.tsx'
import { ScrollRegion } from './scroll-region.tsx'

export interface GraphNode {
  name: string
  /** How it is, in a few words. */
  detail: string
  /** Drawn at its left, 14 px. */
  mark: ReactNode
  href?: string
  /** In trouble: its line is drawn strongly. */
  hit: boolean
}

interface NeighbourGraphProps {
  /** Names the room it scrolls in where that is narrow. */
  name: string
  /** The whole drawing as a sentence. */
  label: string
  /** Over the three columns. */
  heads: [before: string, here: string, after: string]
  before: GraphNode[]
  here: GraphNode
  after: GraphNode[]
  /** For a side that is empty. */
  nothing: string
}

const ROW = 58
const NODE = { width: 196, height: 44 }
const HERE = { width: 200, height: 52 }
const WIDTH = 760
const TOP = 24

/** One thing between what uses it and what it needs, one step each way. */
export function NeighbourGraph({ name, label, heads, before, here, after, nothing }: NeighbourGraphProps) {
  const rows = Math.max(before.length, after.length, 1)
  const height = TOP + rows * ROW
  const middle = TOP + (rows * ROW) / 2 - (ROW - NODE.height) / 2
  const topOf = (count: number, place: number) => middle - (count * ROW - (ROW - NODE.height)) / 2 + place * ROW
  const hereX = (WIDTH - HERE.width) / 2
  const afterX = WIDTH - NODE.width
  return (
    <ScrollRegion label={name} className="neighbour-room">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing with links in it is a group, not a form */}
      <svg className="neighbour-graph" viewBox={`0 0 ${WIDTH} ${height}`} role="group" aria-label={label}>
        <text className="graph-head" x={0} y={12}>
          {heads[0]}
        </text>
        <text className="graph-head" x={hereX} y={12}>
          {heads[1]}
        </text>
        <text className="graph-head" x={afterX} y={12}>
          {heads[2]}
        </text>
        {before.map((node, place) => (
          <Edge
            key={node.name}
            from={[NODE.width, topOf(before.length, place) + NODE.height / 2]}
            to={[hereX, middle]}
            hit={node.hit && here.hit}
          />
        ))}
        {after.map((node, place) => (
          <Edge
            key={node.name}
            from={[hereX + HERE.width, middle]}
            to={[afterX, topOf(after.length, place) + NODE.height / 2]}
            hit={node.hit}
          />
        ))}
        {before.map((node, place) => (
          <Box key={node.name} node={node} x={0} y={topOf(before.length, place)} {...NODE} />
        ))}
        <Box node={here} x={hereX} y={middle - HERE.height / 2} {...HERE} own />
        {after.map((node, place) => (
          <Box key={node.name} node={node} x={afterX} y={topOf(after.length, place)} {...NODE} />
        ))}
        {before.length === 0 && (
          <text className="graph-detail" x={0} y={middle + 4}>
            {nothing}
          </text>
        )}
        {after.length === 0 && (
          <text className="graph-detail" x={afterX} y={middle + 4}>
            {nothing}
          </text>
        )}
      </svg>
    </ScrollRegion>
  )
}

function Edge({ from: [x1, y1], to: [x2, y2], hit }: { from: [number, number]; to: [number, number]; hit: boolean }) {
  const half = (x1 + x2) / 2
  return <path className={classNames('graph-edge', hit && 'graph-edge-hit')} d={`M${x1} ${y1}C${half} ${y1} ${half} ${y2} ${x2} ${y2}`} />
}

interface BoxProps {
  node: GraphNode
  x: number
  y: number
  width: number
  height: number
  own?: boolean
}

function Box({ node, x, y, width, height, own = false }: BoxProps) {
  const inside = (
    <>
      <rect x={x + 0.5} y={y + 0.5} width={width - 1} height={height - 1} rx={7} />
      <svg x={x + 12} y={y + height / 2 - 16} width={16} height={16} overflow="visible" aria-hidden="true">
        {node.mark}
      </svg>
      <text className="graph-name" x={x + 34} y={y + height / 2 - 3.5}>
        {cut(node.name, own ? 22 : 21)}
      </text>
      <text className="graph-detail" x={x + 34} y={y + height / 2 + 13.5}>
        {cut(node.detail, own ? 26 : 25)}
      </text>
    </>
  )
  const look = classNames('graph-node', own && 'graph-own', node.hit && 'graph-hit')
  return node.href ? (
    <Link className={look} href={node.href}>
      {inside}
    </Link>
  ) : (
    <g className={look}>{inside}</g>
  )
}

/** The drawing has no more room; the whole name stands in the list beside it. */
function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}
