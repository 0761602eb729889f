/**
 * Text that PostgreSQL takes: NUL and lone surrogates (legal in JSON, refused by the database) become U+FFFD.
 * Returns the same string when there is nothing to mend, which is nearly always.
 */
export function storable(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\uFFFD').toWellFormed() : text.toWellFormed()
}

/** Whether there is nothing to mend. */
export function isText(text: string): boolean {
  return storable(text) === text
}

/** At most `max` characters, cut between code points, with an ellipsis where something was cut. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text
  const cut = text.slice(0, max - 1)
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`
}
