import { afterAll, beforeAll, expect, test } from 'vitest'
import { ADMIN_TOKEN, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(async () => {
  await world.close()
})

test('five schemes are there from the start, readable by whoever may read incidents', async () => {
  const { items, default: inUse } = await world.api.listSeveritySchemes({})
  expect(items.map(({ name }) => name)).toEqual(['sev1-sev4-sre', 'p1-p4', 'sev1-sev4-response', 'sev0-sev3', 'sev1-sev4-operations'])
  expect(inUse).toBe('sev1-sev4-sre')
  expect(items.every(({ builtIn, spec }) => builtIn && spec.levels.length === 4)).toBe(true)
})

test('a severity is proposed, with the fact that decides it and what to ask next', async () => {
  const proposal = await world.api.proposeSeverity({ body: { scheme: 'p1-p4', facts: { extent: 'partial', worsening: true } } })
  expect(proposal).toEqual({
    scheme: 'p1-p4',
    level: 'P2',
    rank: 2,
    because: { fact: 'extent', value: 'partial' },
    adjusted: [{ by: 'worsening', from: 'P3', to: 'P2' }],
    missing: ['errorPercent', 'data', 'security'],
    ask: 'data',
  })
  expect(await world.api.proposeSeverity({ body: {} })).toMatchObject({
    level: 'SEV2',
    because: { fact: 'unknown', value: null },
    ask: 'extent',
  })
})

test('the tags of a service count', async () => {
  await world.configure(`
apiVersion: tocsin.dev/v1
kind: Service
metadata: { name: checkout }
spec: { tags: [payments] }
`)
  const body = { scheme: 'sev0-sev3', facts: { extent: 'partial' }, service: 'checkout' } as const
  expect(await world.api.proposeSeverity({ body })).toMatchObject({ level: 'SEV1', adjusted: [{ by: 'conditional' }] })
})

test('a scheme or service that is not there is told which are', async () => {
  const answers = [{ scheme: 'p1-p5' }, { service: 'nowhere' }, { facts: { extent: 'huge' } }, { facts: { users: {} } }].map((body) =>
    world.post('/api/v1/severity/proposal', body, { authorization: `Bearer ${ADMIN_TOKEN}` }),
  )
  expect((await Promise.all(answers)).map(({ status, body }) => [status, (body as { refusal: string }).refusal])).toEqual([
    [422, 'no-such-scheme'],
    [422, 'no-such-service'],
    [400, 'invalid'],
    [400, 'invalid'],
  ])
})
