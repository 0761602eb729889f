import './note-composer.css'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { zoneName } from '../../../kernel/moment.ts'
import { DAY, type Instant } from '../../../kernel/time.ts'
import { instantOf, localOf, zoneOf } from '../../../kernel/zone.ts'
import { useKeys } from '../../keys.ts'
import { Button, IconButton } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Menu } from '../../parts/menu.tsx'
import { useZone } from '../../parts/ticking.tsx'
import { timeOfDay } from '../../parts/time-words.ts'
import { words as timelineWords } from './timeline-words.ts'
import { words } from './write-words.ts'

const KINDS = ['note', 'decision', 'observation'] as const

export interface Noted {
  text: string
  kind: (typeof KINDS)[number]
  /** When it happened, if not now. */
  at: Instant | undefined
}

interface NoteComposerProps {
  onNote: (note: Noted) => void
  /** Chosen, dropped or pasted. */
  onAttach?: ((files: File[]) => void) | undefined
  at: Instant | undefined
  onAt: (at: Instant | undefined) => void
  /** Others are told that somebody writes. */
  onWriting?: ((isWriting: boolean) => void) | undefined
}

/** At the foot of the timeline, always there: what somebody saw is written down while it happens, or where it happened. */
export function NoteComposer({ onNote, at, onAt, onWriting, onAttach }: NoteComposerProps) {
  const [text, setText] = useState('')
  const [kind, setKind] = useState<Noted['kind']>('note')
  // With each note the next one begins as happening now.
  const [added, setAdded] = useState(0)
  const field = useRef<HTMLTextAreaElement>(null)
  const files = useRef<HTMLInputElement>(null)
  const hint = useId()
  useKeys({
    n: () => field.current?.focus(),
    d: () => {
      setKind('decision')
      field.current?.focus()
    },
  })
  // Somebody is about to tell of a gap.
  useEffect(() => {
    if (at !== undefined) field.current?.focus()
  }, [at])
  const isWriting = text.trim() !== ''
  useEffect(() => {
    if (!isWriting) return
    onWriting?.(true)
    return () => onWriting?.(false)
  }, [isWriting, onWriting])
  const add = (event?: FormEvent) => {
    event?.preventDefault()
    if (text.trim() === '') return field.current?.focus()
    onNote({ text: text.trim(), kind, at })
    setText('')
    setKind('note')
    onAt(undefined)
    setAdded(added + 1)
  }
  const addByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) add()
    if (event.key === 'Escape') field.current?.blur()
  }
  const attach = (event: { preventDefault(): void }, found: FileList | undefined | null) => {
    if (!onAttach || !found || found.length === 0) return
    event.preventDefault()
    onAttach([...found])
  }
  return (
    <form
      className="note-composer"
      onSubmit={add}
      onDragOver={onAttach && ((event) => event.preventDefault())}
      onDrop={(event) => attach(event, event.dataTransfer.files)}
      onPaste={(event) => attach(event, event.clipboardData.files)}
    >
      <div className="note-box">
        <Icon name={kind === 'decision' ? 'flag' : kind === 'observation' ? 'eye' : 'note'} />
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
        <Menu
          label={timelineWords.kind}
          opens="up"
          items={KINDS.map((one) => ({
            ...({ kind: 'choice', name: timelineWords.kinds[one], chosen: one === kind } as const),
            onAct: () => setKind(one),
          }))}
          trigger={(wiring) => (
            <Button size="small" kind="quiet" opens {...wiring}>
              {timelineWords.kinds[kind]}
            </Button>
          )}
        />
        <When key={added} at={at} onAt={onAt} />
        {onAttach && (
          <>
            <input
              ref={files}
              type="file"
              multiple
              hidden
              aria-label={words.note.attach}
              onChange={(event) => {
                attach(event, event.currentTarget.files)
                event.currentTarget.value = ''
              }}
            />
            <IconButton size="small" icon="doc" label={words.note.attach} onClick={() => files.current?.click()} />
          </>
        )}
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

/** Now, unless a time of day is said: the last one there was by the viewer's clock. */
function When({ at, onAt }: Pick<NoteComposerProps, 'at' | 'onAt'>) {
  const [asks, setAsks] = useState(false)
  const zone = useZone()
  if (!asks && at === undefined)
    return (
      <Button size="small" kind="quiet" className="note-when" onClick={() => setAsks(true)}>
        {timelineWords.happenedNow}
      </Button>
    )
  const said = (time: string) => onAt(time === '' ? undefined : lastTime(time, Date.now(), zone))
  return (
    <span className="note-when">
      <input
        type="time"
        aria-label={timelineWords.when}
        title={timelineWords.whenHint(zoneName(zone))}
        value={at === undefined ? '' : timeOfDay(at, zone)}
        onChange={(event) => said(event.target.value)}
      />
      <Button
        size="small"
        kind="quiet"
        onClick={() => {
          setAsks(false)
          onAt(undefined)
        }}
      >
        {timelineWords.now}
      </Button>
    </span>
  )
}

/** When the wall clock of the zone last showed this time. */
export function lastTime(time: string, now: Instant, zoneText: string): Instant {
  const zone = zoneOf(zoneText)
  const today = Math.floor(localOf(zone, now) / DAY) * DAY
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  const local = today + (hours * 60 + minutes) * 60_000
  const at = instantOf(zone, local)
  return at <= now ? at : instantOf(zone, local - DAY)
}
