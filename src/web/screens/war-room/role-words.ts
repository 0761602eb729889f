import { BUILT_IN } from '../../../modules/command/roles.ts'
import { inLanguage } from '../../language.ts'
import type { RoleShown } from './people.ts'

interface For {
  duties: string[]
  firstSteps: string[]
}

const english: Record<string, For> = Object.fromEntries(
  Object.entries(BUILT_IN).map(([role, { duties, firstSteps }]) => [role, { duties, firstSteps }]),
)

const german: typeof english = {
  commander: {
    duties: [
      'Entscheidet, was als Nächstes getan wird, und von wem',
      'Hält alle bei einem Plan und sagt, wenn er sich ändert',
      'Sorgt dafür, dass jede Rolle besetzt und jedes Versprechen gehalten wird',
      'Sucht nicht selbst nach dem Fehler: wer gräbt, verliert das Ganze aus dem Blick',
    ],
    firstSteps: [
      'Laut sagen, dass du leitest',
      'Nach dem fragen, was bekannt ist: was betroffen ist, seit wann, was versucht wurde',
      'Die unbesetzten Rollen vergeben, mit Namen',
    ],
  },
  'technical-lead': {
    duties: [
      'Findet heraus, was falsch ist und wie es sich aufhalten lässt',
      'Führt alle, die etwas ändern',
      'Sagt der Einsatzleitung, was jeder Schritt aufs Spiel setzt',
    ],
    firstSteps: [
      'Ansehen, was sich zuletzt geändert hat',
      'Den schnellsten Weg nennen, den Schaden aufzuhalten',
      'Um die Fachleute bitten, die fehlen',
    ],
  },
  'communications-lead': {
    duties: ['Sagt innen und außen, wie es steht, bevor jemand fragen muss', 'Verspricht, wann die nächste Mitteilung kommt, und hält es'],
    firstSteps: [
      'Die erste Mitteilung schreiben: was betroffen ist, und dass daran gearbeitet wird',
      'Sagen, wann die nächste kommt',
      'Den Support fragen, was Kunden melden',
    ],
  },
  scribe: {
    duties: ['Schreibt auf, was gesehen, versucht und entschieden wird, mit der Zeit', 'Fragt nach, wo etwas nicht klar gesagt wurde'],
    firstSteps: ['Aufschreiben, wer da ist', 'Aufschreiben, was vorher versucht wurde', 'Die Entscheidungen vorlesen'],
  },
  expert: {
    duties: ['Kennt einen Teil gut und sagt, was er kann und was nicht', 'Nimmt Aufgaben der technischen Leitung an'],
    firstSteps: ['Sagen, was du weißt und was nicht', 'Zuerst den eigenen Teil ansehen', 'Melden, was du findest, auch wenn es nichts ist'],
  },
  'executive-liaison': {
    duties: [
      'Hält die Geschäftsführung auf dem Laufenden und hält ihr den Einsatz frei',
      'Bringt Entscheidungen zurück, die nur sie treffen kann',
    ],
    firstSteps: [
      'In zwei Sätzen sagen, wie es steht',
      'Sagen, wann sie mehr hört',
      'Die Einsatzleitung fragen, was oben zu entscheiden ist',
    ],
  },
}

export const words = inLanguage(english, german)

/** What a role is for: of one that is built in, in the language of the page; else as it was written down. */
export function whatFor({ role, duties, firstSteps }: RoleShown): For {
  const known = BUILT_IN[role]
  const isBuiltIn = known?.duties.join('\n') === duties.join('\n') && known.firstSteps.join('\n') === firstSteps.join('\n')
  return isBuiltIn ? words[role]! : { duties, firstSteps }
}
