import { type ReactNode, useState } from 'react'
import { isNarrow } from '../browser.ts'
import { Dialog } from './dialog.tsx'
import { Sheet } from './sheet.tsx'

interface DialogOrSheetProps {
  title: string
  mark?: ReactNode
  onClose: () => void
  children: ReactNode
}

/** Open as long as it is there: a dialog at a desk, and on a phone it rises from the thumb. */
export function DialogOrSheet({ title, mark, onClose, children }: DialogOrSheetProps) {
  const [narrow] = useState(isNarrow)
  return narrow ? (
    <Sheet open title={title} onClose={onClose}>
      {children}
    </Sheet>
  ) : (
    <Dialog open title={title} mark={mark} onClose={onClose}>
      {children}
    </Dialog>
  )
}
