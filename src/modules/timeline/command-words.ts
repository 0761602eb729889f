import type { Language } from '../../kernel/language.ts'
import { utcClock } from '../../kernel/moment.ts'
import type { Instant } from '../../kernel/time.ts'
import type { CommandEvent, DataOf, EntryEvent, PeopleEvent, RoleFact, TaskFact } from './events.ts'
import type { Listener, Sentence } from './sentence.ts'

// How a declared incident is told: what people decide, who has which role, what is done to the record itself.

type Type = (CommandEvent | PeopleEvent | EntryEvent)['type']
type Called = Listener['called']

/** What roles, checks, statuses and moments are called; a role of one's own by its name. */
export function roleName(role: string, language: Language): string {
  return nameIn(names[language].roles, role)
}
export function checkName(check: string, language: Language): string {
  return nameIn(names[language].checks, check)
}
export function statusName(status: string, language: Language): string {
  return nameIn(names[language].statuses, status)
}
export function momentName(moment: string, language: Language): string {
  return nameIn(names[language].moments, moment)
}
export function ruleName(rule: string, language: Language): string {
  return nameIn(names[language].rules, rule)
}

function nameIn(known: Record<string, string>, name: string): string {
  return known[name] ?? name.replaceAll('-', ' ')
}

/** An event that is added stands here, or nothing compiles. */
export const commandSentences: { [T in Type]: (data: DataOf<T>, language: Language, called: Called) => Sentence } = {
  'incident.declared': ({ level, reason }, l) => ({ by: 'subject', what: [say[l].declared(level)], detail: reason }),
  'severity.proposed': ({ level, because }, l) => ({ what: [say[l].proposed(level, because.fact)] }),
  'incident.status-changed': ({ to, text, cause, byAlert }, l) => ({
    by: byAlert === undefined ? 'subject' : undefined,
    what: byAlert === undefined ? [say[l].status(statusName(to, l))] : [say[l].recurred],
    detail: byAlert ?? (cause && say[l].cause(cause)),
    ...(text && { detail: text }),
  }),
  'incident.closed': ({ text }, l) => ({ by: 'subject', what: [say[l].closed], detail: text }),
  'incident.cancelled': ({ reason }, l) => ({ by: 'subject', what: [say[l].cancelled], detail: reason }),
  'incident.reopened': ({ reason }, l) => ({ by: 'subject', what: [say[l].reopened], detail: reason }),
  'incident.merged': ({ into }, l) => ({ by: 'subject', what: [say[l].merged(into)] }),
  'incident.absorbed': ({ incident, alerts }, l) => ({ by: 'subject', what: [say[l].absorbed(incident)], detail: say[l].alerts(alerts) }),
  'incident.unmerged': ({ from }, l) => ({ by: 'subject', what: [say[l].unmerged(from)] }),
  'incident.sub-added': ({ incident, title }, l) => ({ by: 'subject', what: [say[l].subAdded(incident)], detail: title }),
  'incident.moment-set': ({ name, at, reason }, l) => ({
    by: 'subject',
    what: [at === null ? say[l].momentUnset(momentName(name, l)) : say[l].momentSet(momentName(name, l), clock(at))],
    detail: reason,
  }),
  'incident.changed': ({ field, is, reason }, l) => ({
    by: 'subject',
    what: [say[l].changed(field)],
    detail: reason ?? (typeof is === 'string' ? is : undefined),
  }),
  'incident.visibility-changed': ({ to }, l) => ({ by: 'subject', what: [say[l].visibility[to]] }),
  'incident.member-added': ({ who, by, reason }, l, called) => ({
    by: by === 'hand' || by === 'glass' ? 'subject' : undefined,
    what: by === 'glass' ? [say[l].glass] : [{ name: called(who) }, ` ${say[l].member[by]}`],
    detail: reason,
  }),
  'incident.member-removed': ({ who }, l, called) => ({ by: 'subject', what: [say[l].memberRemoved(called(who))] }),
  'incident.linked': ({ link, title, kind }, l) => ({
    by: kind === 'recurrence' ? undefined : 'subject',
    what: [say[l].linked[kind](title ?? link)],
  }),
  'check.changed': ({ item, state, evidence }, l) => ({ by: 'aside', what: [say[l].check[state](checkName(item, l))], detail: evidence }),
  'resolve.overridden': ({ reason, items }, l) => ({
    by: 'subject',
    what: [say[l].overridden(items.map((item) => checkName(item, l)).join(', '))],
    detail: reason,
  }),
  'reminder.sent': ({ rule, subject, channel, people = [] }, l, called) => ({
    what: [say[l].reminded(ruleName(rule, l), nameOfSubject(rule, subject, l), channel)],
    detail: people.length > 0 ? people.map(called).join(', ') : undefined,
  }),
  'reminder.snoozed': ({ rule }, l) => ({ by: 'subject', what: [say[l].snoozed(ruleName(rule, l))] }),
  'reminder.stopped': ({ rule, reason }, l) => ({ by: 'aside', what: [say[l].notNeeded(ruleName(rule, l))], detail: reason }),
  'update.posted': ({ audiences, texts }, l) => ({ by: 'subject', what: [say[l].update(audiences)], quote: Object.values(texts)[0] }),
  'room.step': ({ step, state, detail }) => ({ what: [`${step.replaceAll('-', ' ')}: ${state}`], detail }),

  'role.taken': ({ role, reason, from }, l, called) => ({
    by: 'subject',
    what: [from === undefined ? say[l].takes(roleName(role, l)) : say[l].takesFrom(roleName(role, l), called(from))],
    detail: reason,
  }),
  'role.assigned': (data, l, called) => aRole(data, say[l].assigned, l, called),
  'role.offered': ({ brief: _, ...data }, l, called) => aRole(data, say[l].offered, l, called),
  'role.accepted': ({ role, from }, l, called) => ({
    by: 'subject',
    what: [from === undefined ? say[l].accepts(roleName(role, l)) : say[l].acceptsFrom(roleName(role, l), called(from))],
  }),
  'role.declined': ({ role, reason }, l) => ({ by: 'subject', what: [say[l].declines(roleName(role, l))], detail: reason }),
  'role.lapsed': ({ role, person }, l, called) => ({ what: [say[l].lapsed(roleName(role, l), called(person))] }),
  'role.left': ({ role, person }, l, called) => ({ by: 'aside', what: [{ name: called(person) }, ` ${say[l].left(roleName(role, l))}`] }),
  'responder.paged': ({ target, message }, l, called) => ({ by: 'subject', what: [say[l].pages(called(target))], detail: message }),
  'responder.joined': ({ person }, l, called) => ({ what: [{ name: called(person) }, ` ${say[l].joined}`] }),
  'responder.left': ({ target }, l, called) => ({ by: 'aside', what: [{ name: called(target) }, ` ${say[l].released}`] }),
  'task.added': (task, l, called) => aTask(task, say[l].task.added, called, true),
  'task.changed': (task, l, called) => aTask(task, say[l].task.changed, called, true),
  'task.done': (task, l, called) => aTask(task, say[l].task.done, called, false),
  'task.dropped': ({ reason, ...task }, l, called) => ({ ...aTask(task, say[l].task.dropped, called, false), detail: reason }),
  'follow-up.added': (task, l, called) => aTask(task, say[l].followUp.added, called, true),
  'follow-up.changed': (task, l, called) => aTask(task, say[l].followUp.changed, called, true),
  'poll.opened': ({ text }, l) => ({ by: 'subject', what: [say[l].poll.opened], quote: text }),
  'poll.objected': ({ objection }, l) => ({ by: 'subject', what: [say[l].poll.objected], quote: objection }),
  'poll.decided': ({ text, objections }, l) => ({ what: [say[l].poll.decided(objections)], quote: text }),

  'entry.edited': ({ of, text }, l) => ({ by: 'subject', what: [say[l].edited(of)], quote: text }),
  'entry.deleted': ({ of, reason }, l) => ({ by: 'subject', what: [say[l].deleted(of)], detail: reason }),
  'entry.redacted': ({ of, reason }, l) => ({ by: 'subject', what: [say[l].redacted(of)], detail: reason }),
  'imported.noted': ({ source, who, text }, l) => ({ by: 'aside', what: [say[l].imported(who ?? source)], quote: text }),
  'attachment.added': ({ name, bytes }, l) => ({ by: 'subject', what: [say[l].attached, { name }], detail: size(bytes) }),
  'chat.captured': ({ who, text }, l) => ({ by: 'aside', what: [say[l].captured(who)], quote: text }),
}

