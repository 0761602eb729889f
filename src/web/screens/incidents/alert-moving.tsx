import { type FormEvent, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { words } from './alert-moving-words.ts'

export type Moving = 'move' | 'split'

interface AlertMovingProps {
  moving: Moving
  /** What a new incident is called unless somebody says. */
  title: string
  /** The other open incidents; undefined until they are known. */
  others: { number: string; title: string }[] | undefined
  busy: boolean
  failure: string | undefined
  onMove: (to: string) => void
  onSplit: (title: string) => void
  onClose: () => void
}

/** Puts an alert where it belongs. Lives as long as it is asked. */
export function AlertMoving({ moving, title, others, busy, failure, onMove, onSplit, onClose }: AlertMovingProps) {
  const [to, setTo] = useState('')
  const [name, setName] = useState(title)
  const isMove = moving === 'move'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    if (isMove) onMove(to)
    else onSplit(name.trim())
  }
  return (
    <Dialog open title={isMove ? words.moveTitle : words.splitTitle} onClose={onClose}>
      <form className="form-rows" onSubmit={submit}>
        {isMove ? (
          <SelectField
            label={words.to}
            hint={others?.length === 0 ? words.none : words.toHint}
            error={failure}
            required
            value={to}
            onChange={(event) => setTo(event.target.value)}
          >
            <option value="">{words.pick}</option>
            {others?.map((one) => (
              <option key={one.number} value={one.number}>
                {one.number} {one.title}
              </option>
            ))}
          </SelectField>
        ) : (
          <TextField
            label={words.name}
            hint={words.nameHint}
            error={failure}
            required
            maxLength={1024}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <div className="form-buttons">
          <Button kind="quiet" onClick={onClose}>
            {words.back}
          </Button>
          <Button kind="primary" type="submit" busy={busy}>
            {isMove ? words.doMove : words.doSplit}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** What may be done with the alert that is looked at. */
export function AlertMoves({ onAsk }: { onAsk: (moving: Moving) => void }) {
  return (
    <div className="alert-moves form-buttons">
      <Button kind="quiet" icon="arrow" onClick={() => onAsk('move')}>
        {words.move}
      </Button>
      <Button kind="quiet" icon="branch" onClick={() => onAsk('split')}>
        {words.split}
      </Button>
    </div>
  )
}
