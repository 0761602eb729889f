/** The languages that everything people read is written in. */
export const LANGUAGES = ['en', 'de'] as const
export type Language = (typeof LANGUAGES)[number]
/** The same words in each of them. */
export type InEach = Record<Language, string>

/** The first of these that is written here, most wanted first; English where none is. */
export function preferredLanguage(tags: readonly string[]): Language {
  for (const tag of tags) {
    const known = LANGUAGES.find((one) => tag.trim().toLowerCase().split('-')[0] === one)
    if (known) return known
  }
  return 'en'
}

/** What an Accept-Language header asks for: `de-CH,de;q=0.9,en;q=0.8`. */
export function acceptedLanguage(header: string | undefined): Language {
  const wanted = (header ?? '').split(',').flatMap((part) => {
    const [tag = '', ...settings] = part.trim().split(';')
    const weight = Number(
      settings
        .find((one) => one.trim().startsWith('q='))
        ?.trim()
        .slice(2) ?? 1,
    )
    return tag !== '' && weight > 0 ? [{ tag, weight }] : []
  })
  return preferredLanguage(wanted.sort((a, b) => b.weight - a.weight).map(({ tag }) => tag))
}
