import type { Language } from '../../kernel/language.ts'
import { commandSentences } from './command-words.ts'
import { type DataOf, type EventType, looks, type PageFact, type TimelineEvent } from './events.ts'
import type { Listener, Phrase, Sentence, Told } from './sentence.ts'

/** What the API and the timeline both tell: of a newer server it may be an event that is not known here. */
export interface Tellable {
  type: string
  data: object
  /** What it said was taken away. */
  redacted?: true | undefined
}

export function told({ type, data, redacted }: Tellable, { language, called }: Listener): Told {
  const known = Object.hasOwn(looks, type) ? (type as EventType) : undefined
  if (known === undefined) return { weight: 'system', what: [type.replaceAll(/[.-]/g, ' ')] }
  if (redacted) return { ...looks[known], by: 'aside', what: [words[language].takenAway] }
  const ofCommand = Object.hasOwn(commandSentences, known) ? (commandSentences as Record<string, unknown>)[known] : undefined
  const sentence = (ofCommand ?? sentences[known as OwnType]) as (
    data: TimelineEvent['data'],
    say: unknown,
    called: Listener['called'],
  ) => Sentence
  return { ...looks[known], ...sentence(data as TimelineEvent['data'], ofCommand ? language : words[language], called) }
}

/** The same as one line: `Ada Lovelace resolved it. One alert ended with it.` */
export function lineOf(event: Tellable & { actor: string }, listener: Listener): string {
  const { by, what, detail, quote } = told(event, listener)
  const who = actorText(event.actor, listener)
  // Words alone say that somebody wrote them.
  if (quote !== undefined && event.type === 'note.added' && (event.data as DataOf<'note.added'>).kind === undefined)
    return `${who}: “${quote}”`
  const sentence = plain(what)
  const whole =
    by === undefined || (by === 'aside' && event.actor === 'system') ? sentence : `${who}${by === 'subject' ? ' ' : ': '}${sentence}`
  if (quote !== undefined) return `${whole}: “${quote}”`
  return detail === undefined ? whole : `${whole}. ${detail}`
}

export function plain(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === 'string' ? part : part.name)).join('')
}

/** Who did it: a person by name, a token by its label, an integration, or the system itself. */
export function actorText(actor: string, { called }: Listener): string {
  const [kind = '', ...rest] = actor.split(':')
  const name = rest.join(':')
  if (kind === 'person') return called(name)
  if (kind === 'integration') return `Integration ${name}`
  return kind === 'token' ? `‹${name}›` : 'Tocsin'
}

type OwnType = Exclude<EventType, keyof typeof commandSentences>

/** An event that is added stands here, or among those of command, or nothing compiles. */
const sentences: { [Type in OwnType]: (data: DataOf<Type>, say: Words, called: Listener['called']) => Sentence } = {
  'incident.opened': ({ title, origin, alert }, say) =>
    origin === 'person'
      ? { by: 'subject', what: [say.declared], detail: title }
      : { what: [`${say.opened} `, { name: title }], detail: alert && `${alert.integration}: ${alert.dedupKey}` },
  'alert.joined': ({ title, others }, say) => anAlert(say, title, `${say.joined}${others ? say.others(others.length) : ''}`),
  'alert.moved-here': ({ title, others = [], from }, say) => ({ by: 'subject', what: say.movedHere(title, others.length, from) }),
  'alert.moved-away': ({ title, others = [], to }, say) => ({ by: 'subject', what: say.movedAway(title, others.length, to) }),
  'alert.ended': ({ title, by }, say) => anAlert(say, title, say.ended[by]),
  'alert.acknowledged-by-source': ({ title }, say) => anAlert(say, title, say.sourceHas),
  'incident.severity-changed': ({ from, to, by, reason, level, was }, say) => ({
    by: 'aside',
    what: [level === undefined ? say.severity(from, to) : say.severity(was ?? from, level)],
    detail: by === 'alert' ? say.byAlert : reason,
  }),
  'incident.acknowledged': ({ via }, say) => ({ by: 'subject', what: [say.acknowledged[via]] }),
  'incident.unacknowledged': ({ reason, alert }, say) => ({
    by: 'aside',
    what: [say.unacknowledged[reason]],
    detail: alert && say.because(alert.title),
  }),
  'incident.resolved': ({ reason, alertsEnded }, say) =>
    reason === 'by-hand' ? { by: 'subject', what: [say.resolved], detail: say.endedWith(alertsEnded) } : { what: [say.resolvedByAlerts] },
  'incident.retitled': ({ to }, say) => ({ by: 'subject', what: [say.retitled(to)] }),
  'note.added': ({ text, kind }, say) => ({
    ...{ by: 'subject', what: [say.note[kind ?? 'note']], quote: text },
    ...(kind === 'decision' && { weight: 'key', mark: 'flag' }),
  }),
  'escalation.level-decided': ({ level, round, pages, cause }, say, called) => {
    const people = [...new Set(pages.map(({ person }) => called(person)))].join(', ')
    const name = `${say.level(level, round)} `
    const detail = cause && say.because(cause.title)
    return people === ''
      ? { mark: 'warn', what: [name, { name: say.findsNobody }], detail }
      : { what: [name, { name: say.pages(people) }], detail }
  },
  'escalation.none': ({ reason, level }, say) => ({ what: [reason === 'severity' ? say.noneByLevel(level ?? '') : say.none] }),
  'escalation.level-failed': ({ level }, say) => ({ what: [say.levelFailed(level)] }),
  'escalation.stopped': ({ reason, pagesWithdrawn }, say) => ({
    what: [say.stopped[reason]],
    detail: pagesWithdrawn > 0 ? say.withdrawn(pagesWithdrawn) : undefined,
  }),
  'page.delivered': (page, say, called) => aPage(page, called, say.delivered, page.answer),
  'page.failed': (page, say, called) => aPage(page, called, say.failed, triedAgain(page, say)),
  'page.outcome-unknown': (page, say, called) => aPage(page, called, say.unknown, triedAgain(page, say)),
  'page.gave-up': (page, say, called) => aPage(page, called, say.gaveUp, page.answer),
}

