import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { ProblemScreen } from './screens/shell/problem-screen.tsx'

/** Every address of the application. The screens behind them are fetched when they are first opened. */
export function createAppRouter() {
  const router = createRouter({
    routeTree: root.addChildren([
      now,
      start,
      signIn,
      incidents,
      incident,
      wall,
      executive,
      plan,
      alerts,
      alert,
      phone,
      parts,
      twin,
      team,
      newTeam,
      onCall,
      people,
      person,
      editPerson,
      newPerson,
      teams,
      editTeam,
      profile,
      ...services,
      settings,
      settingsSection,
      severity,
      severityScheme,
      policies,
      policy,
      newPolicy,
      schedules,
      schedule,
      newSchedule,
    ]),
    defaultNotFoundComponent: lazyRouteComponent(() => import('./pages/not-found-page.tsx'), 'NotFoundPage'),
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

const now = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('./pages/now-page.tsx'), 'NowPage'),
})

const start = createRoute({
  getParentRoute: () => root,
  path: '/start',
  component: lazyRouteComponent(() => import('./pages/first-steps-page.tsx'), 'StartPage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./pages/sign-in-page.tsx'), 'SignInPage'),
})

const incidents = createRoute({
  getParentRoute: () => root,
  path: '/incidents',
  component: lazyRouteComponent(() => import('./pages/incidents-page.tsx'), 'IncidentsPage'),
})

const incident = createRoute({
  getParentRoute: () => root,
  path: '/i/$number',
  component: lazyRouteComponent(() => import('./pages/incident-page.tsx'), 'IncidentPage'),
})

const wall = createRoute({
  getParentRoute: () => root,
  path: '/i/$number/wall',
  component: lazyRouteComponent(() => import('./pages/incident-views-page.tsx'), 'WallPage'),
})

const executive = createRoute({
  getParentRoute: () => root,
  path: '/i/$number/executive',
  component: lazyRouteComponent(() => import('./pages/incident-views-page.tsx'), 'ExecutivePage'),
})

const plan = createRoute({
  getParentRoute: () => root,
  path: '/i/$number/plan',
  component: lazyRouteComponent(() => import('./pages/incident-views-page.tsx'), 'PlanPage'),
})

const alerts = createRoute({
  getParentRoute: () => root,
  path: '/alerts',
  component: lazyRouteComponent(() => import('./pages/alerts-page.tsx'), 'AlertsPage'),
})

const alert = createRoute({
  getParentRoute: () => root,
  path: '/a/$id',
  component: lazyRouteComponent(() => import('./pages/alert-page.tsx'), 'AlertPage'),
})

const phone = createRoute({
  getParentRoute: () => root,
  path: '/phone',
  component: lazyRouteComponent(() => import('./pages/phone-page.tsx'), 'PhonePage'),
})

const onCall = createRoute({
  getParentRoute: () => root,
  path: '/on-call',
  component: lazyRouteComponent(() => import('./pages/on-call-page.tsx'), 'OnCallPage'),
})

const people = createRoute({
  getParentRoute: () => root,
  path: '/people',
  component: lazyRouteComponent(() => import('./pages/people-page.tsx'), 'PeoplePage'),
})

const person = createRoute({
  getParentRoute: () => root,
  path: '/people/$name',
  component: lazyRouteComponent(() => import('./pages/person-page.tsx'), 'PersonPage'),
})

const teams = createRoute({
  getParentRoute: () => root,
  path: '/teams',
  component: lazyRouteComponent(() => import('./pages/teams-page.tsx'), 'TeamsPage'),
})

const team = createRoute({
  getParentRoute: () => root,
  path: '/teams/$name',
  component: lazyRouteComponent(() => import('./pages/team-page.tsx'), 'TeamPage'),
})

const profile = createRoute({
  getParentRoute: () => root,
  path: '/profile',
  component: lazyRouteComponent(() => import('./pages/profile-page.tsx'), 'ProfilePage'),
})

const settingsPage = lazyRouteComponent(() => import('./pages/settings-page.tsx'), 'SettingsPage')
const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: settingsPage })
const settingsSection = createRoute({ getParentRoute: () => root, path: '/settings/$section', component: settingsPage })

