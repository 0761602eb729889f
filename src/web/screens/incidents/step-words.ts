import { inLanguage } from '../../language.ts'

type Asked = 'identify' | 'mitigated' | 'cancel' | 'reopen'

const english = {
  asks: {
    identify: {
      title: (number: string) => `What is the cause of ${number}?`,
      label: 'Cause',
      hint: 'A sentence that whoever reads it later understands.',
      act: 'Set Identified',
    },
    mitigated: {
      title: (number: string) => `What mitigated ${number}?`,
      label: 'What was done',
      hint: 'Customers feel it no more. From now on it is watched.',
      act: 'Set Mitigated',
    },
    cancel: {
      title: (number: string) => `Cancel ${number}?`,
      label: 'Why it is called off',
      hint: 'Its pages stop, and it counts in no figure. It stays on the record.',
      act: 'Cancel the incident',
    },
    reopen: {
      title: (number: string) => `Reopen ${number}?`,
      label: 'Why it is not over',
      hint: 'Whoever reopens it has it. The moments of its end are empty again.',
      act: 'Reopen',
    },
  } satisfies Record<Asked, object> as Record<Asked, { title: (number: string) => string; label: string; hint: string; act: string }>,
  page: 'Page again: nobody has it until somebody acknowledges',
  at: (zone: string) => `When it happened (${zone})`,
  atHint: 'Left empty: now.',
  back: 'Back',
}

const german: typeof english = {
  asks: {
    identify: {
      title: (number) => `Was ist die Ursache von ${number}?`,
      label: 'Ursache',
      hint: 'Ein Satz, den versteht, wer ihn später liest.',
      act: 'Ursache setzen',
    },
    mitigated: {
      title: (number) => `Was hat ${number} entschärft?`,
      label: 'Was getan wurde',
      hint: 'Kunden spüren es nicht mehr. Ab jetzt wird beobachtet.',
      act: 'Als entschärft setzen',
    },
    cancel: {
      title: (number) => `${number} abbrechen?`,
      label: 'Warum er abgebrochen wird',
      hint: 'Seine Alarmierungen enden, und er zählt in keiner Zahl. Er bleibt in den Akten.',
      act: 'Incident abbrechen',
    },
    reopen: {
      title: (number) => `${number} wieder öffnen?`,
      label: 'Warum er nicht vorbei ist',
      hint: 'Wer ihn wieder öffnet, hat ihn. Die Zeitpunkte seines Endes sind wieder leer.',
      act: 'Wieder öffnen',
    },
  },
  page: 'Erneut alarmieren: niemand hat ihn, bis jemand quittiert',
  at: (zone) => `Wann es war (${zone})`,
  atHint: 'Leer: jetzt.',
  back: 'Zurück',
}

export const words = inLanguage(english, german)
