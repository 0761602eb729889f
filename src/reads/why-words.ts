import type { Language } from '../kernel/language.ts'

const en = {
  received: (integration: string, key: string) =>
    `Received from the integration ${integration} as ‹${key}›, kept on disk before the sender was answered.`,
  isNew: (count: number) =>
    count <= 1
      ? 'No alert of this key was open: it is a new one.'
      : `No alert of this key was open: it is a new one. It has been reported ${count} times; repeats are counted and page nobody.`,
  onItsOwn: 'on its own',
  by: (labels: string) => `by ${labels}`,
  empty: '(empty)',
  opened: (grouping: string) => `It opened a new incident, grouped ${grouping}.`,
  joined: (grouping: string) => `It joined an open incident, grouped ${grouping}. Joining pages nobody by itself.`,
  followed: 'It went where somebody had put what came by its key before.',
  moved: 'Somebody put it into an incident.',
  late: 'It was worked off after its own end had been: recorded as opened and ended, nobody was paged.',
  noIncident: 'It belongs to no incident: nobody was paged.',
}

export type WhyWords = typeof en

const de: WhyWords = {
  received: (integration, key) =>
    `Empfangen von der Integration ${integration} als ‹${key}›, gespeichert, bevor der Absender Antwort bekam.`,
  isNew: (count) =>
    count <= 1
      ? 'Kein Alert mit diesem Schlüssel war offen: er ist neu.'
      : `Kein Alert mit diesem Schlüssel war offen: er ist neu. Er wurde ${count}-mal gemeldet; Wiederholungen werden gezählt und alarmieren niemanden.`,
  onItsOwn: 'für sich allein',
  by: (labels) => `nach ${labels}`,
  empty: '(leer)',
  opened: (grouping) => `Er hat einen neuen Incident eröffnet, gruppiert ${grouping}.`,
  joined: (grouping) => `Er kam zu einem offenen Incident hinzu, gruppiert ${grouping}. Das allein alarmiert niemanden.`,
  followed: 'Er ging dorthin, wohin jemand verschoben hatte, was vorher mit diesem Schlüssel kam.',
  moved: 'Jemand hat ihn in einen Incident verschoben.',
  late: 'Er wurde erst nach seinem eigenen Ende bearbeitet: als eröffnet und beendet vermerkt, niemand wurde alarmiert.',
  noIncident: 'Er gehört zu keinem Incident: niemand wurde alarmiert.',
}

/** How an alert came in, in words; what its incident made of it is worded in the timeline's room. */
export const whyWords: Record<Language, WhyWords> = { en, de }
