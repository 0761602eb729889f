import type { Language } from '../../kernel/language.ts'
import type { CommandEvent, DataOf, EntryEvent, EventType, PageFact, PeopleEvent, TimelineEvent } from './events.ts'
import { absentText, foundText, type Telling } from './found.ts'

/** A decision about an alert, in a sentence. Sentences call people as people do; the data beside them keeps the names of the configuration. */
export interface Decision {
  step: 'routed' | 'level' | 'person' | 'rule' | 'page' | 'stopped'
  text: string
  outcome: 'done' | 'withheld' | 'failed'
  data: Record<string, unknown>
}

/** What an event decided about the alerts of its incident; most decided nothing. */
export function decisionsOf(event: TimelineEvent, telling: Telling): Decision[] {
  const decide = (decisions[event.type as DecidingType] ?? nothing) as (
    data: TimelineEvent['data'],
    say: Words,
    telling: Telling,
  ) => Decision[]
  return decide(event.data, words[telling.reader.language], telling)
}

const nothing = () => []

/** What is done in a declared incident, and to its record, decides nothing about an alert. Any other event that is added stands below, be it as one that decides nothing, or nothing compiles. */
type DecidingType = Exclude<EventType, CommandEvent['type'] | PeopleEvent['type'] | EntryEvent['type']>

const decisions: { [Type in DecidingType]: (data: DataOf<Type>, say: Words, telling: Telling) => Decision[] } = {
  'incident.opened': ({ service, policy, severity, urgency }, say) => [
    {
      step: 'routed',
      text: policy === null ? say.routedNowhere(service) : say.routed(service, severity, urgency, policy),
      outcome: 'done',
      data: { service, policy, severity, urgency },
    },
  ],
  'alert.joined': nothing,
  'alert.moved-here': nothing,
  'alert.moved-away': nothing,
  'alert.ended': nothing,
  'alert.acknowledged-by-source': nothing,
  'incident.severity-changed': (data, say) => [
    { step: 'routed', text: say.severity(data.from, data.to, data.urgency), outcome: 'done', data: { ...data } },
  ],
  'incident.acknowledged': nothing,
  'incident.unacknowledged': (data, say) => [
    { step: 'routed', text: say.unacknowledged(data.alert?.title), outcome: 'done', data: { ...data } },
  ],
  'incident.resolved': nothing,
  'incident.retitled': nothing,
  'note.added': nothing,
  'escalation.level-decided': ({ level, round, policy, policyVersion, found, pages, lateMs }, say, telling) => [
    {
      step: 'level',
      text:
        say.level(level, policy, policyVersion || say.builtIn, round) + (lateMs === undefined ? '' : say.lateBy(Math.round(lateMs / 1000))),
      outcome: 'done',
      data: { level: level ?? null, round, policy, policyVersion },
    },
    ...found.map((one): Decision => {
      const { absent, person = '' } = one
      return absent === undefined
        ? { step: 'person', text: say.chosen(telling.called.person(person), foundText(one, telling)), outcome: 'done', data: { ...one } }
        : { step: 'person', text: say.nobody(absentText(one, telling)), outcome: 'failed', data: { ...one } }
    }),
    ...pages.map((page): Decision => {
      const { person, rule, contact, channel, afterMs } = page
      const text = say.rule(telling.called.person(person), rule + 1, contact, channel, Math.round(afterMs / 1000))
      return { step: 'rule', text, outcome: 'done', data: { ...page } }
    }),
  ],
  'escalation.none': (data, say) => [
    {
      step: 'level',
      text: data.reason === 'severity' ? say.noneByLevel(data.level ?? '') : say.noPolicy,
      outcome: 'withheld',
      data: { ...data },
    },
  ],
  'escalation.level-failed': (data, say) => [{ step: 'level', text: say.levelFailed(data.level), outcome: 'failed', data: { ...data } }],
  'escalation.stopped': (data, say) => {
    const { reason, pagesWithdrawn } = data
    return [
      { step: 'stopped', text: say.stopped(reason, pagesWithdrawn), outcome: pagesWithdrawn > 0 ? 'withheld' : 'done', data: { ...data } },
    ]
  },
  'page.delivered': (page, say, telling) => aPage(page, say.delivered, 'done', telling),
  'page.failed': (page, say, telling) => aPage(page, say.failed, 'failed', telling),
  'page.outcome-unknown': (page, say, telling) => aPage(page, say.unknown, 'failed', telling),
  'page.gave-up': (page, say, telling) => aPage(page, say.failed, 'failed', telling),
}

