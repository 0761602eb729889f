import { useRouter, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { comeBackTo, insideOnly } from '../data/come-back.ts'
import { queries, useQuery } from '../data/queries.ts'
import { links } from '../links.ts'
import { SignInScreen } from '../screens/sign-in/sign-in-screen.tsx'

/**
 * Links are the way in until mail, passkeys or single sign-on are set up; the screen then says how to make one. Whoever
 * is signed in, here or in another tab, is led back to where they were.
 */
export function SignInPage() {
  const { to } = useSearch({ strict: false }) as { to?: string }
  const router = useRouter()
  const me = useQuery(queries.me())
  const back = insideOnly(to) ?? links.now()
  const isSignedIn = me.data !== undefined && !me.isError
  useEffect(() => {
    if (isSignedIn) router.history.replace(back)
  }, [isSignedIn, back, router])
  const enter = (code: string) => {
    comeBackTo(back)
    // The end of the link is the secret; the page behind it signs in.
    location.assign(`${links.signIn()}/${encodeURIComponent(code.split('/').at(-1)!)}`)
  }
  return <SignInScreen ways={[]} step={{ kind: 'ask' }} onCode={enter} />
}
