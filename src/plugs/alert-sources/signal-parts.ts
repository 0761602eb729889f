import { shorten } from '../../kernel/text.ts'
import { type Instant, parseInstant } from '../../kernel/time.ts'
import type { Signal } from '../../modules/alerts/signal.ts'
import { isObject, type JsonObject, quoted, scalarText, textOf } from './json.ts'
import { ENTRIES_MAX, HREF_MAX, LINK_TEXT_MAX, LINKS_MAX, NAME_MAX, PROBLEMS_MAX, TITLE_MAX, WARNINGS_MAX } from './limits.ts'

export type Texts = Record<string, string>

/** Without a prototype, so that a label called `__proto__` or `constructor` is a label like any other. */
export function noTexts(): Texts {
  return Object.setPrototypeOf({}, null)
}

/**
 * Labels or annotations as sent, every value a text, blank ones left out when `blanks` says so. Takes the parsed object
 * itself when it is already what is wanted, which is nearly always: copying it was a quarter of the time of a read.
 */
export function textsOf(value: unknown, blanks: 'kept' | 'dropped', field: string, warnings: string[]): Texts {
  if (value === undefined || value === null) return noTexts()
  if (!isObject(value)) {
    warn(warnings, `${field} ${quoted(value)} left out: it has to be an object of texts`)
    return noTexts()
  }
  for (const name in value) {
    const text = value[name]
    if (typeof text !== 'string' || (text === '' && blanks === 'dropped')) return copiedTexts(value, blanks)
  }
  return Object.setPrototypeOf(value, null)
}

function copiedTexts(value: JsonObject, blanks: 'kept' | 'dropped'): Texts {
  const texts = noTexts()
  for (const name in value) {
    const text = textOf(value[name])
    if (text !== '' || blanks === 'kept') texts[name] = text
  }
  return texts
}

/** The same texts within the limits: of too many the first by name are kept, too long ones are cut. */
export function clipped(texts: Texts, valueMax: number, field: string, warnings: string[]): Texts {
  let count = 0
  let fits = true
  for (const name in texts) {
    count++
    if (name.length > NAME_MAX || texts[name]!.length > valueMax) fits = false
  }
  if (fits && count <= ENTRIES_MAX) return texts
  if (count > ENTRIES_MAX) warn(warnings, `only the first ${ENTRIES_MAX} of ${count} ${field} by name were kept`)
  const kept = noTexts()
  for (const name of Object.keys(texts).sort().slice(0, ENTRIES_MAX)) {
    const text = texts[name]!
    if (name.length > NAME_MAX) warn(warnings, `a name of ${name.length} characters in ${field} was cut to ${NAME_MAX}`)
    if (text.length > valueMax) warn(warnings, `${quoted(name)} in ${field} was cut from ${text.length} to ${valueMax} characters`)
    kept[shorten(name, NAME_MAX)] = shorten(text, valueMax)
  }
  return kept
}

/** Text as a title: on one line, and cut where it is too long. */
export function titleOf(text: string, warnings: string[]): string {
  const line = NOT_ON_ONE_LINE.test(text) ? text.replace(EVERY_BREAK, ' ').trim() : text.trim()
  if (line.length > TITLE_MAX) warn(warnings, `the title was cut from ${line.length} to ${TITLE_MAX} characters`)
  return shorten(line, TITLE_MAX)
}

const NOT_ON_ONE_LINE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/
const EVERY_BREAK = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g

/** The first line that says something; empty when none does. */
export function firstLine(text: string): string {
  const from = text.trimStart()
  const end = from.indexOf('\n')
  return end === -1 ? from : from.slice(0, end)
}

/** Adds a link a browser may follow: others (`javascript:`, relative ones) are left out with a warning. */
export function addLink(links: Signal['links'], href: unknown, text: unknown, field: string, warnings: string[]): void {
  if (href === undefined || href === null || href === '') return
  if (typeof href !== 'string' || href.length > HREF_MAX || !WEB_ADDRESS.test(href)) {
    warn(warnings, `${field} ${quoted(href)} left out: not a web address`)
  } else if (links.length === LINKS_MAX) {
    warn(warnings, `${field} left out: an alert keeps ${LINKS_MAX} links`)
  } else {
    links.push({ href, text: shorten(scalarText(text) ?? href, LINK_TEXT_MAX) })
  }
}

const WEB_ADDRESS = /^https?:\/\/[^\s\u0000-\u0020\u007f]+$/i

/** A moment as monitoring systems write it; undefined when it is not set (Go writes its zero time) or cannot be read. */
export function instantOf(value: unknown, field: string, warnings: string[]): Instant | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === 'string') {
    if (value.startsWith('0001-01-01T')) return undefined
    const at = parseInstant(value)
    if (at !== undefined) return at
  }
  warn(warnings, `${field} ${quoted(value)} ignored: write it like 2026-01-31T09:00:00Z`)
  return undefined
}

export function warn(warnings: string[], warning: string): void {
  if (warnings.length < WARNINGS_MAX) warnings.push(warning)
}

/** The first of them, and how many more there are: a list of a million bad alerts must not become a million sentences. */
export class Problems {
  readonly list: string[] = []
  #left = 0

  add(problem: string): void {
    if (this.list.length < PROBLEMS_MAX - 1) this.list.push(problem)
    else this.list[PROBLEMS_MAX - 1] = this.#left++ === 0 ? problem : `… and ${this.#left} more like these`
  }
}
