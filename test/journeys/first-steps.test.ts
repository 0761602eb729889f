import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '../../src/contract.ts'
import { type Client, createClient } from '../../src/platform/client.ts'
import { startWebhookReceiver, type WebhookReceiver } from '../world/webhook-receiver.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
let phone: WebhookReceiver
let oskar: Client<typeof contract>

beforeAll(async () => {
  phone = await startWebhookReceiver()
  world = await createWorld()
  await world.configure('kind: Person\nmetadata: { name: owner }\nspec: { displayName: Owner, role: owner }')
  oskar = await as('owner', 'owner')
})
afterAll(async () => {
  await world.close()
  await phone.close()
})

async function as(person: string, role: 'owner' | 'viewer'): Promise<Client<typeof contract>> {
  const { secret } = await world.api.createToken({ body: { label: person, role, person } })
  return createClient(contract, { baseUrl: world.baseUrl, token: secret })
}

const doneOf = ({ you, wakes, answers, alert, acknowledged }: Awaited<ReturnType<typeof oskar.getFirstSteps>>) =>
  [you, wakes, answers, alert, acknowledged].map(({ done }) => done)

test('each step is read from what there is, whoever did it, and whether by the browser, by a file or by a sender', async () => {
  const begin = await oskar.getFirstSteps()
  expect(begin).toMatchObject({ shown: true, hidden: false, done: 1 })
  expect(begin.wakes.channels).toEqual(['ntfy', 'webhook'])
  expect(begin.before.filter(({ passes }) => passes).map(({ check }) => check)).toEqual(['address'])

  // A phone on the screen wakes nobody.
  const { spec } = await oskar.getOwnPerson()
  const contacts = [{ name: 'screen', channel: 'screen', address: 'mine' }]
  await oskar.putOwnPerson({ body: { spec: { ...spec, displayName: 'Oskar Brandt', contacts } } })
  expect(doneOf(await oskar.getFirstSteps())).toEqual([true, false, false, false, false])

  const hook = { name: 'hook', channel: 'webhook', address: `http://127.0.0.1:${phone.port}/oskar` }
  await oskar.putOwnPerson({ body: { spec: { ...spec, displayName: 'Oskar Brandt', contacts: [...contacts, hook] } } })
  expect(doneOf(await oskar.getFirstSteps())).toEqual([true, true, false, false, false])

  const text = [
    'apiVersion: tocsin.dev/v1\nkind: EscalationPolicy\nmetadata: { name: p }\nspec: { levels: [ { after: 0s, notify: [ { person: owner } ] } ], catchAll: { notify: [ { person: owner } ] } }',
    'apiVersion: tocsin.dev/v1\nkind: Service\nmetadata: { name: s }\nspec: { policy: p }',
    'apiVersion: tocsin.dev/v1\nkind: Integration\nmetadata: { name: i }\nspec: { source: generic, service: s, key: firststepskey00000000000001 }',
  ].join('\n---\n')
  await world.api.applyConfiguration({ body: { files: [{ file: 'a.yaml', text }] } })
  const applied = await oskar.getFirstSteps()
  expect(doneOf(applied)).toEqual([true, true, true, false, false])
  expect(applied.alert.integration).toMatchObject({ name: 'i', address: 'http://tocsin.test/in/YOUR-KEY' })

  await world.post('/in/firststepskey00000000000001', { title: 'Checkout is slow', severity: 'critical' })
  const sent = await oskar.getFirstSteps()
  expect(doneOf(sent)).toEqual([true, true, true, true, false])
  expect(sent.before.filter(({ passes }) => !passes).map(({ check }) => check)).toEqual(['second'])
  expect(phone.requests).toHaveLength(1)

  await world.api.acknowledgeIncident({ params: { id: sent.acknowledged.incident!.id }, body: {} })
  expect(await oskar.getFirstSteps()).toMatchObject({ done: 5, shown: false })
})

test('a service whose policy leads to nobody who can be paged is not done', async () => {
  const { spec } = await oskar.getOwnPerson()
  await oskar.putOwnPerson({ body: { spec: { ...spec, contacts: [] } } })
  const steps = await oskar.getFirstSteps()
  expect(steps.answers).toMatchObject({ done: false, service: { name: 's', policy: 'p' }, people: [] })
  expect(steps).toMatchObject({ shown: true })
  await oskar.putOwnPerson({ body: { spec } })
})

test('who joins an installation that works is not sent back to its beginning', async () => {
  await world.api.putObject({ params: { kind: 'people', name: 'lin' }, body: { spec: { displayName: 'Lin Dao', role: 'owner' } } })
  const lin = await as('lin', 'owner')
  expect(await lin.getFirstSteps()).toMatchObject({ shown: false, done: 4 })
})

test('it is put away, and brought back, by who may write the configuration; others are never begun with it', async () => {
  const viewer = await as('lin', 'viewer')
  expect((await viewer.getFirstSteps()).shown).toBe(false)
  await expect(viewer.showFirstSteps({ body: { shown: false } })).rejects.toMatchObject({ status: 403 })
  const { spec } = await oskar.getOwnPerson()
  await oskar.putOwnPerson({ body: { spec: { ...spec, contacts: [] } } })
  expect((await oskar.getFirstSteps()).shown).toBe(true)
  await oskar.showFirstSteps({ body: { shown: false } })
  expect(await oskar.getFirstSteps()).toMatchObject({ shown: false, hidden: true })
  await oskar.showFirstSteps({ body: { shown: true } })
  expect(await oskar.getFirstSteps()).toMatchObject({ shown: true, hidden: false })
})

test('beside the demo nobody is begun with it, and nothing of the demo counts', async () => {
  const fresh = await createWorld()
  await fresh.configure('kind: Person\nmetadata: { name: owner }\nspec: { displayName: Ada, role: owner }')
  const { secret } = await fresh.api.createToken({ body: { label: 'ada', role: 'owner', person: 'owner' } })
  const ada = createClient(contract, { baseUrl: fresh.baseUrl, token: secret })
  await ada.startDemo({ body: {} })
  expect(await ada.getFirstSteps()).toMatchObject({ shown: false, done: 1 })
  await ada.removeDemo()
  expect(await ada.getFirstSteps()).toMatchObject({ shown: true, done: 1 })
  await fresh.close()
})
