import { type RefObject, useEffect, useRef } from 'react'

/**
 * Opens a native dialog over the page. The browser then keeps the focus inside, closes on Escape and gives the focus
 * back to where it was; a click beside it closes too.
 */
export function useModal(open: boolean, onClose: () => void): RefObject<HTMLDialogElement | null> {
  const ref = useRef<HTMLDialogElement>(null)
  const close = useRef(onClose)
  close.current = onClose
  useEffect(() => {
    const dialog = ref.current
    if (!dialog || !open) return
    const leave = (event: Event) => {
      event.preventDefault()
      close.current()
    }
    const leaveByClickBeside = (event: MouseEvent) => {
      if (event.target === dialog) close.current()
    }
    dialog.addEventListener('cancel', leave)
    dialog.addEventListener('mousedown', leaveByClickBeside)
    dialog.showModal()
    // The browser would begin at the close button; whoever is asked for words begins to write.
    const said = dialog.querySelector<HTMLElement>('form [data-begin]')
    const first = dialog.querySelector<HTMLInputElement>('form :is(input, textarea, select)')
    const begin = first?.type === 'radio' ? dialog.querySelector<HTMLInputElement>('form input[type=radio]:checked') : first
    ;(said ?? begin)?.focus()
    return () => {
      dialog.removeEventListener('cancel', leave)
      dialog.removeEventListener('mousedown', leaveByClickBeside)
      dialog.close()
    }
  }, [open])
  return ref
}
