import { inLanguage } from '../../language.ts'
import { counted } from '../../parts/number-words.ts'

const small = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve']
const klein = ['Kein', 'Ein', 'Zwei', 'Drei', 'Vier', 'Fünf', 'Sechs', 'Sieben', 'Acht', 'Neun', 'Zehn', 'Elf', 'Zwölf']

/** Small numbers are words at the beginning of a sentence. */
function spelled(count: number, one: string, many: string): string {
  return `${small[count] ?? count} ${count === 1 ? one : many}`
}

function offen(open: number): string {
  return `${klein[open] ?? open} ${open <= 1 ? 'Incident ist' : 'Incidents sind'} offen.`
}

function alarmierungen(waiting: number): string {
  return waiting === 1 ? 'Eine Alarmierung wartet' : `${klein[waiting] ?? waiting} Alarmierungen warten`
}

const english = {
  title: 'Now',
  summary: (open: number, waiting: number) =>
    `${spelled(open, 'incident is', 'incidents are')} open. ${waiting === 0 ? 'Nothing waits for you.' : `${spelled(waiting, 'page waits', 'pages wait')} for you.`}`,
  waiting: 'Waiting for you',
  untaken: 'Nobody has it yet',
  more: (count: number) => (count === 1 ? 'One more' : `${count} more`),
  seeAll: 'See all of them',
  whatIsPaged: (service: string | undefined, since: string) => (service ? `${service}, since ${since}.` : `Since ${since}.`),
  youAre: (level: string) => `You are ${level}.`,
  isPagedIn: (who: string) => `Next page: ${who}, in`,
  isPagedThen: (who: string) => `Next page: ${who}.`,
  acknowledge: 'Acknowledge',
  escalate: 'Escalate',
  open: 'Open incidents',
  all: (count: number) => `All ${count}`,
  columns: { incident: 'What is broken' },
  onCall: 'Who is on call',
  nobodyOnCall: 'Nobody',
  offHours: (until: string) => (until ? `Off hours until ${until}` : 'Off hours'),
  onCallEmpty: 'No schedule has been written yet.',
  day: {
    title: 'Last 24 hours',
    became: (alerts: string, incidents: string, pages: string) =>
      `${counted(alerts, 'alert', 'alerts')} became ${counted(incidents, 'incident', 'incidents')} and ${counted(pages, 'page', 'pages')}.`,
    atLeast: 'At least that many; the busiest times are not counted to their end.',
    quiet: 'No alert came in.',
    strokes: 'Each stroke is 15 minutes.',
    see: 'See the alerts',
  },
  ribbon: {
    title: 'Last six hours, next hour',
    incidents: 'Incidents of the last six hours',
    alerts: (alerts: number) => `${counted(alerts, 'alert', 'alerts')} in six hours, a stroke each quarter of an hour`,
    quiet: 'Nothing was wrong.',
    openSince: (from: string) => `open since ${from}`,
    fromTo: (from: string, until: string) => `${from} to ${until}`,
    pagedNext: (who: string, when: string) => (who === '' ? `The next step comes at ${when}` : `Next page: ${who}, at ${when}`),
  },
  youAreOnCall: (what: string) => `You are on call, ${what}`,
  until: (when: string, relief: string | undefined) => (relief ? `until ${when}, then ${relief}` : `until ${when}`),
  notOnCall: 'You are not on call',
  nextShift: (what: string, when: string) => `Next: ${what}, ${when}`,
  noShift: 'No shift is planned for you',
  quiet: (since: string | undefined) => (since ? `All quiet since ${since}` : 'All quiet'),
  quietText: 'Pages and open incidents appear here by themselves.',
}

const german: typeof english = {
  title: 'Jetzt',
  summary: (open, waiting) => `${offen(open)} ${waiting === 0 ? 'Nichts wartet auf mich.' : `${alarmierungen(waiting)} auf mich.`}`,
  waiting: 'Wartet auf mich',
  untaken: 'Noch hat ihn niemand',
  more: (count) => (count === 1 ? 'Noch einer' : `Noch ${count}`),
  seeAll: 'Alle ansehen',
  whatIsPaged: (service, since) => (service ? `${service}, seit ${since}.` : `Seit ${since}.`),
  youAre: (level) => `Zuständig: ${level}.`,
  isPagedIn: (who) => `Alarmierung von ${who} in`,
  isPagedThen: (who) => `Danach wird ${who} alarmiert.`,
  acknowledge: 'Quittieren',
  escalate: 'Eskalieren',
  open: 'Offene Incidents',
  all: (count) => `Alle ${count}`,
  columns: { incident: 'Was gestört ist' },
  onCall: 'Wer On-Call ist',
  nobodyOnCall: 'Niemand',
  offHours: (until: string) => (until ? `Außerhalb der Zeiten bis ${until}` : 'Außerhalb der Zeiten'),
  onCallEmpty: 'Noch gibt es keinen Dienstplan.',
  day: {
    title: 'Letzte 24 Stunden',
    became: (alerts, incidents, pages) =>
      `Alerts: ${alerts}, daraus ${counted(incidents, 'Incident', 'Incidents')} und ${counted(pages, 'Alarmierung', 'Alarmierungen')}.`,
    atLeast: 'Mindestens so viele; die vollsten Zeiten sind nicht zu Ende gezählt.',
    quiet: 'Es kam kein Alert.',
    strokes: 'Jeder Strich sind 15 Minuten.',
    see: 'Zu den Alerts',
  },
  ribbon: {
    title: 'Letzte sechs Stunden, nächste Stunde',
    incidents: 'Incidents der letzten sechs Stunden',
    alerts: (alerts) => `${counted(alerts, 'Alert', 'Alerts')} in sechs Stunden, ein Strich je Viertelstunde`,
    quiet: 'Nichts war gestört.',
    openSince: (from) => `offen seit ${from}`,
    fromTo: (from, until) => `${from} bis ${until}`,
    pagedNext: (who, when) => (who === '' ? `Der nächste Schritt folgt um ${when}` : `Alarmierung von ${who} um ${when}`),
  },
  youAreOnCall: (what) => `Jetzt On-Call, ${what}`,
  until: (when, relief) => (relief ? `bis ${when}, dann ${relief}` : `bis ${when}`),
  notOnCall: 'Nicht On-Call',
  nextShift: (what, when) => `Als Nächstes: ${what}, ${when}`,
  noShift: 'Keine Schicht geplant',
  quiet: (since) => (since ? `Ruhe seit ${since}` : 'Alles ruhig'),
  quietText: 'Alarmierungen und offene Incidents erscheinen von selbst.',
}

export const words = inLanguage(english, german)
