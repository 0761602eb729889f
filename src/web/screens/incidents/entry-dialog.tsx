import { type FormEvent, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextArea, TextField } from '../../parts/field.tsx'
import type { Asked, Mending } from './timeline-entry.ts'
import { words } from './timeline-words.ts'

interface EntryDialogProps {
  asked: Asked | undefined
  mending: Mending
  onClose: () => void
}

/** Puts an entry of one's own right: in other words, or taken back. */
export function EntryDialog({ asked, mending, onClose }: EntryDialogProps) {
  return (
    <Dialog open={asked !== undefined} title={asked ? words[asked.does].title : ''} onClose={onClose}>
      {asked && <Ask key={asked.entry.id} asked={asked} mending={mending} onClose={onClose} />}
    </Dialog>
  )
}

function Ask({ asked: { does, entry }, mending, onClose }: EntryDialogProps & { asked: Asked }) {
  const [text, setText] = useState(does === 'edit' ? (entry.quote ?? '') : '')
  const send = (event: FormEvent) => {
    event.preventDefault()
    const said = text.trim()
    if (does === 'delete') mending.onDelete(entry.seq!, said)
    else if (said !== '' && said !== entry.quote) mending.onEdit(entry.seq!, said)
    onClose()
  }
  const typing = { value: text, onChange: (event: { target: { value: string } }) => setText(event.target.value) }
  return (
    <form className="form-rows" onSubmit={send}>
      {does === 'edit' ? (
        <TextArea label={words.edit.label} hint={words.edit.hint} required maxLength={10_000} {...typing} />
      ) : (
        <TextField label={words.delete.label} hint={words.delete.hint} maxLength={1000} {...typing} />
      )}
      <div className="form-buttons">
        <Button kind="quiet" onClick={onClose}>
          {words.keep}
        </Button>
        <Button kind={does === 'edit' ? 'primary' : 'danger'} type="submit">
          {words[does].set}
        </Button>
      </div>
    </form>
  )
}
