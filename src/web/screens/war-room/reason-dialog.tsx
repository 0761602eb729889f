import { type FormEvent, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextArea } from '../../parts/field.tsx'
import { submitByKey } from '../../parts/form-keys.ts'
import { Note } from '../../parts/note.tsx'

interface ReasonDialogProps {
  title: string
  label: string
  hint?: string
  keep: string
  act: string
  max?: number
  busy?: boolean
  failure?: string | undefined
  onSay: (text: string) => void
  onClose: () => void
}

/** One question that wants a sentence. Lives as long as it is asked. */
export function ReasonDialog({ title, onClose, ...ask }: ReasonDialogProps) {
  return (
    <Dialog open title={title} onClose={onClose}>
      <Ask {...ask} onClose={onClose} />
    </Dialog>
  )
}

function Ask({ label, hint, keep, act, max = 1000, busy = false, failure, onSay, onClose }: Omit<ReasonDialogProps, 'title'>) {
  const [text, setText] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy && text.trim() !== '') onSay(text.trim())
  }
  return (
    <form className="form-rows" onSubmit={submit} onKeyDown={submitByKey}>
      <TextArea label={label} hint={hint} required maxLength={max} value={text} onChange={(event) => setText(event.target.value)} />
      {failure && <Note tone="bad">{failure}</Note>}
      <div className="form-buttons">
        <Button kind="quiet" onClick={onClose}>
          {keep}
        </Button>
        <Button kind="primary" type="submit" busy={busy}>
          {act}
        </Button>
      </div>
    </form>
  )
}
