import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, setStage } from '../../../test/world/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.close())

const say = (text: string, more: object = {}) => stage.world.api.sayCommand({ body: { text, ...more } })

test('a line declares, another one takes it; what it names is what it is about', async () => {
  const created = (await say('create SEV2 "Checkout fails" for api')) as { answer: { number: string; id: string }; says: string }
  expect(created).toMatchObject({ verb: 'create', answer: { level: 'SEV2', service: 'api', declared: true } })
  const { number, id } = created.answer
  expect(await say(`${number} ack`)).toMatchObject({ verb: 'ack', target: number, says: expect.stringContaining('acknowledged') })
  expect(await say('note "errors began"', { incident: number })).toMatchObject({ verb: 'note', target: number })
  expect((await stage.timeline(id)).map(({ type }) => type)).toEqual(expect.arrayContaining(['incident.acknowledged', 'note.added']))
})

test('what is nearly a command is asked about; what names no incident is given a choice; nothing is done', async () => {
  const { items: before } = await stage.world.api.listIncidents({ query: {} })
  expect(await say('craete "x"')).toMatchObject({ suggestions: ['create "x"'] })
  expect(await say('ack')).toMatchObject({ choose: expect.arrayContaining([{ number: expect.any(String), title: 'Checkout fails' }]) })
  expect(await say('create "y"', { dryRun: true })).toMatchObject({ says: 'would: create "y"' })
  expect((await stage.world.api.listIncidents({ query: {} })).items).toHaveLength(before.length)
  expect(await say('help')).toMatchObject({ says: expect.stringContaining('mitigated') })
})

test('refusals are those of the route that carries it out', async () => {
  await expect(say('INC-999 ack')).rejects.toMatchObject({ status: 404, refusal: 'not-found' })
  await expect(say('create SEV3 "x" for nowhere')).rejects.toMatchObject({ status: 422, refusal: 'no-such-service' })
  await expect(say('frobnicate')).rejects.toMatchObject({ status: 422, refusal: 'not-understood' })
})
