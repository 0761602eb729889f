/**
 * `Beatriz Amado` is BA, `Raj` is RA, `Anne Marie van Dyk` is AD, `van der Berg` is BE, `Person 17` is P17: what tells
 * people apart stays, and every name has something.
 */
export function initialsOf(name: string): string {
  const words = wordsOf(name)
  const capitals = words.filter((word) => !isParticle(word))
  const [first = '', ...others] = capitals.length > 0 ? capitals : words
  const last = others.at(-1)
  const letters = lettersOf(first)
  if (last === undefined) return letters.slice(0, 2).join('').toUpperCase() || '?'
  const number = /\d+$/.exec(last)?.[0]
  return `${letters[0] ?? ''}${number?.slice(-2) ?? lettersOf(last)[0] ?? ''}`.toUpperCase()
}

/** The first name alone, where everybody knows each other; the whole name where the first word of it is none by itself. */
export function shortName(name: string): string {
  const words = wordsOf(name)
  const [first = name] = words
  const says = lettersOf(first).length > 1 && !first.endsWith('.') && !isParticle(first)
  return says && !words.some((word) => /\d/.test(word)) ? first : name.trim()
}

/** Without what stands in brackets: (on leave). */
function wordsOf(name: string): string[] {
  return name
    .normalize('NFC')
    .replace(/\([^)]*\)/g, ' ')
    .split(/\s+/)
    .filter((word) => lettersOf(word).length > 0)
}

/** `van`, `de`, `al-`. */
function isParticle(word: string): boolean {
  return /^\p{Ll}/u.test(word)
}

/** With the marks that belong to them. */
function lettersOf(word: string): string[] {
  return word.match(/[\p{L}\p{N}]\p{M}*/gu) ?? []
}
