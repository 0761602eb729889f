import { type FormEvent, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextArea, TextField } from '../../parts/field.tsx'
import type { Incident } from './incident.ts'
import { words } from './write-words.ts'

interface WordsDialogProps {
  open: boolean
  incident: Incident
  /** With what was seen when it was opened: what others write meanwhile is theirs. */
  onSave: (change: { title?: string; summary?: string }, seen: { title: string; summary: string }) => void
  onClose: () => void
}

export function WordsDialog({ open, incident, onSave, onClose }: WordsDialogProps) {
  return (
    <Dialog open={open} title={words.words.title(incident.number)} onClose={onClose}>
      <Ask incident={incident} onSave={onSave} onClose={onClose} />
    </Dialog>
  )
}

function Ask({ incident, onSave, onClose }: Omit<WordsDialogProps, 'open'>) {
  const [seen] = useState({ title: incident.title, summary: incident.summary ?? '' })
  const [title, setTitle] = useState(seen.title)
  const [impact, setImpact] = useState(seen.summary)
  const save = (event: FormEvent) => {
    event.preventDefault()
    const change = {
      ...(title.trim() !== seen.title && { title: title.trim() }),
      ...(impact.trim() !== seen.summary && { summary: impact.trim() }),
    }
    if (Object.keys(change).length > 0) onSave(change, seen)
    onClose()
  }
  return (
    <form className="form-rows" onSubmit={save}>
      <TextField
        label={words.words.name}
        hint={words.words.nameHint}
        required
        maxLength={1024}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <TextArea
        label={words.words.impact}
        hint={words.words.impactHint}
        maxLength={10_000}
        value={impact}
        onChange={(event) => setImpact(event.target.value)}
      />
      <div className="form-buttons">
        <Button kind="quiet" onClick={onClose}>
          {words.words.cancel}
        </Button>
        <Button kind="primary" type="submit">
          {words.words.save}
        </Button>
      </div>
    </form>
  )
}
