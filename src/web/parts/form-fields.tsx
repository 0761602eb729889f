import './form-fields.css'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { parseDuration } from '../../kernel/duration.ts'
import { Button, IconButton } from './button.tsx'
import { Checkbox, Switch } from './choice.tsx'
import { type Choice, Combobox } from './combobox.tsx'
import { durationInWords, meantDuration } from './durations.ts'
import { Field, TextArea, TextField } from './field.tsx'
import type { FormPart } from './form.ts'
import { Icon } from './icon.tsx'
import { words } from './words.ts'

interface FormFieldProps<Value> {
  label: ReactNode
  hint?: ReactNode
  part: FormPart<Value>
}

/** One line of text; an emptied one leaves the document, unless an empty text means something. */
export function FormText({
  label,
  hint,
  part,
  placeholder,
  mono = false,
  keepsEmpty = false,
}: FormFieldProps<string | undefined> & { placeholder?: string | undefined; mono?: boolean; keepsEmpty?: boolean }) {
  return (
    <TextField
      label={label}
      hint={hint}
      error={part.error}
      className={mono ? 'input mono' : 'input'}
      placeholder={placeholder}
      readOnly={part.readOnly}
      value={part.value ?? ''}
      onChange={({ target }) => part.onChange(target.value === '' && !keepsEmpty ? undefined : target.value)}
    />
  )
}

/** Several lines. */
export function FormWords({ label, hint, part, rows = 3 }: FormFieldProps<string | undefined> & { rows?: number }) {
  return (
    <TextArea
      label={label}
      hint={hint}
      error={part.error}
      rows={rows}
      readOnly={part.readOnly}
      value={part.value ?? ''}
      onChange={({ target }) => part.onChange(target.value === '' ? undefined : target.value)}
    />
  )
}

/** A whole number. What is no number yet stays as it is typed, and the server says what it thinks of it. */
export function FormNumber({
  label,
  hint,
  part,
  min,
  max,
  placeholder,
}: FormFieldProps<number | undefined> & { min?: number; max?: number; placeholder?: string }) {
  return (
    <TextField
      label={label}
      hint={hint}
      error={part.error}
      type="number"
      className="input input-short"
      inputMode="numeric"
      placeholder={placeholder}
      readOnly={part.readOnly}
      {...(min !== undefined && { min })}
      {...(max !== undefined && { max })}
      value={part.value ?? ''}
      onChange={({ target }) => part.onChange(target.value === '' ? undefined : Number(target.value))}
    />
  )
}

/** `5m`, with the words “5 minutes” below. Whoever writes “5 min” or just “5” is understood when leaving the field. */
export function FormDuration({
  label,
  hint,
  part,
  placeholder,
  saysWords = true,
}: FormFieldProps<string | undefined> & { placeholder?: string | undefined; saysWords?: boolean }) {
  const { value } = part
  const ms = value === undefined ? undefined : parseDuration(value)
  const unread = value !== undefined && ms === undefined ? words.form.notDuration : undefined
  const meaning = value === undefined ? (hint ?? words.form.durationHint) : ms !== undefined && joined(durationInWords(ms), hint)
  return (
    <TextField
      label={label}
      hint={saysWords ? meaning : hint}
      error={part.error ?? unread}
      className="input input-short"
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholder}
      readOnly={part.readOnly}
      value={value ?? ''}
      onChange={({ target }) => part.onChange(target.value === '' ? undefined : target.value)}
      onBlur={() => {
        const meant = value === undefined ? undefined : meantDuration(value)
        if (meant !== undefined && meant !== value && !part.readOnly) part.onChange(meant)
      }}
    />
  )
}

function joined(meaning: string, hint: ReactNode): ReactNode {
  return hint ? (
    <>
      {meaning}. {hint}
    </>
  ) : (
    meaning
  )
}

