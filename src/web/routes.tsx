import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { NotFoundScreen } from './screens/shell/not-found-screen.tsx'
import { ProblemScreen } from './screens/shell/problem-screen.tsx'

/** Every address of the application. The screens behind them are fetched when they are first opened. */
export function createAppRouter() {
  const router = createRouter({
    routeTree: root.addChildren([parts, twin, ...drawnOnly]),
    defaultNotFoundComponent: NotFoundScreen,
    defaultErrorComponent: ({ reset }) => <ProblemScreen onRetry={reset} />,
    // Filters are words: read as JSON, a cursor made of digits would come back as a number.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => written(search),
  })
  // After a step to another page the keyboard and screen readers begin at its content.
  router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
    if (pathChanged && fromLocation) document.getElementById('main')?.focus({ preventScroll: true })
  })
  return router
}

const root = createRootRoute()

/** The developers' page: every part in every state, and every screen with drawn data. */
const parts = createRoute({
  getParentRoute: () => root,
  path: '/parts',
  component: lazyRouteComponent(() => import('./screens/parts/parts-screen.tsx'), 'PartsScreen'),
})

const twin = createRoute({
  getParentRoute: () => root,
  path: '/parts/$screen',
  component: lazyRouteComponent(() => import('./screens/parts/twin-screen.tsx'), 'TwinScreen'),
})

/** Screens that are drawn but not fed yet lead to their twin with drawn data; a route of its own takes the place of its line here. */
const drawnOnly = (
  [
    ['/', 'now'],
    ['/incidents', 'incidents'],
    ['/i/$number', 'incident'],
    ['/sign-in', 'sign-in'],
    ['/phone', 'phone'],
  ] as const
).map(([path, screen]) =>
  createRoute({
    getParentRoute: () => root,
    path,
    beforeLoad: ({ location }) => {
      throw redirect({ href: `/parts/${screen}${location.searchStr}` })
    },
  }),
)

function written(search: Record<string, unknown>): string {
  const present = Object.entries(search).filter(([, value]) => value !== undefined)
  return present.length > 0 ? `?${new URLSearchParams(present.map(([name, value]) => [name, String(value)]))}` : ''
}
