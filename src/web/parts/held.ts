import { type FocusEvent, type PointerEvent, useRef, useState } from 'react'

/**
 * Rows never move under the pointer or the focus: while either is in the list, what is new waits until it is asked for.
 * Elsewhere it appears at once, and so does what the viewer has just written.
 */
export function useHeld<Row extends { id: string; mine?: boolean | undefined }>(rows: Row[]) {
  const [known, setKnown] = useState<ReadonlySet<string> | undefined>()
  const inside = useRef({ pointer: false, focus: false })
  const hold = (place: 'pointer' | 'focus', isInside: boolean) => {
    inside.current[place] = isInside
    const isHeld = inside.current.pointer || inside.current.focus
    setKnown((before) => (isHeld ? (before ?? new Set(rows.map(({ id }) => id))) : undefined))
  }
  const shown = known ? rows.filter(({ id, mine }) => mine || known.has(id)) : rows
  return {
    shown,
    newCount: rows.length - shown.length,
    show: () => setKnown(new Set(rows.map(({ id }) => id))),
    wiring: {
      onPointerEnter: (event: PointerEvent) => event.pointerType === 'mouse' && hold('pointer', true),
      onPointerLeave: (event: PointerEvent) => event.pointerType === 'mouse' && hold('pointer', false),
      onFocus: () => hold('focus', true),
      onBlur: (event: FocusEvent) => !event.currentTarget.contains(event.relatedTarget) && hold('focus', false),
    },
  }
}
