import type { Language } from '../../kernel/language.ts'
import { momentText, type Reader } from '../../kernel/moment.ts'
import { shorten } from '../../kernel/text.ts'
import type { Instant } from '../../kernel/time.ts'
import type { AlertFact, Found, RunReason } from './events.ts'

/** To whom something is told, when, and what is called how there. */
export interface Telling {
  reader: Reader
  now: Instant
  called: Record<'person' | 'schedule' | 'team', (name: string) => string>
}

/** How a person was found, as a phrase: "on call for Payments primary (weekly) until 23 Nov 09:00 Berlin, 08:00 UTC". */
export function foundText({ target, shift }: Found, { reader, now, called }: Telling): string {
  const say = phrases[reader.language]
  if ('schedule' in target) {
    const schedule = called.schedule(target.schedule)
    if (!shift) return say.onCall(schedule, '', '')
    const why = 'override' in shift ? say.override(shift.reason) : shift.layer
    return say.onCall(schedule, why, shift.until === null ? '' : momentText(shift.until, now, reader))
  }
  if ('team' in target) return say.member(called.team(target.team))
  if ('person' in target) return say.named
  return 'admins' in target ? say.admin : say.nobodyElse
}

/** Which alert made an incident page again, and how: "DiskFull (SEV1) is worse than all else that is open in INC-3 ‹Watchdog›". */
export function causeText(
  reason: RunReason,
  cause: Pick<AlertFact, 'title' | 'severity'>,
  incident: { number: string; title: string },
  language: Language,
): string {
  const alert = `${shorten(cause.title, 120)} (SEV${cause.severity})`
  const named = incident.title === cause.title ? incident.number : `${incident.number} ‹${shorten(incident.title, 80)}›`
  const say = phrases[language].cause
  return (reason === 'worse' || reason === 'urgent' || reason === 'long-acknowledged' ? say[reason] : say.other)(alert, named)
}

/** What a policy names: "schedule Payments primary", "team Payments", a person by name. */
export function targetText(target: Found['target'], { reader, called }: Telling): string {
  const say = phrases[reader.language]
  if ('person' in target) return called.person(target.person)
  if ('schedule' in target) return say.schedule(called.schedule(target.schedule))
  return 'team' in target ? say.team(called.team(target.team)) : 'admins' in target ? say.adminsShort : say.everyone
}

/** Why a name in a policy led to nobody. */
export function absentText({ target, absent, person }: Found, telling: Telling): string {
  const say = phrases[telling.reader.language]
  const named = 'admins' in target ? say.admins : targetText(target, telling)
  const who = person === undefined ? named : telling.called.person(person)
  switch (absent) {
    case 'nobody-on-call':
      return say.nobodyOnCall('schedule' in target ? telling.called.schedule(target.schedule) : named, named)
    case 'no-such-schedule':
    case 'no-such-team':
      return say.doesNotExist(named)
    case 'no-such-person':
      return say.anyMore(who)
    case 'empty-team':
      return say.noMembers(named)
    case 'no-contact':
      return say.noContact(who)
    case 'only-on-screen':
      return say.onlyOnScreen(who)
    case 'demo-person':
      return say.demoPerson(who)
    default:
      return say.reachable(who)
  }
}

const en = {
  onCall: (schedule: string, why: string, until: string) => `on call for ${schedule}${why && ` (${why})`}${until && ` until ${until}`}`,
  override: (reason: string | undefined) => `override${reason ? `, ${reason}` : ''}`,
  member: (team: string) => `member of the team ${team}`,
  named: 'named in the escalation policy',
  admin: 'admin of this installation',
  nobodyElse: 'nobody else could be reached',
  cause: {
    worse: (alert: string, incident: string) => `${alert} is worse than all else that is open in ${incident}`,
    urgent: (alert: string, incident: string) => `${alert} makes ${incident} urgent`,
    'long-acknowledged': (alert: string, incident: string) => `${alert} joined ${incident}, which was acknowledged long ago`,
    other: (alert: string, incident: string) => `${alert} in ${incident}`,
  },
  schedule: (name: string) => `schedule ${name}`,
  team: (name: string) => `team ${name}`,
  admins: 'the admins',
  adminsShort: 'admins',
  everyone: 'everyone',
  nobodyOnCall: (_schedule: string, named: string) => `nobody is on call for ${named}`,
  doesNotExist: (named: string) => `the ${named} does not exist`,
  anyMore: (person: string) => `${person} does not exist any more`,
  noMembers: (named: string) => `the ${named} has no members`,
  noContact: (person: string) => `${person} has no contact`,
  onlyOnScreen: (person: string) => `${person} has nothing but a phone on screen, which counts in the demo and in drills alone`,
  demoPerson: (person: string) => `${person} belongs to the demo company, whose people are never paged in earnest`,
  reachable: (person: string) => `${person} can be reached`,
}

const de: typeof en = {
  onCall: (schedule, why, until) => `On-Call für ${schedule}${why && ` (${why})`}${until && ` bis ${until}`}`,
  override: (reason) => `Vertretung${reason ? `, ${reason}` : ''}`,
  member: (team) => `Mitglied im Team ${team}`,
  named: 'in der Eskalationsrichtlinie genannt',
  admin: 'Admin dieser Installation',
  nobodyElse: 'niemand sonst war zu erreichen',
  cause: {
    worse: (alert, incident) => `${alert} ist schlimmer als alles andere, was in ${incident} offen ist`,
    urgent: (alert, incident) => `${alert} macht ${incident} dringend`,
    'long-acknowledged': (alert, incident) => `${alert} kam zu ${incident} hinzu, vor langer Zeit quittiert`,
    other: (alert, incident) => `${alert} in ${incident}`,
  },
  schedule: (name) => `Dienstplan ${name}`,
  team: (name) => `Team ${name}`,
  admins: 'die Admins',
  adminsShort: 'Admins',
  everyone: 'alle',
  nobodyOnCall: (schedule) => `niemand ist On-Call für ${schedule}`,
  doesNotExist: (named) => `${named} gibt es nicht`,
  anyMore: (person) => `${person} gibt es nicht mehr`,
  noMembers: (named) => `${named} hat keine Mitglieder`,
  noContact: (person) => `${person} hat keinen Kontakt`,
  onlyOnScreen: (person) => `${person} hat nur ein Telefon auf dem Bildschirm, das allein in Demo und Übungen zählt`,
  demoPerson: (person) => `${person} gehört zur Demofirma, deren Leute nie im Ernst alarmiert werden`,
  reachable: (person) => `${person} ist erreichbar`,
}

const phrases: Record<Language, typeof en> = { en, de }
