import { inLanguage } from '../../language.ts'

const english = {
  mark: 'Private',
  title: 'Who sees this',
  how: {
    declaring: 'declared it',
    page: 'was paged',
    role: 'has it, or a role in it',
    hand: 'was let in',
    glass: 'broke the glass',
  },
  team: (name: string) => `Team ${name}`,
  everybodyIn: 'everybody who is in it',
  add: 'Let somebody in',
  remove: (name: string) => `Take ${name} off`,
  foot: 'No list, count or search shows it to others, and no role opens it. Phones tell its number and level.',
  glass: {
    title: (number: string) => `There is no ${number} for you`,
    text: 'It was never opened, or it is private. Both look the same on purpose. If you were paged for it, open the link in the page.',
    back: 'Back to incidents',
    box: 'Break the glass',
    may: 'You may, as an owner or admin.',
    reason: 'Why must you see it?',
    reasonHint: 'Everybody in it reads this. 10 letters at least.',
    what: [
      'You become a member, as if somebody had let you in.',
      'Everybody in it reads your name and your reason on its timeline.',
      'The log of the server says that you tried, also where there is no such number.',
    ],
    act: 'Break the glass',
    failed: (why: string) => `The glass is whole. ${why}`,
  },
}

const german: typeof english = {
  mark: 'Vertraulich',
  title: 'Wer das sieht',
  how: {
    declaring: 'hat ihn gemeldet',
    page: 'wurde alarmiert',
    role: 'hat ihn oder eine Rolle darin',
    hand: 'wurde eingelassen',
    glass: 'hat das Glas eingeschlagen',
  },
  team: (name) => `Team ${name}`,
  everybodyIn: 'alle, die darin sind',
  add: 'Jemanden einlassen',
  remove: (name) => `${name} nicht mehr sehen lassen`,
  foot: 'Keine Liste, Zählung oder Suche zeigt ihn anderen, und keine Rolle öffnet ihn. Telefone nennen Nummer und Schweregrad.',
  glass: {
    title: (number) => `Für Sie gibt es kein ${number}`,
    text: 'Er wurde nie eröffnet, oder er ist vertraulich. Beides sieht mit Absicht gleich aus. Wer dafür alarmiert wurde, öffnet den Link in der Alarmierung.',
    back: 'Zurück zu den Incidents',
    box: 'Glas einschlagen',
    may: 'Besitzer und Administratoren dürfen das.',
    reason: 'Warum ist der Blick hinein nötig?',
    reasonHint: 'Alle Mitglieder lesen das. Mindestens 10 Zeichen.',
    what: [
      'Sie werden Mitglied, als hätte Sie jemand eingelassen.',
      'Alle Mitglieder lesen Ihren Namen und Ihren Grund im Verlauf.',
      'Das Protokoll des Servers nennt den Versuch, auch wenn es die Nummer nicht gibt.',
    ],
    act: 'Glas einschlagen',
    failed: (why) => `Das Glas ist heil. ${why}`,
  },
}

/** What is said of who may see a private incident. */
export const words = inLanguage(english, german)
