import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWebhookReceiver } from '../world/webhook-receiver.ts'
import { createWorld, exampleConfiguration, type World } from '../world/world.ts'

let world: World
let phones: Awaited<ReturnType<typeof startWebhookReceiver>>

beforeAll(async () => {
  phones = await startWebhookReceiver()
  world = await createWorld()
  await world.configure(exampleConfiguration('first-steps.yaml').replaceAll('http://127.0.0.1:9911', `http://127.0.0.1:${phones.port}`))
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

/** Costs grow with the work asked for: these bounds hold at any speed of the machine. */
test('a storm costs statements by the batch, not by the alert', async () => {
  const one = await statementsFor(alertsNamed('lone', 1))
  expect(one, 'one alert, received, paged and recorded, and every loop run until it found nothing').toBeLessThan(140)

  const joining = await statementsFor(alertsNamed('grouped', 500, () => 'Grouped'))
  expect(joining / 500, 'an alert that joins').toBeLessThan(0.4)

  const opening = await statementsFor(alertsNamed('each', 200))
  expect(opening / 200, 'an alert that opens an incident and is paged').toBeLessThan(3)
  expect(phones.requests.filter((request) => request.path === '/ada').length).toBe(202)
})

test('repeats are counted, and write nothing on the timeline', async () => {
  const alerts = alertsNamed('again', 500, () => 'Again')
  await statementsFor(alerts)
  const { items } = await world.api.listIncidents({ query: { text: 'Again', limit: 1 } })
  const before = (await world.api.getTimeline({ params: { id: items[0]!.id }, query: { limit: 200 } })).items.length
  expect((await statementsFor(alerts)) / 500, 'a repeat').toBeLessThan(0.4)
  expect((await world.api.getTimeline({ params: { id: items[0]!.id }, query: { limit: 200 } })).items.length).toBe(before)
})
