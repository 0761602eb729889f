import { useRouter } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react'
import { useDoneToasts, useUnsent } from '../data/acts.ts'
import { words as actWords } from '../data/acts-words.ts'
import { api, isSignedOut } from '../data/api.ts'
import { useOpenCount } from '../data/counts.ts'
import { byUrgency } from '../data/incident-view.ts'
import { useLive } from '../data/live.ts'
import { outbox } from '../data/outbox.ts'
import { usePersonLook } from '../data/people.ts'
import { useProfile } from '../data/preferences.ts'
import { forgetKept, keepForOffline, queries, queryClient, showKept, useQuery } from '../data/queries.ts'
import { endStart } from '../data/start.ts'
import { words } from '../data/words.ts'
import { installation, isInstalled } from '../install.ts'
import { typedAhead } from '../keys.ts'
import { links } from '../links.ts'
import { Banner } from '../parts/banner.tsx'
import { Button } from '../parts/button.tsx'
import { Link } from '../parts/link.tsx'
import { SkeletonRows } from '../parts/skeleton.tsx'
import type { PlaceName } from '../product/shell/places.ts'
import { AppShell } from '../screens/shell/app-shell.tsx'
import { words as installWords } from '../screens/shell/install-words.ts'
import { ProblemScreen } from '../screens/shell/problem-screen.tsx'
import { UnsentBanners } from '../screens/shell/unsent-banners.tsx'
import type { Beginning } from './declare-dialog.tsx'
import { PauseBanner } from './pause-banner.tsx'
import { unsentLines } from './unsent-lines.ts'

/** The places that have something behind them; the others are absent, not empty. */
const AVAILABLE: PlaceName[] = ['now', 'incidents', 'on-call', 'services']
const IN_RAIL = 6

/** Asked for by a key, so it need not be there before. */
const PaletteBox = lazy(() => import('./palette-box.tsx').then((module) => ({ default: module.PaletteBox })))

const DeclareDialog = lazy(() => import('./declare-dialog.tsx').then((module) => ({ default: module.DeclareDialog })))
const InstallDialog = lazy(() => import('../screens/shell/install-dialog.tsx').then((module) => ({ default: module.InstallDialog })))

/** The shell, fed: who is here, what is open, whether it is live. Whoever is not signed in gets the way in instead. */
export function Frame({
  place,
  current,
  children,
}: {
  /** None while nobody knows where the viewer is. */
  place: PlaceName | 'settings' | 'nowhere'
  current?: string
  children: ReactNode
}) {
  const me = useQuery(queries.me())
  const signedIn = me.data !== undefined
  const staleness = useLive(signedIn)
  useProfile(me.data?.person != null)
  const open = useQuery({ ...queries.openIncidents(), enabled: signedIn })
  const openCount = useOpenCount(signedIn)
  const onCall = useQuery({ ...queries.onCall(), enabled: signedIn })
  // Asked together with who is here: a banner that comes later would push the page down.
  const demo = useQuery({ ...queries.demo(), enabled: signedIn || me.isPending })
  const pause = useQuery({ ...queries.pause(), enabled: signedIn })
  const [declaring, setDeclaring] = useState<Beginning | undefined>()
  const [hasDeclared, setHasDeclared] = useState(false)
  if (declaring && !hasDeclared) setHasDeclared(true)
  const [searching, setSearching] = useState<'never' | 'open' | 'closed'>('never')
  const { newVersion, canInstall } = useSyncExternalStore(installation.subscribe, installation.read)
  const [installing, setInstalling] = useState(false)
  const router = useRouter()
  const unsent = useUnsent()
  const look = usePersonLook()
  useDoneToasts()
  const signedOut = isSignedOut(me.error)
  const isCutOff = me.isError && !signedOut && !signedIn
  useEffect(() => {
    if (!signedOut) return
    forgetKept()
    // They come back here once they are signed in.
    router.history.replace(links.signIn(router.history.location.href))
  }, [signedOut, router])
  useEffect(() => {
    if (isCutOff) showKept()
  }, [isCutOff])
  const myName = me.data?.person?.name ?? me.data?.label
  useEffect(() => {
    if (myName !== undefined) outbox.open(myName)
  }, [myName])
  useEffect(() => {
    const keep = () => document.visibilityState === 'hidden' && keepForOffline()
    document.addEventListener('visibilitychange', keep)
    window.addEventListener('pagehide', keepForOffline)
    return () => {
      document.removeEventListener('visibilitychange', keep)
      window.removeEventListener('pagehide', keepForOffline)
    }
  }, [])
  const isWaiting = !isCutOff && (!me.data || signedOut || (demo.isPending && demo.failureCount === 0))
  useLayoutEffect(() => {
    if (!isWaiting) endStart()
  }, [isWaiting])
  if (isCutOff) return <ProblemScreen onRetry={() => void me.refetch()} />
  if (isWaiting || !me.data) return <SkeletonRows rows={8} />

  const worst = [...(open.data?.items ?? [])].sort(byUrgency)
  const { person, label, permissions } = me.data
  const shift = onCall.data?.items.find((one) => person !== null && one.person === person.name && one.until !== null)
  const mayDeclare = permissions.includes('incident:declare')
  const lines = unsentLines(
    unsent,
    (name) => look(name).name,
    (id) => open.data?.items.find((one) => one.id === id)?.status === 'acknowledged',
  )
  return (
    <AppShell
      place={place}
      available={AVAILABLE}
      counts={openCount === undefined ? {} : { incidents: openCount }}
      me={{ person: { name: person?.displayName ?? label }, ...(shift?.until && { onCallUntil: Date.parse(shift.until) }) }}
      open={
        worst.length === 0
          ? undefined
          : {
              count: openCount,
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
        (lines.length > 0 || newVersion || demo.data?.present || pause.data?.paused) && (
          <>
            <PauseBanner mayResume={permissions.includes('config:write')} />
            <UnsentBanners lines={lines} more={actWords.more} />
            {newVersion && (
              <Banner
                tone="info"
                beside={
                  <Button size="small" onClick={installation.update}>
                    {installWords.reload}
                  </Button>
                }
              >
                {installWords.newVersion}
              </Banner>
            )}
            {demo.data?.present && (
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
            )}
          </>
        )
      }
      onDeclare={mayDeclare ? () => setDeclaring({ title: '' }) : undefined}
      onSearch={() => setSearching('open')}
      onInstall={isInstalled() ? undefined : () => setInstalling(true)}
      onSignOut={() => void signOut()}
    >
      {children}
      {hasDeclared && (
        <Suspense fallback={<Fetching />}>
          <DeclareDialog begin={declaring} onClose={() => setDeclaring(undefined)} onDeclared={(href) => router.history.push(href)} />
        </Suspense>
      )}
      {installing && (
        <Suspense>
          <InstallDialog open onInstall={canInstall ? () => void installation.install() : undefined} onClose={() => setInstalling(false)} />
        </Suspense>
      )}
      {searching !== 'never' && (
        <Suspense fallback={<Fetching />}>
          <PaletteBox
            open={searching === 'open'}
            current={current}
            onDeclare={mayDeclare ? setDeclaring : undefined}
            onClose={() => setSearching('closed')}
          />
        </Suspense>
      )}
    </AppShell>
  )
}

/** A dialog on its way: what is typed meanwhile is kept for it. */
function Fetching() {
  useEffect(() => typedAhead.begin(), [])
  return null
}

async function signOut(): Promise<void> {
  await api.endSession().catch((error: unknown) => {
    if (!isSignedOut(error)) throw error
  })
  outbox.forget()
  forgetKept()
  queryClient.clear()
  location.assign('/')
}
