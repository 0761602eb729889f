import type { Language } from '../../kernel/language.ts'

const words: Record<Language, string> = { en: 'Private incident', de: 'Vertraulicher Incident' }

/** How a private incident is called where more than its members may read: by its number and its level, beside this. */
export function coverTitle(language: Language): string {
  return words[language]
}

/** A private incident as whoever holds a link or a phone is told of it; a public one as it is. */
export function covered<Told extends { visibility: 'public' | 'private'; title: string }>(incident: Told, language: Language): Told {
  if (incident.visibility === 'public') return incident
  const unsaid = { title: coverTitle(language), summary: null, service: null, grouping: [] }
  return { ...incident, ...Object.fromEntries(Object.entries(unsaid).filter(([name]) => name in incident)) }
}
