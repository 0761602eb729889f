import { inLanguage } from '../../language.ts'

const english = {
  move: 'Move …',
  split: 'Split off …',
  moveTitle: 'Move this alert',
  splitTitle: 'Split this alert off',
  to: 'Into which incident',
  toHint: 'It gets as bad as the alert. What comes by the same key later goes there too.',
  pick: 'Choose one that is open',
  none: 'No other incident is open. Split the alert off into a new one.',
  name: 'What is it called?',
  nameHint: 'A new incident with this alert in it. You have it: nobody is paged.',
  back: 'Back',
  doMove: 'Move the alert',
  doSplit: 'Make a new incident',
  moved: (number: string) => `The alert is in ${number} now.`,
}

const german: typeof english = {
  move: 'Verschieben …',
  split: 'Abspalten …',
  moveTitle: 'Diesen Alert verschieben',
  splitTitle: 'Diesen Alert abspalten',
  to: 'In welchen Incident',
  toHint: 'Er wird so schlimm wie der Alert. Was später mit demselben Schlüssel kommt, geht auch dorthin.',
  pick: 'Einen wählen, der offen ist',
  none: 'Kein anderer Incident ist offen. Der Alert lässt sich in einen neuen abspalten.',
  name: 'Wie heißt er?',
  nameHint: 'Ein neuer Incident mit diesem Alert. Du hast ihn: niemand wird alarmiert.',
  back: 'Zurück',
  doMove: 'Alert verschieben',
  doSplit: 'Neuen Incident anlegen',
  moved: (number) => `Der Alert ist jetzt in ${number}.`,
}

export const words = inLanguage(english, german)
