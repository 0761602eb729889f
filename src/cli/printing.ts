import type { Printing, Session } from './session.ts'
import { csvText, jsonText, yamlText } from './text/formats.ts'
import type { Text } from './text/spans.ts'
import { type Column, tableLines } from './text/table.ts'
import type { Format } from './verbs/shared.ts'

export interface Listing<Item> {
  items: readonly Item[]
  columns: readonly Column<Item>[]
  /** What -o name prints: what other commands take as a name. */
  name(item: Item): string
  /** Said instead of an empty table. */
  none: Text
}

/** A list in the format that was asked for; JSON as the API tells each item. */
export function printList<Item>(session: Session, input: Printing, { items, columns, name, none }: Listing<Item>): void {
  const format = session.format(input)
  if (format !== 'table') session.printRaw(textFor(format, items, items.map(name), () => csvText(items, columns)))
  else if (items.length === 0) session.say(none)
  else session.print(tableLines(items, columns, session.terminal.stdout.columns()))
}

export interface Showing<Value> {
  value: Value
  /** For people at a terminal. */
  lines(): readonly Text[]
  name: string
}

export function printOne<Value extends object>(session: Session, input: Printing, { value, lines, name }: Showing<Value>): void {
  const format = session.format(input)
  if (format === 'table') session.print(lines())
  else session.printRaw(textFor(format, value, [name], () => csvText([value], columnsOf(value))))
}

function textFor(format: Exclude<Format, 'table'>, value: unknown, names: string[], csv: () => string): string {
  switch (format) {
    case 'json':
      return jsonText(value)
    case 'yaml':
      return yamlText(value)
    case 'csv':
      return csv()
    case 'name':
      return names.map((name) => (name === '' ? '' : `${name}\n`)).join('')
  }
}

/** What fits into a cell: single values, by their names. */
function columnsOf(value: object): Column<object>[] {
  return Object.entries(value)
    .filter(([, part]) => part === null || typeof part !== 'object')
    .map(([key, part]) => ({ head: key, cell: () => String(part ?? ''), value: () => part as string | number | boolean | null }))
}
