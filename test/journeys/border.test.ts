import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '../../src/contract.ts'
import { openApi } from '../../src/platform/openapi.ts'
import { keyOf, type Stage, setStage } from '../world/stage.ts'
import { ADMIN_TOKEN } from '../world/world.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'kim'] })
  await stage.policy(['0s ada'], 'kim')
  await stage.write({
    Schedule: { night: { timeZone: 'UTC', layers: [{ name: 'weekly', users: ['ada'], start: '2026-11-16T09:00', turn: '7d' }] } },
  })
  await stage.alarm()
})
afterAll(() => stage.close())

/** Texts and moments that break what takes them for granted. */
const HOSTILE = [
  ...[
    '\0',
    'a\0b',
    '\ud83d',
    '\ude00\ud83d',
    '__proto__',
    '%00',
    "'; --",
    '\u202e',
    'x'.repeat(5000),
    ' ',
    '-1',
    '1e999',
    '9'.repeat(30),
    'NaN',
  ],
  ...[
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '0001-01-01',
    '9999-12-31T23:59:59.999Z',
    '9999-12-31T23:59:59-12:00',
    '2999-12-31T23:59:59Z',
  ],
  ...['1900-01-01T00:00:00Z', '275760-09-13T00:00:00Z', '+275760-09-13T00:00:00.000Z', '-000001-01-01T00:00:00Z', '2026-02-30T00:00:00Z'],
]

interface Schema {
  type?: string
  enum?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  default?: unknown
}
interface Operation {
  parameters?: { name: string; in: 'path' | 'query'; schema: Schema }[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
}

/** Something a schema takes, as far as that is easily told; `hostile` stands for every text at the path. */
function likely(schema: Schema, hostile?: string): unknown {
  if (schema.anyOf) return likely(schema.anyOf[0]!, hostile)
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'integer' || schema.type === 'number') return 1
  if (schema.type === 'boolean') return false
  if (schema.type === 'array') return [likely(schema.items ?? {}, hostile)]
  if (schema.type === 'string') return hostile ?? 'api'
  const of = Object.entries(schema.properties ?? {})
  return of.length === 0
    ? { [hostile ?? 'x']: hostile ?? 'x', spec: [hostile] }
    : Object.fromEntries(of.map(([name, one]) => [name, likely(one, hostile)]))
}

const document = openApi(contract, { title: '', version: '', description: '' }) as { paths: Record<string, Record<string, Operation>> }
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
)

/** Real things of the stage, so that what a hostile text stands beside is found. */
const REAL: Record<string, string> = { kind: 'people', name: 'ada', person: 'ada', id: 'INC-1' }

test.each(operations.map((one) => [`${one.method} ${one.path}`, one] as const))(
  '%s fails at no text and no moment',
  async (_name, { method, path, operation }) => {
    if (path.endsWith('/events') && method === 'GET' && !path.includes('{')) return
    const parameters = operation.parameters ?? []
    const body = operation.requestBody?.content['application/json'].schema
    const ask = async (said: { path?: [string, string]; query?: [string, string]; body?: unknown }) => {
      const address = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
        encode(said.path?.[0] === name ? said.path[1] : (REAL[name] ?? 'x')),
      )
      const query = said.query ? `?${encode(said.query[0])}=${encode(said.query[1])}` : ''
      const reply = await fetch(`${stage.world.baseUrl}${address}${query}`, {
        method,
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(said.body ?? likely(body)) }),
      })
      const text = await reply.text()
      expect
        .soft(reply.status, `${method} ${address}${query} ${JSON.stringify(said).slice(0, 300)} was answered ${text.slice(0, 300)}`)
        .toBeLessThan(500)
      return { status: reply.status, text }
    }
    for (const hostile of HOSTILE) {
      for (const { name, in: place } of parameters) await ask(place === 'path' ? { path: [name, hostile] } : { query: [name, hostile] })
      if (!body) continue
      await ask({ body: likely(body, hostile) })
      for (const [name, one] of Object.entries(body.properties ?? {}))
        await ask({ body: { ...(likely(body) as object), [name]: likely(one, hostile) } })
    }
  },
)

test('a moment that nobody can reckon with is refused by its field', async () => {
  for (const at of ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '+275760-09-13T00:00:00Z']) {
    for (const path of ['/alerts?since', '/incidents?until', '/on-call?at', '/schedules/night/shifts?since']) {
      const reply = await fetch(`${stage.world.baseUrl}/api/v1${path}=${encode(at)}`, {
        headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      })
      const field = path.split('?')[1]
      expect([reply.status, await reply.json()], `${path} ${at}`).toMatchObject([
        400,
        { issues: [{ path: `query.${field}`, message: 'is a moment from 1900 to 2999, such as 2026-01-05T08:00:00Z' }] },
      ])
    }
  }
})

test('a document with a character that no text has is refused by its place', async () => {
  const yaml = 'apiVersion: tocsin.dev/v1\nkind: Team\nmetadata: { name: odd }\nspec:\n  displayName: "a\\0b"\n  members: []\n'
  const reply = await fetch(`${stage.world.baseUrl}/api/v1/configuration/apply`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    body: JSON.stringify({ files: [{ file: 'odd.yaml', text: yaml }] }),
  })
  expect([reply.status, await reply.json()]).toMatchObject([
    422,
    { issues: [{ path: 'spec.displayName', line: 5, message: expect.stringContaining('holds a character that no text has') }] },
  ])
  expect(keyOf('alarms')).not.toBe('')
})

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