function aPage(page: PageFact, say: (page: PageFact) => string, outcome: Decision['outcome'], { called }: Telling): Decision[] {
  return [{ step: 'page', text: say({ ...page, person: called.person(page.person) }), outcome, data: { ...page } }]
}

const en = {
  routedNowhere: (service: string | null) => `Routed to ${service ?? 'no service'}, which has no escalation policy.`,
  routed: (service: string | null, severity: number, urgency: 'high' | 'low', policy: string) =>
    `Routed to the service ${service ?? '(none)'}: rank ${severity}, ${urgency} urgency, escalation policy ${policy}.`,
  noPolicy: 'Nobody is paged: there is no escalation policy to follow.',
  noneByLevel: (level: string) => `Nobody is paged: ${level} wakes nobody.`,
  severity: (from: number, to: number, urgency: 'high' | 'low') => `The severity changed from rank ${from} to ${to}; urgency ${urgency}.`,
  builtIn: 'built in',
  level: (level: number | undefined, policy: string, version: number | string, round: number) =>
    `${level === undefined ? 'The catch-all' : `Level ${level}`} of the policy ${policy} (version ${version}) came due${round > 0 ? `, round ${round + 1}` : ''}.`,
  lateBy: (seconds: number) => ` ${seconds} s late.`,
  chosen: (person: string, how: string) => `${person} was chosen: ${how}.`,
  nobody: (why: string) => `Nobody here: ${why}. The next goes at once.`,
  rule: (person: string, rule: number, contact: string, channel: string, afterSeconds: number) =>
    `${person}’s rule ${rule}: ${contact} (${channel})${afterSeconds > 0 ? `, ${afterSeconds} s after the level is reached` : ', at once'}.`,
  delivered: (page: PageFact) =>
    `${page.person}’s ${page.contact} (${page.channel}) took the page, attempt ${page.attempt}: ${page.answer}.`,
  failed: (page: PageFact) => `${page.person}’s ${page.contact} (${page.channel}) failed at attempt ${page.attempt}: ${page.answer}.`,
  unknown: (page: PageFact) =>
    `Nobody knows whether ${page.person}’s ${page.contact} (${page.channel}) got it: ${page.answer}. It is repeated with the same key.`,
  levelFailed: (level: number) => `Every contact of level ${level} failed: the next level goes now.`,
  unacknowledged: (alert: string | undefined) =>
    `Nobody has it any more: it pages again from level 1${alert === undefined ? '' : `, because of ‹${alert}›`}.`,
  stopped: (reason: DataOf<'escalation.stopped'>['reason'], withdrawn: number) =>
    `The escalation stopped (${reason})${withdrawn > 0 ? `; ${withdrawn} ${withdrawn === 1 ? 'page was' : 'pages were'} withdrawn` : ''}.`,
}

type Words = typeof en

const urgencies = { high: 'hohe', low: 'niedrige' }
const reasons = {
  acknowledged: 'quittiert',
  resolved: 'gelöst',
  superseded: 'neu begonnen',
  merged: 'zusammengelegt',
  cancelled: 'abgebrochen',
}

const de: Words = {
  routedNowhere: (service) =>
    service === null
      ? 'Keinem Service zugeordnet, also ohne Eskalationsrichtlinie.'
      : `Zugeordnet: ${service}, ohne Eskalationsrichtlinie.`,
  routed: (service, severity, urgency, policy) =>
    `Zugeordnet: Service ${service ?? '(keiner)'}, Rang ${severity}, ${urgencies[urgency]} Dringlichkeit, Eskalationsrichtlinie ${policy}.`,
  noPolicy: 'Niemand wird alarmiert: es gibt keine Eskalationsrichtlinie, der zu folgen wäre.',
  noneByLevel: (level) => `Niemand wird alarmiert: ${level} weckt niemanden.`,
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
  unacknowledged: (alert) => `Niemand hat ihn mehr: alarmiert wird wieder ab Stufe 1${alert === undefined ? '' : `, wegen ‹${alert}›`}.`,
  stopped: (reason, withdrawn) =>
    `Die Eskalation endete (${reasons[reason]})${withdrawn > 0 ? `; ${withdrawn === 1 ? 'eine Alarmierung wurde' : `${withdrawn} Alarmierungen wurden`} zurückgezogen` : ''}.`,
}

const words: Record<Language, Words> = { en, de }
