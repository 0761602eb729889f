import type { Language } from '../../kernel/language.ts'
import type { Instant } from '../../kernel/time.ts'
import type { PersonSpec } from '../people/index.ts'

export const THEMES = ['system', 'light', 'dark'] as const

/** How a person wants the browser to be; what the product does to others is configuration. */
export interface Preferences {
  /** Null: as the browser has it. */
  language: Language | null
  timeZone: string | null
  theme: (typeof THEMES)[number]
  singleKeys: boolean
  /** Where it is not the usual one: action to key. */
  keys: Record<string, string>
}

export interface SavedPreferences extends Preferences {
  savedAt: Instant | null
}

/** Before anything was saved, the person's own document is all that is known. */
export function preferencesBefore(person: Pick<PersonSpec, 'language' | 'timeZone'>): SavedPreferences {
  return {
    language: person.language ?? null,
    timeZone: person.timeZone ?? null,
    theme: 'system',
    singleKeys: true,
    keys: {},
    savedAt: null,
  }
}

/** What a person chose in the browser, else what their document says; undefined: they never said. */
export function languageOfPerson(
  person: Pick<PersonSpec, 'language'>,
  chosen: Pick<Preferences, 'language'> | undefined,
): Language | undefined {
  return chosen?.language ?? person.language
}
