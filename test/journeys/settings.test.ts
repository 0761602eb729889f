import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, setStage } from '../world/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin'] })
  await stage.policy(['0s ada', '30s lin'], 'lin')
})
afterAll(() => stage.close())

test('an installation tells how it is set up, and keeps its secrets', async () => {
  const settings = await stage.world.api.getSettings()
  expect(settings).toMatchObject({
    address: { url: 'http://tocsin.test', listen: '127.0.0.1:4400' },
    database: { kind: 'embedded', host: null, version: expect.stringMatching(/^\d+/), bytes: expect.any(Number), standby: false },
    mail: null,
    adminToken: false,
    given: [],
    retention: { rawDays: 30, sessionDays: 30, loginLinkMinutes: 15, actionLinkDays: 30 },
  })
})

test('before the first page nothing is measured, and nothing is claimed', async () => {
  const { measured, ready, why } = await stage.world.api.getInstallationHealth()
  expect({ ready, why }).toEqual({ ready: true, why: [] })
  expect(measured).toMatchObject({ incidents: 0, pages: 0, firstPageMs: null, late: 0, unsure: 0 })
  expect(measured.days).toHaveLength(28)
})

test('what was paged is counted: how long the first page took, what was late, how each channel did', async () => {
  await stage.world.settle()
  await stage.alarm()
  await stage.world.pass({ seconds: 40 })
  const { measured, channels, backlog, horizonMs } = await stage.world.api.getInstallationHealth()
  expect(measured).toMatchObject({ incidents: 1, pages: 2, late: 0, unsure: 0, firstPageMs: { median: 0, p99: 0, worst: 0 } })
  expect(measured.days.at(-1)).toEqual({ day: '2026-11-20', worstMs: 0 })
  expect(channels.find(({ channel }) => channel === 'webhook')).toMatchObject({ title: 'Webhook', pages: 2, delivered: 2, failed: 0 })
  expect(channels.find(({ channel }) => channel === 'email')).toMatchObject({ pages: 0, lastAt: null })
  expect({ backlog, horizonMs }).toEqual({ backlog: { bodies: 0, oldestAt: null }, horizonMs: 0 })
})

test('a page that left late is counted as late', async () => {
  await stage.curtain()
  stage.pace.stepSeconds = 20
  await stage.alarm({ dedup_key: 'late' })
  await stage.world.pass({ seconds: 60 })
  const { measured } = await stage.world.api.getInstallationHealth()
  expect(measured.late).toBeGreaterThan(0)
})
