import pg from 'pg'

/**
 * Rows for `copy … from stdin`. They travel right behind the statement without waiting for the server to ask for them, so that a
 * copy goes along with other statements; should it fail, the server lets them fall and goes on with the next.
 */
export class CopyIn extends pg.Query {
  readonly #text: string
  readonly #rows: Buffer

  constructor(text: string, rows: Buffer, onAnswer: (error: Error | null) => void) {
    super({ text })
    Object.assign(this, { callback: onAnswer })
    this.#text = text
    this.#rows = rows
  }

  // @ts-expect-error declared as a property, and is a method
  override submit(connection: unknown): undefined {
    const wire = connection as { query(text: string): void; sendCopyFromChunk(rows: Buffer): void; endCopyFrom(): void }
    wire.query(this.#text)
    wire.sendCopyFromChunk(this.#rows)
    wire.endCopyFrom()
  }

  handleCopyInResponse(): void {}
}

/** A row as `copy` reads it. */
export function copied(columns: (string | number | boolean | null)[]): string {
  return `${columns.map(cell).join('\t')}\n`
}

function cell(value: string | number | boolean | null): string | number | boolean {
  if (value === null) return '\\N'
  if (typeof value !== 'string') return value
  // Looked for one by one: a pattern took more time than all the rest of a row.
  return value.includes('\\') || value.includes('\n') || value.includes('\t') || value.includes('\r')
    ? value.replace(/[\\\n\r\t]/g, (found) => ESCAPED[found]!)
    : value
}

const ESCAPED: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
