import { CommandError } from './errors.ts'
import { EXIT } from './exits.ts'
import type { Printing, Session } from './session.ts'
import { nearestName } from './suggest.ts'
import { fieldLines, pathsIn } from './text/fields.ts'
import { csvText, isForPeople, jsonText, yamlText } from './text/formats.ts'
import { markdownTable } from './text/markdown.ts'
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
  if (session.unknownFilter && items.length === 0) throw session.unknownFilter
  if (session.unknownFilter) session.say(session.unknownFilter.message)
  if (input.field) printFields(session, items, input.field)
  else if (!isForPeople(format)) session.printRaw(textFor(format as Filed, items, items.map(name), { items, columns }))
  else if (items.length === 0) session.say(none)
  else if (format === 'wide') session.print(tableLines(items, columns))
  else
    session.print(
      tableLines(
        items,
        columns.filter(({ wide }) => !wide),
        session.terminal.stdout.columns(),
      ),
    )
}

export interface Showing<Value> {
  value: Value
  /** For people at a terminal. */
  lines(): readonly Text[]
  name: string
}

export function printOne<Value extends object>(session: Session, input: Printing, { value, lines, name }: Showing<Value>): void {
  const format = session.format(input)
  if (input.field) printFields(session, [value], input.field)
  else if (isForPeople(format)) session.print(lines())
  else session.printRaw(textFor(format as Filed, value, [name], { items: [value], columns: columnsOf(value) }))
}

/** The values alone, for scripts that need one thing and no parser. */
function printFields(session: Session, items: readonly unknown[], typed: readonly string[]): void {
  const paths = typed.flatMap((one) => one.split(','))
  const known = items.length === 0 ? [] : [...new Set(items.flatMap((item) => pathsIn(item)))]
  const lost = known.length === 0 ? undefined : paths.find((path) => !known.some((one) => one === path || path.startsWith(`${one}.`)))
  if (lost !== undefined) {
    const meant = nearestName(lost, known)
    const top = known.filter((path) => !path.includes('.'))
    throw new CommandError(
      EXIT.usage,
      `There is no field ‹${lost}›.${meant === undefined ? '' : ` Did you mean ‹${meant}›?`}`,
      `There are: ${top.join(', ')}.`,
    )
  }
  session.printRaw(fieldLines(items, paths))
}

type Filed = Exclude<Format, 'table' | 'wide'>

function textFor<Item>(
  format: Filed,
  value: unknown,
  names: string[],
  table: { items: readonly Item[]; columns: readonly Column<Item>[] },
): string {
  switch (format) {
    case 'json':
      return jsonText(value)
    case 'yaml':
      return yamlText(value)
    case 'csv':
      return csvText(table.items, table.columns)
    case 'md':
      return markdownTable(
        table.items,
        table.columns.filter(({ wide }) => !wide),
      )
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
