import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createStillMay } from '../../src/modules/access/actions.ts'
import { createLiveStream } from '../../src/modules/timeline/stream.ts'
import type { Caller } from '../../src/platform/contract.ts'
import { type Listener, listenTo } from '../world/listener.ts'
import { type Stage, setStage } from '../world/stage.ts'

let stage: Stage
const listening: Listener[] = []

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'], stepSeconds: 1 })
})
afterEach(async () => {
  for (const one of listening.splice(0)) await one.leave()
})
afterAll(() => stage.close())

async function listen(headers: Record<string, string>) {
  const listener = await listenTo(stage.world, headers)
  expect(listener.response.status).toBe(200)
  listening.push(listener)
  return listener
}

const facts = (listener: Listener) => [...listener.heard().matchAll(/^event: (incident\..+)$/gm)].length

const token = async (over: { person?: string; role?: 'admin' | 'viewer' } = {}) => {
  const { id, secret } = await stage.world.api.createToken({ body: { label: 'listener', role: 'viewer', ...over } })
  return { id, headers: { authorization: `Bearer ${secret}` } }
}

async function session(person: string): Promise<Record<string, string>> {
  const { url } = await stage.world.api.createLoginLink({ body: { person } })
  const entered = await fetch(url.replace('http://tocsin.test', stage.world.baseUrl), { method: 'POST', redirect: 'manual' })
  return { cookie: entered.headers.get('set-cookie')!.split(';')[0]! }
}

const zoe = (spec: object | null) => stage.write({ Person: { zoe: spec } })

const ENDINGS: [string, () => Promise<{ headers: Record<string, string>; end(): Promise<unknown> }>][] = [
  [
    'a token that is revoked',
    async () => {
      const { id, headers } = await token()
      return { headers, end: () => stage.world.api.revokeToken({ params: { id } }) }
    },
  ],
  [
    'a token whose person is removed',
    async () => {
      await zoe({ displayName: 'Zoe' })
      return { headers: (await token({ person: 'zoe' })).headers, end: () => zoe(null) }
    },
  ],
  [
    'a person who is removed',
    async () => {
      await zoe({ displayName: 'Zoe' })
      return { headers: await session('zoe'), end: () => zoe(null) }
    },
  ],
  [
    'a person who is replaced by another of the same name',
    async () => {
      await zoe({ displayName: 'Zoe' })
      return { headers: await session('zoe'), end: () => zoe(null).then(() => zoe({ displayName: 'Another Zoe' })) }
    },
  ],
  [
    'a person who signs out',
    async () => {
      const headers = await session('ada')
      return { headers, end: () => fetch(`${stage.world.baseUrl}/api/v1/session`, { method: 'DELETE', headers }) }
    },
  ],
]

test.each(ENDINGS)('%s hears nothing more, and the stream ends with the next beat', async (_, make) => {
  const { headers, end } = await make()
  const [theirs, others] = [await listen(headers), await listen((await token()).headers)]
  await stage.alarm()
  await others.until(() => facts(theirs) > 0 && facts(others) > 0)
  const heard = facts(theirs)

  await end()
  await stage.world.pass({ seconds: 1 })
  await stage.alarm({ dedup_key: 'later', title: 'Later' })
  await others.until(() => facts(others) > heard)
  await theirs.until(theirs.hasEnded)
  expect(facts(theirs)).toBe(heard)
  expect(others.hasEnded()).toBe(false)
  expect((await fetch(`${stage.world.baseUrl}/api/v1/events`, { headers })).status).toBe(401)
  await stage.curtain()
})

test('a stream on which nothing happens ends all the same', async () => {
  const { id, headers } = await token()
  const listener = await listen(headers)
  await stage.world.api.revokeToken({ params: { id } })
  await stage.world.pass({ seconds: 6 })
  await listener.until(listener.hasEnded)
})

test('a session that has run out ends its stream', async () => {
  const listener = await listen(await session('lin'))
  stage.pace.stepSeconds = 24 * 3600
  await stage.world.pass({ days: 31 })
  stage.pace.stepSeconds = 1
  await listener.until(listener.hasEnded)
})

test('whoever may no longer do something is told apart by what they may now', async () => {
  const { db, parts, app } = stage.world
  const stillMay = createStillMay({ db, clock: parts.clock, documents: app.documents })
  const { id } = await token({ role: 'admin' })
  const caller: Caller = { kind: 'token', id: `token:${id}`, label: 'x', credential: { token: id }, permits: () => true }
  expect((await stillMay([caller], 'config:write')).has(caller)).toBe(true)
  await db.sql`update access_tokens set role = 'viewer' where id = ${id}`
  expect((await stillMay([caller], 'config:write')).has(caller)).toBe(false)
  expect((await stillMay([caller], 'incident:read')).has(caller)).toBe(true)
})

test('asking again costs the same for one stream and for forty', async () => {
  const cost = async () => {
    const before = stage.world.db.statements()
    await stage.world.app.engine.settle(['live-callers'])
    return stage.world.db.statements() - before
  }
  await listen((await token()).headers)
  const one = await cost()
  const ada = await session('ada')
  for (let i = 0; i < 20; i++) {
    await listen((await token()).headers)
    await listen(ada)
  }
  expect(await cost()).toBe(one)
  expect(one).toBeLessThanOrEqual(2)
})

test('what is told to many is held once, however many of them have stopped reading', async () => {
  const { db, parts } = stage.world
  const admin: Caller = { kind: 'token', id: 'token:admin', label: 'x', permits: () => true }
  const live = createLiveStream({
    db,
    clock: parts.clock,
    log: pino({ level: 'silent' }),
    describe: (event) => event,
    stillMay: async (callers) => new Set(callers),
    readHearing: async () => () => true,
  })
  const streams = await Promise.all([0, 1].map(() => live.open(null, admin)))
  for (const stream of streams) stream.read()
  const tick = live.loops.find(({ name }) => name === 'live')!.tick
  await stage.alarm({ dedup_key: 'told once', title: 'Told once' })
  const held = streams.map((): Buffer[] => [])
  for (const [i, stream] of streams.entries()) stream.on('data', (chunk: Buffer) => held[i]!.push(chunk))
  while (held[0]!.length === 0) await tick(stage.world.now())
  expect(held[1]).toEqual(held[0])
  for (const [i, bytes] of held[0]!.entries()) expect(held[1]![i] === bytes, `event ${i} is the same bytes`).toBe(true)
  live.close()
})
