import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contract } from './contract.ts'
import { apiReference } from './platform/api-reference.ts'
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
  '`{ refusal, message, issues? }`; moments are ISO 8601 in UTC. Writes take an `Idempotency-Key`, kept for 24 hours: the same key with another body is',
  'refused with 422. An incident is addressed by its id or its number (`INC-142`). `GET /api/v1/events` is a stream of server-sent events, resumable by',
  '`Last-Event-ID`. How alerts come in is told in [ways in](ways-in.md), what a page to a program looks like in [paging](paging.md).',
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
