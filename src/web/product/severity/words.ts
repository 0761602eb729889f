import { inLanguage } from '../../language.ts'
import type { NumberFact, WordFact } from './facts.ts'

/** Short on the switch, and whole where it decides or is asked for. */
type Said = [short: string, whole: string]
interface WordsOfFact {
  label: string
  asks: string
  values: Record<string, Said>
}

const english = {
  proposal: {
    label: 'Severity proposed',
    is: (level: string, name: string) => `${level} ${name} is proposed`,
    asking: 'Severity',
    unknown: 'Nothing is known yet; until something is, it counts as this.',
    default: 'Nothing known decides by itself, so it is this.',
    adjusted: {
      worsening: (from: string, to: string) => `It is getting worse: ${from} becomes ${to}.`,
      cosmetic: (_from: string, to: string) => `It only looks wrong: held at ${to}.`,
      internal: (_from: string, to: string) => `Only our own people feel it: held at ${to}.`,
      conditional: (from: string, to: string) => `By a rule of the scheme ${from} becomes ${to}.`,
    },
    missing: (facts: string) => `Not known yet, and could make it worse: ${facts}.`,
    tag: (tag: unknown) => `It is tagged ${String(tag)}.`,
    decides: 'decides',
    unread: 'No proposal: the server does not answer.',
  },
  whatLevelsMean: 'What the levels mean',
  facts: 'What is known',
  notKnown: 'Not known',
  moreFacts: 'More facts',
  fewerFacts: 'Fewer facts',
  oneByOne: 'Ask me one question at a time',
  allFacts: 'Show all facts',
  answer: 'Answer',
  asked: 'No answer would change it any more.',
  share: 'Share of users in percent',
  percent: '%',
  words: {
    users: {
      label: 'Who feels it',
      asks: 'How many people feel it?',
      values: {
        none: ['Nobody', 'Nobody feels it'],
        one: ['One', 'One person feels it'],
        few: ['Few', 'A few people feel it'],
        some: ['Some', 'Some people feel it'],
        many: ['Many', 'Many people feel it'],
        most: ['Most', 'Most people feel it'],
      },
    },
    extent: {
      label: 'What is lost',
      asks: 'What does not work?',
      values: {
        nothing: ['Nothing', 'Nothing is broken'],
        cosmetic: ['Looks', 'It only looks wrong'],
        partial: ['A part', 'A part does not work'],
        degraded: ['Slower', 'It works, but badly'],
        essential: ['Essential', 'Something nobody can do without is down'],
        everything: ['All', 'Everything is down'],
      },
    },
    data: {
      label: 'Data',
      asks: 'Is data lost?',
      values: {
        safe: ['Safe', 'Data is safe'],
        'at-risk': ['At risk', 'Data is at risk'],
        lost: ['Lost', 'Data is lost'],
      },
    },
    security: {
      label: 'Security',
      asks: 'Did somebody get in?',
      values: {
        none: ['Sound', 'Nobody got in'],
        suspected: ['Suspected', 'Somebody may have got in'],
        breached: ['Breached', 'Somebody got in'],
      },
    },
    workaround: {
      label: 'A way round',
      asks: 'Is there a way round it?',
      values: { yes: ['Yes', 'There is a way round it'], no: ['No', 'There is no way round it'] },
    },
    worsening: {
      label: 'Getting worse',
      asks: 'Is it getting worse?',
      values: { yes: ['Yes', 'It is getting worse'], no: ['No', 'It is not getting worse'] },
    },
    sla: {
      label: 'What was promised',
      asks: 'Does what was promised to customers hold?',
      values: {
        kept: ['Kept', 'What was promised holds'],
        'at-risk': ['At risk', 'What was promised is at risk'],
        breached: ['Broken', 'What was promised is broken'],
      },
    },
    scope: {
      label: 'Where',
      asks: 'How far does it reach?',
      values: {
        service: ['One service', 'One service is affected'],
        region: ['A region', 'A whole region is affected'],
        global: ['Everywhere', 'It is everywhere'],
      },
    },
    audience: {
      label: 'Whom it touches',
      asks: 'Do customers feel it?',
      values: { internal: ['Our own people', 'Only our own people feel it'], customers: ['Customers', 'Customers feel it'] },
    },
  } satisfies Record<WordFact, WordsOfFact> as Record<WordFact, WordsOfFact>,
  numbers: {
    users: { whole: (percent: number) => `${percent} % of users feel it` },
    errorPercent: {
      label: 'Requests that fail',
      asks: 'What share of requests fails?',
      unit: '%',
      whole: (n: number) => `${n} % of requests fail`,
    },
    systemsDown: {
      label: 'Systems down',
      asks: 'How many systems are down?',
      unit: '',
      whole: (n: number) => (n === 1 ? 'One system is down' : `${n} systems are down`),
    },
    revenuePerHourUsd: {
      label: 'Lost an hour',
      asks: 'How much is lost an hour, in US dollars?',
      unit: 'US$',
      whole: (n: number) => `${n} US dollars are lost an hour`,
    },
  } satisfies Record<NumberFact | 'users', { whole: (n: number) => string; label?: string; asks?: string; unit?: string }>,
  role: {
    commander: 'commander',
    'technical-lead': 'technical lead',
    'communications-lead': 'communications lead',
    scribe: 'scribe',
    expert: 'expert',
    'executive-liaison': 'executive liaison',
  } as Record<string, string>,
  whom: {
    primary: 'who is on call',
    'on-call': 'who is on call',
    'on-call team': 'the team on call',
    specialist: 'the specialists',
    'everyone on call': 'everyone on call',
    'whole rotation': 'the whole rotation',
    team: 'the team',
    'team-lead': 'the team lead',
    leadership: 'leadership',
    management: 'management',
    executives: 'the executives',
  } as Record<string, string>,
  and: (names: string[]) => (names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`),
}

const german: typeof english = {
  proposal: {
    label: 'Vorgeschlagener Schweregrad',
    is: (level, name) => `Vorschlag: ${level} ${name}`,
    asking: 'Schweregrad',
    unknown: 'Noch ist nichts bekannt; bis dahin gilt er als dieser.',
    default: 'Nichts Bekanntes entscheidet allein, darum dieser.',
    adjusted: {
      worsening: (from, to) => `Es wird schlimmer: aus ${from} wird ${to}.`,
      cosmetic: (_from, to) => `Es sieht nur falsch aus: es bleibt bei ${to}.`,
      internal: (_from, to) => `Nur die eigenen Leute spüren es: es bleibt bei ${to}.`,
      conditional: (from, to) => `Nach einer Regel des Schemas wird aus ${from} ${to}.`,
    },
    missing: (facts) => `Noch nicht bekannt, und könnte es verschlimmern: ${facts}.`,
    tag: (tag) => `Er trägt das Kennzeichen ${String(tag)}.`,
    decides: 'entscheidet',
    unread: 'Kein Vorschlag: der Server antwortet nicht.',
  },
  whatLevelsMean: 'Was die Stufen bedeuten',
  facts: 'Was bekannt ist',
  notKnown: 'Unbekannt',
  moreFacts: 'Weitere Angaben',
  fewerFacts: 'Weniger Angaben',
  oneByOne: 'Frage für Frage durchgehen',
  allFacts: 'Alle Angaben zeigen',
  answer: 'Antworten',
  asked: 'Keine Antwort würde noch etwas ändern.',
  share: 'Anteil der Betroffenen in Prozent',
  percent: '%',
  words: {
    users: {
      label: 'Wer es spürt',
      asks: 'Wie viele Menschen spüren es?',
      values: {
        none: ['Niemand', 'Niemand spürt es'],
        one: ['Einer', 'Ein Mensch spürt es'],
        few: ['Wenige', 'Wenige spüren es'],
        some: ['Einige', 'Einige spüren es'],
        many: ['Viele', 'Viele spüren es'],
        most: ['Die meisten', 'Die meisten spüren es'],
      },
    },
    extent: {
      label: 'Was fehlt',
      asks: 'Was geht nicht?',
      values: {
        nothing: ['Nichts', 'Nichts ist kaputt'],
        cosmetic: ['Aussehen', 'Es sieht nur falsch aus'],
        partial: ['Ein Teil', 'Ein Teil geht nicht'],
        degraded: ['Langsamer', 'Es geht, aber schlecht'],
        essential: ['Wichtiges', 'Etwas Unverzichtbares geht nicht'],
        everything: ['Alles', 'Nichts geht mehr'],
      },
    },
    data: {
      label: 'Daten',
      asks: 'Sind Daten verloren?',
      values: {
        safe: ['Sicher', 'Die Daten sind sicher'],
        'at-risk': ['Gefährdet', 'Daten sind gefährdet'],
        lost: ['Verloren', 'Daten sind verloren'],
      },
    },
    security: {
      label: 'Sicherheit',
      asks: 'Ist jemand eingedrungen?',
      values: {
        none: ['Heil', 'Niemand ist eingedrungen'],
        suspected: ['Verdacht', 'Vielleicht ist jemand eingedrungen'],
        breached: ['Verletzt', 'Jemand ist eingedrungen'],
      },
    },
    workaround: {
      label: 'Ein Umweg',
      asks: 'Gibt es einen Umweg?',
      values: { yes: ['Ja', 'Es gibt einen Umweg'], no: ['Nein', 'Es gibt keinen Umweg'] },
    },
    worsening: {
      label: 'Wird schlimmer',
      asks: 'Wird es schlimmer?',
      values: { yes: ['Ja', 'Es wird schlimmer'], no: ['Nein', 'Es wird nicht schlimmer'] },
    },
    sla: {
      label: 'Zusagen',
      asks: 'Halten die Zusagen an Kunden?',
      values: {
        kept: ['Gehalten', 'Die Zusagen halten'],
        'at-risk': ['Gefährdet', 'Die Zusagen sind gefährdet'],
        breached: ['Gebrochen', 'Die Zusagen sind gebrochen'],
      },
    },
    scope: {
      label: 'Wo',
      asks: 'Wie weit reicht es?',
      values: {
        service: ['Ein Service', 'Ein Service ist betroffen'],
        region: ['Eine Region', 'Eine ganze Region ist betroffen'],
        global: ['Überall', 'Es ist überall'],
      },
    },
    audience: {
      label: 'Wen es trifft',
      asks: 'Spüren es Kunden?',
      values: { internal: ['Eigene Leute', 'Nur die eigenen Leute spüren es'], customers: ['Kunden', 'Kunden spüren es'] },
    },
  },
  numbers: {
    users: { whole: (percent) => `${percent} % der Menschen spüren es` },
    errorPercent: {
      label: 'Anfragen schlagen fehl',
      asks: 'Welcher Anteil der Anfragen schlägt fehl?',
      unit: '%',
      whole: (n) => `${n} % der Anfragen schlagen fehl`,
    },
    systemsDown: {
      label: 'Systeme aus',
      asks: 'Wie viele Systeme sind aus?',
      unit: '',
      whole: (n) => (n === 1 ? 'Ein System ist aus' : `${n} Systeme sind aus`),
    },
    revenuePerHourUsd: {
      label: 'Verlust je Stunde',
      asks: 'Wie viel geht je Stunde verloren, in US-Dollar?',
      unit: 'US$',
      whole: (n) => `${n} US-Dollar gehen je Stunde verloren`,
    },
  },
  role: {
    commander: 'Einsatzleitung',
    'technical-lead': 'technische Leitung',
    'communications-lead': 'Kommunikation',
    scribe: 'Protokoll',
    expert: 'Fachleute',
    'executive-liaison': 'Verbindung zur Geschäftsführung',
  },
  whom: {
    primary: 'wer Bereitschaft hat',
    'on-call': 'wer Bereitschaft hat',
    'on-call team': 'das Team in Bereitschaft',
    specialist: 'die Fachleute',
    'everyone on call': 'alle in Bereitschaft',
    'whole rotation': 'die ganze Rotation',
    team: 'das Team',
    'team-lead': 'die Teamleitung',
    leadership: 'die Leitung',
    management: 'das Management',
    executives: 'die Geschäftsführung',
  },
  and: (names) => (names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} und ${names.at(-1)}`),
}

export const words = inLanguage(english, german)

/** What a fact says, as a sentence; none of what has no words. */
export function factInWords(fact: string, value: unknown): string | undefined {
  if (fact === 'tags') return words.proposal.tag(Array.isArray(value) ? value.join(', ') : value)
  if (fact === 'users') {
    const { percent, words: word } = value as { percent?: number; words?: string }
    return percent === undefined ? word && words.words.users.values[word]?.[1] : words.numbers.users.whole(percent)
  }
  if (typeof value === 'number') return words.numbers[fact as NumberFact]?.whole(value)
  const word = typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
  return words.words[fact as WordFact]?.values[word]?.[1]
}

export function labelOf(fact: string): string {
  return fact in words.words ? words.words[fact as WordFact].label : (words.numbers[fact as NumberFact]?.label ?? fact)
}
