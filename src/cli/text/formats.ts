import type { Format } from '../verbs/shared.ts'
import { plain } from './spans.ts'
import type { Column } from './table.ts'
import { yaml } from './yaml.ts'

/** What was asked for; without a word, tables are for people and JSON is for programs. */
export function formatOf({ output, json }: { output?: Format | undefined; json?: boolean | undefined }, isTerminal: boolean): Format {
  return json ? 'json' : (output ?? (isTerminal ? 'table' : 'json'))
}

/** Whether it is for people, who see what is worded for them. */
export function isForPeople(format: Format): boolean {
  return format === 'table' || format === 'wide'
}

export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

export function yamlText(value: unknown): string {
  return yaml().stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })
}

/** RFC 4180, with the heads of the columns as names. */
export function csvText<Item>(items: readonly Item[], columns: readonly Column<Item>[]): string {
  const rows = items.map((item) => columns.map((column) => (column.value ? column.value(item) : plain(column.cell(item)))))
  const heads = columns.map(({ head }) =>
    head
      .toLowerCase()
      .replace(/ \(.*\)$/, '')
      .replaceAll(' ', '_'),
  )
  return [heads, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('')
}

function field(value: string | number | boolean | null): string {
  const text = value === null ? '' : String(value)
  // A spreadsheet runs what begins like a formula; titles come from anywhere.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
