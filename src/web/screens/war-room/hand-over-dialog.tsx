import './hand-over.css'
import { type FormEvent, useState } from 'react'
import { Avatar } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { type Choice, Combobox } from '../../parts/combobox.tsx'
import { DialogOrSheet } from '../../parts/dialog-or-sheet.tsx'
import { Field, TextArea, TextField } from '../../parts/field.tsx'
import { submitByKey } from '../../parts/form-keys.ts'
import { Icon } from '../../parts/icon.tsx'
import { type Loadable, shownOf } from '../../parts/loadable.tsx'
import { Note } from '../../parts/note.tsx'
import { shortName } from '../../parts/person-names.ts'
import { SkeletonRows } from '../../parts/skeleton.tsx'
import { Brief } from './hand-over-brief.tsx'
import { type RoleShown, roleCalled, type Somebody } from './people.ts'
import { words } from './people-words.ts'

export interface HandOverDialogProps {
  role: RoleShown
  /** Who has it, and keeps it until the other accepts. */
  holder: Somebody | undefined
  choices: Choice[]
  /** As Tocsin would write it now. */
  brief: Loadable<string>
  /** What somebody does with their own hands, by their name. */
  handsOn: Record<string, string>
  busy: boolean
  failure: string | undefined
  onOffer: (said: { to: string; brief?: string }) => void
  onClose: () => void
}

export function HandOverDialog({ role, holder, choices, brief, handsOn, busy, failure, onOffer, onClose }: HandOverDialogProps) {
  const [to, setTo] = useState<string>()
  const [own, setOwn] = useState<string>()
  const [word, setWord] = useState('')
  const chosen = choices.find(({ value }) => value === to)
  const written = shownOf(brief)
  const task = role.handsOff && to !== undefined ? handsOn[to] : undefined
  const name = chosen && shortName(chosen.name)
  const offer = (event: FormEvent) => {
    event.preventDefault()
    if (to === undefined || busy) return
    const last = word.trim()
    const said = [own?.trim() ?? written ?? '', last].filter(Boolean).join('\n')
    // Written by the server, unless there is something of one's own in it: then it is as new as can be.
    onOffer({ to, ...((own !== undefined || last !== '') && said !== '' && { brief: said }) })
  }
  return (
    <DialogOrSheet title={(holder ? words.handOverTitle : words.offerTitle)(roleCalled(role))} onClose={onClose}>
      <form className="form-rows hand-over" onSubmit={offer} onKeyDown={submitByKey}>
        <div className="hand-over-pair">
          <Side person={holder?.look.name} what={holder ? words.stays : words.nobodyHas} />
          <Icon name="arrow" size={20} />
          <Side person={chosen?.name} what={chosen ? words.asked : words.choose} />
        </div>
        <Field label={words.to}>
          {(wiring) => <Combobox wiring={wiring} choices={choices} value={to} placeholder={words.pick} onPick={setTo} />}
        </Field>
        {task !== undefined && <Note tone="warn">{words.handsOn(name!, task)}</Note>}
        {own === undefined ? (
          <div>
            <div className="line hand-over-title">
              <b>{words.brief}</b>
              <span className="dim fine grow">{words.briefFrom}</span>
              {written !== undefined && (
                <Button size="small" kind="quiet" icon="edit" onClick={() => setOwn(written)}>
                  {words.editBrief}
                </Button>
              )}
            </div>
            {written !== undefined ? (
              <Brief text={written} />
            ) : brief.state === 'failed' ? (
              <p className="sub">{words.briefFailed}</p>
            ) : (
              <SkeletonRows rows={3} />
            )}
          </div>
        ) : (
          <TextArea label={words.brief} rows={8} maxLength={9000} value={own} autoFocus onChange={(event) => setOwn(event.target.value)} />
        )}
        <TextField
          label={words.word}
          hint={words.wordHint}
          maxLength={900}
          value={word}
          onChange={(event) => setWord(event.target.value)}
        />
        {failure !== undefined && <Note tone="bad">{failure}</Note>}
        <div className="form-buttons">
          <span className="fine sub">{words.lapses}</span>
          <Button kind="quiet" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button kind="primary" type="submit" busy={busy} disabled={to === undefined}>
            {name === undefined ? words.offerNobody : words.offerTo(name)}
          </Button>
        </div>
      </form>
    </DialogOrSheet>
  )
}

function Side({ person, what }: { person: string | undefined; what: string }) {
  return (
    <span className="line">
      {person === undefined ? <Icon name="user" size={20} /> : <Avatar person={{ name: person }} size={36} />}
      <span className="hand-over-side">
        {person !== undefined && <b>{person}</b>}
        <span className="sub fine">{what}</span>
      </span>
    </span>
  )
}
