import './dialog.css'
import { type ReactNode, useId } from 'react'
import { IconButton } from './button.tsx'
import { useModal } from './modal.ts'
import { words } from './words.ts'

interface DialogProps {
  open: boolean
  title: string
  /** A severity or an icon before the title. */
  mark?: ReactNode
  /** What happens when the main button is pressed, beside it. */
  will?: ReactNode
  /** Buttons: the way back first, the act last. */
  buttons?: ReactNode
  onClose: () => void
  /** A whole form with something beside it; on a phone it takes the screen. */
  wide?: boolean
  children: ReactNode
}

/** For the rare question. The usual act asks nothing and can be undone. */
export function Dialog({ open, onClose, wide = false, ...content }: DialogProps) {
  const ref = useModal(open, onClose)
  const id = useId()
  return (
    <dialog ref={ref} className={wide ? 'dialog dialog-wide' : 'dialog'} aria-labelledby={id}>
      {open && <DialogContent id={id} onClose={onClose} {...content} />}
    </dialog>
  )
}

type DialogContentProps = Omit<DialogProps, 'open' | 'wide'> & { id: string }

/** The inside alone, also drawn on the parts page. */
export function DialogContent({ id, title, mark, will, buttons, onClose, children }: DialogContentProps) {
  return (
    <div className="dialog-content">
      <header>
        {mark}
        <h2 id={id}>{title}</h2>
        <span className="push-right">
          <IconButton size="small" icon="x" label={words.close} onClick={onClose} />
        </span>
      </header>
      <div className="dialog-inside">{children}</div>
      {(buttons || will) && (
        <footer>
          {will && <span className="dialog-will">{will}</span>}
          {buttons}
        </footer>
      )}
    </div>
  )
}
