import { type FormEvent, useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { CopyLine } from '../../parts/code.tsx'
import { TextField } from '../../parts/field.tsx'
import { Note } from '../../parts/note.tsx'
import type { SignInScreenProps } from './sign-in.ts'
import { words } from './words.ts'

export function Sent(props: SignInScreenProps & { email: string }) {
  return (
    <>
      <p className="sub">{words.sent(props.email)}</p>
      {props.step.kind === 'sent' && props.step.problem && <Problem text={props.step.problem} />}
      <Code {...props} folded={false} />
      {props.onAnother && (
        <p>
          <button type="button" className="text-link" onClick={props.onAnother}>
            {words.another}
          </button>
        </p>
      )}
    </>
  )
}

export function Problem({ text }: { text: string }) {
  return (
    <div role="alert">
      <Note tone="bad">{text}</Note>
    </div>
  )
}

/** For a link that arrived on another device, or was printed by the server. Pasting is allowed and expected. */
export function Code({ step, onCode, folded }: SignInScreenProps & { folded: boolean }) {
  const [code, setCode] = useState('')
  if (!onCode) return null
  const enter = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim() !== '') onCode(code.trim())
  }
  const form = (
    <form className="sign-in-form" onSubmit={enter}>
      <TextField
        label={words.code}
        hint={words.codeHint}
        className="input mono"
        autoComplete="one-time-code"
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button size="large" kind={folded ? 'secondary' : 'primary'} type="submit" busy={step.kind === 'working' && step.way === 'code'}>
        {words.signIn}
      </Button>
    </form>
  )
  if (!folded) return form
  return (
    <details className="sign-in-code">
      <summary className="text-link">{words.haveCode}</summary>
      {form}
    </details>
  )
}

export function NoMail() {
  return (
    <div className="sign-in-form">
      <p className="sign-in-small">{words.noMail}</p>
      <CopyLine label={words.noMail} text={words.command} />
    </div>
  )
}
