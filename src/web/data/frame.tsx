import { useRouter } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { links } from '../links.ts'
import { Banner } from '../parts/banner.tsx'
import { Link } from '../parts/link.tsx'
import { SkeletonRows } from '../parts/skeleton.tsx'
import { AppShell } from '../screens/shell/app-shell.tsx'
import type { PlaceName } from '../screens/shell/places.ts'
import { isSignedOut } from './api.ts'
import { DeclareDialog } from './declare-dialog.tsx'
import { byUrgency } from './incident-view.ts'
import { useLive } from './live.ts'
import { useProfile } from './preferences.ts'
import { queries, queryClient, useQuery } from './queries.ts'
import { SignedOut } from './signed-out.tsx'
import { words } from './words.ts'

/** The places that have something behind them; the others are absent, not empty. */
const AVAILABLE: PlaceName[] = ['now', 'incidents', 'on-call', 'services']
const IN_RAIL = 6

/** The shell, fed: who is here, what is open, whether it is live. Whoever is not signed in gets the way in instead. */
export function Frame({ place, current, children }: { place: PlaceName; current?: string; children: ReactNode }) {
  const me = useQuery(queries.me())
  const signedIn = me.data !== undefined
  const staleness = useLive(signedIn)
  useProfile(me.data?.person != null)
  const open = useQuery({ ...queries.openIncidents(), enabled: signedIn })
  const onCall = useQuery({ ...queries.onCall(), enabled: signedIn })
  const demo = useQuery({ ...queries.demo(), enabled: signedIn })
  const [declaring, setDeclaring] = useState(false)
  const router = useRouter()
  if (isSignedOut(me.error)) return <SignedOut />
  if (!me.data) return <SkeletonRows rows={8} />

  const worst = [...(open.data?.items ?? [])].sort(byUrgency)
  const { person, label, permissions } = me.data
  const shift = onCall.data?.items.find((one) => person !== null && one.person === person.name && one.until !== null)
  const mayAct = permissions.includes('incident:act')
  return (
    <AppShell
      place={place}
      available={AVAILABLE}
      counts={{ incidents: worst.length }}
      me={{ person: { name: person?.displayName ?? label }, ...(shift?.until && { onCallUntil: Date.parse(shift.until) }) }}
      open={
        worst.length === 0
          ? undefined
          : {
              count: worst.length,
              current,
              items: worst.slice(0, IN_RAIL).map(({ number, title, severity, startedAt }) => ({
                number,
                title,
                severity: severity as 1,
                startedAt: Date.parse(startedAt),
              })),
            }
      }
      staleness={staleness}
      banner={
        demo.data?.present ? (
          <Banner
            tone="drill"
            beside={
              <Link className="text-link" href={links.phone()}>
                {words.demo.phone}
              </Link>
            }
          >
            {words.demo.here(demo.data.company)}
          </Banner>
        ) : undefined
      }
      onDeclare={mayAct ? () => setDeclaring(true) : undefined}
      onSignOut={() => void signOut()}
    >
      {children}
      <DeclareDialog open={declaring} onClose={() => setDeclaring(false)} onDeclared={(href) => router.history.push(href)} />
    </AppShell>
  )
}

async function signOut(): Promise<void> {
  await fetch('/api/v1/session', { method: 'DELETE' })
  queryClient.clear()
  location.assign('/')
}
