import './hand-over.css'
import { type FormEvent, useState } from 'react'
import { isTyping } from '../../keys.ts'
import { Avatar } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { Radio } from '../../parts/choice.tsx'
import { CountdownText } from '../../parts/clock.tsx'
import { DialogOrSheet } from '../../parts/dialog-or-sheet.tsx'
import { TextField } from '../../parts/field.tsx'
import { submitByKey } from '../../parts/form-keys.ts'
import { Note } from '../../parts/note.tsx'
import { shortName } from '../../parts/person-names.ts'
import { Brief } from './hand-over-brief.tsx'
import { type OfferShown, type RoleShown, roleCalled } from './people.ts'
import { words } from './people-words.ts'

const BECAUSE = ['other', 'hands', 'reach', 'else'] as const

export interface OfferToMeProps {
  role: RoleShown
  offer: OfferShown
  busy: boolean
  failure: string | undefined
  onAccept: () => void
  onDecline: (reason: string) => void
}

/** Whoever is offered a role sees it at once, over everything else here, and answers with one press. */
export function OfferToMe({ role, offer, busy, failure, onAccept, onDecline }: OfferToMeProps) {
  // Whoever writes just now is not interrupted: for them it stands on top of the page.
  const [asks, setAsks] = useState<'brief' | 'decline' | undefined>(() =>
    isTyping(document.activeElement) || document.querySelector('dialog[open]') ? undefined : 'brief',
  )
  const by = shortName(offer.by.look.name)
  const isCommand = role.role === 'commander'
  const title = isCommand ? words.offersCommand(by) : words.offers(by, roleCalled(role))
  const accept = isCommand ? words.acceptCommand : words.accept
  const answers = (
    <div className="offer-answers">
      <Button kind="primary" size="acknowledge" busy={busy} onClick={onAccept}>
        {accept}
      </Button>
      <Button size="large" onClick={() => setAsks('decline')}>
        {words.notNow}
      </Button>
    </div>
  )
  const lapses = (
    <span className="sub">
      {words.lapsesIn} <CountdownText to={offer.lapsesAt} />
    </span>
  )
  return (
    <section className="offer-strip" aria-label={title}>
      <Avatar person={offer.by.look} size={32} />
      <div className="offer-words">
        <b role="status">{title}</b>
        {lapses}
      </div>
      <div className="offer-acts">
        <Button kind="primary" busy={busy} onClick={onAccept}>
          {accept}
        </Button>
        <Button onClick={() => setAsks('decline')}>{words.notNow}</Button>
        <Button kind="quiet" onClick={() => setAsks('brief')}>
          {words.read}
        </Button>
      </div>
      {failure !== undefined && <Note tone="bad">{failure}</Note>}
      {asks === 'brief' && (
        <DialogOrSheet title={title} mark={<Avatar person={offer.by.look} size={32} />} onClose={() => setAsks(undefined)}>
          <p>{lapses}</p>
          <Brief text={offer.brief} />
          {failure !== undefined && <Note tone="bad">{failure}</Note>}
          {answers}
        </DialogOrSheet>
      )}
      {asks === 'decline' && (
        <DialogOrSheet title={words.why} onClose={() => setAsks(undefined)}>
          <Decline by={by} busy={busy} failure={failure} onDecline={onDecline} />
        </DialogOrSheet>
      )}
    </section>
  )
}

function Decline({ by, busy, failure, onDecline }: Pick<OfferToMeProps, 'busy' | 'failure' | 'onDecline'> & { by: string }) {
  const [because, setBecause] = useState<(typeof BECAUSE)[number]>('other')
  const [said, setSaid] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    onDecline(because === 'else' ? said.trim() : words.because[because])
  }
  return (
    <form className="form-rows decline" onSubmit={send} onKeyDown={submitByKey}>
      <div role="radiogroup" aria-label={words.why} className="decline-reasons">
        {BECAUSE.map((one) => (
          <Radio key={one} name="because" value={one} checked={because === one} onChange={() => setBecause(one)}>
            {words.because[one]}
          </Radio>
        ))}
      </div>
      {because === 'else' && (
        <TextField
          label={words.reason}
          required
          autoFocus
          maxLength={1000}
          value={said}
          onChange={(event) => setSaid(event.target.value)}
        />
      )}
      <Note tone="info">{words.keeps(by)}</Note>
      {failure !== undefined && <Note tone="bad">{failure}</Note>}
      <div className="form-buttons">
        <Button kind="primary" type="submit" busy={busy}>
          {words.send}
        </Button>
      </div>
    </form>
  )
}
