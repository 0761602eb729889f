import './search-field.css'
import { type KeyboardEvent, type Ref, useEffect, useRef, useState } from 'react'
import { IconButton } from './button.tsx'
import { Icon } from './icon.tsx'
import { KeyCap } from './key-cap.tsx'
import { words } from './words.ts'

interface SearchFieldProps {
  /** Names the field for screen readers. */
  label: string
  placeholder: string
  /** What is being searched for. */
  value: string
  onSearch: (text: string) => void
  /** The key that leads here, drawn while the field is empty. */
  keyCap?: string
  ref?: Ref<HTMLInputElement>
}

/** Long enough that a word is searched for, not each of its letters. */
const PAUSE_MS = 300

/** Searches when the typing pauses, or at once on Enter. */
export function SearchField({ label, placeholder, value, onSearch, keyCap, ref }: SearchFieldProps) {
  const [text, setText] = useState(value)
  const asked = useRef(value)
  const search = (what: string) => {
    asked.current = what
    onSearch(what)
  }
  const latest = useRef(search)
  latest.current = search
  // Changed elsewhere: by a link, or a step back.
  useEffect(() => {
    if (value !== asked.current) {
      asked.current = value
      setText(value)
    }
  }, [value])
  useEffect(() => {
    if (text.trim() === asked.current) return
    const timer = setTimeout(() => latest.current(text.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  const clear = () => {
    setText('')
    search('')
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') search(text.trim())
    if (event.key === 'Escape') {
      clear()
      event.currentTarget.blur()
    }
  }
  return (
    <search className="search-field">
      <Icon name="search" />
      <input
        ref={ref}
        className="input"
        type="search"
        aria-label={label}
        placeholder={placeholder}
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
      />
      {text === '' ? keyCap && <KeyCap>{keyCap}</KeyCap> : <IconButton size="small" icon="x" label={words.clearSearch} onClick={clear} />}
    </search>
  )
}
