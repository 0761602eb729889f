import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHorizon } from '../../src/modules/timeline/store.ts'
import { type Listener, listenTo } from '../world/listener.ts'
import { type Stage, setStage } from '../world/stage.ts'
import { ADMIN_TOKEN } from '../world/world.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ stepSeconds: 1, smtpUrl: 'smtp://127.0.0.1:9' })
})
afterAll(() => stage.close())

const AS_ADMIN = { authorization: `Bearer ${ADMIN_TOKEN}` }

interface Readiness {
  ready: boolean
  why: string[]
  warnings: string[]
  now: string
  publicUrl: string
  mail: { configured: boolean; from: string | null }
}

async function readiness(): Promise<{ status: number; told: Readiness }> {
  const reply = await fetch(`${stage.world.baseUrl}/readyz`, { headers: AS_ADMIN })
  return { status: reply.status, told: (await reply.json()) as Readiness }
}

async function figure(name: string): Promise<number> {
  const text = await (await fetch(`${stage.world.baseUrl}/metrics`, { headers: AS_ADMIN })).text()
  return Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1])
}

const lags = (browser: Listener) =>
  [...browser.heard().matchAll(/^event: beat\ndata: (.+)$/gm)].map(([, data]) => (JSON.parse(data!) as { lagMs: number }).lagMs)
const isTold = (browser: Listener) => browser.heard().includes('event: incident.opened\n')

test('whoever is trusted is told how the server is set up; strangers hear one word', async () => {
  const { status, told } = await readiness()
  expect(status).toBe(200)
  expect(told).toMatchObject({
    ready: true,
    why: [],
    warnings: [],
    now: new Date(stage.world.now()).toISOString(),
    publicUrl: 'http://tocsin.test',
    mail: { configured: true, from: 'tocsin@example.test' },
  })
  expect(await (await fetch(`${stage.world.baseUrl}/readyz`)).text()).toBe('ready\n')
})

test('a transaction left open somewhere holds screens back: metric, readiness and every listener say so, and when it is over', async () => {
  const browser = await listenTo(stage.world)
  await browser.until(() => lags(browser).length > 0)
  expect(lags(browser)).toEqual([0])
  const console = await stage.world.db.connect()
  await console.query('begin')
  const { rows } = await console.query<{ ours: string }>('select pg_current_xact_id()::text as ours')
  // Something is written after it, and whatever others have open on this server was begun after it too.
  await stage.world.db.sql`select pg_current_xact_id()`
  await browser.until(async () => (await readHorizon(stage.world.db.sql)) === rows[0]!.ours)
  await stage.world.pass({ seconds: 4 })
  expect((await readiness()).status).toBe(200)
  expect(lags(browser)).toEqual([0])

  await stage.alarm()
  await stage.world.pass({ seconds: 4 })
  const { status, told } = await readiness()
  // A balancer must not take the node away: alerts come in and pages go out as before.
  expect(status).toBe(200)
  expect(told.warnings).toEqual([
    expect.stringMatching(/^screens are not live: a transaction has been open in the database for [78] s .*pg_stat_activity/),
  ])
  expect(await figure('tocsin_timeline_horizon_seconds')).toBeGreaterThan(5)
  // Told at once, not with the next beat of the quarter minute.
  await browser.until(() => lags(browser).length > 1)
  expect(lags(browser)).toEqual([0, expect.any(Number)])
  expect(lags(browser)[1]).toBeGreaterThan(5000)
  expect(isTold(browser)).toBe(false)

  await console.query('commit')
  await console.end()
  await browser.until(() => isTold(browser) && lags(browser).length > 2)
  expect(lags(browser)).toEqual([0, expect.any(Number), 0])
  expect((await readiness()).status).toBe(200)
  expect(await figure('tocsin_timeline_horizon_seconds')).toBe(0)
  await browser.leave()
})

test('a loop that fails is a warning, and no reason to send the node nothing: it is run again, and late is something else', async () => {
  const { db } = stage.world
  await db.sql`alter table platform_replies rename to platform_replies_away`
  await expect(stage.world.pass({ minutes: 11 })).rejects.toThrow('platform_replies')
  const { status, told } = await readiness()
  expect(status).toBe(200)
  expect(told.warnings).toEqual([expect.stringMatching(/^the loop retention failed and is run again: .*platform_replies/)])
  await db.sql`alter table platform_replies_away rename to platform_replies`
  await stage.world.settle()
  expect((await readiness()).told.warnings).toEqual([])
})