/** One of a few that fit into a list of their own; undefined is the first, `none`, when there is such a word. */
export function FormChoice<Value extends string>({
  label,
  hint,
  part,
  choices,
  none,
}: FormFieldProps<Value | undefined> & { choices: { value: Value; name: string }[]; none?: string }) {
  return (
    <Field label={label} hint={hint} error={part.error}>
      {(wiring) => (
        <span className="select">
          <select
            {...wiring}
            className="input"
            disabled={part.readOnly}
            value={part.value ?? ''}
            onChange={({ target }) => part.onChange(target.value === '' ? undefined : (target.value as Value))}
          >
            {(none !== undefined || part.value === undefined) && <option value="">{none ?? words.form.pick}</option>}
            {choices.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
          <Icon name="down" size={14} />
        </span>
      )}
    </Field>
  )
}

/** Another object, found by typing; what is named and does not exist stays in view with what the server says about it. */
export function FormReference({
  label,
  hint,
  part,
  choices,
  optional = false,
  placeholder,
}: FormFieldProps<string | undefined> & { choices: Choice[]; optional?: boolean; placeholder?: string }) {
  return (
    <Field label={label} hint={hint} error={part.error}>
      {(wiring) => (
        <Combobox
          wiring={wiring}
          choices={choices}
          value={part.value}
          onPick={(value) => part.onChange(value)}
          optional={optional}
          readOnly={part.readOnly}
          {...(typeof label === 'string' && { label })}
          {...(placeholder !== undefined && { placeholder })}
        />
      )}
    </Field>
  )
}

/** On or off. `unless` is what holds when the document says nothing; saying the same is left out of it. */
export function FormSwitch({
  label,
  hint,
  part,
  unless = false,
}: {
  label: ReactNode
  hint?: ReactNode
  part: FormPart<boolean | undefined>
  unless?: boolean
}) {
  const id = useId()
  return (
    <div className="form-switch">
      <Switch
        checked={part.value ?? unless}
        disabled={part.readOnly}
        aria-describedby={hint || part.error ? id : undefined}
        onChange={({ target }) => part.onChange(target.checked === unless ? undefined : target.checked)}
      >
        {label}
      </Switch>
      {(part.error || hint) && (
        <span id={id} className={part.error ? 'field-error' : 'field-hint'}>
          {part.error ?? hint}
        </span>
      )}
    </div>
  )
}

/** Any of a few; none of them picked leaves the list out of the document. */
export function FormSeveral<Value extends string | number>({
  label,
  hint,
  part,
  choices,
}: FormFieldProps<Value[] | undefined> & { choices: { value: Value; name: ReactNode }[] }) {
  const picked = part.value ?? []
  const id = useId()
  const set = (value: Value, on: boolean) => {
    const next = choices.map((one) => one.value).filter((one) => (one === value ? on : picked.includes(one)))
    part.onChange(next.length === 0 ? undefined : next)
  }
  const below = part.error ?? part.issues[0]?.message
  return (
    <fieldset className="form-several" aria-describedby={below || hint ? id : undefined}>
      <legend>{label}</legend>
      <div className="line wraps">
        {choices.map(({ value, name }) => (
          <Checkbox
            key={value}
            disabled={part.readOnly}
            checked={picked.includes(value)}
            onChange={({ target }) => set(value, target.checked)}
          >
            {name}
          </Checkbox>
        ))}
      </div>
      {(below || hint) && (
        <span id={id} className={below ? 'field-error' : 'field-hint'}>
          {below ?? hint}
        </span>
      )}
    </fieldset>
  )
}

/** `09:00`, on the wall of some zone that stands beside it. */
export function FormTime({ label, hint, part }: FormFieldProps<string | undefined>) {
  return (
    <TextField
      label={label}
      hint={hint}
      error={part.error}
      className="input input-short"
      inputMode="numeric"
      placeholder="09:00"
      readOnly={part.readOnly}
      value={part.value ?? ''}
      onChange={({ target }) => part.onChange(target.value === '' ? undefined : target.value)}
      onBlur={() => {
        // `9`, `930` and `9:30` are what people type.
        const [, hour, minute = '00'] = /^(\d{1,2})[:.]?(\d\d)?$/.exec(part.value ?? '') ?? []
        if (hour !== undefined && !part.readOnly) part.onChange(`${hour.padStart(2, '0')}:${minute}`)
      }}
    />
  )
}

/** `2026-01-05T09:00`, as the clocks of a zone show it: by the browser's own picker. */
export function FormMoment({ label, hint, part, zone }: FormFieldProps<string | undefined> & { zone: string }) {
  const { value } = part
  // What has an offset or seconds is not for the picker; it stays as it is written.
  const isPickable = value === undefined || /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(value)
  return (
    <TextField
      label={label}
      hint={hint ?? words.form.localTime(zone)}
      error={part.error}
      type={isPickable ? 'datetime-local' : 'text'}
      readOnly={part.readOnly}
      value={value ?? ''}
      onChange={({ target }) => part.onChange(target.value === '' ? undefined : target.value)}
    />
  )
}

/** An IANA time zone, found by its city. */
export function FormZone({ label, hint, part, optional = false }: FormFieldProps<string | undefined> & { optional?: boolean }) {
  const [zones, setZones] = useState<Choice[]>([])
  // Four hundred names, asked for once the form stands.
  useEffect(() => setZones(zoneChoices()), [])
  return <FormReference label={label} hint={hint} part={part} choices={zones} optional={optional} placeholder="Europe/Berlin" />
}

function zoneChoices(): Choice[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => ({ value: zone, name: zone.replaceAll('_', ' ') }))
}

/** Names with values, as labels have them. */
export function FormLabels({ label, hint, part }: FormFieldProps<Record<string, string> | undefined>) {
  const entries = Object.entries(part.value ?? {})
  const set = (next: [string, string][]) => part.onChange(next.length === 0 ? undefined : Object.fromEntries(next))
  return (
    <fieldset className="form-labels">
      <legend>{label}</legend>
      {entries.map(([name, value], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: by its name it would lose the focus while that is typed
        <div key={place} className="line">
          <input
            className="input mono"
            aria-label={words.form.labelName}
            readOnly={part.readOnly}
            value={name}
            onChange={({ target }) => set(entries.map((one, i) => (i === place ? [target.value, value] : one)))}
          />
          <input
            className="input mono"
            aria-label={words.form.labelValue}
            readOnly={part.readOnly}
            value={value}
            onChange={({ target }) => set(entries.map((one, i) => (i === place ? [name, target.value] : one)))}
          />
          {!part.readOnly && (
            <IconButton icon="x" size="small" label={words.form.remove(name)} onClick={() => set(entries.filter((_, i) => i !== place))} />
          )}
        </div>
      ))}
      {!part.readOnly && (
        <Button size="small" icon="plus" disabled={'' in (part.value ?? {})} onClick={() => set([...entries, ['', '']])}>
          {words.form.add}
        </Button>
      )}
      {(part.error || hint) && <span className={part.error ? 'field-error' : 'field-hint'}>{part.error ?? hint}</span>}
    </fieldset>
  )
}
