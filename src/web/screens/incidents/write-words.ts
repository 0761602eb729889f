import { inLanguage } from '../../language.ts'

const english = {
  note: {
    label: 'Write a note',
    hint: 'It stands on the timeline for everybody.',
    add: 'Add note',
    shortcut: 'Ctrl and Enter add it.',
    attach: 'Attach files',
  },
  attached: (name: string) => `${name} is attached`,
  notAttached: (name: string, why: string) => `${name} is not attached: ${why}`,
  attaching: (name: string) => `Attaching ${name} …`,
  save: 'Save it',
  noteState: { sending: 'Sending', waiting: 'Not sent yet' },
  severity: {
    act: 'Severity',
    title: (number: string) => `Severity of ${number}`,
    label: 'Severity',
    reason: 'Why',
    reasonHint: 'It is kept on the timeline. It can stay empty.',
    stays: 'A severity that a person has set stays, whatever alerts say. Its urgency decides who else is paged.',
    set: (rank: number) => `Set severity ${rank}`,
    keep: 'Keep it',
  },
  words: {
    act: 'Edit title and impact',
    title: (number: string) => `Title and impact of ${number}`,
    name: 'Title',
    nameHint: 'A sentence about the world: “38 % of EU API calls fail”.',
    impact: 'Impact',
    impactHint: 'What people feel, where, since when.',
    save: 'Save',
    cancel: 'Cancel',
  },
}

const german: typeof english = {
  note: {
    label: 'Notiz schreiben',
    hint: 'Sie steht für alle im Verlauf.',
    add: 'Notiz hinzufügen',
    shortcut: 'Strg und Enter fügen sie hinzu.',
    attach: 'Dateien anhängen',
  },
  attached: (name) => `${name} ist angehängt`,
  notAttached: (name, why) => `${name} ist nicht angehängt: ${why}`,
  attaching: (name) => `${name} wird angehängt …`,
  save: 'Speichern',
  noteState: { sending: 'Wird gesendet', waiting: 'Noch nicht gesendet' },
  severity: {
    act: 'Schweregrad',
    title: (number) => `Schweregrad von ${number}`,
    label: 'Schweregrad',
    reason: 'Warum',
    reasonHint: 'Es bleibt im Verlauf stehen und kann leer bleiben.',
    stays:
      'Ein von Hand gesetzter Schweregrad bleibt, was auch immer Alerts melden. Seine Dringlichkeit entscheidet, wer noch alarmiert wird.',
    set: (rank) => `Schweregrad ${rank} setzen`,
    keep: 'Beibehalten',
  },
  words: {
    act: 'Titel und Auswirkung bearbeiten',
    title: (number) => `Titel und Auswirkung von ${number}`,
    name: 'Titel',
    nameHint: 'Ein Satz über die Welt: „38 % der API-Aufrufe aus der EU schlagen fehl“.',
    impact: 'Auswirkung',
    impactHint: 'Was spürbar ist, wo, seit wann.',
    save: 'Speichern',
    cancel: 'Abbrechen',
  },
}

export const words = inLanguage(english, german)