function aRole({ role, person, reason }: RoleFact, word: (role: string, person: string) => string, l: Language, called: Called): Sentence {
  return { by: 'subject', what: [word(roleName(role, l), called(person))], detail: reason }
}

function aTask({ text, person }: TaskFact, word: (person?: string) => string, called: Called, whose: boolean): Sentence {
  return { by: 'subject', what: [word(whose && person !== undefined ? called(person) : undefined)], quote: text }
}

/** What a reminder is about, beside what it says itself. */
function nameOfSubject(rule: string, subject: string, language: Language): string | undefined {
  const [about = ''] = subject.split(':')
  if (about === '' || rule === 'task' || rule === 'commander-empty') return undefined
  if (rule === 'update') return say[language].audiences[about] ?? about
  return rule === 'role-empty' || rule === 'offer' ? roleName(about, language) : about
}

/** A reminder by itself: `a role is empty (scribe)`. */
export function reminderText(rule: string, subject: string, language: Language): string {
  const about = rule === 'task' && subject !== '' ? subject : nameOfSubject(rule, subject, language)
  return about === undefined ? ruleName(rule, language) : `${ruleName(rule, language)} (${about})`
}

/** What somebody is paged for beside having an incident, in the page itself. */
export function purposeText(purpose: string, language: Language): string {
  const [kind, about = ''] = purpose.split(':')
  if (kind === 'role') return say[language].asked.role(roleName(about, language))
  return kind === 'update' ? say[language].asked.update(say[language].audiences[about] ?? about) : say[language].asked.come
}

