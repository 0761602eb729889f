import './table.css'
import { Fragment, type ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Link } from './link.tsx'

export interface Column<Row> {
  head: string
  /** The head is read out, not drawn: for marks that explain themselves. */
  headOnlyRead?: boolean
  cell: (row: Row) => ReactNode
  align?: 'right'
  /** Takes the width that is left and cuts; on a phone it wraps instead. */
  fills?: boolean
  /** Left out where the table is narrow, as on a phone, which keeps severity, title and next time. */
  wideOnly?: boolean
  /** Of its own, where columns must not go by what is in them. */
  width?: 'mark' | 'short' | 'middle' | 'long'
}

export interface RowGroup<Row> {
  /** A rule with words above the group. */
  title?: string
  /** Where the title leads. */
  href?: string | undefined
  /** Explains the title, where there is room for it. */
  detail?: ReactNode
  /** Stands at the end of that rule: a state, a button. */
  beside?: ReactNode
  rows: Row[]
}

interface TableProps<Row> {
  /** Names the table for screen readers. */
  label: string
  columns: Column<Row>[]
  groups: RowGroup<Row>[]
  keyOf: (row: Row) => string
  rowClass?: (row: Row) => string | undefined
  /** A list that is a page of its own has wider edges and a head that stays. */
  spread?: boolean
  /** Rows that stand out, such as the viewer's own. */
  isOwn?: (row: Row) => boolean
}

export function Table<Row>({ label, columns, groups, keyOf, rowClass, spread = false, isOwn }: TableProps<Row>) {
  return (
    <div className="table-room">
      <table className={classNames('table', spread && 'table-spread')} aria-label={label}>
        <TableHead columns={columns} />
        <tbody>
          {groups.map((group) => (
            <Fragment key={group.title ?? ''}>
              {group.title && (
                <tr className="table-rule">
                  <th scope="rowgroup" colSpan={columns.length}>
                    {group.detail || group.beside || group.href ? <GroupRule {...group} /> : group.title}
                  </th>
                </tr>
              )}
              {group.rows.map((row) => (
                <TableRow
                  key={keyOf(row)}
                  row={row}
                  name={keyOf(row)}
                  columns={columns}
                  className={rowClass?.(row) ?? (isOwn?.(row) ? 'table-own' : undefined)}
                />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function TableHead<Row>({ columns }: { columns: Column<Row>[] }) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column.head} scope="col" className={classesOf(column)}>
            {column.headOnlyRead ? <span className="only-read">{column.head}</span> : column.head}
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface TableRowProps<Row> {
  row: Row
  /** What keys know it by while it has the focus. */
  name: string
  columns: Column<Row>[]
  className?: string | undefined
  /** In a table of which only a part is drawn: which of all rows it is. */
  place?: number
}

export function TableRow<Row>({ row, name, columns, className, place }: TableRowProps<Row>) {
  return (
    <tr data-row={name} className={className} aria-rowindex={place}>
      {columns.map((column) => (
        <td key={column.head} className={classesOf(column)}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
}

function GroupRule({ title, href, detail, beside }: Pick<RowGroup<unknown>, 'title' | 'href' | 'detail' | 'beside'>) {
  return (
    <span className="table-rule-words">
      <b>{href ? <Link href={href}>{title}</Link> : title}</b>
      {detail && <span className="dim wide-only">{detail}</span>}
      {beside && <span className="push-right">{beside}</span>}
    </span>
  )
}

/** The link that opens a row; the whole row takes the click, and the keys j and k go from one to the next. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link className="row-link" href={href} data-row-link>
      {children}
    </Link>
  )
}

function classesOf<Row>(column: Column<Row>): string {
  return classNames(
    column.align === 'right' && 'table-right',
    column.fills && 'table-fills',
    column.wideOnly && 'wide-only',
    column.width && `table-${column.width}`,
  )
}
