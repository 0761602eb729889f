import { LANGUAGES, type Language, preferredLanguage } from '../kernel/language.ts'
import { browserLanguages } from './browser.ts'
import { storedChoice } from './stored-choice.ts'

/** What was chosen here or in the profile; `browser` follows the browser's own list of languages. */
export const languageChoices = ['browser', ...LANGUAGES] as const
export type LanguageChoice = (typeof languageChoices)[number]
export const languageChoice = storedChoice<LanguageChoice>('tocsin.language', languageChoices, 'browser')

/** The language of this page, for as long as it is open: another one is chosen by loading it again. */
export const language: Language = chosen()

/** Whether another language was chosen than this page was loaded in. */
export function isOtherLanguageChosen(): boolean {
  return chosen() !== language
}

/** The words of one file in the language of this page. Both stand in the file, and the compiler wants the second to be complete. */
export function inLanguage<Words>(english: Words, german: NoInfer<Words>): Words {
  return language === 'de' ? german : english
}

function chosen(): Language {
  const choice = languageChoice.read()
  if (choice !== 'browser') return choice
  return preferredLanguage(browserLanguages())
}
