import type { IconName } from '../../parts/icon-names.ts'
import { words } from './words.ts'

const places: Record<keyof typeof words.screens, { href: string; icon: IconName }> = {
  now: { href: '/', icon: 'now' },
  incidents: { href: '/incidents', icon: 'incidents' },
  resolved: { href: '/incidents?status=resolved', icon: 'ok' },
  alerts: { href: '/alerts', icon: 'graph' },
  onCall: { href: '/on-call', icon: 'calendar' },
  schedules: { href: '/schedules', icon: 'calendar' },
  services: { href: '/services', icon: 'layers' },
  policies: { href: '/policies', icon: 'route' },
  severity: { href: '/severity', icon: 'flag' },
  integrations: { href: '/integrations', icon: 'webhook' },
  people: { href: '/people', icon: 'user' },
  teams: { href: '/teams', icon: 'users' },
  settings: { href: '/settings', icon: 'sliders' },
  preferences: { href: '/profile', icon: 'sliders' },
  unparsed: { href: '/unparsed', icon: 'inbox' },
  start: { href: '/start', icon: 'play' },
  phone: { href: '/phone', icon: 'phone' },
  parts: { href: '/parts', icon: 'box' },
}

/** Every screen by its name; those that this installation does not have are left out by whoever asks. */
export const destinations = (Object.keys(places) as (keyof typeof places)[]).map((name) => ({
  name: words.screens[name],
  also: words.also[name],
  ...places[name],
}))
