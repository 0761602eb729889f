/** One row of a table, and the line it begins on. */
export interface TableRow {
  line: number
  cells: string[]
}

/** Comma, semicolon or tab, whichever the first line has most of; quotes as RFC 4180 has them. Empty lines are none. */
export function readCsv(text: string): TableRow[] {
  const [first = ''] = text.split('\n', 1)
  const separator = [',', ';', '\t'].sort((a, b) => first.split(b).length - first.split(a).length)[0]!
  const rows: TableRow[] = []
  let [cells, cell, line, began]: [string[], string, number, number] = [[], '', 1, 1]
  let isQuoted = false
  const endRow = () => {
    const row = [...cells, cell].map((one) => one.trim())
    if (row.some((one) => one !== '')) rows.push({ line: began, cells: row })
    cells = []
    cell = ''
    began = line
  }
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!
    if (letter === '\n') line++
    if (isQuoted) {
      if (letter !== '"') cell += letter
      else if (text[i + 1] === '"') cell += text[++i]
      else isQuoted = false
    } else if (letter === '"' && cell.trim() === '') {
      cell = ''
      isQuoted = true
    } else if (letter === separator) {
      cells.push(cell)
      cell = ''
    } else if (letter === '\n') endRow()
    else if (letter !== '\r') cell += letter
  }
  endRow()
  return rows
}

/** The first table of a text: lines between pipes, without the one that only draws the rule. */
export function readMarkdownTable(text: string): TableRow[] {
  const lines = text.split('\n').map((line, i) => ({ line: i + 1, text: line.trim() }))
  const from = lines.findIndex((one) => one.text.startsWith('|'))
  if (from < 0) return []
  const end = lines.findIndex((one, i) => i > from && !one.text.startsWith('|'))
  return lines
    .slice(from, end < 0 ? undefined : end)
    .map(({ line, text }) => ({ line, cells: cellsOf(text) }))
    .filter(({ cells }) => !cells.every((cell) => /^:?-+:?$/.test(cell)))
}

/** `\|` is a pipe of the text; marks of emphasis around a whole cell are dropped. */
function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) =>
      cell
        .trim()
        .replaceAll('\\|', '|')
        .replace(/^(\*\*|__|`)(.*)\1$/, '$2'),
    )
}
