import { SignInScreen } from '../../sign-in/sign-in-screen.tsx'
import type { DrawnProps } from './drawn-props.ts'

export function DrawnSignIn({ show }: DrawnProps) {
  const email = 'beatriz@harbourline.example'
  return (
    <SignInScreen
      organisation="Harbourline"
      ways={show === 'no-mail' ? [] : show === 'mail-only' ? ['mail-link'] : ['passkey', 'mail-link', 'single-sign-on']}
      email={email}
      step={
        show === 'sent'
          ? { kind: 'sent', email }
          : { kind: 'ask', problem: show === 'failed' ? 'This link was used before. Ask for another one.' : undefined }
      }
      onCode={() => {}}
      onAnother={() => {}}
    />
  )
}
