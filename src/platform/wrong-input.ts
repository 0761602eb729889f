import { z } from 'zod'

/** What is wrong with an input, told to whoever wrote it: the library's own phrases are for programmers. Set for all schemas. */
z.config({ customError: inWords })

export function inWords(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(String(issue.expected), issue.input)
    case 'invalid_value': {
      const values = (issue.values as unknown[]).map(String)
      if (issue.input === undefined) return `is required: ${values.join(' or ')}`
      return values.length === 1 ? `write ${values[0]}` : `‹${shown(issue.input)}› is not known here; write one of ${values.join(', ')}`
    }
    case 'too_small':
      if (issue.origin === 'string')
        return Number(issue.minimum) <= 1
          ? 'is empty; write something, or leave the key out'
          : `is shorter than ${issue.minimum} characters`
      if (isCounted(issue.origin)) return `needs ${entries(Number(issue.minimum))} or more`
      return `is ${shown(issue.input)}; write ${issue.inclusive ? `${issue.minimum} or more` : `more than ${issue.minimum}`}`
    case 'too_big':
      if (issue.origin === 'string') return `is longer than ${issue.maximum} characters`
      if (isCounted(issue.origin)) return `has more than ${entries(Number(issue.maximum))}`
      return `is ${shown(issue.input)}; write ${issue.inclusive ? `${issue.maximum} or less` : `less than ${issue.maximum}`}`
    case 'invalid_format':
      return `‹${shown(issue.input)}› ${FORMATS[issue.format] ?? 'is not written as it has to be here'}`
    case 'not_multiple_of':
      return `is ${shown(issue.input)}; write a multiple of ${issue.divisor}`
    case 'unrecognized_keys':
      return `${issue.keys.map((key) => `‹${key}›`).join(', ')} ${issue.keys.length === 1 ? 'is' : 'are'} not known here; leave ${issue.keys.length === 1 ? 'it' : 'them'} out`
    case 'invalid_union':
      return noneFits(issue)
    case 'invalid_key':
      return 'has a name in it that cannot be one'
    default:
      return 'does not fit'
  }
}

const FORMATS: Record<string, string> = {
  datetime: 'is not a moment; write one such as 2026-01-05T08:00:00Z',
  date: 'is not a day; write one such as 2026-01-05',
  time: 'is not a time; write one such as 09:00',
  email: 'is not an address; write one such as ada@example.org',
  url: 'is not a web address; write one such as https://example.org/page',
}

function isCounted(origin: unknown): boolean {
  return origin === 'array' || origin === 'set' || origin === 'map'
}

function wrongType(expected: string, input: unknown): string {
  if (input === undefined) return 'is required'
  if (input === null) return 'is empty; write a value, or leave the key out'
  switch (expected) {
    case 'string':
      return `is a text, not ${kindOf(input)}`
    case 'array':
      return `is a list, not ${kindOf(input)}`
    case 'object':
    case 'record':
      return `is a group of keys, not ${kindOf(input)}`
    case 'boolean':
      return `‹${shown(input)}› is neither true nor false`
    case 'int':
    case 'number':
      return `‹${shown(input)}› is not a ${expected === 'int' || typeof input === 'number' ? 'whole ' : ''}number`
    default:
      return `‹${shown(input)}› does not fit`
  }
}

function kindOf(input: unknown): string {
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object') return 'a group of keys'
  return typeof input === 'string' ? 'a text' : `‹${shown(input)}›`
}

/** Tells what could have been written where a value fits none of several shapes. */
function noneFits(issue: z.core.$ZodRawIssue): string {
  if (issue.input === undefined) return 'is required'
  const branches = ((issue['errors'] ?? []) as z.core.$ZodIssue[][]).flatMap((errors) => errors.filter((one) => one.path.length === 0))
  const words = branches.flatMap((one) => {
    if (one.code === 'invalid_value') return one.values.map(String)
    return one.code === 'invalid_type' && one.expected === 'array' && typeof issue.input !== 'object'
      ? [`a list: [ ${shown(issue.input)} ]`]
      : []
  })
  return words.length > 0 ? `‹${shown(issue.input)}› does not fit; write ${words.join(', or ')}` : 'does not fit'
}

/** Where a text stops being JSON, as far as the engine tells it; its phrases are not passed on. */
export function noJson(text: string, engineSays: string): string {
  if (/\bend of JSON|Unterminated/i.test(engineSays)) return 'is not JSON: it ends too early; a bracket or a quote is not closed'
  const position = /position (\d+)/.exec(engineSays)?.[1]
  const quoted = /Unexpected token '(.+?)',/su.exec(engineSays)?.[1]
  if (position !== undefined) {
    const before = text.slice(0, Number(position)).split('\n')
    return `is not JSON from line ${before.length}, character ${before.at(-1)!.length + 1} on`
  }
  return quoted === undefined ? 'is not JSON' : `is not JSON: ‹${quoted}› stands where it cannot`
}

function entries(count: number): string {
  return count === 1 ? 'one entry' : `${count} entries`
}

export function shown(input: unknown): string {
  const text = typeof input === 'string' ? input : (JSON.stringify(input) ?? String(input))
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}
