import { type FormEvent, useId, useState } from 'react'
import { zoneName } from '../../../kernel/moment.ts'
import type { Instant } from '../../../kernel/time.ts'
import { Avatar, type PersonLook } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { Radio } from '../../parts/choice.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { SelectField, TextField } from '../../parts/field.tsx'
import { localText } from '../../parts/local-text.ts'
import { shortName } from '../../parts/person-names.ts'
import type { OverrideStart } from '../../product/on-call/duty.ts'
import { words } from '../../product/on-call/words.ts'

const say = words.dialog

export interface OverrideSchedule {
  name: string
  displayName: string
  timeZone: string
  /** Everybody with turns. */
  people: string[]
  /** Who is on call now, and until when: an override is usually until then. */
  onCall?: { person: string; until?: Instant | undefined } | undefined
}

export interface Override {
  schedule: string
  person: string
  /** As the clocks in the schedule's zone show it; absent for now. */
  from?: string | undefined
  until: string
  reason?: string | undefined
}

interface OverrideDialogProps {
  /** Undefined while it is closed. */
  start: OverrideStart | undefined
  schedules: OverrideSchedule[]
  people: { name: string; look: PersonLook }[]
  /** The viewer's name, who is offered first on somebody else's shift. */
  me: string | undefined
  now: Instant
  busy: boolean
  failure?: string | undefined
  onSave: (override: Override) => void
  onClose: () => void
}

/** Three clicks: open it, choose who, put them on call. Schedule and times are filled in from where it was opened. */
export function OverrideDialog({ start, onClose, ...rest }: OverrideDialogProps) {
  return start === undefined ? null : <OpenDialog key={JSON.stringify(start)} start={start} onClose={onClose} {...rest} />
}

function OpenDialog({ start, schedules, people, me, now, busy, failure, onSave, onClose }: OverrideDialogProps & { start: OverrideStart }) {
  const [picked, setPicked] = useState(
    start.schedule ?? schedules.find(({ people: turns }) => me !== undefined && turns.includes(me))?.name ?? schedules[0]?.name,
  )
  const schedule = schedules.find(({ name }) => name === picked)
  const zone = schedule?.timeZone ?? 'UTC'
  const nameOf = (name: string) => people.find((one) => one.name === name)?.look.name ?? name
  const stands = start.isMine ? me : start.from === undefined ? schedule?.onCall?.person : undefined
  // Whoever shares the rotation and opens somebody else's shift, or a gap, most often takes it.
  const proposed = start.schedule !== undefined && stands !== me && me !== undefined && schedule?.people.includes(me) ? me : undefined
  const [person, setPerson] = useState(proposed)
  const [from, setFrom] = useState(start.from === undefined ? '' : localText(start.from, zone))
  const [until, setUntil] = useState(() => (start.until === undefined ? '' : localText(start.until, zone)))
  const [reason, setReason] = useState('')
  const form = useId()
  const shownUntil =
    until || (schedule?.onCall?.until === undefined ? localText(now + EIGHT_HOURS_MS, zone) : localText(schedule.onCall.until, zone))
  const offered = schedule ? [...new Set([...(proposed ? [proposed] : []), ...schedule.people])].filter((name) => name !== stands) : []
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!schedule || !person || busy) return
    onSave({ schedule: schedule.name, person, until: shownUntil, ...(from && { from }), ...(reason.trim() && { reason: reason.trim() }) })
  }
  return (
    <Dialog
      open
      title={say.title}
      onClose={onClose}
      will={
        person && schedule ? say.will(nameOf(person), schedule.displayName, `${shownUntil.replace('T', ' ')} ${zoneName(zone)}`) : say.pick
      }
      buttons={
        <>
          <Button kind="quiet" onClick={onClose}>
            {say.cancel}
          </Button>
          <Button kind="primary" type="submit" form={form} busy={busy} disabled={!person || !schedule}>
            {say.save(person && shortName(nameOf(person)))}
          </Button>
        </>
      }
    >
      <form id={form} className="form-rows" onSubmit={submit}>
        <SelectField label={say.schedule} value={picked ?? ''} onChange={(event) => setPicked(event.target.value)}>
          {schedules.map(({ name, displayName }) => (
            <option key={name} value={name}>
              {displayName}
            </option>
          ))}
        </SelectField>
        <fieldset className="override-people">
          <legend>{say.who}</legend>
          {offered.slice(0, 8).map((name) => (
            <Radio key={name} name={`${form}-who`} checked={person === name} onChange={() => setPerson(name)}>
              <span className="person">
                <Avatar person={{ name: nameOf(name) }} />
                {nameOf(name)}
              </span>
            </Radio>
          ))}
        </fieldset>
        <SelectField
          label={say.somebody}
          value={person && !offered.includes(person) ? person : ''}
          onChange={(event) => setPerson(event.target.value || person)}
        >
          <option value="" />
          {people
            .filter(({ name }) => !offered.includes(name))
            .map(({ name, look }) => (
              <option key={name} value={name}>
                {look.name}
              </option>
            ))}
        </SelectField>
        <div className="override-times">
          <TextField
            label={say.from(zoneName(zone))}
            hint={say.now}
            type="datetime-local"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
          <TextField
            label={say.until(zoneName(zone))}
            type="datetime-local"
            required
            error={failure && say.failed(failure)}
            value={shownUntil}
            onChange={(event) => setUntil(event.target.value)}
          />
        </div>
        <TextField
          label={say.reason}
          hint={say.reasonHint}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </form>
    </Dialog>
  )
}

const EIGHT_HOURS_MS = 8 * 60 * 60 * 1000
