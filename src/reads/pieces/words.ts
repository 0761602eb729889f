import type { Language } from '../../kernel/language.ts'
import { momentText, type Reader } from '../../kernel/moment.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Snapshot } from '../../modules/documents/index.ts'
import { Schedule } from '../../modules/oncall/index.ts'
import { Person, Team } from '../../modules/people/index.ts'
import type { Telling } from '../../modules/timeline/index.ts'

/** Sentences call people and things as people do. */
export function tellingOf(snapshot: Snapshot, reader: Reader, now: Instant): Telling {
  return {
    reader,
    now,
    called: {
      person: (name) => snapshot.get(Person, name)?.spec.displayName ?? name,
      schedule: (name) => snapshot.get(Schedule, name)?.spec.displayName ?? name,
      team: (name) => snapshot.get(Team, name)?.spec.displayName ?? name,
    },
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

/** What follows when nobody acts: "Level 2 (Li Wei) is paged at 15:07 Berlin, 14:07 UTC." `level` null: the catch-all. */
export function followingText(level: number | null, people: string[], at: Instant, { reader, now, called }: Telling): string {
  const say = phrases[reader.language]
  const shown = people.slice(0, NAMES_MAX).map(called.person).join(', ')
  const named = people.length === 0 ? '' : ` (${shown}${people.length > NAMES_MAX ? say.andOthers : ''})`
  return say.following(`${level === null ? say.catchAll : say.level(level)}${named}`, momentText(at, now, reader))
}

const NAMES_MAX = 3

const en = {
  test: { title: 'Test page', ifNobodyActs: 'This is a test: nothing is wrong, and nobody else is paged.' },
  leftEmpty: 'This level pages nobody, as it is written; the one after it goes at once.',
  level: (level: number) => `Level ${level}`,
  catchAll: 'The catch-all',
  andOthers: ' and others',
  following: (who: string, at: string) => `${who} is paged at ${at}.`,
}

const de: typeof en = {
  test: { title: 'Testalarmierung', ifNobodyActs: 'Das ist ein Test: Nichts ist kaputt, und niemand sonst wird alarmiert.' },
  leftEmpty: 'Diese Stufe alarmiert niemanden, so ist sie geschrieben; die nächste kommt sofort.',
  level: (level) => `Stufe ${level}`,
  catchAll: 'Die Auffangstufe',
  andOthers: ' und andere',
  following: (who, at) => `${who} wird alarmiert: ${at}.`,
}

const phrases: Record<Language, typeof en> = { en, de }
