import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { contract } from '../../src/contract.ts'
import { type Client, createClient } from '../../src/platform/client.ts'
import { type Stage, setStage } from '../world/stage.ts'

let stage: Stage
let lin: Client<typeof contract>

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin'], stepSeconds: 3600 })
})
afterAll(() => stage.close())
beforeEach(async () => {
  lin = await as('lin', 'responder')
})

async function as(person: string | undefined, role: 'viewer' | 'responder'): Promise<Client<typeof contract>> {
  const body = { label: 'bot', role, ...(person !== undefined && { person }) }
  const { secret } = await stage.world.api.createToken({ body })
  return createClient(contract, { baseUrl: stage.world.baseUrl, token: secret })
}

test('people change their own name, contacts and rules, and it is written down as theirs', async () => {
  const { spec, version } = await lin.getOwnPerson()
  const contacts = [...(spec['contacts'] as object[]), { name: 'second', channel: 'screen', address: 'my browser' }]
  const saved = await lin.putOwnPerson({ body: { spec: { ...spec, displayName: 'Lin Dao', contacts }, expectedVersion: version } })
  expect(saved).toMatchObject({ name: 'lin', version: version + 1, changedBy: 'person:lin', spec: { displayName: 'Lin Dao', contacts } })
  await expect(lin.putOwnPerson({ body: { spec, expectedVersion: version } })).rejects.toMatchObject({ refusal: 'conflict' })
  await expect(lin.putObject({ params: { kind: 'people', name: 'lin' }, body: { spec } })).rejects.toMatchObject({ status: 403 })
})

test('nobody makes themselves an owner, and a wrong contact is told by its field', async () => {
  await expect(lin.putOwnPerson({ body: { spec: { role: 'owner' } } })).rejects.toMatchObject({ refusal: 'not-yours', status: 403 })
  await expect(lin.putOwnPerson({ body: { spec: { contacts: [{ name: 'x', channel: 'webhok', address: 'x' }] } } })).rejects.toMatchObject({
    refusal: 'invalid-configuration',
    issues: [{ path: 'spec.contacts.0.channel' }],
  })
})

test('a token of nobody, and one that only reads, change nobody', async () => {
  for (const bot of [await as(undefined, 'responder'), await as('lin', 'viewer')])
    await expect(bot.putOwnPerson({ body: { spec: {} } })).rejects.toMatchObject({ status: 403, refusal: 'not-allowed' })
})

test('whoever comes from a file is told the file, the line and the way out', async () => {
  const text = 'apiVersion: tocsin.dev/v1\nkind: Person\nmetadata: { name: kim }\nspec: { displayName: Kim }\n'
  await stage.world.api.applyConfiguration({ body: { files: [{ file: 'on-call/people.yaml', text }] } })
  const kim = await as('kim', 'responder')
  await expect(kim.putOwnPerson({ body: { spec: { displayName: 'Kim Ito' } } })).rejects.toMatchObject({
    refusal: 'from-file',
    message: expect.stringMatching(/on-call\/people\.yaml, line 1\. .*eject/),
  })
})

test('a page to oneself goes by the real rules to the real contacts, says that it is a test, and wakes nobody else', async () => {
  const { spec } = await lin.getOwnPerson()
  const [hook] = spec['contacts'] as { name: string }[]
  const contacts = [hook, { name: 'screen', channel: 'screen', address: 'my browser' }]
  const paging = {
    high: [
      { contact: hook!.name, after: '0s' },
      { contact: 'screen', after: '1m' },
    ],
  }
  await lin.putOwnPerson({ body: { spec: { ...spec, contacts, paging } } })
  await stage.world.pass({ seconds: 15 })

  const { pages } = await lin.pagePerson({ params: { name: 'lin' }, body: {} })
  expect(pages).toMatchObject([
    { contact: hook!.name, afterSeconds: 0 },
    { contact: 'screen', channel: 'screen', afterSeconds: 60 },
  ])
  await stage.world.settle()
  expect(stage.phones.page('lin').incident.title).toMatch(/test/i)
  const shown = async () => (await stage.world.api.listPhoneMessages({ params: { person: 'lin' }, query: {} })).items.length
  expect(await shown()).toBe(0)
  await stage.world.pass({ minutes: 1 })
  await stage.world.settle()
  expect(await shown()).toBe(1)
  await stage.world.pass({ hours: 2 })
  expect((await stage.world.api.listIncidents({ query: { status: ['open'] } })).items).toEqual([])
})

test('a second page at once is refused, as is one to somebody else, or without a contact', async () => {
  await stage.world.pass({ seconds: 15 })
  await lin.pagePerson({ params: { name: 'lin' }, body: {} })
  await expect(lin.pagePerson({ params: { name: 'lin' }, body: {} })).rejects.toMatchObject({ refusal: 'just-tested', status: 429 })
  await expect(lin.pagePerson({ params: { name: 'ada' }, body: {} })).rejects.toMatchObject({ refusal: 'not-yours' })
  const { spec } = await lin.getOwnPerson()
  await lin.putOwnPerson({ body: { spec: { displayName: spec['displayName'] } } })
  await expect(lin.pagePerson({ params: { name: 'lin' }, body: {} })).rejects.toMatchObject({ refusal: 'no-contact' })
})
