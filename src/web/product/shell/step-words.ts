import { inLanguage } from '../../language.ts'

/** Where one goes from a place with nothing in it. */
const english = {
  allIncidents: 'See all incidents',
  resolved: 'See the resolved ones',
  allAlerts: 'See all alerts',
  start: 'Start here',
  integrations: 'To the integrations',
  addPolicy: 'Add an escalation policy',
  addSchedule: 'Add a schedule',
  addPerson: 'Add a person',
  policies: 'To the policies',
  onCall: 'See who is on call',
  allServices: 'See all services',
  allPeople: 'See everybody',
  keeping: 'How long bodies are kept',
  wholeTimeline: 'Show everything',
  startDemo: 'Start the demo company',
}

const german: typeof english = {
  allIncidents: 'Alle Incidents ansehen',
  resolved: 'Die gelösten ansehen',
  allAlerts: 'Alle Alerts ansehen',
  start: 'Hier beginnen',
  integrations: 'Zu den Integrationen',
  addPolicy: 'Eskalationsrichtlinie hinzufügen',
  addSchedule: 'Dienstplan hinzufügen',
  addPerson: 'Person hinzufügen',
  policies: 'Zu den Richtlinien',
  onCall: 'Ansehen, wer On-Call ist',
  allServices: 'Alle Services ansehen',
  allPeople: 'Alle Personen ansehen',
  keeping: 'Wie lange Daten bleiben',
  wholeTimeline: 'Alles zeigen',
  startDemo: 'Demofirma starten',
}

export const words = inLanguage(english, german)
