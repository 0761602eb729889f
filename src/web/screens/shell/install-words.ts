import { inLanguage } from '../../language.ts'

const english = {
  act: 'Install on this device',
  title: 'Install on this device',
  does: 'It opens in a window of its own and starts without a network, with what it showed last and from when that is.',
  rings: 'It does not ring. A browser may hold back what it is sent, and cannot break through Do Not Disturb, so no page comes this way.',
  phone: (ringing: string, others: string) => `For a phone that rings, add a contact to your person: ${ringing}. ${others} reach you too.`,
  or: ' or ',
  and: ' and ',
  menu: 'Your browser has it in its menu: “Install”, or “Add to Home Screen” on a phone.',
  install: 'Install',
  close: 'Close',
  newVersion: 'A new version of Tocsin is here.',
  reload: 'Reload for the new version',
}

const german: typeof english = {
  act: 'Auf diesem Gerät installieren',
  title: 'Auf diesem Gerät installieren',
  does: 'Tocsin öffnet sich in einem eigenen Fenster und startet auch ohne Netz, mit dem letzten Stand und seiner Uhrzeit.',
  rings:
    'Es klingelt nicht. Ein Browser kann zurückhalten, was ihm geschickt wird, und durchbricht kein „Nicht stören“; deshalb kommt keine Alarmierung auf diesem Weg.',
  phone: (ringing, others) =>
    `Für ein Telefon, das klingelt, der eigenen Person einen Kontakt geben: ${ringing}. Auch ${others} kommen an.`,
  or: ' oder ',
  and: ' und ',
  menu: 'Der Browser hat es in seinem Menü: „Installieren“, auf einem Telefon „Zum Home-Bildschirm“.',
  install: 'Installieren',
  close: 'Schließen',
  newVersion: 'Eine neue Version von Tocsin ist da.',
  reload: 'Für die neue Version neu laden',
}

export const words = inLanguage(english, german)
