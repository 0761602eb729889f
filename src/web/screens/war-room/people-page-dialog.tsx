import './hand-over.css'
import { type FormEvent, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { type Choice, Combobox } from '../../parts/combobox.tsx'
import { DialogOrSheet } from '../../parts/dialog-or-sheet.tsx'
import { Field, TextField } from '../../parts/field.tsx'
import { submitByKey } from '../../parts/form-keys.ts'
import { Note } from '../../parts/note.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { words } from './people-words.ts'

export const TARGETS = ['person', 'team', 'schedule', 'service', 'expert', 'policy'] as const
export type TargetKind = (typeof TARGETS)[number]

export interface PageDialogProps {
  kind: TargetKind
  onKind: (kind: TargetKind) => void
  /** Those of the kind. */
  choices: Choice[]
  busy: boolean
  failure: string | undefined
  /** It was done: who is not paged after all, and why. */
  warnings: string[] | undefined
  onPage: (name: string, message: string | undefined) => void
  onClose: () => void
}

/** Somebody more is called: a page of their own, until somebody answers. */
export function PageDialog({ kind, onKind, choices, busy, failure, warnings, onPage, onClose }: PageDialogProps) {
  const [name, setName] = useState<string>()
  const [message, setMessage] = useState('')
  const page = (event: FormEvent) => {
    event.preventDefault()
    if (name !== undefined && !busy) onPage(name, message.trim() || undefined)
  }
  if (warnings)
    return (
      <DialogOrSheet title={words.page.title} onClose={onClose}>
        <div className="form-rows role-question">
          <p>{words.page.sent(choices.find(({ value }) => value === name)?.name ?? name ?? '')}</p>
          {warnings.map((one) => (
            <Note key={one} tone="warn">
              {one}
            </Note>
          ))}
          <div className="form-buttons">
            <Button onClick={onClose}>{words.page.done}</Button>
          </div>
        </div>
      </DialogOrSheet>
    )
  return (
    <DialogOrSheet title={words.page.title} onClose={onClose}>
      <form className="form-rows role-question" onSubmit={page} onKeyDown={submitByKey}>
        <Segmented
          label={words.page.whom}
          segments={TARGETS.map((value) => ({ value, name: words.page.kinds[value] }))}
          current={kind}
          onPick={(next) => {
            setName(undefined)
            onKind(next)
          }}
        />
        <Field label={words.page.whom} hint={words.page.hints[kind]}>
          {(wiring) => <Combobox wiring={wiring} choices={choices} value={name} placeholder={words.pick} onPick={setName} />}
        </Field>
        <TextField
          label={words.page.message}
          hint={words.page.messageHint}
          maxLength={500}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
        />
        {failure !== undefined && <Note tone="bad">{failure}</Note>}
        <div className="form-buttons">
          <Button kind="quiet" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button kind="primary" icon="bell" type="submit" busy={busy} disabled={name === undefined}>
            {words.page.send}
          </Button>
        </div>
      </form>
    </DialogOrSheet>
  )
}
