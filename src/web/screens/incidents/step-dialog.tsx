import { type FormEvent, useState } from 'react'
import { zoneName } from '../../../kernel/moment.ts'
import { iso } from '../../../kernel/time.ts'
import { Button } from '../../parts/button.tsx'
import { Checkbox } from '../../parts/choice.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextArea, TextField } from '../../parts/field.tsx'
import { submitByKey } from '../../parts/form-keys.ts'
import { momentOfLocal } from '../../parts/local-text.ts'
import { SeverityMark } from '../../parts/severity-mark.tsx'
import { useZone } from '../../parts/ticking.tsx'
import type { Incident, StepSaid } from './incident.ts'
import { words } from './step-words.ts'

/** The steps that want to be told something. */
export type AskingStep = 'identify' | 'mitigated' | 'cancel' | 'reopen'

interface StepDialogProps {
  step: AskingStep
  incident: Incident
  onStep: (step: AskingStep, said: StepSaid) => void
  onClose: () => void
}

/** Lives as long as it is asked. */
export function StepDialog({ step, incident, onStep, onClose }: StepDialogProps) {
  return (
    <Dialog open title={words.asks[step].title(incident.number)} mark={<SeverityMark rank={incident.severity} />} onClose={onClose}>
      <Ask step={step} incident={incident} onStep={onStep} onClose={onClose} />
    </Dialog>
  )
}

function Ask({ step, incident, onStep, onClose }: StepDialogProps) {
  const zone = useZone()
  const [text, setText] = useState(step === 'identify' ? (incident.command?.cause ?? '') : '')
  const [when, setWhen] = useState('')
  const [page, setPage] = useState(false)
  const { label, hint, act } = words.asks[step]
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const at = momentOfLocal(when, zone)
    const said = text.trim()
    onStep(step, {
      ...(step === 'identify' ? { cause: said } : step === 'mitigated' ? { text: said } : { reason: said }),
      ...(at !== undefined && { at: iso(at) }),
      ...(page && { page }),
    })
    onClose()
  }
  return (
    <form className="form-rows" onSubmit={submit} onKeyDown={submitByKey}>
      <TextArea
        label={label}
        hint={hint}
        required
        maxLength={step === 'identify' || step === 'mitigated' ? 10_000 : 2000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {step === 'reopen' ? (
        <Checkbox checked={page} onChange={(event) => setPage(event.target.checked)}>
          {words.page}
        </Checkbox>
      ) : (
        <TextField
          label={words.at(zoneName(zone))}
          hint={words.atHint}
          type="datetime-local"
          value={when}
          onChange={(event) => setWhen(event.target.value)}
        />
      )}
      <div className="form-buttons">
        <Button kind="quiet" onClick={onClose}>
          {words.back}
        </Button>
        <Button kind={step === 'cancel' ? 'danger' : 'primary'} type="submit">
          {act}
        </Button>
      </div>
    </form>
  )
}
