import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Note } from '../../parts/note.tsx'
import { channels } from '../../product/on-call/channels.ts'
import { words } from './install-words.ts'

const RINGING = listed((reaches) => reaches === 'a phone', words.or)
const OTHERS = listed((reaches) => reaches === 'an inbox' || reaches === 'a program', words.and)

function listed(fits: (reaches: (typeof channels)[number]['can']['reaches']) => boolean, last: string): string {
  const names = channels.filter(({ can }) => fits(can.reaches)).map(({ short }) => short)
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter(Boolean).join(last)
}

interface InstallDialogProps {
  open: boolean
  /** Left out where the browser keeps it in a menu of its own. */
  onInstall?: (() => void) | undefined
  onClose: () => void
}

/** Says what it is good for, and what it cannot do: nobody may believe that it wakes them. */
export function InstallDialog({ open, onInstall, onClose }: InstallDialogProps) {
  return (
    <Dialog
      open={open}
      title={words.title}
      onClose={onClose}
      buttons={
        <>
          <Button kind="quiet" onClick={onClose}>
            {words.close}
          </Button>
          {onInstall && (
            <Button kind="primary" icon="download" onClick={onInstall}>
              {words.install}
            </Button>
          )}
        </>
      }
    >
      <p>{words.does}</p>
      <Note tone="warn">{words.rings}</Note>
      <p className="sub">{words.phone(RINGING, OTHERS)}</p>
      {!onInstall && <p className="sub">{words.menu}</p>}
    </Dialog>
  )
}