function anAlert(say: Words, title: string, does: string): Sentence {
  return { what: [`${say.alert} `, { name: title }, ` ${does}`] }
}

function aPage(page: PageFact, called: Listener['called'], what: (contact: string) => string, detail: string): Sentence {
  return { what: [{ name: called(page.person) }, what(page.contact)], detail }
}

function triedAgain({ answer, nextAttemptAt }: PageFact & { nextAttemptAt: number | null }, say: Words): string {
  return nextAttemptAt === null ? answer : `${answer}. ${say.again}`
}

const english = {
  takenAway: 'What stood here was taken away',
  opened: 'Opened',
  alert: 'Alert',
  declared: 'declared it',
  joined: 'joined',
  others: (count: number) => ` and ${count} more`,
  movedHere: (title: string, others: number, from?: string): Phrase => [
    'moved ',
    { name: title },
    `${others > 0 ? ` and ${others} more` : ''} here${from === undefined ? '' : ` from ${from}`}`,
  ],
  movedAway: (title: string, others: number, to: string): Phrase => [
    'moved ',
    { name: title },
    `${others > 0 ? ` and ${others} more` : ''} to ${to}`,
  ],
  ended: { source: 'ended', lapsed: 'ended: not reported again in time', person: 'ended with the incident' },
  sourceHas: 'was acknowledged at its source',
  severity: (from: number | string, to: number | string) => `Severity changed from ${from} to ${to}`,
  byAlert: 'An alert made it worse',
  because: (alert: string) => `Because of “${alert}”`,
  acknowledged: {
    api: 'acknowledged',
    link: 'acknowledged from a page',
    source: 'acknowledged at the source',
    cli: 'acknowledged on the command line',
    web: 'acknowledged in the browser',
  },
  unacknowledged: {
    opened: 'Nobody has it any more',
    worse: 'It got worse: paged again from level 1',
    urgent: 'It became urgent: paged again from level 1',
    'long-acknowledged': 'Acknowledged long ago: paged again from level 1',
    'ack-timeout': 'The acknowledgement lapsed: paged again from level 1',
    'by-hand': 'Escalated by hand',
    'still-firing': 'Still firing',
    resumed: 'Tocsin was paused and goes on: paged again from level 1',
    recurred: 'It is back: paged again from level 1',
    asked: 'Asked to come',
    'role-empty': 'A role is empty',
    'update-due': 'An update is late',
  },
  resolvedByAlerts: 'Resolved: its last alert ended',
  resolved: 'resolved it',
  endedWith: (alerts: number) => (alerts === 0 ? undefined : alerts === 1 ? 'One alert ended with it.' : `${alerts} alerts ended with it.`),
  retitled: (title: string) => `renamed it to “${title}”`,
  note: { note: 'wrote a note', decision: 'wrote down a decision', observation: 'observed' },
  level: (level: number | undefined, round: number) =>
    `${level === undefined ? 'Catch-all' : `Level ${level}`}${round > 0 ? `, round ${round + 1}` : ''}`,
  pages: (people: string) => `pages ${people}`,
  findsNobody: 'found nobody, the next goes at once',
  none: 'Nobody is paged: no escalation policy',
  noneByLevel: (level: string) => `Nobody is paged: ${level} wakes nobody`,
  levelFailed: (level: number) => `Every contact of level ${level} failed: the next level goes now`,
  stopped: {
    acknowledged: 'Escalation stopped',
    resolved: 'Escalation stopped',
    superseded: 'Escalation started over',
    merged: 'Escalation stopped',
    cancelled: 'Escalation stopped',
  },
  withdrawn: (count: number) => (count === 1 ? 'One page withdrawn.' : `${count} pages withdrawn.`),
  delivered: (contact: string) => `’s ${contact} took the page`,
  failed: (contact: string) => `’s ${contact} failed`,
  unknown: (contact: string) => `’s ${contact}: nobody knows whether the page arrived`,
  gaveUp: (contact: string) => `’s ${contact} cannot be reached`,
  again: 'It is tried again.',
}

