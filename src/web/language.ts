import { storedChoice } from './stored-choice.ts'

export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/** What was chosen here or in the profile; `browser` follows the browser's own list of languages. */
export const languageChoices = ['browser', ...languages] as const
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
  const preferred = typeof navigator === 'undefined' ? [] : (navigator.languages ?? [])
  for (const tag of preferred) {
    const known = languages.find((one) => tag.toLowerCase().split('-')[0] === one)
    if (known) return known
  }
  return 'en'
}
