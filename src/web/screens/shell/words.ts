import { inLanguage } from '../../language.ts'
import type { PlaceName } from './places.ts'

const english = {
  brand: 'Tocsin',
  workspace: 'Workspace',
  places: {
    now: 'Now',
    incidents: 'Incidents',
    'on-call': 'On-call',
    services: 'Services',
    learn: 'Learn',
    'status-pages': 'Status pages',
  } satisfies Record<PlaceName, string>,
  declare: 'Declare incident',
  openNow: 'Open now',
  search: 'Search or run a command',
  help: 'Keys and help',
  onCallTo: (until: string) => `On call to ${until}`,
  notOnCall: 'Not on call',
  preferences: 'Preferences',
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  themesShort: { system: 'System', light: 'Light', dark: 'Dark' },
  singleKeys: 'Single keys',
  language: 'Language',
  languages: { browser: 'As the browser', en: 'English', de: 'Deutsch' },
  languagesShort: { browser: 'Browser', en: 'English', de: 'Deutsch' },
  signOut: 'Sign out',
  notFound: { title: 'Nothing is at this address', text: 'It may have been removed, or the address was cut short.', goNow: 'Go to Now' },
  problem: { message: 'This page could not be drawn.', detail: 'Paging is not affected.' },
}

const german: typeof english = {
  brand: 'Tocsin',
  workspace: 'Arbeitsbereich',
  places: {
    now: 'Jetzt',
    incidents: 'Incidents',
    'on-call': 'On-Call',
    services: 'Services',
    learn: 'Lernen',
    'status-pages': 'Statusseiten',
  },
  declare: 'Incident melden',
  openNow: 'Jetzt offen',
  search: 'Suchen oder Befehl ausführen',
  help: 'Tasten und Hilfe',
  onCallTo: (until: string) => `On-Call bis ${until}`,
  notOnCall: 'Nicht On-Call',
  preferences: 'Vorlieben',
  theme: 'Farben',
  themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  themesShort: { system: 'System', light: 'Hell', dark: 'Dunkel' },
  singleKeys: 'Einzeltasten',
  language: 'Sprache',
  languages: { browser: 'Wie der Browser', en: 'English', de: 'Deutsch' },
  languagesShort: { browser: 'Browser', en: 'English', de: 'Deutsch' },
  signOut: 'Abmelden',
  notFound: {
    title: 'Unter dieser Adresse steht nichts',
    text: 'Vielleicht wurde es entfernt, oder die Adresse ist unvollständig.',
    goNow: 'Zu „Jetzt“',
  },
  problem: { message: 'Diese Seite ließ sich nicht aufbauen.', detail: 'Die Alarmierung ist davon nicht betroffen.' },
}

export const words = inLanguage(english, german)
