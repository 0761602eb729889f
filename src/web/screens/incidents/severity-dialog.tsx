import { type FormEvent, useId, useState } from 'react'
import { links } from '../../links.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/field.tsx'
import { Note } from '../../parts/note.tsx'
import { SeverityMark, type SeverityRank, severityName } from '../../parts/severity-mark.tsx'
import { SeverityPicker } from '../../parts/severity-picker.tsx'
import { words as severity } from '../../product/severity/words.ts'
import { words as commandWords } from './command-words.ts'
import type { Incident } from './incident.ts'
import { words } from './write-words.ts'

const RANKS: SeverityRank[] = [1, 2, 3, 4, 5]

interface SeverityDialogProps {
  open: boolean
  incident: Incident
  /** Of its scheme, the worst first; the usual ranks unless they are known. */
  levels?: { key: string }[] | undefined
  /** By its name, where its levels are known. */
  scheme?: string | undefined
  onSet: (rank: SeverityRank, reason: string) => void
  onClose: () => void
}

export function SeverityDialog({ open, incident, levels, scheme, onSet, onClose }: SeverityDialogProps) {
  return (
    <Dialog open={open} title={words.severity.title(incident.number)} mark={<SeverityMark rank={incident.severity} />} onClose={onClose}>
      <Ask incident={incident} levels={levels} scheme={scheme} onSet={onSet} onClose={onClose} />
    </Dialog>
  )
}

/** Lives as long as the dialog is open, so that another time it begins with how things are then. */
function Ask({ incident, levels = [], scheme, onSet, onClose }: Omit<SeverityDialogProps, 'open'>) {
  const [rank, setRank] = useState(incident.severity)
  const [reason, setReason] = useState('')
  const form = useId()
  const nameOf = (one: SeverityRank) => levels[one - 1]?.key ?? severityName(one)
  const isMilder = incident.command !== undefined && rank > incident.severity
  const set = (event: FormEvent) => {
    event.preventDefault()
    if (rank !== incident.severity) onSet(rank, reason.trim())
    onClose()
  }
  return (
    <form id={form} className="form-rows" onSubmit={set}>
      <SeverityPicker
        label={words.severity.label}
        ranks={levels.length > 0 ? RANKS.slice(0, levels.length) : RANKS}
        nameOf={nameOf}
        picked={rank}
        onPick={setRank}
      />
      <TextField
        label={words.severity.reason}
        hint={isMilder ? commandWords.milder : words.severity.reasonHint}
        required={isMilder}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Note tone="info">
        {words.severity.stays}{' '}
        <a className="text-link" href={links.severity(scheme)} target="_blank" rel="noreferrer">
          {severity.whatLevelsMean}
        </a>
      </Note>
      <div className="form-buttons">
        <Button kind="quiet" onClick={onClose}>
          {words.severity.keep}
        </Button>
        <Button kind="primary" type="submit">
          {incident.command ? commandWords.setLevel(nameOf(rank)) : words.severity.set(rank)}
        </Button>
      </div>
    </form>
  )
}
