import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Note } from '../../parts/note.tsx'
import { SeverityMark, type SeverityRank } from '../../parts/severity-mark.tsx'
import { SeverityPicker } from '../../parts/severity-picker.tsx'
import type { Incident } from './incident.ts'
import { words } from './write-words.ts'

const RANKS: SeverityRank[] = [1, 2, 3, 4, 5]

interface SeverityDialogProps {
  open: boolean
  incident: Incident
  onSet: (rank: SeverityRank, reason: string) => void
  onClose: () => void
}

export function SeverityDialog({ open, incident, onSet, onClose }: SeverityDialogProps) {
  return (
    <Dialog open={open} title={words.severity.title(incident.number)} mark={<SeverityMark rank={incident.severity} />} onClose={onClose}>
      <Ask incident={incident} onSet={onSet} onClose={onClose} />
    </Dialog>
  )
}

/** Lives as long as the dialog is open, so that another time it begins with how things are then. */
function Ask({ incident, onSet, onClose }: Omit<SeverityDialogProps, 'open'>) {
  const [rank, setRank] = useState(incident.severity)
  const [reason, setReason] = useState('')
  const form = useId()
  const set = (event: FormEvent) => {
    event.preventDefault()
    if (rank !== incident.severity) onSet(rank, reason.trim())
    onClose()
  }
  return (
    <form id={form} className="form-rows" onSubmit={set}>
      <SeverityPicker label={words.severity.label} ranks={RANKS} picked={rank} onPick={setRank} />
      <TextField
        label={words.severity.reason}
        hint={words.severity.reasonHint}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Note tone="info">{words.severity.stays}</Note>
      <div className="form-buttons">
        <Button kind="quiet" onClick={onClose}>
          {words.severity.keep}
        </Button>
        <Button kind="primary" type="submit">
          {words.severity.set(rank)}
        </Button>
      </div>
    </form>
  )
}
