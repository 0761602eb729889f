import { afterAll, beforeAll, expect, test } from 'vitest'
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

/** Somebody who listens to what happens. */
async function listener() {
  const stop = new AbortController()
  const reply = await fetch(`${stage.world.baseUrl}/api/v1/events`, { headers: AS_ADMIN, signal: stop.signal })
  let heard = ''
  const reading = (async () => {
    for await (const chunk of reply.body!) heard += Buffer.from(chunk).toString()
  })().catch(() => {})
  return {
    lags: () => [...heard.matchAll(/^event: beat\ndata: (.+)$/gm)].map(([, data]) => (JSON.parse(data!) as { lagMs: number }).lagMs),
    told: (type: string) => heard.includes(`event: ${type}\n`),
    async leave() {
      stop.abort()
      await reading
    },
  }
}

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
  const browser = await listener()
  await expect.poll(browser.lags).toEqual([0])
  const console = await stage.world.db.connect()
  await console.query('begin')
  await console.query('select pg_current_xact_id()')
  await stage.world.pass({ seconds: 4 })
  expect((await readiness()).status).toBe(200)
  expect(browser.lags()).toEqual([0])

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
  await expect.poll(() => browser.lags().length).toBe(2)
  expect(browser.lags()[1]).toBeGreaterThan(5000)
  expect(browser.told('incident.opened')).toBe(false)

  await console.query('commit')
  await console.end()
  const toldNow = async () => {
    await stage.world.pass({ seconds: 1 })
    return browser.told('incident.opened')
  }
  await expect.poll(toldNow).toBe(true)
  await expect.poll(browser.lags).toEqual([0, expect.any(Number), 0])
  expect((await readiness()).status).toBe(200)
  expect(await figure('tocsin_timeline_horizon_seconds')).toBe(0)
  await browser.leave()
})
