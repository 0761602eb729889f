import { type FormEvent, useEffect, useState } from 'react'
import { links } from '../../links.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { TextArea } from '../../parts/field.tsx'
import { Panel } from '../../parts/panel.tsx'
import { words } from './private-words.ts'

const REASON_LETTERS_MIN = 10

interface GlassScreenProps {
  /** `INC-143` */
  number: string
  busy: boolean
  failure?: string | undefined
  /** Left out where the viewer may not. */
  onBreak?: ((reason: string) => void) | undefined
}

/** An incident that is not there for whoever asks: unknown and private ones look the same. Owners and admins may break the glass. */
export function GlassScreen({ number, busy, failure, onBreak }: GlassScreenProps) {
  const [reason, setReason] = useState('')
  const say = words.glass
  useEffect(() => {
    document.title = `${words.glass.title(number)} · Tocsin`
  }, [number])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) onBreak?.(reason.trim())
  }
  return (
    <main id="main" tabIndex={-1}>
      <EmptyState title={say.title(number)} headingLevel={1} step={<ButtonLink href={links.incidents()}>{say.back}</ButtonLink>}>
        <p>{say.text}</p>
      </EmptyState>
      {onBreak && (
        <Panel title={say.box} foot={say.may} className="glass-box">
          <form className="form-rows" onSubmit={submit}>
            <TextArea
              label={say.reason}
              hint={say.reasonHint}
              error={failure === undefined ? undefined : say.failed(failure)}
              required
              minLength={REASON_LETTERS_MIN}
              maxLength={1000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <ul>
              {say.what.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
            <div className="form-buttons">
              <Button kind="danger" type="submit" icon="key" busy={busy}>
                {say.act}
              </Button>
            </div>
          </form>
        </Panel>
      )}
    </main>
  )
}
