import { links } from '../../links.ts'
import type { IconName } from '../../parts/icon-names.ts'

/** In their order, in three groups. Some are screens of their own, reached from here. */
export const sectionGroups = {
  here: ['overview', 'people', 'teams', 'access', 'profile', 'policies', 'severity'],
  ways: ['integrations', 'unparsed', 'webhooks', 'mail', 'network'],
  keeping: ['yaml', 'retention', 'database', 'demo', 'about'],
} as const

export type Section = (typeof sectionGroups)[keyof typeof sectionGroups][number]

/** Those with content of their own under /settings. */
export const ownSections = ['overview', 'access', 'webhooks', 'mail', 'network', 'yaml', 'retention', 'database', 'demo', 'about'] as const
export type OwnSection = (typeof ownSections)[number]

export const sections: Record<Section, { icon: IconName; href: string }> = {
  overview: { icon: 'list', href: links.settings() },
  people: { icon: 'users', href: links.people() },
  teams: { icon: 'user', href: links.teams() },
  access: { icon: 'key', href: links.settings('access') },
  profile: { icon: 'sliders', href: links.profile() },
  policies: { icon: 'route', href: links.policies() },
  severity: { icon: 'flag', href: links.severity() },
  integrations: { icon: 'webhook', href: links.integrations() },
  unparsed: { icon: 'inbox', href: links.unparsed() },
  webhooks: { icon: 'out', href: links.settings('webhooks') },
  mail: { icon: 'mail', href: links.settings('mail') },
  network: { icon: 'globe', href: links.settings('network') },
  yaml: { icon: 'code', href: links.settings('yaml') },
  retention: { icon: 'clock', href: links.settings('retention') },
  database: { icon: 'db', href: links.settings('database') },
  demo: { icon: 'flag', href: links.settings('demo') },
  about: { icon: 'info', href: links.settings('about') },
}
