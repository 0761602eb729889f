import { expect, test } from 'vitest'
import { z } from 'zod'
import { contract } from '../contract.ts'
import { WRITTEN_KINDS } from '../modules/configuration/kinds.ts'
import { channels } from '../plugs/channels/index.ts'
import { noJson } from './wrong-input.ts'

/** What people, scripts and forms send by mistake. */
const WRONG = [
  undefined,
  null,
  '',
  'x',
  'nonsense',
  '2026-13-45',
  'x'.repeat(200_000),
  0,
  -1,
  1.5,
  1e12,
  Number.NaN,
  true,
  [],
  [''],
  [{}],
  Array.from({ length: 10_000 }, () => 'x'),
  {},
  { unknown: 1 },
  { unknown: 1, other: 2 },
  { '': '' },
]
/** What the library says of itself. */
const MACHINE = /invalid|too (small|big)|expected|received|unrecognized|must (match|start|end|include)|\bISO\b|\bNaN\b|\[object/i

const bodies = Object.entries(contract as Record<string, { params?: z.ZodType; query?: z.ZodType; body?: z.ZodType }>).flatMap(
  ([name, { params, query, body }]) => [params, query, body].flatMap((schema) => (schema ? [[name, schema] as const] : [])),
)
const contacts = channels.flatMap(({ name, address, settings }) => [
  [`a contact by ${name}`, address.schema as z.ZodType] as const,
  ...(settings ? [[`the settings of a contact by ${name}`, settings.schema as z.ZodType] as const] : []),
])

const documents = WRITTEN_KINDS.map((kind) => [`a document of the kind ${kind.name}`, kind.schema] as const)

test.each([...bodies, ...contacts, ...documents])('%s: whatever is wrong is said in our words', (_, schema) => {
  const machine = [...partsOf(schema)]
    .flatMap((part) => WRONG.flatMap((input) => messagesOf(part, input)))
    .filter((said) => MACHINE.test(said))
  expect([...new Set(machine)]).toEqual([])
})

test.each([
  [z.array(z.string()).min(1), [], 'needs one entry or more'],
  [z.iso.datetime(), 'soon', '‹soon› is not a moment; write one such as 2026-01-05T08:00:00Z'],
  [z.number().max(5), 7, 'is 7; write 5 or less'],
  [z.string().max(3), 'four', 'is longer than 3 characters'],
  [z.enum(['high', 'low']), 'medium', '‹medium› is not known here; write one of high, low'],
  [z.strictObject({ a: z.string() }), { a: 'x', b: 1 }, '‹b› is not known here; leave it out'],
  [z.string(), undefined, 'is required'],
  [z.string(), 5, 'is a text, not ‹5›'],
  [z.array(z.string()), {}, 'is a list, not a group of keys'],
  [z.literal('yes'), 'no', 'write yes'],
] as [z.ZodType, unknown, string][])('%# says %3$s', (schema, input, said) => {
  expect(messagesOf(schema, input)).toEqual([said])
})

test.each(['{"title": oops}', '{"title": "oops', '{"a": [1,', '{"a": 1,}', 'title: oops', '{} {}', '{"a": "\n"}', '<html>', "{'a': 1}"])(
  'a body that is no JSON is told so in our words: %s',
  (text) => {
    expect(() => JSON.parse(text)).toThrow()
    const said = saidOf(text)
    expect(said).toMatch(/^is not JSON/)
    expect(said).not.toMatch(/token|position|unterminated|control character|property name|valid/i)
  },
)

function saidOf(text: string): string {
  try {
    return JSON.parse(text) as string
  } catch (error) {
    return noJson(text, (error as Error).message)
  }
}

function messagesOf(schema: z.ZodType, input: unknown): string[] {
  try {
    return schema.safeParse(input).error?.issues.map(({ message }) => message) ?? []
  } catch {
    // A coercion that needs another type fails by itself; whole requests never get there.
    return []
  }
}

/** A schema and everything that it is made of. */
function partsOf(schema: z.ZodType, seen = new Set<z.ZodType>()): Set<z.ZodType> {
  if (seen.has(schema)) return seen
  seen.add(schema)
  const def = schema._zod.def as unknown as Record<string, unknown>
  const inner = [
    def['innerType'],
    def['in'],
    def['element'],
    def['valueType'],
    def['keyType'],
    ...((def['options'] as unknown[]) ?? []),
    ...Object.values((def['shape'] as object) ?? {}),
  ]
  for (const part of inner) if (part && typeof part === 'object' && '_zod' in part) partsOf(part as z.ZodType, seen)
  return seen
}
