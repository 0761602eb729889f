export interface SignInScreenProps {
  organisation?: string | undefined
  /** What this installation offers; a way that is not set up is not drawn. */
  ways: SignInWay[]
  /** Filled in when the viewer is known from before. */
  email?: string
  step: SignInStep
  onPasskey?: (email: string) => void
  onMailLink?: (email: string) => void
  onSingleSignOn?: () => void
  /** What was pasted: the whole link or its end. Left out, there is no field for it. */
  onCode?: (code: string) => void
  /** Back from "sent" to the address. */
  onAnother?: () => void
}

export type SignInWay = 'passkey' | 'mail-link' | 'single-sign-on'

export type SignInStep =
  | { kind: 'ask'; problem?: string | undefined }
  | { kind: 'working'; way: SignInWay | 'code' }
  | { kind: 'sent'; email: string; problem?: string | undefined }
