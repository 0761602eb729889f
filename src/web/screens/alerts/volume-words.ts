import { inLanguage } from '../../language.ts'

const english = {
  became: (alerts: string, incidents: string, pages: string) => `${alerts} alerts became ${incidents} incidents and ${pages} pages`,
  atLeast: (said: string) => `At least ${said}`,
  what: 'last 24 h, each stroke 15 min',
  label: (alerts: string) => `Alerts of the last 24 hours, one stroke every 15 minutes, ${alerts} in all`,
}

const german: typeof english = {
  became: (alerts, incidents, pages) => `Aus ${alerts} Alerts wurden ${incidents} Incidents und ${pages} Alarmierungen`,
  atLeast: (said) => `Mindestens: ${said}`,
  what: 'letzte 24 h, jeder Strich 15 Min.',
  label: (alerts) => `Alerts der letzten 24 Stunden, ein Strich je 15 Minuten, insgesamt ${alerts}`,
}

export const words = inLanguage(english, german)
