import { type AlertFilter, type AlertTab, alertQuery } from './product/alerts/filter.ts'
import type { KindPlural } from './product/configuration/document.ts'
import { type IncidentFilter, incidentQuery } from './product/incidents/filter.ts'
import type { UnparsedFilter } from './product/integrations/unparsed-filter.ts'
import type { ServiceFilter } from './product/services/filter.ts'

/** The address of every page, built in one place; short ones stay the same for ever. */
export const links = {
  now: () => '/',
  start: () => '/start',
  signIn: (to?: string) => `/sign-in${query({ to: to === '/' ? undefined : to })}`,
  incidents: (filter: IncidentFilter = { status: 'open' }) => `/incidents${query(incidentQuery(filter))}`,
  incident: (number: string, view: { tab?: IncidentTab; alert?: string | undefined } = {}) =>
    `/i/${withoutPrefix(number)}${query({ tab: view.tab === 'timeline' ? undefined : view.tab, alert: view.alert })}`,
  wall: (number: string) => `/i/${withoutPrefix(number)}/wall`,
  plan: (number: string) => `/i/${withoutPrefix(number)}/plan`,
  executive: (number: string) => `/i/${withoutPrefix(number)}/executive`,
  alerts: (filter: AlertFilter = { status: 'open' }) => `/alerts${query(alertQuery(filter))}`,
  alert: (id: string, tab: AlertTab = 'why') => `/a/${encodeURIComponent(id)}${query({ tab: tab === 'why' ? undefined : tab })}`,
  phone: () => '/phone',
  onCall: (at?: string) => `/on-call${query({ at })}`,
  people: (view: { show?: string | undefined; team?: string | undefined } = {}) => `/people${query(view)}`,
  person: (name: string, night: { urgency?: string | undefined; as?: string | undefined; at?: string | undefined } = {}) =>
    `/people/${encodeURIComponent(name)}${query(night)}`,
  personForm: (name: string) => `/people/${encodeURIComponent(name)}/edit`,
  teams: () => '/teams',
  team: (name: string) => `/teams/${encodeURIComponent(name)}`,
  teamForm: (name: string) => `/teams/${encodeURIComponent(name)}/edit`,
  profile: () => '/profile',
  /** A severity scheme, that in use unless named; a level of it may be read aloud. */
  severity: (scheme?: string, level?: string) =>
    `/severity${scheme === undefined ? '' : `/${encodeURIComponent(scheme)}`}${query({ level })}`,
  policies: () => '/policies',
  policy: (name: string) => `/policies/${encodeURIComponent(name)}`,
  schedules: () => '/schedules',
  schedule: (name: string) => `/schedules/${encodeURIComponent(name)}`,
  /** Where a new configuration object is made; an address below its list could be the name of one. */
  create: (kind: KindPlural) => `/new/${kind}`,
  services: ({ show, text }: ServiceFilter = { show: 'all', text: '' }) =>
    `/services${query({ show: show === 'all' ? undefined : show, q: text === '' ? undefined : text })}`,
  service: (name: string) => `/services/${encodeURIComponent(name)}`,
  editService: (name: string) => `/services/${encodeURIComponent(name)}/edit`,
  integrations: () => '/integrations',
  integration: (name: string) => `/integrations/${encodeURIComponent(name)}`,
  editIntegration: (name: string) => `/integrations/${encodeURIComponent(name)}/edit`,
  newIntegration: (service?: string) => `/new/integrations${query({ service })}`,
  unparsed: ({ show, integration, event, after }: UnparsedFilter = { show: 'all' }) =>
    `/unparsed${query({ show: show === 'all' ? undefined : show, integration, event, after })}`,
  settings: (section?: string) => (section === undefined ? '/settings' : `/settings/${section}`),
  learn: () => '/learn',
  statusPages: () => '/status-pages',
  parts: () => '/parts',
}

/** Of every incident; a declared one has those of its war room between them. */
export const incidentTabs = ['timeline', 'updates', 'tasks', 'people', 'alerts', 'pages'] as const
export type IncidentTab = (typeof incidentTabs)[number]
export type RoomTab = Extract<IncidentTab, 'updates' | 'tasks' | 'people'>

/** `INC-142` is at `/i/142`. */
function withoutPrefix(number: string): string {
  return encodeURIComponent(number.replace(/^[A-Z]+-(?=\d+$)/, ''))
}

function query(values: { [name: string]: string | undefined }): string {
  const present = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return present.length > 0 ? `?${new URLSearchParams(present)}` : ''
}
