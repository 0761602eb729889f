import type { SignInScreenProps, SignInWay } from './sign-in.ts'
import './sign-in-screen.css'
import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { BellMark } from '../../parts/icon.tsx'
import { Peal } from './peal.tsx'
import { Code, NoMail, Problem, Sent } from './sign-in-code.tsx'
import { words } from './words.ts'

export function SignInScreen(props: SignInScreenProps) {
  const { organisation, step, ways } = props
  useEffect(() => {
    document.title = `${words.page} · ${words.brand}`
  }, [])
  return (
    <div className="sign-in">
      <header className="sign-in-side">
        <p className="brand">
          <BellMark size={28} />
          <span>{words.brand}</span>
        </p>
        <Peal />
        <p className="sign-in-promise">{words.promise}</p>
      </header>
      <main id="main">
        <div className="sign-in-ways">
          <h1>{step.kind === 'sent' ? words.sentTitle : words.title(organisation)}</h1>
          {step.kind === 'sent' ? <Sent {...props} email={step.email} /> : <Ask {...props} />}
          {ways.length === 0 && <NoMail />}
          <p className="sign-in-paged">
            <b>{words.pagedQuestion}</b> {words.paged}
          </p>
        </div>
      </main>
    </div>
  )
}

/** Passkey first, mailed link second, nothing to memorise. */
function Ask(props: SignInScreenProps) {
  const { ways, step, onPasskey, onMailLink, onSingleSignOn } = props
  const [email, setEmail] = useState(props.email ?? '')
  const working = step.kind === 'working' ? step.way : undefined
  const asksForEmail = ways.includes('passkey') || ways.includes('mail-link')
  const first = ways[0]
  const begin = (event: FormEvent) => {
    event.preventDefault()
    if (first === 'passkey') onPasskey?.(email)
    if (first === 'mail-link') onMailLink?.(email)
  }
  const buttons: Record<SignInWay, ReactNode> = {
    passkey: (
      <Button key="passkey" size="large" kind="primary" icon="finger" type="submit" busy={working === 'passkey'}>
        {words.passkey}
      </Button>
    ),
    'mail-link': (
      <Button
        key="mail-link"
        size="large"
        kind={first === 'mail-link' ? 'primary' : 'secondary'}
        icon="mail"
        busy={working === 'mail-link'}
        {...(first === 'mail-link' ? { type: 'submit' as const } : { onClick: () => onMailLink?.(email) })}
      >
        {words.mailLink}
      </Button>
    ),
    'single-sign-on': (
      <Button key="single-sign-on" size="large" icon="key" busy={working === 'single-sign-on'} onClick={onSingleSignOn}>
        {words.singleSignOn}
      </Button>
    ),
  }
  return (
    <>
      {step.kind === 'ask' && step.problem && <Problem text={step.problem} />}
      {ways.length > 0 && (
        <form className="sign-in-form" onSubmit={begin}>
          {asksForEmail && (
            <TextField
              label={words.email}
              type="email"
              required
              autoComplete="username webauthn"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
          {first && buttons[first]}
          {ways.length > 1 && <p className="sign-in-or">{words.or}</p>}
          {ways.slice(1).map((way) => buttons[way])}
        </form>
      )}
      {ways.includes('mail-link') && <p className="sign-in-small">{words.linkWorks}</p>}
      <Code {...props} folded={ways.length > 0} />
    </>
  )
}
