import { inLanguage } from '../../language.ts'
import { counted } from '../../parts/number-words.ts'

const english = {
  became: (alerts: string, incidents: string, pages: string) =>
    `${counted(alerts, 'alert', 'alerts')} became ${counted(incidents, 'incident', 'incidents')} and ${counted(pages, 'page', 'pages')}`,
  atLeast: (said: string) => `At least ${said}`,
  what: 'last 24 h, each stroke 15 min',
  label: (alerts: string) => `Alerts of the last 24 hours, one stroke every 15 minutes, ${alerts} in all`,
}

const german: typeof english = {
  became: (alerts, incidents, pages) =>
    `Alerts: ${alerts}, daraus ${counted(incidents, 'Incident', 'Incidents')} und ${counted(pages, 'Alarmierung', 'Alarmierungen')}`,
  atLeast: (said) => `Mindestens: ${said}`,
  what: 'letzte 24 h, jeder Strich 15 Min.',
  label: (alerts) => `Alerts der letzten 24 Stunden, ein Strich je 15 Minuten, insgesamt ${alerts}`,
}

export const words = inLanguage(english, german)