/** Moments of the record are told in UTC; the reader's own zone stands on the entry. */
function clock(at: Instant): string {
  return `${utcClock(at)} UTC`
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

const english = {
  asked: {
    role: (role: string) => `a ${role} is wanted, and whoever answers is it`,
    update: (audience: string) => `an update is late (${audience})`,
    come: 'somebody asks you to come',
  },
  audiences: { internal: 'inside', 'status-page': 'status page' } as Record<string, string>,
  declared: (level: string) => `declared it ${level}`,
  proposed: (level: string, fact: string) => `The facts propose ${level}: ${fact}`,
  status: (status: string) => `set it to ${status}`,
  cause: (cause: string) => `Cause: ${cause}`,
  recurred: 'It is back: an alert of it fired while it was watched',
  closed: 'closed it',
  cancelled: 'cancelled it',
  reopened: 'reopened it',
  merged: (into: string) => `merged it into ${into}`,
  absorbed: (incident: string) => `merged ${incident} into this one`,
  alerts: (count: number) => (count === 0 ? undefined : count === 1 ? 'One alert came with it.' : `${count} alerts came with it.`),
  unmerged: (from: string) => `took it out of ${from} again`,
  subAdded: (incident: string) => `opened ${incident} under it`,
  momentSet: (moment: string, at: string) => `set “${moment}” to ${at}`,
  momentUnset: (moment: string) => `took “${moment}” back`,
  changed: (field: string) => `changed its ${field}`,
  visibility: { public: 'made it public', private: 'made it private' },
  member: {
    declaring: 'may see it: declared it',
    page: 'may see it: was paged',
    role: 'may see it: has a role',
    hand: 'may see it now',
    glass: 'may see it now',
  },
  glass: 'broke the glass: may see it now',
  memberRemoved: (who: string) => `took ${who} off those who may see it`,
  linked: {
    url: (what: string) => `linked ${what}`,
    related: (what: string) => `linked it with ${what}`,
    recurrence: (what: string) => `It was there before: ${what}`,
  },
  check: {
    met: (check: string) => `Checked: ${check}`,
    'not-met': (check: string) => `Not so: ${check}`,
    waived: (check: string) => `Waived: ${check}`,
  },
  overridden: (items: string) => `resolved it although not all was checked: ${items}`,
  reminded: (rule: string, subject: string | undefined, channel: string) =>
    `${channel === 'run' ? 'Paged' : 'Reminded'}: ${rule}${subject === undefined ? '' : ` (${subject})`}`,
  snoozed: (rule: string) => `put off: ${rule}`,
  notNeeded: (rule: string) => `Not needed: ${rule}`,
  update: (audiences: string[]) => `posted an update (${audiences.join(', ')})`,
  takes: (role: string) => `is ${role}`,
  takesFrom: (role: string, from: string) => `is ${role}, in place of ${from}`,
  assigned: (role: string, person: string) => `made ${person} ${role}`,
  offered: (role: string, person: string) => `offers ${person} to be ${role}`,
  accepts: (role: string) => `accepted to be ${role}`,
  acceptsFrom: (role: string, from: string) => `is ${role}, taking over from ${from}`,
  declines: (role: string) => `declined to be ${role}`,
  lapsed: (role: string, person: string) => `The offer to ${person} to be ${role} lapsed`,
  left: (role: string) => `is no longer ${role}`,
  pages: (target: string) => `asks ${target} to come`,
  joined: 'came',
  released: 'was released',
  task: {
    added: (person?: string) => (person === undefined ? 'added a task' : `gave ${person} a task`),
    changed: (person?: string) => (person === undefined ? 'changed a task' : `changed a task of ${person}`),
    done: () => 'did a task',
    dropped: () => 'dropped a task',
  },
  followUp: {
    added: (person?: string) => (person === undefined ? 'noted a follow-up' : `noted a follow-up for ${person}`),
    changed: (person?: string) => (person === undefined ? 'changed a follow-up' : `changed a follow-up of ${person}`),
  },
  poll: {
    opened: 'asks whether anybody objects',
    objected: 'objects',
    decided: (objections: number) =>
      objections === 0 ? 'Decided: nobody objected' : objections === 1 ? 'Decided: one objected' : `Decided: ${objections} objected`,
  },
  edited: (seq: number) => `edited entry ${seq}`,
  deleted: (seq: number) => `deleted entry ${seq}`,
  redacted: (seq: number) => `redacted entry ${seq}`,
  imported: (who: string) => `Imported, ${who}`,
  attached: 'attached ',
  captured: (who: string) => `Kept from the room, ${who}`,
}

const german: typeof english = {
  asked: {
    role: (role) => `gesucht: ${role}; wer quittiert, übernimmt`,
    update: (audience) => `eine Mitteilung ist überfällig (${audience})`,
    come: 'du wirst dazugerufen',
  },
  audiences: { internal: 'intern', 'status-page': 'Statusseite' },
  declared: (level) => `hat ihn als ${level} ausgerufen`,
  proposed: (level, fact) => `Die Fakten sprechen für ${level}: ${fact}`,
  status: (status) => `hat ihn auf ${status} gesetzt`,
  cause: (cause) => `Ursache: ${cause}`,
  recurred: 'Er ist wieder da: ein Alert kam, während er beobachtet wurde',
  closed: 'hat ihn geschlossen',
  cancelled: 'hat ihn abgebrochen',
  reopened: 'hat ihn wieder geöffnet',
  merged: (into) => `hat ihn mit ${into} zusammengelegt`,
  absorbed: (incident) => `hat ${incident} hierher gelegt`,
  alerts: (count) => (count === 0 ? undefined : count === 1 ? 'Damit kam ein Alert.' : `Damit kamen ${count} Alerts.`),
  unmerged: (from) => `hat ihn wieder aus ${from} gelöst`,
  subAdded: (incident) => `hat ${incident} darunter eröffnet`,
  momentSet: (moment, at) => `hat „${moment}“ auf ${at} gesetzt`,
  momentUnset: (moment) => `hat „${moment}“ zurückgenommen`,
  changed: (field) => `hat ${field} geändert`,
  visibility: { public: 'hat ihn öffentlich gemacht', private: 'hat ihn vertraulich gemacht' },
  member: {
    declaring: 'darf ihn sehen: hat ihn ausgerufen',
    page: 'darf ihn sehen: wurde alarmiert',
    role: 'darf ihn sehen: hat eine Rolle',
    hand: 'darf ihn jetzt sehen',
    glass: 'darf ihn jetzt sehen',
  },
  glass: 'hat das Glas eingeschlagen und darf ihn jetzt sehen',
  memberRemoved: (who) => `lässt ${who} ihn nicht mehr sehen`,
  linked: {
    url: (what) => `hat ${what} verlinkt`,
    related: (what) => `hat ihn mit ${what} verknüpft`,
    recurrence: (what) => `Er war schon einmal da: ${what}`,
  },
  check: {
    met: (check) => `Geprüft: ${check}`,
    'not-met': (check) => `Nicht erfüllt: ${check}`,
    waived: (check) => `Erlassen: ${check}`,
  },
  overridden: (items) => `hat ihn gelöst, obwohl nicht alles geprüft war: ${items}`,
  reminded: (rule, subject, channel) =>
    `${channel === 'run' ? 'Alarmiert' : 'Erinnert'}: ${rule}${subject === undefined ? '' : ` (${subject})`}`,
  snoozed: (rule) => `hat verschoben: ${rule}`,
  notNeeded: (rule) => `Nicht nötig: ${rule}`,
  update: (audiences) => `hat einen Stand mitgeteilt (${audiences.join(', ')})`,
  takes: (role) => `ist ${role}`,
  takesFrom: (role, from) => `ist ${role} anstelle von ${from}`,
  assigned: (role, person) => `hat ${person} zu ${role} gemacht`,
  offered: (role, person) => `bietet ${person} an: ${role}`,
  accepts: (role) => `hat angenommen: ${role}`,
  acceptsFrom: (role, from) => `ist ${role}, übernommen von ${from}`,
  declines: (role) => `hat abgelehnt: ${role}`,
  lapsed: (role, person) => `Das Angebot an ${person} (${role}) ist abgelaufen`,
  left: (role) => `ist nicht mehr ${role}`,
  pages: (target) => `bittet ${target} dazu`,
  joined: 'ist dazugekommen',
  released: 'wurde entlassen',
  task: {
    added: (person) => (person === undefined ? 'hat eine Aufgabe notiert' : `hat ${person} eine Aufgabe gegeben`),
    changed: (person) => (person === undefined ? 'hat eine Aufgabe geändert' : `hat eine Aufgabe von ${person} geändert`),
    done: () => 'hat eine Aufgabe erledigt',
    dropped: () => 'hat eine Aufgabe fallen lassen',
  },
  followUp: {
    added: (person) => (person === undefined ? 'hat eine Nacharbeit notiert' : `hat eine Nacharbeit für ${person} notiert`),
    changed: (person) => (person === undefined ? 'hat eine Nacharbeit geändert' : `hat eine Nacharbeit von ${person} geändert`),
  },
  poll: {
    opened: 'fragt, ob jemand widerspricht',
    objected: 'widerspricht',
    decided: (objections) =>
      objections === 0
        ? 'Entschieden: niemand widersprach'
        : objections === 1
          ? 'Entschieden: ein Widerspruch'
          : `Entschieden: ${objections} Widersprüche`,
  },
  edited: (seq) => `hat Eintrag ${seq} bearbeitet`,
  deleted: (seq) => `hat Eintrag ${seq} gelöscht`,
  redacted: (seq) => `hat Eintrag ${seq} geschwärzt`,
  imported: (who) => `Importiert, ${who}`,
  attached: 'hat angehängt: ',
  captured: (who) => `Aus dem Raum, ${who}`,
}

const say: Record<Language, typeof english> = { en: english, de: german }

const names: Record<Language, Record<'roles' | 'checks' | 'statuses' | 'moments' | 'rules', Record<string, string>>> = {
  en: {
    roles: {
      commander: 'commander',
      'technical-lead': 'technical lead',
      'communications-lead': 'communications lead',
      scribe: 'scribe',
      expert: 'expert',
      'executive-liaison': 'executive liaison',
    },
    checks: {
      'alerts-ended': 'every alert has ended',
      'no-new-alert': 'no new alert since the mitigation',
      'metrics-normal': 'metrics are back to normal',
      'error-rate-normal': 'the error rate is normal',
      'latency-normal': 'latency is normal',
      'function-verified': 'what was broken was tried and works',
      'reports-stopped': 'nobody reports it any more',
      'synthetics-pass': 'synthetic checks pass',
      'no-data-loss': 'no data was lost',
      'mitigations-removed': 'temporary mitigations are removed',
      'status-page-updated': 'the status page is up to date',
      'team-confirms': 'the team confirms it',
      'window-over': 'the monitoring window is over',
      'subs-resolved': 'incidents under it are resolved',
      acknowledged: 'somebody has it',
      graded: 'a person set the severity',
      'role-filled': 'the roles are filled',
      'changes-reviewed': 'recent changes were looked at',
      'cause-or-hypothesis': 'there is a cause or a hypothesis',
      'mitigation-begun': 'mitigation has begun',
      'update-posted': 'an update was posted',
      'impact-ended': 'the end of the impact is known',
      'resolution-written': 'the resolution is written down',
      'review-decided': 'the review has a date, or is waived',
      'tasks-closed': 'no task is open',
    },
    statuses: {
      detected: 'detected',
      acknowledged: 'acknowledged',
      investigating: 'investigating',
      identified: 'identified',
      mitigating: 'mitigating',
      monitoring: 'monitoring',
      resolved: 'resolved',
      closed: 'closed',
      cancelled: 'cancelled',
      merged: 'merged',
    },
    moments: {
      impactStarted: 'impact began',
      detected: 'detected',
      declared: 'declared',
      acknowledged: 'acknowledged',
      mitigationBegan: 'mitigation began',
      identified: 'identified',
      mitigated: 'mitigated',
      impactEnded: 'impact ended',
      resolved: 'resolved',
      closed: 'closed',
      firstUpdate: 'first update',
    },
    rules: {
      'nobody-has-it': 'nobody has it',
      'commander-empty': 'there is no commander',
      'role-empty': 'a role is empty',
      offer: 'an offer waits for an answer',
      update: 'an update is due',
      task: 'a task is due',
      quiet: 'nobody has written anything for a while',
      stuck: 'no cause and no mitigation yet',
      mitigated: 'is it mitigated?',
      resolve: 'is it over?',
      declare: 'should it be declared?',
      close: 'can it be closed?',
    },
  },
  de: {
    roles: {
      commander: 'Einsatzleitung',
      'technical-lead': 'technische Leitung',
      'communications-lead': 'Kommunikation',
      scribe: 'Protokoll',
      expert: 'Fachkraft',
      'executive-liaison': 'Verbindung zur Geschäftsführung',
    },
    checks: {
      'alerts-ended': 'alle Alerts sind beendet',
      'no-new-alert': 'kein neuer Alert seit der Entschärfung',
      'metrics-normal': 'die Messwerte sind wieder normal',
      'error-rate-normal': 'die Fehlerrate ist normal',
      'latency-normal': 'die Antwortzeiten sind normal',
      'function-verified': 'was kaputt war, wurde probiert und geht',
      'reports-stopped': 'niemand meldet es mehr',
      'synthetics-pass': 'synthetische Prüfungen gelingen',
      'no-data-loss': 'keine Daten sind verloren',
      'mitigations-removed': 'vorläufige Maßnahmen sind zurückgenommen',
      'status-page-updated': 'die Statusseite ist aktuell',
      'team-confirms': 'das Team bestätigt es',
      'window-over': 'die Beobachtungszeit ist um',
      'subs-resolved': 'untergeordnete Incidents sind gelöst',
      acknowledged: 'jemand hat ihn',
      graded: 'ein Mensch hat den Schweregrad gesetzt',
      'role-filled': 'die Rollen sind besetzt',
      'changes-reviewed': 'letzte Änderungen wurden angesehen',
      'cause-or-hypothesis': 'es gibt eine Ursache oder Vermutung',
      'mitigation-begun': 'die Behebung hat begonnen',
      'update-posted': 'ein Stand wurde mitgeteilt',
      'impact-ended': 'das Ende der Auswirkung ist bekannt',
      'resolution-written': 'die Lösung ist aufgeschrieben',
      'review-decided': 'die Nachbesprechung hat einen Termin oder entfällt',
      'tasks-closed': 'keine Aufgabe ist offen',
    },
    statuses: {
      detected: 'erkannt',
      acknowledged: 'quittiert',
      investigating: 'in Untersuchung',
      identified: 'Ursache bekannt',
      mitigating: 'in Behebung',
      monitoring: 'unter Beobachtung',
      resolved: 'gelöst',
      closed: 'geschlossen',
      cancelled: 'abgebrochen',
      merged: 'zusammengelegt',
    },
    moments: {
      impactStarted: 'Beginn der Auswirkung',
      detected: 'erkannt',
      declared: 'ausgerufen',
      acknowledged: 'quittiert',
      mitigationBegan: 'Behebung begonnen',
      identified: 'Ursache bekannt',
      mitigated: 'entschärft',
      impactEnded: 'Ende der Auswirkung',
      resolved: 'gelöst',
      closed: 'geschlossen',
      firstUpdate: 'erste Mitteilung',
    },
    rules: {
      'nobody-has-it': 'niemand hat ihn',
      'commander-empty': 'niemand hat die Einsatzleitung',
      'role-empty': 'eine Rolle ist leer',
      offer: 'ein Angebot wartet auf Antwort',
      update: 'eine Mitteilung ist fällig',
      task: 'eine Aufgabe ist fällig',
      quiet: 'seit einer Weile hat niemand etwas geschrieben',
      stuck: 'noch keine Ursache und keine Behebung',
      mitigated: 'ist er entschärft?',
      resolve: 'ist er vorbei?',
      declare: 'soll er ausgerufen werden?',
      close: 'kann er geschlossen werden?',
    },
  },
}
