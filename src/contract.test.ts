import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { apiReference } from '../tools/api-reference.ts'
import { contract } from './contract.ts'
import { storable } from './kernel/text.ts'
import { type Contract, instant, isNear, text } from './platform/contract.ts'
import { openApi } from './platform/openapi.ts'

const version = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version
const document = openApi(contract, { title: 'Tocsin', version, description: 'Incident management you host yourself.' })

/** `UPDATE=1 npx vitest run --project unit src/contract.test.ts` writes it anew. */
test('openapi.json says what the contract says', () => {
  const text = `${JSON.stringify(document, null, 2)}\n`
  if (process.env['UPDATE'] === '1') writeFileSync('openapi.json', text)
  expect(
    existsSync('openapi.json') && readFileSync('openapi.json', 'utf8') === text,
    'openapi.json is stale: run this test with UPDATE=1 and review the change',
  ).toBe(true)
})

const INTRODUCTION = [
  '# The API',
  '',
  '<!-- Made from the contract. `UPDATE=1 npx vitest run --project unit src/contract.test.ts` makes it anew. -->',
  '',
  'JSON over HTTP under `/api/v1`, with `Authorization: Bearer {token}` or the browser’s session. [openapi.json](../openapi.json) is the same for',
  'programs, and is served at `/openapi.json`. Lists take `limit` (200 at most) and `cursor` and answer `{ items, next }`; errors are',
  '`{ refusal, message, issues? }`; moments are ISO 8601 in UTC, and in sentences by the clock of the zone in `Time-Zone` and in UTC; `Accept-Language` (en, de) is their language. Writes take an `Idempotency-Key` (255 letters at most), kept for 24 hours with the reply, in',
  'the transaction of the work: sent again after whatever went wrong, it is answered what became of it. The same key with another body is refused with 422,',
  'one that is under way with 409 `in-progress`. While the database is away answers are 503 with `Retry-After`, never 500. An incident is addressed by its id or its',
  'number (`INC-142`). `GET /api/v1/events` is a stream of server-sent events, resumable by `Last-Event-ID`; with `?form=brief` those longer than 1 kB come with `"data": null`. How alerts come in is told in [ways in](ways-in.md), what a page to a program looks like in [paging](paging.md).',
]

test('docs/api.md says what the contract says', () => {
  const text = apiReference(document, INTRODUCTION)
  if (process.env['UPDATE'] === '1') writeFileSync('docs/api.md', text)
  expect(
    existsSync('docs/api.md') && readFileSync('docs/api.md', 'utf8') === text,
    'docs/api.md is stale: run this test with UPDATE=1 and review the change',
  ).toBe(true)
})

interface Operation {
  operationId: string
  summary: string
  tags: string[]
  parameters: { name: string; in: string; schema: unknown }[]
  responses: Record<string, { description: string }>
}
const operations = Object.entries(document['paths'] as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

test.each(operations.map(({ path, method, operation }) => [`${method.toUpperCase()} ${path}`, path, operation] as const))(
  '%s is fit for a reference',
  (_, path, operation) => {
    expect(operation.summary).toMatch(/^[A-Z].*\.$/s)
    expect(operation.tags).toHaveLength(1)
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(operation.parameters.filter((one) => one.in === 'path').map((one) => one.name)).toEqual(named)
    expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true)
  },
)

test('operation ids are unique', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
})

/** What a schema takes in, wherever it stands: every text is `text`, every moment `instant`. */
function bare(schema: z.core.$ZodType, path: string): string[] {
  const { def } = schema._zod as unknown as {
    def: Record<string, unknown> & { type: string; format?: string; checks?: z.core.$ZodCheck[] }
  }
  const checks = (def.checks ?? []).map((one) => one._zod.def as { tx?: unknown; fn?: unknown })
  if (def.type === 'string') {
    if (def.format === 'datetime') return checks.some(({ fn }) => fn === isNear) ? [] : [`${path}: write \`instant\``]
    return checks.some(({ tx }) => tx === storable) ? [] : [`${path}: write \`text\``]
  }
  // `true` and `false` as a query writes them are no text any more.
  if (def.type === 'pipe' && (def['out'] as z.core.$ZodType)._zod.def.type === 'boolean') return []
  if (def.type === 'unknown' || def.type === 'any') return path.endsWith('.body.spec.*') ? [] : [`${path}: may be anything`]
  const {
    shape = {},
    options = [],
    ...inner
  } = def as { shape?: Record<string, z.core.$ZodType>; options?: z.core.$ZodType[] } & Record<string, unknown>
  return [
    ...Object.entries(shape).flatMap(([name, one]) => bare(one, `${path}.${name}`)),
    ...options.flatMap((one) => bare(one, path)),
    ...['innerType', 'element', 'valueType', 'in', 'out', 'left', 'right'].flatMap((name) =>
      inner[name] ? bare(inner[name] as z.core.$ZodType, name === 'valueType' || name === 'element' ? `${path}.*` : path) : [],
    ),
  ]
}

test('no text and no moment comes in by a type of its own', () => {
  const found = Object.entries(contract).flatMap(([name, { params, query, body }]: [string, Contract[string]]) =>
    Object.entries({ params, query, body }).flatMap(([place, schema]) => (schema ? bare(schema, `${name}.${place}`) : [])),
  )
  expect(found).toEqual([])
  expect(bare(z.object({ a: z.array(z.string().min(1)), b: z.iso.datetime(), c: text.max(3), d: instant.optional() }), 'x')).toEqual([
    'x.a.*: write `text`',
    'x.b: write `instant`',
  ])
})
