import type { Language } from '../../kernel/language.ts'

const en = {
  since: (when: string) => `since ${when}`,
  alerts: (count: number) => (count === 1 ? '1 alert' : `${count} alerts`),
  ifNobodyActs: 'If nobody acknowledges, the next level of the escalation policy is paged.',
  /** Told to the person, so that a second ring is not taken for a second incident. */
  possiblyDuplicate: 'You may have had this page before: the last attempt ended without an answer.',
  andMore: (count: number) => `and ${count} more`,
  needYou: (count: number) => `${count} incidents need you`,
  acts: { acknowledge: 'Acknowledge', escalate: 'Escalate', resolve: 'Resolve', open: 'Open' },
  shortly: (number: string) => `Ack ${number}`,
  facts: { service: 'Service', since: 'Since', alerts: 'Alerts', why: 'Why you' },
  footer: (person: string) =>
    `Sent to ${person} by Tocsin. Each action opens a page that asks once more before anything happens; whoever has this mail can take them.`,
}

const de: typeof en = {
  since: (when) => `seit ${when}`,
  alerts: (count) => (count === 1 ? '1 Alert' : `${count} Alerts`),
  ifNobodyActs: 'Quittiert niemand, wird die nächste Stufe der Eskalationsrichtlinie alarmiert.',
  possiblyDuplicate: 'Diese Alarmierung kam vielleicht schon einmal: der letzte Versuch endete ohne Antwort.',
  andMore: (count) => `und ${count} weitere`,
  needYou: (count) => `${count} Incidents brauchen jemanden`,
  acts: { acknowledge: 'Quittieren', escalate: 'Eskalieren', resolve: 'Lösen', open: 'Öffnen' },
  shortly: (number) => `${number} quittieren`,
  facts: { service: 'Service', since: 'Seit', alerts: 'Alerts', why: 'Warum Sie' },
  footer: (person) =>
    `Von Tocsin an ${person} geschickt. Jede Aktion öffnet eine Seite, die noch einmal fragt, bevor etwas geschieht; wer diese E-Mail hat, kann sie ausführen.`,
}

/** What messages say, in the language of whoever gets them. */
export function wordsFor({ person }: { person: { language: Language } }): typeof en {
  return person.language === 'de' ? de : en
}
