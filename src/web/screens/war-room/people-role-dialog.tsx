import './hand-over.css'
import { type FormEvent, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { type Choice, Combobox } from '../../parts/combobox.tsx'
import { DialogOrSheet } from '../../parts/dialog-or-sheet.tsx'
import { Field, TextField } from '../../parts/field.tsx'
import { submitByKey } from '../../parts/form-keys.ts'
import { Note } from '../../parts/note.tsx'
import { shortName } from '../../parts/person-names.ts'
import { type Holder, type RoleQuestion, type RoleShown, roleCalled } from './people.ts'
import { words } from './people-words.ts'

export interface RoleDialogProps {
  question: Exclude<RoleQuestion, 'hand-over'>
  role: RoleShown
  /** Who loses it. */
  holder: Holder | undefined
  choices: Choice[]
  busy: boolean
  failure: string | undefined
  onSay: (said: { person?: string | undefined; reason?: string | undefined }) => void
  onClose: () => void
}

/** A role goes to somebody at once; whoever has it loses it only with a reason. */
export function RoleDialog({ question, role, holder, choices, busy, failure, onSay, onClose }: RoleDialogProps) {
  const [person, setPerson] = useState<string>()
  const [reason, setReason] = useState('')
  const name = holder && shortName(holder.look.name)
  const loses = holder !== undefined && !(question === 'give' && person === holder.id)
  const title = question === 'give' ? words.asks.give(roleCalled(role)) : words.asks[question](roleCalled(role), name ?? '')
  const say = (event: FormEvent) => {
    event.preventDefault()
    if (busy || (question === 'give' && person === undefined)) return
    onSay({ person, reason: loses ? reason.trim() : undefined })
  }
  return (
    <DialogOrSheet title={title} onClose={onClose}>
      <form className="form-rows role-question" onSubmit={say} onKeyDown={submitByKey}>
        {question === 'give' && (
          <Field label={words.to}>
            {(wiring) => <Combobox wiring={wiring} choices={choices} value={person} placeholder={words.pick} onPick={setPerson} />}
          </Field>
        )}
        {loses && question !== 'relieve' && <Note tone="warn">{words.has(name!)}</Note>}
        {question === 'give' && !loses && <Note tone="info">{words.hasAtOnce}</Note>}
        {loses && (
          <TextField
            label={words.reason}
            hint={words.reasonHint}
            required
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
        {failure !== undefined && <Note tone="bad">{failure}</Note>}
        <div className="form-buttons">
          <Button kind="quiet" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button
            kind={question === 'relieve' ? 'danger' : 'primary'}
            type="submit"
            busy={busy}
            disabled={question === 'give' && person === undefined}
          >
            {words.acts[question]}
          </Button>
        </div>
      </form>
    </DialogOrSheet>
  )
}
