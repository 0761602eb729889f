import { inLanguage } from '../../language.ts'

const english = {
  act: 'Post update',
  audiences: { internal: 'Internal', 'status-page': 'Status page' },
  posted: 'The update is posted.',
  empty: 'Nobody was told yet',
  emptyAbout: 'An update tells people how it stands, and when they hear more.',
  list: 'Updates, latest first',
  next: (at: string) => `Next one promised by ${at}`,
  noNext: 'Nothing more was promised',
  dialog: {
    title: (number: string) => `Update on ${number}`,
    audience: 'Who is told',
    text: 'How it stands',
    textHint: 'What is wrong, what is being done. Ctrl and Enter post it.',
    next: 'In how long the next one comes',
    byLevel: (every: string, level: string) => `Left empty: in ${every}, as ${level} asks.`,
    byNobody: 'Left empty: nothing is promised.',
    nextWrong: 'Write a while such as 30m or 2h.',
    presets: 'Next in',
    last: (at: string, who: string) => `Last update, ${at}, ${who}`,
    first: 'This is the first one.',
    since: 'Since then',
    begun: 'So far',
    nothing: 'Nothing that people would notice has happened since.',
    back: 'Back',
  },
}

const german: typeof english = {
  act: 'Update schreiben',
  audiences: { internal: 'Intern', 'status-page': 'Statusseite' },
  posted: 'Das Update ist veröffentlicht.',
  empty: 'Noch niemand wurde informiert',
  emptyAbout: 'Ein Update sagt, wie es steht und wann das nächste kommt.',
  list: 'Updates, das neueste zuerst',
  next: (at) => `Nächstes zugesagt bis ${at}`,
  noNext: 'Kein weiteres wurde zugesagt',
  dialog: {
    title: (number) => `Update zu ${number}`,
    audience: 'Wer es erfährt',
    text: 'Wie es steht',
    textHint: 'Was kaputt ist, was getan wird. Strg und Enter schicken es ab.',
    next: 'Wann das nächste kommt',
    byLevel: (every, level) => `Leer: in ${every}, wie ${level} es verlangt.`,
    byNobody: 'Leer: nichts wird zugesagt.',
    nextWrong: 'Eine Dauer wie 30m oder 2h schreiben.',
    presets: 'Nächstes in',
    last: (at, who) => `Letztes Update, ${at}, ${who}`,
    first: 'Dies ist das erste.',
    since: 'Seitdem',
    begun: 'Bisher',
    nothing: 'Seitdem ist nichts geschehen, was jemand bemerken würde.',
    back: 'Zurück',
  },
}

export const words = inLanguage(english, german)
