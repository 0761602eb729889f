import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, twoPeople, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await world.configure(twoPeople())
})
afterAll(() => world.close())

async function statementsOf(ask: () => Promise<unknown>): Promise<number> {
  const before = world.db.statements()
  await ask()
  return world.db.statements() - before
}

const bytesOf = (answer: unknown) => Buffer.byteLength(JSON.stringify(answer))

test('commanding an incident costs a few statements an act, and what is read is small', async () => {
  const { api } = world
  const declare = () => api.declareIncident({ body: { title: 'Checkout is down', service: 'payments-api', level: 'SEV1' } })
  // The first finds out what is looked up once.
  await declare()
  let id = ''
  const declared = await statementsOf(async () => {
    id = (await declare()).id
  })
  const params = { id }
  // Opening one by hand took 12 before there were levels, roles, reminders and rooms.
  expect(declared, 'declare').toBeLessThanOrEqual(18)
  expect(await statementsOf(() => api.acknowledgeIncident({ params, body: {} })), 'acknowledge, which ends its pages').toBeLessThanOrEqual(
    14,
  )
  const act = async (name: string, ask: () => Promise<unknown>) => expect(await statementsOf(ask), name).toBeLessThanOrEqual(10)
  await act('identify', () => api.actOnIncident({ params, body: { act: 'identify', cause: 'A deploy.' } }))
  await act('an update', () => api.postUpdate({ params, body: { text: 'We know why.', audience: 'internal' } }))
  await act('a task', () => api.addTask({ params, body: { text: 'Look at the logs' } }))
  await act('a role', () => api.giveRole({ params: { ...params, role: 'commander' }, body: { person: 'ada' } }))
  await act('mitigated', () => api.actOnIncident({ params, body: { act: 'mitigated', text: 'Taken back.' } }))

  expect(await statementsOf(() => api.getIncident({ params })), 'the incident').toBeLessThanOrEqual(8)
  expect(bytesOf(await api.getIncident({ params })), 'the incident').toBeLessThanOrEqual(12_000)
  expect(await statementsOf(() => api.catchUp({ params })), 'catch-up').toBeLessThanOrEqual(6)
  expect(bytesOf(await api.catchUp({ params })), 'catch-up').toBeLessThanOrEqual(4000)
  expect(await statementsOf(() => api.getResponsePlan({ params })), 'the response plan').toBeLessThanOrEqual(8)
})
