import './updates.css'
import { type FormEvent, type ReactNode, useState } from 'react'
import { parseDuration } from '../../../kernel/duration.ts'
import type { Instant } from '../../../kernel/time.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { durationInWords } from '../../parts/durations.ts'
import { TextArea } from '../../parts/field.tsx'
import { submitByKey } from '../../parts/form-keys.ts'
import { Note } from '../../parts/note.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { useTicking } from '../../parts/ticking.tsx'
import { moment } from '../../parts/time-words.ts'
import type { Audience, UpdateShown } from './updates-tab.tsx'
import { words } from './updates-words.ts'
import { whenMeant } from './when.ts'
import { WhenField } from './when-field.tsx'

export interface UpdateSaid {
  text: string
  audience: Audience
  next?: string
}

interface UpdatesDialogProps {
  number: string
  level: string
  audience: Audience
  /** How often its level tells each of them. */
  rhythm: { [audience in Audience]?: string | undefined }
  /** The latest first. */
  updates: UpdateShown[]
  /** What has happened, the latest first, as far as people would notice it. */
  facts: { id: string; at: Instant; what: ReactNode }[]
  busy: boolean
  failure?: string | undefined
  onPost: (said: UpdateSaid) => void
  onClose: () => void
}

/** Lives as long as it is asked. */
export function UpdatesDialog(props: UpdatesDialogProps) {
  return (
    <Dialog open title={words.dialog.title(props.number)} onClose={props.onClose}>
      <Ask {...props} />
    </Dialog>
  )
}

function Ask({ level, audience: first, rhythm, updates, facts, busy, failure, onPost, onClose }: UpdatesDialogProps) {
  const [audience, setAudience] = useState(first)
  const [text, setText] = useState('')
  const [next, setNext] = useState('')
  const meant = whenMeant(next, 0)
  const isWrong = next.trim() !== '' && meant === undefined
  const every = rhythm[audience]
  const say = words.dialog
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (busy || isWrong || text.trim() === '') return
    onPost({ text: text.trim(), audience, ...(meant !== undefined && { next: meant }) })
  }
  return (
    <form className="form-rows" onSubmit={submit} onKeyDown={submitByKey}>
      <TextArea
        label={say.text}
        hint={say.textHint}
        required
        rows={4}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Segmented
        label={say.audience}
        segments={(['internal', 'status-page'] as const).map((value) => ({ value, name: words.audiences[value] }))}
        current={audience}
        onPick={setAudience}
      />
      <WhenField
        label={say.next}
        hint={every === undefined ? say.byNobody : say.byLevel(durationInWords(parseDuration(every) ?? 0), level)}
        error={isWrong ? say.nextWrong : undefined}
        presets={{ label: say.presets, values: ['15m', '30m', '1h'] }}
        placeholder={every}
        value={next}
        onChange={setNext}
      />
      <SinceLast last={updates.find((one) => one.audience === audience)} facts={facts} />
      {failure && <Note tone="bad">{failure}</Note>}
      <div className="form-buttons update-acts">
        <Button kind="quiet" onClick={onClose}>
          {say.back}
        </Button>
        <Button kind="primary" type="submit" icon="mega" busy={busy}>
          {words.act}
        </Button>
      </div>
    </form>
  )
}

/** More than these nobody reads while writing. */
const FACTS_SHOWN = 5

function SinceLast({ last, facts }: { last: UpdateShown | undefined } & Pick<UpdatesDialogProps, 'facts'>) {
  const said = useTicking((now) => (last ? words.dialog.last(`${moment(last.at, now, 'UTC')} UTC`, last.by.name) : words.dialog.first))
  const since = facts.filter(({ at }) => last === undefined || at > last.at).slice(0, FACTS_SHOWN)
  return (
    <section className="update-since" aria-label={said}>
      <h3>{said}</h3>
      {last && <p className="update-last">{last.text}</p>}
      {since.length === 0 ? (
        <p className="dim">{words.dialog.nothing}</p>
      ) : (
        <>
          <h3>{last ? words.dialog.since : words.dialog.begun}</h3>
          <ul>
            {since.map(({ id, at, what }) => (
              <li key={id}>
                <Time at={at} /> <span>{what}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Time({ at }: { at: Instant }) {
  return <time className="dim">{useTicking((now) => moment(at, now, 'UTC'))}</time>
}
