import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { documents, keyOf } from '../world/company.ts'
import { type Phones, startPhones } from '../world/phones.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
let phones: Phones

beforeAll(async () => {
  phones = await startPhones(() => world.now())
  world = await createWorld({ stepSeconds: 5 })
  await world.configure(
    documents({
      Person: Object.fromEntries(['ada', 'lin', 'kim'].map((name) => [name, { contacts: [phones.contact(name)] }])),
      Service: { api: { policy: 'api' } },
      Integration: { alarms: { source: 'generic', service: 'api', key: keyOf('alarms') } },
    }),
  )
})
afterAll(async () => {
  await world.close()
  await phones.close()
})
test('timing', async () => {
  await world.configure(documents({ EscalationPolicy: { api: { levels: [{ after: '0s', notify: [{ person: 'ada' }] }, { after: '30s', notify: [{ person: 'lin' }] }], catchAll: { notify: [{ person: 'kim' }] } } } }))
  phones.listen()
  const sent = await world.post(`/in/${keyOf('alarms')}`, { title: 'x', dedup_key: 'x', severity: 'critical' })
  expect(sent.status).toBe(202)
  const t = performance.now()
  await world.pass({ minutes: 20 })
  console.log((performance.now() - t) / 240, phones.rang())
})
