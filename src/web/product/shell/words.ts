import { inLanguage } from '../../language.ts'
import type { PlaceName } from './places.ts'

const pausedBecause = {
  dump: 'its database was restored from a dump',
  older: 'its database was put back to an older state',
  'database-copied': 'its database is a copy of another',
  'folder-copied': 'its data folder was copied, restored or moved to another disk',
  'cluster-moved': 'its database was copied or moved to another folder',
  moved: 'its database was restored or moved',
  asked: 'it was started so',
}

const pausedBecauseInGerman: typeof pausedBecause = {
  dump: 'die Datenbank wurde aus einer Sicherung eingespielt',
  older: 'die Datenbank wurde auf einen älteren Stand zurückgesetzt',
  'database-copied': 'die Datenbank ist die Kopie einer anderen',
  'folder-copied': 'der Datenordner wurde kopiert, wiederhergestellt oder auf ein anderes Laufwerk verschoben',
  'cluster-moved': 'die Datenbank wurde in einen anderen Ordner kopiert oder verschoben',
  moved: 'die Datenbank wurde wiederhergestellt oder verschoben',
  asked: 'es wurde so gestartet',
}

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
  settings: 'Settings',
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  themesShort: { system: 'System', light: 'Light', dark: 'Dark' },
  singleKeys: 'Single keys',
  language: 'Language',
  languages: { browser: 'As the browser', en: 'English', de: 'Deutsch' },
  languagesShort: { browser: 'Browser', en: 'English', de: 'Deutsch' },
  profile: 'Profile',
  signOut: 'Sign out',
  notFound: { title: 'Nothing is at this address', text: 'It may have been removed, or the address was cut short.', goNow: 'Go to Now' },
  paused: {
    because: (reason: keyof typeof pausedBecause) =>
      `Paused, nobody is paged: ${pausedBecause[reason]}. If another Tocsin pages from the original, stop this one.`,
    goOn: 'Go on paging',
    failed: (why: string) => `Still paused. ${why}`,
    done: (count: number) =>
      count === 1 ? 'Paging goes on. 1 open incident pages anew.' : `Paging goes on. ${count} open incidents page anew.`,
  },
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
  search: 'Suche oder Befehl',
  help: 'Tasten und Hilfe',
  onCallTo: (until: string) => `On-Call bis ${until}`,
  notOnCall: 'Nicht On-Call',
  preferences: 'Vorlieben',
  settings: 'Einstellungen',
  theme: 'Farben',
  themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  themesShort: { system: 'System', light: 'Hell', dark: 'Dunkel' },
  singleKeys: 'Einzeltasten',
  language: 'Sprache',
  languages: { browser: 'Wie der Browser', en: 'English', de: 'Deutsch' },
  languagesShort: { browser: 'Browser', en: 'English', de: 'Deutsch' },
  profile: 'Profil',
  signOut: 'Abmelden',
  notFound: {
    title: 'Unter dieser Adresse steht nichts',
    text: 'Vielleicht wurde es entfernt, oder die Adresse ist unvollständig.',
    goNow: 'Zu „Jetzt“',
  },
  paused: {
    because: (reason: keyof typeof pausedBecause) =>
      `Angehalten, niemand wird alarmiert: ${pausedBecauseInGerman[reason]}. Alarmiert ein anderes Tocsin vom Original aus, ist dieses zu stoppen.`,
    goOn: 'Weiter alarmieren',
    failed: (why: string) => `Weiterhin angehalten. ${why}`,
    done: (count: number) =>
      count === 1
        ? 'Die Alarmierung läuft weiter. 1 offener Incident alarmiert neu.'
        : `Die Alarmierung läuft weiter. ${count} offene Incidents alarmieren neu.`,
  },
  problem: { message: 'Diese Seite ließ sich nicht aufbauen.', detail: 'Die Alarmierung ist davon nicht betroffen.' },
}

export const words = inLanguage(english, german)
