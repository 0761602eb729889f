import type { z } from 'zod'
import { shown } from '../../platform/wrong-input.ts'
import type { Path } from './kind.ts'
import { mendFor } from './nearest.ts'

/** What a schema finds wrong with a value, in sentences that tell the mend; paths count from `at`. */
export function findingsOf<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
  at: Path,
): { value: Value } | { findings: { path: Path; message: string }[] } {
  const parsed = schema.safeParse(value, { error: inWords })
  if (parsed.success) return { value: parsed.data }
  const findings = parsed.error.issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
    const keys = unknownKeys(schema, issue, path, value)
    if (keys.length === 0) return [{ path: [...at, ...path], message: issue.message }]
    const known = keysAt(schema, path)
    return keys.map((key) => ({ path: [...at, ...path, key], message: `‹${key}› is not a key here${mendFor(key, known, 'the keys are')}` }))
  })
  return { findings }
}

/** The keys a schema knows at a path, in the order they are declared in. */
export function keysAt(schema: z.ZodType, path: Path): string[] {
  let here: z.core.$ZodType[] = variants(schema)
  for (const step of path) here = here.flatMap((one) => variantsBelow(one, step))
  return [...new Set(here.flatMap((one) => (isObject(one) ? Object.keys(one._zod.def.shape) : [])))]
}

/** Every keys-and-values schema that a wrapped one may stand for. */
function variants(schema: z.core.$ZodType): z.core.$ZodType[] {
  const def = schema._zod.def as z.core.$ZodTypeDef & { innerType?: z.core.$ZodType; in?: z.core.$ZodType; options?: z.core.$ZodType[] }
  if (def.innerType) return variants(def.innerType)
  if (def.type === 'pipe' && def.in) return variants(def.in)
  if (def.type === 'union' && def.options) return def.options.flatMap(variants)
  return [schema]
}

function variantsBelow(schema: z.core.$ZodType, step: string | number): z.core.$ZodType[] {
  const def = schema._zod.def as z.core.$ZodTypeDef & { element?: z.core.$ZodType; valueType?: z.core.$ZodType }
  if (isObject(schema)) {
    const inner = schema._zod.def.shape[step]
    return inner ? variants(inner) : []
  }
  const inner = def.type === 'array' ? def.element : def.type === 'record' ? def.valueType : undefined
  return inner ? variants(inner) : []
}

function isObject(schema: z.core.$ZodType): schema is z.core.$ZodObject {
  return schema._zod.def.type === 'object'
}

/** Keys nobody knows; a value that fits none of several shapes is told by its unknown keys, if it has any. */
function unknownKeys(schema: z.ZodType, issue: z.core.$ZodIssue, path: Path, value: unknown): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys
  if (issue.code !== 'invalid_union') return []
  const here = path.reduce<unknown>((part, step) => (part as Record<string | number, unknown> | undefined)?.[step], value)
  if (typeof here !== 'object' || here === null || Array.isArray(here)) return []
  const known = keysAt(schema, path)
  return known.length === 0 ? [] : Object.keys(here).filter((key) => !known.includes(key))
}

/** Durations lack a unit more often than anything else is wrong with a number. */
const DURATION_KEYS = new Set(['after', 'round', 'ackTimeout'])
const TIME_KEYS = new Set(['from', 'until'])

/** What is peculiar to documents that people write; the rest is worded as everywhere: src/platform/wrong-input.ts. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') return wrongType(String(issue.expected), issue.input, issue.path)
  if (issue.code !== 'invalid_value' || issue.input === undefined) return undefined
  const values = (issue.values as unknown[]).map(String)
  return values.length === 1
    ? undefined
    : `‹${shown(issue.input)}› is not known here${mendFor(String(issue.input), values, 'write one of')}`
}

function wrongType(expected: string, input: unknown, path: PropertyKey[] | undefined): string | undefined {
  if (input === undefined || input === null) return undefined
  const last = String(path?.at(-1) ?? '')
  switch (expected) {
    case 'string':
      if (typeof input === 'number' && last === 'turn') return `‹${input}› lacks a unit; write ${input}d, ${input}w or ${input}h`
      if (typeof input === 'number' && DURATION_KEYS.has(last)) return `‹${input}› lacks a unit; write ${input}s, ${input}m or ${input}h`
      if (typeof input === 'number' && TIME_KEYS.has(last)) return `‹${input}› is not a time; write one such as 09:00`
      return typeof input === 'object'
        ? 'is a text, not a list or a group of keys'
        : `‹${String(input)}› is read as a ${typeof input}; put it in quotes: "${String(input)}"`
    case 'array':
      return typeof input === 'object' ? 'is a list: begin each entry with `- `' : `is a list; write [ ${shown(input)} ]`
    case 'object':
    case 'record':
      return Array.isArray(input) ? 'is a group of keys, not a list' : 'is a group of keys: { key: value }'
    case 'int':
    case 'number':
      return typeof input === 'string' && input.trim() !== '' && Number.isFinite(Number(input))
        ? `‹${input}› is a text; take the quotes away`
        : undefined
    default:
      return undefined
  }
}