const severityPage = lazyRouteComponent(() => import('./pages/severity-page.tsx'), 'SeverityPage')
const severity = createRoute({ getParentRoute: () => root, path: '/severity', component: severityPage })
const severityScheme = createRoute({ getParentRoute: () => root, path: '/severity/$name', component: severityPage })

const teamForm = lazyRouteComponent(() => import('./pages/team-form-page.tsx'), 'TeamFormPage')
const editTeam = createRoute({ getParentRoute: () => root, path: '/teams/$name/edit', component: teamForm })
const newTeam = createRoute({ getParentRoute: () => root, path: '/new/teams', component: teamForm })

const personForm = lazyRouteComponent(() => import('./pages/person-form-page.tsx'), 'PersonFormPage')
const editPerson = createRoute({ getParentRoute: () => root, path: '/people/$name/edit', component: personForm })
const newPerson = createRoute({ getParentRoute: () => root, path: '/new/people', component: personForm })

const servicesPage = lazyRouteComponent(() => import('./pages/services-page.tsx'), 'ServicesPage')
const servicePage = lazyRouteComponent(() => import('./pages/service-page.tsx'), 'ServicePage')
const serviceEditor = lazyRouteComponent(() => import('./pages/service-editor-page.tsx'), 'ServiceEditorPage')
const integrationsPage = lazyRouteComponent(() => import('./pages/integrations-page.tsx'), 'IntegrationsPage')
const newIntegration = lazyRouteComponent(() => import('./pages/integrations-page.tsx'), 'NewIntegrationPage')
const integrationPage = lazyRouteComponent(() => import('./pages/integration-page.tsx'), 'IntegrationPage')
const integrationEditor = lazyRouteComponent(() => import('./pages/integration-editor-page.tsx'), 'IntegrationEditorPage')
const unparsedPage = lazyRouteComponent(() => import('./pages/unparsed-page.tsx'), 'UnparsedPage')
const services = [
  createRoute({ getParentRoute: () => root, path: '/services', component: servicesPage }),
  createRoute({ getParentRoute: () => root, path: '/services/$name', component: servicePage }),
  createRoute({ getParentRoute: () => root, path: '/services/$name/edit', component: serviceEditor }),
  createRoute({ getParentRoute: () => root, path: '/new/services', component: serviceEditor }),
  createRoute({ getParentRoute: () => root, path: '/integrations', component: integrationsPage }),
  createRoute({ getParentRoute: () => root, path: '/integrations/$name', component: integrationPage }),
  createRoute({ getParentRoute: () => root, path: '/integrations/$name/edit', component: integrationEditor }),
  createRoute({ getParentRoute: () => root, path: '/new/integrations', component: newIntegration }),
  createRoute({ getParentRoute: () => root, path: '/unparsed', component: unparsedPage }),
]

const policies = createRoute({
  getParentRoute: () => root,
  path: '/policies',
  component: lazyRouteComponent(() => import('./pages/policies-page.tsx'), 'PoliciesPage'),
})
const policyPage = lazyRouteComponent(() => import('./pages/policy-page.tsx'), 'PolicyPage')
const policy = createRoute({ getParentRoute: () => root, path: '/policies/$name', component: policyPage })
const newPolicy = createRoute({ getParentRoute: () => root, path: '/new/policies', component: policyPage })

const schedules = createRoute({
  getParentRoute: () => root,
  path: '/schedules',
  component: lazyRouteComponent(() => import('./pages/schedules-page.tsx'), 'SchedulesPage'),
})
const schedulePage = lazyRouteComponent(() => import('./pages/schedule-page.tsx'), 'SchedulePage')
const schedule = createRoute({ getParentRoute: () => root, path: '/schedules/$name', component: schedulePage })
const newSchedule = createRoute({ getParentRoute: () => root, path: '/new/schedules', component: schedulePage })

function written(search: Record<string, unknown>): string {
  const present = Object.entries(search).filter(([, value]) => value !== undefined)
  return present.length > 0 ? `?${new URLSearchParams(present.map(([name, value]) => [name, String(value)]))}` : ''
}
