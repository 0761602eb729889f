import type { Language } from '../kernel/language.ts'
import { iso } from '../kernel/time.ts'
import type { Target } from '../modules/escalation/index.ts'
import type { Found } from '../modules/timeline/index.ts'

/** How a person was found, as a phrase: "on call for payments-primary (weekly) until 2026-11-23 08:00 UTC". */
export function foundText({ target, shift }: Found, language: Language = 'en'): string {
  const say = phrases[language]
  if ('schedule' in target) {
    if (!shift) return say.onCall(target.schedule, '', '')
    const why = 'override' in shift ? say.override(shift.reason) : shift.layer
    return say.onCall(target.schedule, why, shift.until === null ? '' : minuteText(shift.until))
  }
  if ('team' in target) return say.member(target.team)
  if ('person' in target) return say.named
  return 'admins' in target ? say.admin : say.nobodyElse
}

/** What a policy names: "schedule payments-primary", "team payments", a person by name. */
export function targetText(target: Target, language: Language = 'en'): string {
  const say = phrases[language]
  if ('person' in target) return target.person
  if ('schedule' in target) return say.schedule(target.schedule)
  return 'team' in target ? say.team(target.team) : say.adminsShort
}

/** Why a name in a policy led to nobody. */
export function absentText({ target, absent, person }: Found, language: Language = 'en'): string {
  const say = phrases[language]
  const named =
    'schedule' in target
      ? say.schedule(target.schedule)
      : 'team' in target
        ? say.team(target.team)
        : 'person' in target
          ? target.person
          : say.admins
  switch (absent) {
    case 'nobody-on-call':
      return say.nobodyOnCall('schedule' in target ? target.schedule : named, named)
    case 'no-such-schedule':
    case 'no-such-team':
      return say.doesNotExist(named)
    case 'no-such-person':
      return say.anyMore(person ?? named)
    case 'empty-team':
      return say.noMembers(named)
    case 'no-contact':
      return say.noContact(person ?? named)
    case 'only-on-screen':
      return say.onlyOnScreen(person ?? named)
    case 'demo-person':
      return say.demoPerson(person ?? named)
    default:
      return say.reachable(person ?? named)
  }
}

/** What a test page says. */
export function testText(language: Language): { title: string; ifNobodyActs: string } {
  return phrases[language].test
}

/** Why a level pages nobody: as a sentence. */
export function leftEmptyText(language: Language): string {
  return phrases[language].leftEmpty
}

/** What follows when nobody acts: "Level 2 (Li Wei) is paged at 2026-11-20 14:07 UTC." `level` null: the catch-all. */
export function followingText(level: number | null, people: string[], at: number, language: Language): string {
  const say = phrases[language]
  const shown = people.slice(0, NAMES_MAX).join(', ')
  const named = people.length === 0 ? '' : ` (${shown}${people.length > NAMES_MAX ? say.andOthers : ''})`
  return say.following(`${level === null ? say.catchAll : say.level(level)}${named}`, minuteText(at))
}

const NAMES_MAX = 3

export function minuteText(at: number): string {
  return `${iso(at).slice(0, 16).replace('T', ' ')} UTC`
}

const en = {
  onCall: (schedule: string, why: string, until: string) => `on call for ${schedule}${why && ` (${why})`}${until && ` until ${until}`}`,
  override: (reason: string | undefined) => `override${reason ? `, ${reason}` : ''}`,
  member: (team: string) => `member of the team ${team}`,
  named: 'named in the escalation policy',
  admin: 'admin of this installation',
  nobodyElse: 'nobody else could be reached',
  test: { title: 'Test page', ifNobodyActs: 'This is a test: nothing is wrong, and nobody else is paged.' },
  leftEmpty: 'This level pages nobody, as it is written; the one after it goes at once.',
  schedule: (name: string) => `schedule ${name}`,
  team: (name: string) => `team ${name}`,
  admins: 'the admins',
  adminsShort: 'admins',
  nobodyOnCall: (_schedule: string, named: string) => `nobody is on call for ${named}`,
  doesNotExist: (named: string) => `the ${named} does not exist`,
  anyMore: (person: string) => `${person} does not exist any more`,
  noMembers: (named: string) => `the ${named} has no members`,
  noContact: (person: string) => `${person} has no contact`,
  onlyOnScreen: (person: string) => `${person} has nothing but a phone on screen, which counts in the demo and in drills alone`,
  demoPerson: (person: string) => `${person} belongs to the demo company, whose people are never paged in earnest`,
  reachable: (person: string) => `${person} can be reached`,
  level: (level: number) => `Level ${level}`,
  catchAll: 'The catch-all',
  andOthers: ' and others',
  following: (who: string, at: string) => `${who} is paged at ${at}.`,
}

const de: typeof en = {
  onCall: (schedule, why, until) => `On-Call für ${schedule}${why && ` (${why})`}${until && ` bis ${until}`}`,
  override: (reason) => `Vertretung${reason ? `, ${reason}` : ''}`,
  member: (team) => `Mitglied im Team ${team}`,
  named: 'in der Eskalationsrichtlinie genannt',
  admin: 'Admin dieser Installation',
  nobodyElse: 'niemand sonst war zu erreichen',
  test: { title: 'Testalarmierung', ifNobodyActs: 'Das ist ein Test: Nichts ist kaputt, und niemand sonst wird alarmiert.' },
  leftEmpty: 'Diese Stufe alarmiert niemanden, so ist sie geschrieben; die nächste kommt sofort.',
  schedule: (name) => `Dienstplan ${name}`,
  team: (name) => `Team ${name}`,
  admins: 'die Admins',
  adminsShort: 'Admins',
  nobodyOnCall: (schedule) => `niemand ist On-Call für ${schedule}`,
  doesNotExist: (named) => `${named} gibt es nicht`,
  anyMore: (person) => `${person} gibt es nicht mehr`,
  noMembers: (named) => `${named} hat keine Mitglieder`,
  noContact: (person) => `${person} hat keinen Kontakt`,
  onlyOnScreen: (person) => `${person} hat nur ein Telefon auf dem Bildschirm, das allein in Demo und Übungen zählt`,
  demoPerson: (person) => `${person} gehört zur Demofirma, deren Leute nie im Ernst alarmiert werden`,
  reachable: (person) => `${person} ist erreichbar`,
  level: (level) => `Stufe ${level}`,
  catchAll: 'Die Auffangstufe',
  andOthers: ' und andere',
  following: (who, at) => `${who} wird alarmiert: ${at}.`,
}

const phrases: Record<Language, typeof en> = { en, de }
