import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import type { Signal } from '../../src/modules/alerts/index.ts'
import type { AlertSource, Answer } from '../../src/modules/intake/index.ts'
import { createWorld, twoPeople, type World } from '../world/world.ts'

const KEY = 'a-key-of-a-vendor-that-has-no-file-yet'
const HEADER = { authorization: `GenieKey ${KEY}` }
const inHeader = { in: 'header', name: 'Authorization', scheme: 'GenieKey' } as const
const said = (status: number, result: string): Answer => ({ status, body: { result } })

/** Speaks as Opsgenie does: its key stands in a header, and for all but POST the alert that is meant in the address. */
const genie: AlertSource = {
  name: 'genie',
  title: 'Genie',
  doors: [
    { method: 'POST', path: '/v2/alerts', key: inHeader },
    { method: 'GET', path: '/v2/alerts/requests/:id', key: inHeader, isAddressed: true },
    { method: 'PATCH', path: '/v2/alerts/:alias', key: inHeader, isAddressed: true },
    { method: 'DELETE', path: '/v2/alerts/:alias', key: inHeader, isAddressed: true },
    {
      method: 'PUT',
      path: '/v1/heard',
      key: { in: 'query', name: 'token' },
      isAddressed: true,
      bodyMax: { bytesMax: 1000, inflatedMax: 1000 },
    },
  ],
  read(body, { asked }) {
    if (asked?.method === 'GET') return { signals: [], problems: [], answer: said(200, `request ${asked.params['id']} was taken`) }
    const { alias, message } = JSON.parse(body.toString() || '{}') as { alias?: string; message?: string }
    const signal: Signal = {
      dedupKey: asked?.params['alias'] ?? alias ?? asked?.query['alias'] ?? 'none',
      action: asked?.method === 'DELETE' ? 'resolve' : 'trigger',
      title: message ?? 'No message',
      severity: 2,
      labels: {},
      annotations: {},
      links: [],
      warnings: [],
    }
    return { signals: [signal], problems: [], answer: said(202, 'taken') }
  },
  example: ({ title, dedupKey }) => ({ message: title, alias: dedupKey }),
  address: ({ baseUrl }) => `${baseUrl}/v2/alerts`,
  connect: () => [],
  unknownKey: said(401, 'no such key'),
  overloaded: said(503, 'come back'),
  tooLarge: said(413, 'too large'),
}

let world: World

beforeAll(async () => {
  world = await createWorld({ dialects: [genie] })
  await world.configure(`${twoPeople()}
---
apiVersion: tocsin.dev/v1
kind: Integration
metadata: { name: genie }
spec: { source: genie, service: payments-api, key: ${KEY} }
`)
})
afterAll(() => world.close())

