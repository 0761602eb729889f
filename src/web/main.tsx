import './tokens.css'
import './base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './data/queries.ts'
import { isOtherLanguageChosen, language, languageChoice } from './language.ts'
import { IconDrawings } from './parts/icon.tsx'
import { FollowLink } from './parts/link.tsx'
import { createTicker, TickingProvider } from './parts/ticking.tsx'
import { ToastProvider } from './parts/toast.tsx'
import { createAppRouter } from './routes.tsx'
import { applyTheme, themeChoice } from './theme.ts'

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
          <ToastProvider>
            <IconDrawings />
            <RouterProvider router={router} />
          </ToastProvider>
        </FollowLink>
      </TickingProvider>
    </QueryClientProvider>
  </StrictMode>,
)
