import './note-composer.css'
import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import { useKeys } from '../../keys.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { words } from './write-words.ts'

/** At the foot of the timeline, always there: what somebody saw is written down while it happens. */
export function NoteComposer({ onNote }: { onNote: (text: string) => void }) {
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const hint = useId()
  useKeys({ n: () => field.current?.focus() })
  const add = (event?: FormEvent) => {
    event?.preventDefault()
    if (text.trim() === '') return field.current?.focus()
    onNote(text.trim())
    setText('')
  }
  const addByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) add()
    if (event.key === 'Escape') field.current?.blur()
  }
  return (
    <form className="note-composer" onSubmit={add}>
      <div className="note-box">
        <Icon name="note" />
        <textarea
          ref={field}
          rows={1}
          maxLength={10_000}
          aria-label={words.note.label}
          aria-describedby={hint}
          placeholder={words.note.label}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={addByKey}
        />
        <Button size="small" type="submit">
          {words.note.add}
        </Button>
      </div>
      <span id={hint} className="only-read">
        {words.note.hint} {words.note.shortcut}
      </span>
    </form>
  )
}
