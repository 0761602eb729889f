import './tasks-section.css'
import { type FormEvent, useEffect, useState } from 'react'
import { zoneName } from '../../../kernel/moment.ts'
import { Button } from '../../parts/button.tsx'
import { Checkbox } from '../../parts/choice.tsx'
import { type Choice, Combobox } from '../../parts/combobox.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Field, TextField } from '../../parts/field.tsx'
import { submitByKey } from '../../parts/form-keys.ts'
import { Note } from '../../parts/note.tsx'
import { useZone } from '../../parts/ticking.tsx'
import type { TaskShown } from './tasks-section.tsx'
import { words } from './tasks-words.ts'
import { whenMeant } from './when.ts'
import { WhenField } from './when-field.tsx'

export interface TaskSaid {
  text: string
  person?: string
  due?: string
  handsOn?: true
  temporary?: true
  confirm?: true
}

interface TasksDialogProps {
  kind: 'task' | 'follow-up'
  people: Choice[]
  /** Open ones that say nearly the same. */
  alike: TaskShown[]
  busy: boolean
  failure?: string | undefined
  /** It was refused, for whoever should do it coordinates. */
  handsOff: boolean
  /** While it is typed. */
  onText: (text: string) => void
  /** It is another thing than what was refused. */
  onChange: () => void
  onAdd: (said: TaskSaid) => void
  onClose: () => void
}

/** Lives as long as it is asked. */
export function TasksDialog(props: TasksDialogProps) {
  return (
    <Dialog open title={words.dialog.title[props.kind]} onClose={props.onClose}>
      <Ask {...props} />
    </Dialog>
  )
}

function Ask({ kind, people, alike, busy, failure, handsOff, onText, onChange, onAdd, onClose }: TasksDialogProps) {
  const zone = useZone()
  const [text, setText] = useState('')
  const [person, setPerson] = useState<string | undefined>()
  const [due, setDue] = useState('')
  const [handsOn, setHandsOn] = useState(false)
  const [temporary, setTemporary] = useState(false)
  const isWrong = due.trim() !== '' && whenMeant(due, Date.now(), zone) === undefined
  const say = words.dialog
  useEffect(() => {
    const timer = setTimeout(() => onText(text.trim()), 250)
    return () => clearTimeout(timer)
  }, [text, onText])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy || isWrong || text.trim() === '') return
    const meant = whenMeant(due, Date.now(), zone)
    onAdd({
      text: text.trim(),
      ...(person !== undefined && { person }),
      ...(meant !== undefined && { due: meant }),
      ...(handsOn && { handsOn }),
      ...(temporary && { temporary }),
      ...(handsOff && { confirm: true }),
    })
  }
  return (
    <form className="form-rows" onSubmit={submit} onKeyDown={submitByKey}>
      <TextField label={say.text} required maxLength={1000} value={text} onChange={(event) => setText(event.target.value)} />
      {alike.length > 0 && (
        <Note tone="info">
          {say.alike}
          <ul className="tasks-alike">
            {alike.map(({ id, text, person }) => (
              <li key={id}>
                <b>{text}</b> {person ? person.name : words.nobody}
              </li>
            ))}
          </ul>
        </Note>
      )}
      <Field label={say.person}>
        {(wiring) => (
          <Combobox
            wiring={wiring}
            choices={people}
            value={person}
            optional
            placeholder={say.anybody}
            onPick={(picked) => {
              setPerson(picked)
              onChange()
            }}
          />
        )}
      </Field>
      <WhenField
        label={say.due}
        hint={say.dueHint(zoneName(zone))}
        error={isWrong ? say.dueWrong : undefined}
        presets={{ label: say.presets, values: ['3m', '10m', '30m'] }}
        value={due}
        onChange={setDue}
      />
      {kind === 'task' && (
        <>
          <Checkbox
            checked={handsOn}
            onChange={({ target }) => {
              setHandsOn(target.checked)
              onChange()
            }}
          >
            {say.handsOn}
          </Checkbox>
          <Checkbox checked={temporary} onChange={({ target }) => setTemporary(target.checked)}>
            {say.temporary}
          </Checkbox>
        </>
      )}
      {handsOff ? (
        <Note tone="warn">{say.handsOff(people.find(({ value }) => value === person)?.name ?? '')}</Note>
      ) : (
        failure && <Note tone="bad">{failure}</Note>
      )}
      <div className="form-buttons">
        <Button kind="quiet" onClick={onClose}>
          {say.back}
        </Button>
        <Button kind="primary" type="submit" busy={busy}>
          {handsOff ? say.confirm : say.act[kind]}
        </Button>
      </div>
    </form>
  )
}
