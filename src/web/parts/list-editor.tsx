import './list-editor.css'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { type Choice, Combobox } from './combobox.tsx'
import { type FormPart, moved, sentence } from './form.ts'
import { Icon } from './icon.tsx'
import { words } from './words.ts'

interface ListEditorProps<Entry> {
  label: string
  hint?: ReactNode
  part: FormPart<Entry[] | undefined>
  /** Names an entry for its buttons and for screen readers. */
  nameOf: (entry: Entry, place: number) => string
  /** An entry, drawn; its part changes it. */
  children: (entry: FormPart<Entry>, place: number) => ReactNode
  /** Stands below: the way to add one. */
  add?: (add: (entry: Entry) => void) => ReactNode
  /** Order means nothing, so nothing moves. */
  unordered?: boolean
  /** Entries of more than one line get a box of their own. */
  boxed?: boolean
  /** An emptied list leaves the document. */
  optional?: boolean
  empty?: ReactNode
}

/** A list in which entries are added, removed and moved. Alt with an arrow moves the one that has the focus, as the buttons do. */
export function ListEditor<Entry>({
  label,
  hint,
  part,
  nameOf,
  children,
  add,
  unordered = false,
  boxed = false,
  optional = false,
  empty,
}: ListEditorProps<Entry>) {
  const entries = part.value ?? []
  const id = useId()
  const place = useRef<HTMLFieldSetElement>(null)
  const [told, setTold] = useState('')
  const [focus, setFocus] = useState<{ at: number; on: 'up' | 'down' | 'entry' }>()
  const set = (next: Entry[]) => part.onChange(next.length === 0 && optional ? undefined : next)

  // Whoever moves an entry goes with it; whoever removes one stands at the next.
  useEffect(() => {
    if (!focus) return
    const row = place.current?.querySelectorAll<HTMLElement>(':scope > ol > li')[focus.at]
    const button = row?.querySelector<HTMLElement>(`[data-move=${focus.on}]:not(:disabled)`)
    ;(
      button ??
      row?.querySelector<HTMLElement>('button:not(:disabled), input, select') ??
      place.current?.querySelector<HTMLElement>('input, button')
    )?.focus()
    setFocus(undefined)
  }, [focus])

  const move = (from: number, to: number, on: 'up' | 'down') => {
    if (to < 0 || to >= entries.length) return
    set(moved(entries, from, to))
    setTold(words.form.movedTo(nameOf(entries[from]!, from), to + 1, entries.length))
    setFocus({ at: to, on })
  }
  const press = (event: KeyboardEvent, at: number) => {
    if (!event.altKey || unordered || part.readOnly || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    event.stopPropagation()
    const on = event.key === 'ArrowUp' ? 'up' : 'down'
    move(at, on === 'up' ? at - 1 : at + 1, on)
  }
  return (
    <fieldset className="list-editor" aria-labelledby={id} ref={place}>
      <span className="list-editor-label" id={id}>
        {label}
      </span>
      {entries.length === 0 ? (
        <p className="list-editor-empty">{empty ?? words.form.empty}</p>
      ) : (
        <ol className={classNames(boxed && 'list-editor-boxed')}>
          {entries.map((entry, at) => {
            const name = nameOf(entry, at)
            const one = part.at(at as keyof NonNullable<Entry[] | undefined>) as unknown as FormPart<Entry>
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries may be equal, and are told apart by their place
              <li key={at} onKeyDown={(event) => press(event, at)}>
                {!unordered && !boxed && <span className="list-editor-place">{at + 1}</span>}
                <div className="list-editor-entry">
                  {children(one, at)}
                  {one.issues.length > 0 && !boxed && (
                    <span className="field-error">
                      <Icon name="warn" size={14} />
                      {one.issues.map(({ message }) => sentence(message)).join('. ')}
                    </span>
                  )}
                </div>
                {!part.readOnly && (
                  <span className="list-editor-acts">
                    {!unordered && (
                      <>
                        <IconButton
                          size="small"
                          icon="up"
                          data-move="up"
                          label={words.form.moveUp(name)}
                          disabled={at === 0}
                          onClick={() => move(at, at - 1, 'up')}
                        />
                        <IconButton
                          size="small"
                          icon="down"
                          data-move="down"
                          label={words.form.moveDown(name)}
                          disabled={at === entries.length - 1}
                          onClick={() => move(at, at + 1, 'down')}
                        />
                      </>
                    )}
                    <IconButton
                      size="small"
                      icon="x"
                      label={words.form.remove(name)}
                      onClick={() => {
                        set(entries.filter((_, i) => i !== at))
                        setFocus({ at: Math.min(at, entries.length - 2), on: 'entry' })
                      }}
                    />
                  </span>
                )}
              </li>
            )
          })}
        </ol>
      )}
      {add && !part.readOnly && <div className="list-editor-add">{add((entry) => set([...entries, entry]))}</div>}
      {(part.error || hint) && <span className={part.error ? 'field-error' : 'field-hint'}>{part.error ?? hint}</span>}
      <output className="only-read">{told}</output>
    </fieldset>
  )
}

/** A list of other objects by name: people in turns, members of a team. */
export function ReferenceList({
  label,
  hint,
  part,
  choices,
  addLabel,
  draw,
  unordered = false,
  twice = false,
  optional = false,
  empty,
}: {
  label: string
  hint?: ReactNode
  part: FormPart<string[] | undefined>
  choices: Choice[]
  /** In the field that adds one: `Add a person`. */
  addLabel: string
  draw?: (choice: Choice) => ReactNode
  unordered?: boolean
  /** One may stand in the list more than once. */
  twice?: boolean
  optional?: boolean
  empty?: ReactNode
}) {
  const choiceOf = (value: string): Choice => choices.find((one) => one.value === value) ?? { value, name: value }
  return (
    <ListEditor
      label={label}
      hint={hint}
      part={part}
      unordered={unordered}
      optional={optional}
      empty={empty}
      nameOf={(value) => choiceOf(value).name}
      add={(add) => (
        <Combobox
          label={addLabel}
          placeholder={addLabel}
          choices={twice ? choices : choices.filter((one) => !part.value?.includes(one.value))}
          value={undefined}
          onPick={(value) => value !== undefined && add(value)}
        />
      )}
    >
      {({ value }) => (draw ? draw(choiceOf(value)) : choiceOf(value).name)}
    </ListEditor>
  )
}
