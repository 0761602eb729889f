import { type Instant, iso } from '../kernel/time.ts'
import { columnNames, type Fragment } from './fragment.ts'

const SQL_TYPES = {
  ...{ text: 'text', int: 'int', rank: 'smallint', number: 'bigint', boolean: 'boolean', moment: 'timestamptz' },
  /** JSON as text; a list is empty where nothing was written. */
  ...{ json: 'text', list: 'text' },
}

/** A column: what the database holds, and what the program makes of it. */
export interface Column<Is> {
  holds: keyof typeof SQL_TYPES
  /** For the compiler alone. */
  is?: Is
}

export type Columns = Record<string, Column<unknown>>
/** What a row of these columns is. */
export type RowOf<C extends Columns> = { [Name in keyof C]: C[Name] extends Column<infer Is> ? Is : never }

/** Declares a column; `endedAt` is `ended_at` in the table. */
export function column<Is>(holds: Column<Is>['holds']): Column<Is> {
  return { holds }
}

export function namesOf<C extends Columns>(columns: C): (keyof C & string)[] {
  return Object.keys(columns)
}

/** A table's columns, told once: its statements, its rows and what is written into it follow. */
export interface ColumnMap<C extends Columns> {
  /** `id, ended_at`: to read, or to insert into. All of them unless said. */
  names(of?: readonly (keyof C & string)[]): Fragment
  /** `id text, ended_at timestamptz`: of what `json_to_recordset` reads. */
  typed(of: readonly (keyof C & string)[]): Fragment
  /** `ended_at = r.ended_at`: for an update from `r`. */
  set(of: readonly (keyof C & string)[]): Fragment
  /** Rows as JSON, for `json_to_recordset`. */
  json<Name extends keyof C & string>(of: readonly Name[], rows: readonly Pick<RowOf<C>, Name>[]): string
  /** A row as it was read; of columns that were not asked for it says nothing. */
  read(row: object): RowOf<C>
}

export function columnMap<C extends Columns>(columns: C): ColumnMap<C> {
  const all = Object.keys(columns).map((name) => ({ name, own: snakeCase(name), holds: columns[name]!.holds }))
  const typeOf = new Map<string, string>(all.map(({ own, holds }) => [own, SQL_TYPES[holds]]))
  const inTable = (of: readonly string[]) => of.map(snakeCase)
  return {
    names: (of) => columnNames(of ? inTable(of) : all.map(({ own }) => own)),
    typed: (of) => columnNames(inTable(of), (name) => `${name} ${typeOf.get(name)}`),
    set: (of) => columnNames(inTable(of), (name) => `${name} = r.${name}`),
    json(of, rows) {
      const wanted = all.filter(({ name }) => of.includes(name as (typeof of)[number]))
      const one = (row: Record<string, unknown>) =>
        Object.fromEntries(wanted.map(({ name, own, holds }) => [own, written(holds, row[name])]))
      return JSON.stringify(rows.map(one))
    },
    read(row) {
      const result: Record<string, unknown> = {}
      for (const { name, own, holds } of all) if (own in row) result[name] = read(holds, row[own as keyof typeof row])
      return result as RowOf<C>
    },
  }
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function written(holds: Column<unknown>['holds'], value: unknown): unknown {
  if (value === null) return null
  return holds === 'moment' ? iso(value as Instant) : holds === 'json' || holds === 'list' ? JSON.stringify(value) : value
}

function read(holds: Column<unknown>['holds'], value: unknown): unknown {
  if (value === null) return holds === 'list' ? [] : null
  return holds === 'json' || holds === 'list' ? JSON.parse(value as string) : value
}
