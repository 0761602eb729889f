import { type FocusEvent, type PointerEvent, useRef, useState } from 'react'

interface Wiring {
  onPointerEnter: (event: PointerEvent) => void
  onPointerLeave: (event: PointerEvent) => void
  onFocus: () => void
  onBlur: (event: FocusEvent) => void
}

/** Whether pointer or focus are in a list, told to `hold` whenever that changes. */
function useInside(hold: (isInside: boolean) => void): Wiring {
  const inside = useRef({ pointer: false, focus: false })
  const tell = (place: 'pointer' | 'focus', isInside: boolean) => {
    inside.current[place] = isInside
    hold(inside.current.pointer || inside.current.focus)
  }
  return {
    onPointerEnter: (event) => event.pointerType === 'mouse' && tell('pointer', true),
    onPointerLeave: (event) => event.pointerType === 'mouse' && tell('pointer', false),
    onFocus: () => tell('focus', true),
    onBlur: (event) => !event.currentTarget.contains(event.relatedTarget) && tell('focus', false),
  }
}

/** Where nothing new may wait: rows keep their places while pointer or focus are in the list, and what is new stands below them. */
export function useHeldOrder<Row>(rows: Row[], idOf: (row: Row) => string): { rows: Row[]; wiring: Wiring } {
  const [order, setOrder] = useState<string[] | undefined>()
  const wiring = useInside((isInside) => setOrder((before) => (isInside ? (before ?? rows.map(idOf)) : undefined)))
  return { rows: order ? inOrder(rows, idOf, order) : rows, wiring }
}

/** Known rows as they stood, then the others as they come. */
export function inOrder<Row>(rows: Row[], idOf: (row: Row) => string, order: readonly string[]): Row[] {
  const placeOf = (row: Row) => {
    const place = order.indexOf(idOf(row))
    return place === -1 ? order.length : place
  }
  return [...rows].sort((a, b) => placeOf(a) - placeOf(b))
}

/**
 * Rows never move under the pointer or the focus: while either is in the list, what is new waits until it is asked for.
 * Elsewhere it appears at once, and so does what the viewer has just written.
 */
export function useHeld<Row extends { id: string; mine?: boolean | undefined }>(rows: Row[]) {
  const [known, setKnown] = useState<ReadonlySet<string> | undefined>()
  const wiring = useInside((isInside) => setKnown((before) => (isInside ? (before ?? new Set(rows.map(({ id }) => id))) : undefined)))
  const shown = known ? rows.filter(({ id, mine }) => mine || known.has(id)) : rows
  return {
    shown,
    newCount: rows.length - shown.length,
    show: () => setKnown(new Set(rows.map(({ id }) => id))),
    wiring,
  }
}
