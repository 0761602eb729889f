import { hash } from 'node:crypto'
import { shorten, storable } from '../../kernel/text.ts'
import { DEDUP_KEY_MAX, DEPTH_MAX } from './limits.ts'

/** An object as `JSON.parse` makes it: every value may be anything, and no name is safe to trust. */
export type JsonObject = Record<string, unknown>

/** Parses a body of JSON. All text in the value is storable: no NUL, no lone surrogate, in names and in values. */
export function parseJson(body: Buffer): { value: unknown } | { problem: string } {
  let text = body.toString('utf8')
  // A byte order mark: PowerShell and some .NET senders write one.
  if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: text.trim() === '' ? 'The body is empty: send JSON.' : 'The body is not JSON.' }
  }
  return { value: UNSTORABLE_ESCAPE.test(text) ? mended(value, 1) : value }
}

/** Decoded bytes hold no lone surrogate and JSON takes no raw NUL, so both can only have come as escapes: a body without is clean. */
const UNSTORABLE_ESCAPE = /\\u(?:0000|[dD][89a-fA-F])/

function mended(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return storable(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEPTH_MAX) return TOO_DEEP
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = mended(value[i], depth + 1)
    return value
  }
  const object = value as JsonObject
  for (const name of Object.keys(object)) {
    const entry = mended(object[name], depth + 1)
    const storableName = storable(name)
    if (storableName !== name) delete object[name]
    object[storableName] = entry
  }
  return object
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Any value as text: strings as they are, nothing for null, objects and lists as JSON. Never throws, however deep they nest. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value === null || value === undefined) return ''
  return nestsDeeperThan(DEPTH_MAX, value) ? TOO_DEEP : JSON.stringify(value)
}

const TOO_DEEP = `(nested deeper than ${DEPTH_MAX})`

function nestsDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  const entries = Array.isArray(value) ? value : Object.values(value)
  return entries.some((entry) => nestsDeeperThan(levels - 1, entry))
}

/** A field meant to be text: a number or a boolean will do; undefined when it is blank, absent, or an object. */
export function scalarText(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
  return text.trim() === '' ? undefined : text
}

/** A key short enough to be kept: a longer one becomes its hash, which is as unique. */
export function dedupKeyOf(text: string): string {
  return text.length <= DEDUP_KEY_MAX ? text : `sha256:${hash('sha256', text)}`
}

/** A sender's value as quoted in a warning or a problem. */
export function quoted(value: unknown): string {
  return `‹${shorten(textOf(value), 64)}›`
}
