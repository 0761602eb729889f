import './virtual-table.css'
import { useEffect, useRef, useState } from 'react'
import { type Column, TableHead, TableRow } from './table.tsx'

interface VirtualTableProps<Row> {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  keyOf: (row: Row) => string
  rowClass?: (row: Row) => string | undefined
  /** How many rows the list has, where that is known; more may come while it is scrolled. */
  total?: number | undefined
  /** Asked when the end of what is there comes near. */
  onNearEnd?: () => void
  /** Which rows are in view, by their places. */
  onView?: (first: number, last: number) => void
}

/** Rows beyond the edges of what is seen, so that a turn of the wheel finds them drawn. */
const BEYOND = 12
/** Before anything has been measured. */
const AT_FIRST = 40

/**
 * A table of any length of which only what is seen is drawn: all its rows have one height, and gaps stand for the
 * others. It follows whatever scrolls it, a region or the page.
 */
export function VirtualTable<Row>({ label, columns, rows, keyOf, rowClass, total, onNearEnd, onView }: VirtualTableProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [rowHeight, setRowHeight] = useState(46)
  const [window_, setWindow] = useState({ first: 0, last: AT_FIRST })
  const count = rows.length
  const latest = useRef({ count, onNearEnd, onView })
  latest.current = { count, onNearEnd, onView }

  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that came or went change what is in view
  useEffect(() => {
    let frame = 0
    const look = () => {
      frame = 0
      const here = body.current
      if (!here) return
      const height = here.querySelector<HTMLElement>('tr:not(.virtual-gap)')?.offsetHeight || rowHeight
      if (height !== rowHeight) setRowHeight(height)
      const seen = visiblePart(here)
      const first = Math.max(0, Math.floor(seen.top / height) - BEYOND)
      const last = Math.min(latest.current.count, Math.ceil(seen.bottom / height) + BEYOND)
      setWindow((before) => (before.first === first && before.last === last ? before : { first, last: Math.max(first, last) }))
      latest.current.onView?.(first, last)
      if (latest.current.count - last < 2 * BEYOND) latest.current.onNearEnd?.()
    }
    const ask = () => {
      frame ||= requestAnimationFrame(look)
    }
    look()
    // Scroll events do not bubble; caught on their way down they tell of every region.
    document.addEventListener('scroll', ask, { capture: true, passive: true })
    addEventListener('resize', ask)
    return () => {
      cancelAnimationFrame(frame)
      document.removeEventListener('scroll', ask, { capture: true })
      removeEventListener('resize', ask)
    }
  }, [count, rowHeight])

  const first = Math.min(window_.first, Math.max(0, count - 1))
  const last = Math.min(count, Math.max(window_.last, first + 1))
  return (
    <div className="table-room virtual-table">
      <table className="table table-spread" aria-label={label} aria-rowcount={total ?? -1}>
        <TableHead columns={columns} />
        <tbody ref={body}>
          <Gap height={first * rowHeight} />
          {rows.slice(first, last).map((row, place) => (
            <TableRow
              key={keyOf(row)}
              row={row}
              name={keyOf(row)}
              columns={columns}
              className={rowClass?.(row)}
              // The head is the first.
              place={first + place + 2}
            />
          ))}
          <Gap height={(count - last) * rowHeight} />
        </tbody>
      </table>
    </div>
  )
}

/** One cell alone: where it is narrow columns are left out, and a cell across all of them would bring their room back. */
function Gap({ height }: { height: number }) {
  if (height <= 0) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can have the focus
    <tr className="virtual-gap" aria-hidden="true">
      <td style={{ height }} />
    </tr>
  )
}

/** Of an element, what its scrolling region and the window leave to be seen, from its own top. */
function visiblePart(element: HTMLElement): { top: number; bottom: number } {
  const { top } = element.getBoundingClientRect()
  let [upper, lower] = [0, innerHeight]
  for (let region = element.parentElement; region; region = region.parentElement) {
    if (region.scrollHeight <= region.clientHeight || getComputedStyle(region).overflowY === 'visible') continue
    const edge = region.getBoundingClientRect()
    upper = Math.max(upper, edge.top)
    lower = Math.min(lower, edge.bottom)
  }
  return { top: Math.max(0, upper - top), bottom: Math.max(0, lower - top) }
}
