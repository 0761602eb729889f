import { plain } from './spans.ts'
import type { Column } from './table.ts'

/** A table to paste into a ticket or a wiki. */
export function markdownTable<Item>(items: readonly Item[], columns: readonly Column<Item>[]): string {
  const row = (cells: string[]) => `| ${cells.map(escaped).join(' | ')} |\n`
  const rule = `|${columns.map(({ right }) => (right ? ' ---: |' : ' --- |')).join('')}\n`
  return `${row(columns.map(({ head }) => head))}${rule}${items.map((item) => row(columns.map((column) => plain(column.cell(item))))).join('')}`
}

/** What would end the cell, start a tag or a link of its own; titles come from anywhere. */
function escaped(text: string): string {
  return text.replace(/[\\|`*_[\]<>]/g, (mark) => `\\${mark}`)
}