type Words = typeof english

const german: Words = {
  takenAway: 'Was hier stand, wurde entfernt',
  opened: 'Eröffnet:',
  alert: 'Alert',
  declared: 'hat ihn gemeldet',
  joined: 'kam hinzu',
  others: (count: number) => `, dazu ${count} weitere`,
  movedHere: (title, others, from) => [
    'hat ',
    { name: title },
    `${others > 0 ? ` und ${others} weitere` : ''} ${from === undefined ? '' : `aus ${from} `}hierher verschoben`,
  ],
  movedAway: (title, others, to) => ['hat ', { name: title }, `${others > 0 ? ` und ${others} weitere` : ''} nach ${to} verschoben`],
  ended: { source: 'endete', lapsed: 'endete: nicht rechtzeitig erneut gemeldet', person: 'endete mit dem Incident' },
  sourceHas: 'wurde an seiner Quelle quittiert',
  severity: (from: number | string, to: number | string) => `Schweregrad von ${from} auf ${to} geändert`,
  byAlert: 'Ein Alert hat es verschlimmert',
  because: (alert) => `Wegen „${alert}“`,
  acknowledged: {
    api: 'hat quittiert',
    link: 'hat aus der Nachricht quittiert',
    source: 'hat an der Quelle quittiert',
    cli: 'hat auf der Kommandozeile quittiert',
    web: 'hat im Browser quittiert',
  },
  unacknowledged: {
    opened: 'Niemand kümmert sich mehr',
    worse: 'Es wurde schlimmer: wieder alarmiert ab Stufe 1',
    urgent: 'Es wurde dringend: wieder alarmiert ab Stufe 1',
    'long-acknowledged': 'Vor langer Zeit quittiert: wieder alarmiert ab Stufe 1',
    'ack-timeout': 'Die Quittung ist abgelaufen: wieder alarmiert ab Stufe 1',
    'by-hand': 'Von Hand eskaliert',
    'still-firing': 'Der Alert steht noch an',
    resumed: 'Tocsin war angehalten und läuft weiter: wieder alarmiert ab Stufe 1',
    recurred: 'Er ist wieder da: wieder alarmiert ab Stufe 1',
    asked: 'Dazugebeten',
    'role-empty': 'Eine Rolle ist leer',
    'update-due': 'Eine Mitteilung ist überfällig',
  },
  resolvedByAlerts: 'Gelöst: der letzte Alert endete',
  resolved: 'hat ihn gelöst',
  endedWith: (alerts) => (alerts === 0 ? undefined : alerts === 1 ? 'Damit endete ein Alert.' : `Damit endeten ${alerts} Alerts.`),
  retitled: (title: string) => `hat ihn in „${title}“ umbenannt`,
  note: { note: 'hat eine Notiz geschrieben', decision: 'hat eine Entscheidung notiert', observation: 'hat beobachtet' },
  level: (level: number | undefined, round: number) =>
    `${level === undefined ? 'Auffangstufe' : `Stufe ${level}`}${round > 0 ? `, Runde ${round + 1}` : ''}`,
  pages: (people: string) => `alarmiert ${people}`,
  findsNobody: 'fand niemanden, die nächste folgt sofort',
  none: 'Niemand wird alarmiert: es gibt keine Eskalationsrichtlinie',
  noneByLevel: (level) => `Niemand wird alarmiert: ${level} weckt niemanden`,
  levelFailed: (level: number) => `Alle Kontakte von Stufe ${level} haben versagt: die nächste Stufe folgt jetzt`,
  stopped: {
    acknowledged: 'Eskalation gestoppt',
    resolved: 'Eskalation gestoppt',
    superseded: 'Eskalation neu begonnen',
    merged: 'Eskalation gestoppt',
    cancelled: 'Eskalation gestoppt',
  },
  withdrawn: (count: number) => (count === 1 ? 'Eine Alarmierung zurückgezogen.' : `${count} Alarmierungen zurückgezogen.`),
  delivered: (contact: string) => `: ${contact} hat die Alarmierung angenommen`,
  failed: (contact: string) => `: ${contact} hat versagt`,
  unknown: (contact: string) => `: ${contact}, ungewiss, ob die Alarmierung ankam`,
  gaveUp: (contact: string) => `: ${contact} ist nicht erreichbar`,
  again: 'Es folgt ein weiterer Versuch.',
}

const words: Record<Language, Words> = { en: english, de: german }
