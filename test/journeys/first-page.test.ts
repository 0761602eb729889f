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

test('an alert becomes an incident, pages Ada, and Lin when Ada does not answer', async () => {
  const sent = await world.post('/v2/enqueue', {
    routing_key: 'pagerdutykey00000000000000000001',
    event_action: 'trigger',
    dedup_key: 'disk',
    payload: { summary: 'Disk is full', source: 'db-1', severity: 'critical', class: 'DiskFull' },
  })
  expect(sent.status, sent.text).toBe(202)
  expect(sent.body).toMatchObject({ status: 'success', dedup_key: 'disk' })
  const { items } = await world.api.listIncidents()
  expect(items).toMatchObject([{ title: 'Disk is full', status: 'detected', severity: 1, service: 'payments-api' }])
  expect(phones.requests.map((one) => one.path)).toEqual(['/ada'])
  await world.pass({ seconds: 31 })
  expect(phones.requests.map((one) => one.path)).toContain('/lin')
})
