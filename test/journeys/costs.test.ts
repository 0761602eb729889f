import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWebhookReceiver } from '../world/webhook-receiver.ts'
import { createWorld, twoPeople, type World } from '../world/world.ts'

let world: World
let phones: Awaited<ReturnType<typeof startWebhookReceiver>>

beforeAll(async () => {
  phones = await startWebhookReceiver()
  world = await createWorld()
  await world.configure(twoPeople(phones.port))
})
afterAll(async () => {
  await world.close()
  await phones.close()
})

async function statementsFor(alerts: { labels: Record<string, string> }[]): Promise<number> {
  const before = world.db.statements()
  const sent = await world.post('/in/alertmanagerkey00000000000000001/api/v2/alerts', alerts)
  expect(sent.status, sent.text).toBe(200)
  return world.db.statements() - before
}

const alertsNamed = (prefix: string, count: number, alertname = (i: number) => `${prefix}${i}`) =>
  Array.from({ length: count }, (_, i) => ({ labels: { alertname: alertname(i), instance: `${prefix}-${i}`, severity: 'critical' } }))

/** Costs grow with the work asked for: these bounds hold at any speed of the machine; the first two have room
 * for loops that look by the clock, which go round more often on a slow one. */
test('a storm costs statements by the batch, not by the alert', async () => {
  const one = await statementsFor(alertsNamed('lone', 1))
  expect(one, 'the first alert, received, paged and recorded, and every loop run until it found nothing').toBeLessThan(200)
  const next = await statementsFor(alertsNamed('next', 1))
  expect(next, 'the next one, when what is done once an hour has been done').toBeLessThan(130)

  const joining = await statementsFor(alertsNamed('grouped', 500, () => 'Grouped'))
  expect(joining / 500, 'an alert that joins').toBeLessThan(0.4)

  const opening = await statementsFor(alertsNamed('each', 200))
  expect(opening / 200, 'an alert that opens an incident and is paged').toBeLessThan(3)
  expect(phones.requests.filter((request) => request.path === '/ada').length).toBe(203)
})

test('repeats are counted, and write nothing on the timeline', async () => {
  const alerts = alertsNamed('again', 500, () => 'Again')
  await statementsFor(alerts)
  const { items } = await world.api.listIncidents({ query: { text: 'Again', limit: 1 } })
  const before = (await world.api.getTimeline({ params: { id: items[0]!.id }, query: { limit: 200 } })).items.length
  expect((await statementsFor(alerts)) / 500, 'a repeat').toBeLessThan(0.4)
  expect((await world.api.getTimeline({ params: { id: items[0]!.id }, query: { limit: 200 } })).items.length).toBe(before)
})

async function statementsOf(ask: () => Promise<unknown>): Promise<number> {
  await ask()
  const before = world.db.statements()
  await ask()
  return world.db.statements() - before
}

test('what screens read costs statements by the screen, not by the row', async () => {
  const { api } = world
  const { items } = await api.listIncidents({ query: { limit: 100 } })
  expect(items).toHaveLength(100)
  const params = { id: items[0]!.id }
  expect(await statementsOf(() => api.listIncidents({ query: { limit: 100 } })), 'a list of 100').toBeLessThanOrEqual(6)
  expect(await statementsOf(() => api.countIncidents({ query: {} })), 'the counts beside it').toBeLessThanOrEqual(4)
  expect(await statementsOf(() => api.listAlerts({ query: { limit: 100 } })), 'a list of 100 alerts').toBeLessThanOrEqual(5)
  expect(await statementsOf(() => api.getIncident({ params })), 'an incident').toBeLessThanOrEqual(3)
  expect(await statementsOf(() => api.getPages({ params, query: {} })), 'its pages').toBeLessThanOrEqual(4)
  expect(await statementsOf(() => api.getTimeline({ params, query: {} })), 'its timeline').toBeLessThanOrEqual(4)
  expect(await statementsOf(() => api.getEscalation({ params })), 'who is next').toBeLessThanOrEqual(5)
  expect(await statementsOf(() => api.listServices({ query: {} })), 'the services').toBeLessThanOrEqual(5)
  expect(await statementsOf(() => api.listPeople({ query: {} })), 'the people').toBeLessThanOrEqual(6)
  expect(await statementsOf(() => api.listOnCall({ query: {} })), 'who is on call').toBeLessThanOrEqual(4)
  expect(await statementsOf(() => api.getInstallationHealth({})), 'Settings › health').toBeLessThanOrEqual(12)
})
