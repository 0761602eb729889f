import { type AlertFilter, type AlertTab, alertQuery } from './screens/alerts/filter.ts'
import { type IncidentFilter, incidentQuery } from './screens/incidents/filter.ts'

/** The address of every page, built in one place; short ones stay the same for ever. */
export const links = {
  now: () => '/',
  signIn: () => '/sign-in',
  incidents: (filter: IncidentFilter = { status: 'open' }) => `/incidents${query(incidentQuery(filter))}`,
  incident: (number: string, view: { tab?: IncidentTab; alert?: string | undefined } = {}) =>
    `/i/${withoutPrefix(number)}${query({ tab: view.tab === 'timeline' ? undefined : view.tab, alert: view.alert })}`,
  alerts: (filter: AlertFilter = { status: 'open' }) => `/alerts${query(alertQuery(filter))}`,
  alert: (id: string, tab: AlertTab = 'why') => `/a/${encodeURIComponent(id)}${query({ tab: tab === 'why' ? undefined : tab })}`,
  phone: () => '/phone',
  onCall: () => '/on-call',
  services: () => '/services',
  service: (name: string) => `/services/${encodeURIComponent(name)}`,
  learn: () => '/learn',
  statusPages: () => '/status-pages',
  parts: () => '/parts',
}

export const incidentTabs = ['timeline', 'alerts', 'pages'] as const
export type IncidentTab = (typeof incidentTabs)[number]

/** `INC-142` is at `/i/142`. */
function withoutPrefix(number: string): string {
  return encodeURIComponent(number.replace(/^[A-Z]+-(?=\d+$)/, ''))
}

function query(values: Record<string, string | undefined>): string {
  const present = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return present.length > 0 ? `?${new URLSearchParams(present)}` : ''
}