async function send(method: string, path: string, { body, headers = HEADER }: { body?: object; headers?: Record<string, string> } = {}) {
  const reply = await fetch(`${world.baseUrl}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  return { status: reply.status, allow: reply.headers.get('allow'), text: await reply.text() }
}
const alert = async (dedupKey: string) => (await world.api.listAlerts({ query: { dedupKey, limit: 1 } })).items[0]
const events = async () => (await world.api.listIntegrationEvents({ params: { name: 'genie' }, query: { limit: 50 } })).items

test('a key in a header opens the door, with its scheme and whatever the letters are; it is kept nowhere', async () => {
  expect(await send('POST', '/v2/alerts', { body: { alias: 'disk', message: `Disk is full, says ${KEY}` } })).toMatchObject({ status: 202 })
  expect((await send('POST', '/v2/alerts', { body: { alias: 'cpu' }, headers: { Authorization: `geniekey  ${KEY}` } })).status).toBe(202)
  await world.settle()
  expect(await alert('disk')).toMatchObject({ integration: 'genie', title: expect.stringContaining('a-key-***') })
  expect(await alert('cpu')).toMatchObject({ status: 'open' })
  expect(JSON.stringify(await events())).not.toContain(KEY)
  expect(await send('POST', '/v2/alerts', { headers: { authorization: `GenieKey ${KEY}x` } })).toEqual({
    ...{ status: 401, allow: null, text: '{"result":"no such key"}' },
  })
  expect((await send('POST', '/v2/alerts', { headers: {} })).status).toBe(401)
})

test('PATCH and DELETE say in the address which alert they mean', async () => {
  expect((await send('PATCH', '/v2/alerts/disk', { body: { message: 'Disk is nearly full' } })).status).toBe(202)
  await world.settle()
  expect(await alert('disk')).toMatchObject({ title: 'Disk is nearly full', count: 2 })
  expect((await send('DELETE', '/v2/alerts/disk')).status).toBe(202)
  await world.settle()
  expect(await alert('disk')).toMatchObject({ status: 'ended', endedBy: 'source' })
  expect((await events()).slice(0, 2).map(({ alerts }) => alerts[0])).toMatchObject([
    { action: 'resolve', dedupKey: 'disk' },
    { action: 'trigger', dedupKey: 'disk', title: 'Disk is nearly full' },
  ])
})

test('what an address said is known to another node too, which takes over what was accepted', async () => {
  expect((await send('PATCH', '/v2/alerts/left?x=1', { body: { message: 'Taken over' } })).status).toBe(202)
  const other = createApp({ ...world.parts, node: 'another' })
  await other.takeBackLeases(world.now())
  await other.engine.settle(['intake'])
  expect(await alert('left')).toMatchObject({ title: 'Taken over', count: 1 })
  await other.close()
  await world.settle()
  expect(await alert('left')).toMatchObject({ count: 1 })
})

test('GET asks: it is answered and leaves nothing behind', async () => {
  const before = (await events()).length
  expect(await send('GET', '/v2/alerts/requests/r-1')).toMatchObject({ status: 200, text: '{"result":"request r-1 was taken"}' })
  expect((await send('GET', '/v2/alerts/requests/r-1', { headers: { authorization: 'GenieKey of-nobody-at-all-here' } })).status).toBe(401)
  await world.settle()
  expect(await events()).toHaveLength(before)
})

test('a key in the query opens the door, and is no part of what was said', async () => {
  expect(await send('PUT', `/v1/heard?token=${KEY}&alias=beat`, { headers: {} })).toMatchObject({ status: 202 })
  await world.settle()
  expect(await alert('beat')).toMatchObject({ status: 'open' })
  // Under another name it is found as well, and as little kept.
  expect(await send('PUT', `/v1/heard?key=${KEY}&alias=beat`, { headers: {} })).toMatchObject({ status: 202 })
  expect(await send('PATCH', `/v2/alerts/beat?again=${KEY}`)).toMatchObject({ status: 202 })
  await world.settle()
  const entries = (await world.db.sql<{ entries: string }>`select entries from alerts_inbox`).map((row) => row.entries).join()
  expect(entries).toContain('"query":{"alias":"beat"}')
  expect(entries).toContain('"query":{"key":"a-key-…","alias":"beat"}')
  expect(entries).not.toContain(KEY)
  expect((await send('PUT', `/v1/heard?token=${KEY}`, { headers: {}, body: { message: 'x'.repeat(2000) } })).text).toBe(
    '{"result":"too large"}',
  )
})

test('a method that no door of the address takes is told which do, and kept', async () => {
  expect(await send('POST', '/v2/alerts/disk', { body: {} })).toMatchObject({ status: 405, allow: 'PATCH, DELETE' })
  expect(await send('GET', `/v1/heard?token=${KEY}`, { headers: {} })).toMatchObject({ status: 405, allow: 'PUT' })
  await world.settle()
  const [get, post] = (await world.api.listUnparsed({ query: { limit: 2 } })).items
  expect(post!.problems[0]).toMatch(/^It came as POST: send this as PATCH, DELETE\./)
  expect(get!.problems[0]).toMatch(/^It came as GET: send this as PUT\./)
  expect(await send('POST', '/v2/elsewhere', { body: {} })).toMatchObject({ status: 404 })
  await world.settle()
  expect((await world.api.listUnparsed({ query: { limit: 1 } })).items[0]!.problems[0]).toMatch(
    /^Nothing listens at POST \/v2\/elsewhere\. This integration listens at \/v2\/alerts\./,
  )
})
