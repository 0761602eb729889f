import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTheNameOf } from '../../../test/world/in-the-name-of.ts'
import { type Stage, setStage } from '../../../test/world/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin'] })
})
afterAll(() => stage.close())

test('ada and lin see each other in an incident; a token of nobody looks on, and a private one has nobody for whoever may not see it', async () => {
  const [ada, lin] = [await inTheNameOf(stage.world, 'ada'), await inTheNameOf(stage.world, 'lin')]
  const { id } = await ada.declareIncident({ body: { title: 'API Gateway Down', level: 'SEV1' } as never, query: {} })
  await ada.bePresent({ params: { id }, body: {} })
  const both = [expect.objectContaining({ person: 'ada', writing: false }), expect.objectContaining({ person: 'lin', writing: true })]
  expect((await lin.bePresent({ params: { id }, body: { writing: true } })).items).toEqual(both)
  expect((await stage.world.api.bePresent({ params: { id }, body: {} })).items).toEqual(both)
  expect((await ada.getPresence({ params: { id } })).items).toEqual(both)
  const secret = await ada.declareIncident({
    body: { title: 'A key has leaked', level: 'SEV1', visibility: 'private' } as never,
    query: {},
  })
  const params = { id: secret.id }
  expect((await ada.bePresent({ params, body: {} })).items).toHaveLength(1)
  await expect(lin.bePresent({ params, body: {} })).rejects.toMatchObject({ refusal: 'not-found' })
  await expect(lin.getPresence({ params })).rejects.toMatchObject({ refusal: 'not-found' })
})
