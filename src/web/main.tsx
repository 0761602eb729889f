import './tokens.css'
import './base.css'
import './print.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { type ReactNode, StrictMode, useEffect, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import { isApple } from './browser.ts'
import { takeComeBack } from './data/come-back.ts'
import { onConnected } from './data/live.ts'
import { followChoices } from './data/preferences.ts'
import { messageOf, queryClient } from './data/queries.ts'
import { installation, keepShell } from './install.ts'
import { keyMap, ownCaps } from './key-map.ts'
import { language } from './language.ts'
import { IconDrawings } from './parts/icon.tsx'
import { OwnKeys } from './parts/key-cap.tsx'
import { FollowLink } from './parts/link.tsx'
import { createTicker, TickingProvider } from './parts/ticking.tsx'
import { ToastProvider, useToast } from './parts/toast.tsx'
import { createAppRouter } from './routes.tsx'
import { applyTheme, themeChoice } from './theme.ts'
import { useChosenZone } from './zone.ts'

const comeBack = location.pathname === '/' ? takeComeBack() : undefined
if (comeBack) history.replaceState(null, '', comeBack)
const router = createAppRouter()
/** The browser's clock; whoever knows the server's may hand in one that is set by it. */
const ticker = createTicker({ now: () => Date.now() })

applyTheme(themeChoice.read())
// Paper is light, whatever the screen is.
window.addEventListener('beforeprint', () => applyTheme('light'))
window.addEventListener('afterprint', () => applyTheme(themeChoice.read()))
document.documentElement.lang = language
followChoices()
keepShell()
onConnected(installation.look)
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Clock>
        <FollowLink value={(href) => router.history.push(href)}>
          <KeysAsChosen>
            <ToastProvider>
              <IconDrawings />
              <RouterProvider router={router} />
              <TellFailures />
            </ToastProvider>
          </KeysAsChosen>
        </FollowLink>
      </Clock>
    </QueryClientProvider>
  </StrictMode>,
)

/** Every cap on the page shows the key that acts. */
function KeysAsChosen({ children }: { children: ReactNode }) {
  const map = useSyncExternalStore(keyMap.subscribe, keyMap.read)
  return <OwnKeys value={(caps) => ownCaps(caps, map).map((cap) => (cap === '⌘' && !isApple ? 'Ctrl' : cap))}>{children}</OwnKeys>
}

/** What nobody caught: a press that came to nothing, for whatever reason, says so. */
function TellFailures() {
  const toast = useToast()
  useEffect(() => {
    const tell = (error: unknown) => {
      if (error instanceof Error && error.name !== 'AbortError') toast({ icon: 'warn', text: messageOf(error) })
    }
    const onError = (event: ErrorEvent) => tell(event.error)
    const onRejection = (event: PromiseRejectionEvent) => tell(event.reason)
    addEventListener('error', onError)
    addEventListener('unhandledrejection', onRejection)
    return () => {
      removeEventListener('error', onError)
      removeEventListener('unhandledrejection', onRejection)
    }
  }, [toast])
  return null
}

/** Every time on the page in UTC and in the zone the viewer has chosen. */
function Clock({ children }: { children: ReactNode }) {
  return (
    <TickingProvider ticker={ticker} zone={useChosenZone()}>
      {children}
    </TickingProvider>
  )
}
