import './combobox.css'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'
import { words } from './words.ts'

/** Something that can be named in a form: what is written, what people read, and what tells it from its like. */
export interface Choice {
  value: string
  name: string
  detail?: string
  icon?: IconName
}

interface ComboboxProps {
  /** Ties it to its label and to what stands below. */
  wiring?: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }
  /** Read out when no visible label stands beside it. */
  label?: string
  choices: Choice[]
  value: string | undefined
  /** Undefined: emptied. */
  onPick: (value: string | undefined) => void
  placeholder?: string
  /** May stay empty, and be emptied. */
  optional?: boolean
  readOnly?: boolean
}

const SHOWN_MAX = 50

/** One of many, found by typing a part of its name. Arrows go through the list, Enter picks, Escape leaves it as it was. */
export function Combobox({ wiring, label, choices, value, onPick, placeholder, optional = false, readOnly = false }: ComboboxProps) {
  const chosen = choices.find((one) => one.value === value)
  const [typed, setTyped] = useState<string>()
  const [active, setActive] = useState(0)
  const list = useId()
  const place = useRef<HTMLSpanElement>(null)
  const open = typed !== undefined
  const fitting = open ? choices.filter((one) => fits(one, typed)).slice(0, SHOWN_MAX) : []
  const leave = () => setTyped(undefined)

  useEffect(() => {
    if (!open) return
    place.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
    const leaveOutside = (event: PointerEvent) => {
      if (!place.current?.contains(event.target as Element)) setTyped(undefined)
    }
    document.addEventListener('pointerdown', leaveOutside)
    return () => document.removeEventListener('pointerdown', leaveOutside)
  })

  const pick = (choice: Choice) => {
    leave()
    onPick(choice.value)
  }
  const press = (event: KeyboardEvent) => {
    const { key } = event
    if (key === 'Escape' && open) {
      event.preventDefault()
      event.stopPropagation()
      return leave()
    }
    if (key === 'Enter' && open) {
      event.preventDefault()
      return fitting[active] ? pick(fitting[active]) : undefined
    }
    if (key !== 'ArrowDown' && key !== 'ArrowUp') return
    event.preventDefault()
    if (!open) {
      setActive(0)
      return setTyped('')
    }
    const step = key === 'ArrowDown' ? 1 : -1
    setActive((fitting.length + active + step) % Math.max(1, fitting.length))
  }
  const clear = () => {
    leave()
    onPick(undefined)
  }

  return (
    <span className="combobox" ref={place}>
      <input
        {...wiring}
        aria-label={label}
        className="input"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && fitting[active] ? `${list}-${active}` : undefined}
        placeholder={placeholder ?? (optional ? words.form.none : words.form.pick)}
        readOnly={readOnly}
        value={typed ?? chosen?.name ?? value ?? ''}
        onClick={readOnly || open ? undefined : () => setTyped('')}
        onChange={(event) => {
          setActive(0)
          setTyped(event.target.value)
          if (event.target.value === '' && optional && value !== undefined) onPick(undefined)
        }}
        onKeyDown={readOnly ? undefined : press}
        onBlur={(event) => {
          if (!place.current?.contains(event.relatedTarget)) leave()
        }}
      />
      {optional && value !== undefined && !readOnly ? (
        <button type="button" className="combobox-clear" aria-label={words.form.clear(label ?? chosen?.name ?? value)} onClick={clear}>
          <Icon name="x" size={12} />
        </button>
      ) : (
        <Icon name="down" size={14} />
      )}
      {open && (
        <div className="combobox-list" role="listbox" id={list} aria-label={label ?? words.form.pick} tabIndex={-1}>
          {fitting.map((choice, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard stays in the input, which knows which one is active
            <div
              key={choice.value}
              id={`${list}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === active}
              onPointerMove={() => setActive(i)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(choice)}
            >
              {choice.icon && <Icon name={choice.icon} size={14} />}
              <span className="cut">{choice.name}</span>
              {choice.detail && <span className="combobox-detail">{choice.detail}</span>}
              {choice.value === value && <Icon name="check" size={14} />}
            </div>
          ))}
          {fitting.length === 0 && (
            <div className="combobox-none" role="option" tabIndex={-1} aria-selected="false" aria-disabled="true">
              {words.form.nothingFits}
            </div>
          )}
        </div>
      )}
    </span>
  )
}

/** Every word that was typed is in it somewhere. */
function fits({ name, value, detail }: Choice, typed: string): boolean {
  const text = `${name} ${value} ${detail ?? ''}`.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
