import type { Language } from '../../kernel/language.ts'
import type { Look } from './events.ts'

/** One fact in words: screens draw it, the command line and messages say it as a line. */
export interface Told extends Look {
  /** Whether whoever did it stands before the sentence, as its subject (`Raj` acknowledged) or by the side of it. */
  by?: 'subject' | 'aside' | undefined
  what: Phrase
  detail?: string | undefined
  /** Somebody's own words. */
  quote?: string | undefined
}

/** A sentence, in which names stand out. */
export type Phrase = (string | { name: string })[]

/** To whom it is told, and what people are called there. */
export interface Listener {
  language: Language
  called(person: string): string
}

/** What is said of a fact beside how it looks; what it says may give it another weight. */
export type Sentence = Omit<Told, 'weight'> & { weight?: Told['weight'] }
