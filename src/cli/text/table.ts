import { cut, padded, spansOf, type Text, tone, widthOf } from './spans.ts'

export interface Column<Item> {
  head: string
  cell(item: Item): Text
  /** For files: the value itself, where the cell is worded for people. */
  value?(item: Item): string | number | boolean | null
  /** Ends at the right. */
  right?: true
  /** Gives way when the terminal is narrow. */
  shrinks?: true
  /** With -o wide, and in files, only. */
  wide?: true
}

const GAP = 2
const SHRUNK_MIN = 12

/** A head and a line for each item; no line is wider than `width` while columns are left that can give way. */
export function tableLines<Item>(items: readonly Item[], columns: readonly Column<Item>[], width = Number.POSITIVE_INFINITY): Text[] {
  const cells = items.map((item) => columns.map((column) => column.cell(item)))
  const widths = columns.map((column, i) => Math.max(widthOf(column.head), ...cells.map((row) => widthOf(row[i]!))))
  giveWay(widths, columns, width)
  const head = columns.map((column, i) => padded(column.head, widths[i]!, column.right ? 'right' : 'left'))
  const lines = cells.map((row) =>
    columns.map((column, i) => padded(cut(row[i]!, widths[i]!), widths[i]!, column.right ? 'right' : 'left')),
  )
  return [tone('dim', joined(head).map(textOf).join('').trimEnd()), ...lines.map((line) => trimmed(joined(line)))]
}

function giveWay<Item>(widths: number[], columns: readonly Column<Item>[], width: number): void {
  for (const [i, column] of columns.entries()) {
    const over = widths.reduce((sum, one) => sum + one, 0) + GAP * (columns.length - 1) - width
    if (over > 0 && column.shrinks) widths[i] = Math.max(Math.min(widths[i]!, SHRUNK_MIN), widths[i]! - over)
  }
}

function joined(cells: Text[]): Text[] {
  return cells.flatMap((cell, i) => (i === 0 ? [cell] : [' '.repeat(GAP), cell]))
}

function textOf(text: Text): string {
  return spansOf(text)
    .map((span) => (typeof span === 'string' ? span : span.text))
    .join('')
}

/** Without the spaces that pad the last cell. */
function trimmed(line: Text): Text {
  const spans = spansOf(line)
  while (spans.length > 0) {
    const last = spans.at(-1)!
    if (typeof last !== 'string') break
    const rest = last.trimEnd()
    if (rest !== '') {
      spans[spans.length - 1] = rest
      break
    }
    spans.pop()
  }
  return spans
}

/** Names at the left, what they stand for at the right. */
export function pairLines(pairs: readonly (readonly [name: string, value: Text])[]): Text[] {
  const width = Math.max(...pairs.map(([name]) => name.length))
  return pairs.map(([name, value]) => [tone('dim', name.padEnd(width)), '  ', value])
}
