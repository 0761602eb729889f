import { inLanguage } from '../../language.ts'

const english = { empty: 'Empty' }

const german: typeof english = { empty: 'Unbesetzt' }

export const words = inLanguage(english, german)
