import { inLanguage } from '../../language.ts'
import type { Kind } from './draft.ts'
import type { NumberFact, WordFact } from './facts.ts'

/** Short on the switch, and whole where it decides or is asked for. */
type Said = [short: string, whole: string]
interface WordsOfFact {
  label: string
  asks: string
  values: Record<string, Said>
}

const english = {
  title: 'Declare an incident',
  stays: (number: string, since: string) => `${number} is open since ${since}. Its number, alerts and pages go on.`,
  what: 'What is wrong',
  whatHint: 'Only this is needed; everything below can change later.',
  service: 'Service',
  serviceHint: 'Its escalation policy decides who is paged.',
  noService: 'None',
  byPolicy: (policy: string) => `None: page by the policy ${policy}`,
  kind: 'Kind',
  kinds: { production: 'Production', security: 'Security', 'data-exposure': 'Data exposed', 'near-miss': 'Near miss' } satisfies Record<
    Kind,
    string
  > as Record<Kind, string>,
  began: (zone: string) => `Impact began (${zone})`,
  beganHint: 'Left empty: not known yet.',
  isPrivate: 'Private: seen by you, by whoever is paged, and by those added here',
  held: 'I have it',
  pageAnyway: 'Page by the escalation policy all the same',
  addMember: 'Add a person or a team',
  removeMember: (name: string) => `Without ${name}`,
  cancel: 'Cancel',
  declare: (level: string) => `Declare ${level}`,
  failed: (why: string) => `Not declared. ${why}`,
  level: 'Declare as',
  reason: (level: string) => `Why milder than ${level}?`,
  reasonHint: 'Needed. Proposal, choice and reason stand in the timeline; worse needs none.',
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
  plan: {
    title: (level: string) => `What happens at ${level}`,
    differ: (count: number, level: string) => (count === 1 ? `1 differs from ${level}` : `${count} differ from ${level}`),
    now: 'now',
    later: 'later',
    page: (names: string) => `Page ${names}`,
    byPolicy: 'By the escalation policy; the next level follows unless somebody acknowledges.',
    byWhom: (whom: string) => `At this level: ${whom}.`,
    notAt: (level: string) => `Not at ${level}.`,
    wakesNobody: (level: string) => `${level} wakes nobody.`,
    noPolicy: 'Nobody is paged: no service is named whose escalation policy would say whom.',
    tell: (whom: string) => `Tell ${whom}`,
    how: {
      notify: (people: string) => `${people}: told, not woken.`,
      chat: (people: string) => `${people}: in chat.`,
    },
    queue: 'Put it into the queue',
    ticket: 'Open a ticket',
    team: 'the team',
    roles: (count: number) => (count === 1 ? 'Offer 1 role' : `Offer ${count} roles`),
    noRoles: (roles: string) => `Not wanted: ${roles}.`,
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
    update: 'Next update is due',
    every: (duration: string) => `Then every ${duration}.`,
    updateLater: (duration: string, level: string) => `${duration} later than at ${level}.`,
    noUpdate: (level: string) => `None is promised at ${level}.`,
    resolve: {
      checked: (watched: string) => `Watch ${watched}, then resolve by checklist`,
      advised: (watched: string) => `Watch ${watched}; the checklist advises`,
      free: () => 'Resolve whenever it is over',
    },
    review: { required: 'A review follows.', offered: 'A review is offered.', none: 'No review.' },
    resolveEasier: (level: string) => `${level} asks for more.`,
    and: (names: string[]) => (names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`),
    pages: (count: number) => (count === 0 ? 'No page' : count === 1 ? '1 page' : `${count} pages`),
    told: (count: number) => (count === 0 ? 'nobody told' : `${count} told`),
    summary: (pages: string, told: string) => `${pages}, ${told}`,
    failed: 'What would happen cannot be said now. Declaring still works.',
    stale: (why: string) => `This is as it was before: ${why}`,
    working: 'Working it out',
  },
  hints: { declare: 'declare', level: 'level', facts: 'facts', oneByOne: 'one question at a time', leave: 'leave, text is kept' },
}

const german: typeof english = {
  title: 'Incident melden',
  stays: (number, since) => `${number} ist offen seit ${since}. Nummer, Alerts und Alarmierungen gehen weiter.`,
  what: 'Was ist los',
  whatHint: 'Nur das ist nötig; alles darunter lässt sich später ändern.',
  service: 'Service',
  serviceHint: 'Seine Eskalationsrichtlinie bestimmt, wer alarmiert wird.',
  noService: 'Keiner',
  byPolicy: (policy) => `Keiner: nach der Richtlinie ${policy} alarmieren`,
  kind: 'Art',
  kinds: { production: 'Betrieb', security: 'Sicherheit', 'data-exposure': 'Daten offengelegt', 'near-miss': 'Beinahe-Vorfall' },
  began: (zone) => `Auswirkung seit (${zone})`,
  beganHint: 'Leer: noch nicht bekannt.',
  isPrivate: 'Vertraulich: für Meldende, Alarmierte und hier Hinzugefügte',
  held: 'Ich habe ihn',
  pageAnyway: 'Trotzdem nach der Eskalationsrichtlinie alarmieren',
  addMember: 'Person oder Team hinzufügen',
  removeMember: (name) => `Ohne ${name}`,
  cancel: 'Abbrechen',
  declare: (level) => `Als ${level} melden`,
  failed: (why) => `Nicht gemeldet. ${why}`,
  level: 'Melden als',
  reason: (level) => `Warum milder als ${level}?`,
  reasonHint: 'Nötig. Vorschlag, Wahl und Grund stehen im Verlauf; Schlimmeres braucht keinen.',
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
  plan: {
    title: (level) => `Was bei ${level} geschieht`,
    differ: (count, level) => (count === 1 ? `1 anders als bei ${level}` : `${count} anders als bei ${level}`),
    now: 'jetzt',
    later: 'später',
    page: (names) => `${names} alarmieren`,
    byPolicy: 'Nach der Eskalationsrichtlinie; die nächste Stufe folgt, wenn niemand quittiert.',
    byWhom: (whom) => `Bei dieser Stufe: ${whom}.`,
    notAt: (level) => `Nicht bei ${level}.`,
    wakesNobody: (level) => `${level} weckt niemanden.`,
    noPolicy: 'Niemand wird alarmiert: kein Service ist genannt, dessen Eskalationsrichtlinie sagt, wen.',
    tell: (whom) => `Mitteilen: ${whom}`,
    how: {
      notify: (people) => `${people}: mitgeteilt, nicht geweckt.`,
      chat: (people) => `${people}: im Chat.`,
    },
    queue: 'In die Warteschlange stellen',
    ticket: 'Ein Ticket eröffnen',
    team: 'das Team',
    roles: (count) => (count === 1 ? '1 Rolle anbieten' : `${count} Rollen anbieten`),
    noRoles: (roles) => `Nicht vorgesehen: ${roles}.`,
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
    update: 'Nächste Mitteilung fällig',
    every: (duration) => `Danach alle ${duration}.`,
    updateLater: (duration, level) => `${duration} später als bei ${level}.`,
    noUpdate: (level) => `Bei ${level} ist keine zugesagt.`,
    resolve: {
      checked: (watched) => `${watched} beobachten, dann nach Prüfliste lösen`,
      advised: (watched) => `${watched} beobachten; die Prüfliste rät`,
      free: () => 'Lösen, sobald es vorbei ist',
    },
    review: { required: 'Eine Nachbetrachtung folgt.', offered: 'Eine Nachbetrachtung wird angeboten.', none: 'Keine Nachbetrachtung.' },
    resolveEasier: (level) => `${level} verlangt mehr.`,
    and: (names) => (names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} und ${names.at(-1)}`),
    pages: (count) => (count === 0 ? 'Keine Alarmierung' : count === 1 ? '1 Alarmierung' : `${count} Alarmierungen`),
    told: (count) => (count === 0 ? 'keine Mitteilung' : count === 1 ? '1 Mitteilung' : `${count} Mitteilungen`),
    summary: (pages, told) => `${pages}, ${told}`,
    failed: 'Was geschehen würde, lässt sich gerade nicht sagen. Melden geht trotzdem.',
    stale: (why) => `Das ist der Stand davor: ${why}`,
    working: 'Wird ermittelt',
  },
  hints: { declare: 'melden', level: 'Stufe', facts: 'Angaben', oneByOne: 'Frage für Frage', leave: 'verlassen, der Text bleibt' },
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
