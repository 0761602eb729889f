import './tokens.css'
import './base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { type ReactNode, StrictMode, useSyncExternalStore } from 'react'
import { createRoot } from 'react-dom/client'
import { takeComeBack } from './data/come-back.ts'
import { queryClient } from './data/queries.ts'
import { keyMap, ownCaps } from './key-map.ts'
import { isOtherLanguageChosen, language, languageChoice } from './language.ts'
import { IconDrawings } from './parts/icon.tsx'
import { OwnKeys } from './parts/key-cap.tsx'
import { FollowLink } from './parts/link.tsx'
import { createTicker, TickingProvider } from './parts/ticking.tsx'
import { ToastProvider } from './parts/toast.tsx'
import { createAppRouter } from './routes.tsx'
import { applyTheme, themeChoice } from './theme.ts'

const comeBack = location.pathname === '/' ? takeComeBack() : undefined
if (comeBack) history.replaceState(null, '', comeBack)
const router = createAppRouter()
/** The browser's clock; whoever knows the server's may hand in one that is set by it. */
const ticker = createTicker({ now: () => Date.now() })
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

applyTheme(themeChoice.read())
document.documentElement.lang = language
languageChoice.subscribe(() => isOtherLanguageChosen() && location.reload())
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <TickingProvider ticker={ticker} zone={zone}>
        <FollowLink value={(href) => router.history.push(href)}>
          <KeysAsChosen>
            <ToastProvider>
              <IconDrawings />
              <RouterProvider router={router} />
            </ToastProvider>
          </KeysAsChosen>
        </FollowLink>
      </TickingProvider>
    </QueryClientProvider>
  </StrictMode>,
)

const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

/** Every cap on the page shows the key that acts. */
function KeysAsChosen({ children }: { children: ReactNode }) {
  const map = useSyncExternalStore(keyMap.subscribe, keyMap.read)
  return <OwnKeys value={(caps) => ownCaps(caps, map).map((cap) => (cap === '⌘' && !isApple ? 'Ctrl' : cap))}>{children}</OwnKeys>
}
