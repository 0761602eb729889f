import { inLanguage } from '../../language.ts'

const english = {
  act: 'Catch up',
  title: 'Catch up',
  to: (time: string) => `as of ${time} UTC`,
  empty: 'Empty',
  wanted: 'Wanted of you',
  now: 'Now',
  last: 'Last five that matter',
  has: 'Has it',
  nobody: 'Nobody',
  cause: 'Cause',
  unknown: 'not known yet',
  tasks: 'Open tasks',
  update: 'Last update',
  next: 'Next update by',
  here: (count: number) => (count === 1 ? 'one here' : `${count} here`),
  writes: (names: string[]) => `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'} writing`,
}

const german: typeof english = {
  act: 'Lage',
  title: 'Die Lage',
  to: (time) => `Stand ${time} UTC`,
  empty: 'Unbesetzt',
  wanted: 'Von dir gewollt',
  now: 'Jetzt',
  last: 'Die letzten fünf, die zählen',
  has: 'Hat ihn',
  nobody: 'Niemand',
  cause: 'Ursache',
  unknown: 'noch nicht bekannt',
  tasks: 'Offene Aufgaben',
  update: 'Letzte Mitteilung',
  next: 'Nächste Mitteilung bis',
  here: (count) => (count === 1 ? 'eine Person hier' : `${count} hier`),
  writes: (names) => `${names.join(', ')} ${names.length === 1 ? 'schreibt' : 'schreiben'}`,
}

export const words = inLanguage(english, german)
