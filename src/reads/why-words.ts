import type { Language } from '../kernel/language.ts'

interface Attempt {
  person: string
  contact: string
  channel: string
  attempt: number
  answer: string
}

const en = {
  received: (integration: string, key: string) =>
    `Received from the integration ${integration} as ‹${key}›, kept on disk before the sender was answered.`,
  isNew: (count: number) =>
    count <= 1
      ? 'No alert of this key was open: it is a new one.'
      : `No alert of this key was open: it is a new one. It has been reported ${count} times; repeats are counted and page nobody.`,
  onItsOwn: 'on its own',
  by: (labels: string) => `by ${labels}`,
  empty: '(empty)',
  opened: (grouping: string) => `It opened a new incident, grouped ${grouping}.`,
  joined: (grouping: string) => `It joined an open incident, grouped ${grouping}. Joining pages nobody by itself.`,
  late: 'It was worked off after its own end had been: recorded as opened and ended, nobody was paged.',
  noIncident: 'It belongs to no incident: nobody was paged.',
  routedNowhere: (service: string | null) => `Routed to ${service ?? 'no service'}, which has no escalation policy.`,
  routed: (service: string | null, severity: number, urgency: 'high' | 'low', policy: string) =>
    `Routed to the service ${service ?? '(none)'}: rank ${severity}, ${urgency} urgency, escalation policy ${policy}.`,
  noPolicy: 'Nobody is paged: there is no escalation policy to follow.',
  severity: (from: number, to: number, urgency: 'high' | 'low') => `The severity changed from rank ${from} to ${to}; urgency ${urgency}.`,
  builtIn: 'built in',
  level: (level: number | undefined, policy: string, version: number | string, round: number) =>
    `${level === undefined ? 'The catch-all' : `Level ${level}`} of the policy ${policy} (version ${version}) came due${round > 0 ? `, round ${round + 1}` : ''}.`,
  lateBy: (seconds: number) => ` ${seconds} s late.`,
  chosen: (person: string, how: string) => `${person} was chosen: ${how}.`,
  nobody: (why: string) => `Nobody here: ${why}. The next goes at once.`,
  rule: (person: string, rule: number, contact: string, channel: string, afterSeconds: number) =>
    `${person}’s rule ${rule}: ${contact} (${channel})${afterSeconds > 0 ? `, ${afterSeconds} s after the level is reached` : ', at once'}.`,
  delivered: (page: Attempt) =>
    `${page.person}’s ${page.contact} (${page.channel}) took the page, attempt ${page.attempt}: ${page.answer}.`,
  failed: (page: Attempt) => `${page.person}’s ${page.contact} (${page.channel}) failed at attempt ${page.attempt}: ${page.answer}.`,
  unknown: (page: Attempt) =>
    `Nobody knows whether ${page.person}’s ${page.contact} (${page.channel}) got it: ${page.answer}. It is repeated with the same key.`,
  levelFailed: (level: number) => `Every contact of level ${level} failed: the next level goes now.`,
  unacknowledged: 'Nobody has it any more: it pages again from level 1.',
  stopped: (reason: 'acknowledged' | 'resolved' | 'superseded', withdrawn: number) =>
    `The escalation stopped (${reason})${withdrawn > 0 ? `; ${withdrawn} ${withdrawn === 1 ? 'page was' : 'pages were'} withdrawn` : ''}.`,
}

export type WhyWords = typeof en

const urgencies = { high: 'hohe', low: 'niedrige' }
const reasons = { acknowledged: 'quittiert', resolved: 'gelöst', superseded: 'neu begonnen' }

const de: WhyWords = {
  received: (integration, key) =>
    `Empfangen von der Integration ${integration} als ‹${key}›, gespeichert, bevor der Absender Antwort bekam.`,
  isNew: (count) =>
    count <= 1
      ? 'Kein Alert mit diesem Schlüssel war offen: er ist neu.'
      : `Kein Alert mit diesem Schlüssel war offen: er ist neu. Er wurde ${count}-mal gemeldet; Wiederholungen werden gezählt und alarmieren niemanden.`,
  onItsOwn: 'für sich allein',
  by: (labels) => `nach ${labels}`,
  empty: '(leer)',
  opened: (grouping) => `Er hat einen neuen Incident eröffnet, gruppiert ${grouping}.`,
  joined: (grouping) => `Er kam zu einem offenen Incident hinzu, gruppiert ${grouping}. Das allein alarmiert niemanden.`,
  late: 'Er wurde erst nach seinem eigenen Ende bearbeitet: als eröffnet und beendet vermerkt, niemand wurde alarmiert.',
  noIncident: 'Er gehört zu keinem Incident: niemand wurde alarmiert.',
  routedNowhere: (service) =>
    service === null
      ? 'Keinem Service zugeordnet, also ohne Eskalationsrichtlinie.'
      : `Zugeordnet: ${service}, ohne Eskalationsrichtlinie.`,
  routed: (service, severity, urgency, policy) =>
    `Zugeordnet: Service ${service ?? '(keiner)'}, Rang ${severity}, ${urgencies[urgency]} Dringlichkeit, Eskalationsrichtlinie ${policy}.`,
  noPolicy: 'Niemand wird alarmiert: es gibt keine Eskalationsrichtlinie, der zu folgen wäre.',
  severity: (from, to, urgency) => `Der Schweregrad änderte sich von Rang ${from} auf ${to}; ${urgencies[urgency]} Dringlichkeit.`,
  builtIn: 'eingebaut',
  level: (level, policy, version, round) =>
    `${level === undefined ? 'Die Auffangstufe' : `Stufe ${level}`} der Richtlinie ${policy} (Version ${version}) wurde fällig${round > 0 ? `, Runde ${round + 1}` : ''}.`,
  lateBy: (seconds) => ` ${seconds} s zu spät.`,
  chosen: (person, how) => `${person} wurde gewählt: ${how}.`,
  nobody: (why) => `Hier ist niemand: ${why}. Die nächste Stufe folgt sofort.`,
  rule: (person, rule, contact, channel, afterSeconds) =>
    `Regel ${rule} von ${person}: ${contact} (${channel})${afterSeconds > 0 ? `, ${afterSeconds} s nach Erreichen der Stufe` : ', sofort'}.`,
  delivered: (page) =>
    `${page.contact} (${page.channel}) von ${page.person} hat die Alarmierung angenommen, Versuch ${page.attempt}: ${page.answer}.`,
  failed: (page) => `${page.contact} (${page.channel}) von ${page.person} hat bei Versuch ${page.attempt} versagt: ${page.answer}.`,
  unknown: (page) =>
    `Ungewiss, ob ${page.contact} (${page.channel}) von ${page.person} sie bekam: ${page.answer}. Sie wird mit demselben Schlüssel wiederholt.`,
  levelFailed: (level) => `Alle Kontakte von Stufe ${level} haben versagt: die nächste Stufe folgt jetzt.`,
  unacknowledged: 'Niemand hat ihn mehr: alarmiert wird wieder ab Stufe 1.',
  stopped: (reason, withdrawn) =>
    `Die Eskalation endete (${reasons[reason]})${withdrawn > 0 ? `; ${withdrawn === 1 ? 'eine Alarmierung wurde' : `${withdrawn} Alarmierungen wurden`} zurückgezogen` : ''}.`,
}

/** The why-chain in words: every decision about one alert. */
export const whyWords: Record<Language, WhyWords> = { en, de }
