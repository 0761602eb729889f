import { inLanguage } from '../language.ts'

const english = {
  onCall: 'On-call',
  teams: 'Teams',
  newTeam: 'New team',
  policies: 'Escalation policies',
  newPolicy: 'New escalation policy',
  schedules: 'Schedules',
  newSchedule: 'New schedule',
}

const german: typeof english = {
  onCall: 'On-Call',
  teams: 'Teams',
  newTeam: 'Neues Team',
  policies: 'Eskalationsrichtlinien',
  newPolicy: 'Neue Eskalationsrichtlinie',
  schedules: 'Dienstpläne',
  newSchedule: 'Neuer Dienstplan',
}

/** The way to configuration objects, in the line at the top of a page. */
export const words = inLanguage(english, german)
