import { SignInScreen } from '../screens/sign-in/sign-in-screen.tsx'

/** Links are the way in until mail, passkeys or single sign-on are set up; the screen then says how to make one. */
export function SignedOut() {
  return <SignInScreen ways={[]} step={{ kind: 'ask' }} onCode={() => {}} />
}
