import { inLanguage } from '../language.ts'

const english = {
  noAnswer: 'The server does not answer.',
  failedHere: (why: string) => `This page could not do it: ${why}. Reload the page and try again.`,
  dutyOf: (policy: string, level: number) => (level === 1 ? policy : `${policy}, level ${level}`),
  levelOf: (policy: string, level: number) => `level ${level} of ${policy}`,
  catchAll: 'the catch-all',
  demo: {
    here: (company: string) => `Demo company ${company}. Nobody outside this screen is paged.`,
    phone: 'Send an alert, or remove the demo',
    remove: 'Remove demo data',
    removed: 'The demo company is gone.',
    notRemoved: (why: string) => `Not removed. ${why}`,
  },
  wayDetail: {
    received: (integration: string) => `by ${integration}, on disk before it was answered`,
    routed: (service: string, policy: string) => `to ${service}, policy ${policy}`,
    page: (person: string, channel: string) => `${person}, on ${channel}`,
    stopped: 'nobody else is paged',
  },
  way: {
    received: 'Received',
    deduped: 'Deduped',
    grouped: 'Grouped',
    routed: 'Routed',
    level: 'Level',
    person: 'Person',
    rule: 'Rule',
    page: 'Paged',
    stopped: 'Stopped',
  },
}

const german: typeof english = {
  noAnswer: 'Der Server antwortet nicht.',
  failedHere: (why) => `Diese Seite konnte das nicht ausführen: ${why}. Seite neu laden und noch einmal versuchen.`,
  dutyOf: (policy: string, level: number) => (level === 1 ? policy : `${policy}, Stufe ${level}`),
  levelOf: (policy: string, level: number) => `Stufe ${level} von ${policy}`,
  catchAll: 'die Auffangstufe',
  demo: {
    here: (company: string) => `Demofirma ${company}. Niemand außerhalb dieses Bildschirms wird alarmiert.`,
    phone: 'Alert senden oder Demo entfernen',
    remove: 'Demodaten entfernen',
    removed: 'Die Demofirma ist weg.',
    notRemoved: (why: string) => `Nicht entfernt. ${why}`,
  },
  wayDetail: {
    received: (integration: string) => `von ${integration}, gespeichert vor der Antwort`,
    routed: (service: string, policy: string) => `an ${service}, Richtlinie ${policy}`,
    page: (person: string, channel: string) => `${person}, über ${channel}`,
    stopped: 'niemand sonst wird alarmiert',
  },
  way: {
    received: 'Empfangen',
    deduped: 'Abgeglichen',
    grouped: 'Gruppiert',
    routed: 'Zugeordnet',
    level: 'Stufe',
    person: 'Person',
    rule: 'Regel',
    page: 'Alarmiert',
    stopped: 'Gestoppt',
  },
}

/** What the screens say about things that come from the server. */
export const words = inLanguage(english, german)
