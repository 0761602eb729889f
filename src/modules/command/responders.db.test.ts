import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTheNameOf } from '../../../test/world/in-the-name-of.ts'
import { type Stage, setStage } from '../../../test/world/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'raj', 'kim'], stepSeconds: 30 })
  await stage.policy(['0s ada', '10h kim'], 'kim')
  await stage.write({
    Team: { db: { members: ['lin'] } },
    EscalationPolicy: { commanders: { levels: [{ after: '0s', notify: [{ person: 'raj' }] }], catchAll: { notify: [{ person: 'kim' }] } } },
    Service: { api: { policy: 'api', experts: ['lin'] } },
    Command: { default: { commanderPolicy: 'commanders' } },
  })
})
afterAll(() => stage.close())
beforeEach(() => stage.phones.listen())

async function declare(level = 'SEV1'): Promise<string> {
  const body = { title: 'API Gateway Down', service: 'api', level }
  const { id } = await stage.world.api.declareIncident({ body, query: {} })
  await stage.world.settle()
  return id
}
/** What a page's button does, as a phone presses it. */
async function press(phone: string): Promise<Record<string, unknown>> {
  const { acknowledge } = stage.phones.page(phone).actions
  const reply = await fetch(acknowledge.replace('http://tocsin.test', stage.world.baseUrl), {
    method: 'POST',
    headers: { accept: 'application/json' },
  })
  return (await reply.json()) as Record<string, unknown>
}
const stopped = async (id: string) =>
  (await stage.timeline(id))
    .filter(({ type }) => type === 'escalation.stopped')
    .map(({ data }) => String(data['purpose'] ?? 'incident').split(':')[0])

test('raj pages lin to come; she answers and joins, and the incident is still nobody’s', async () => {
  const id = await declare()
  const raj = await inTheNameOf(stage.world, 'raj')
  const asked = await raj.pageResponder({ params: { id }, body: { person: 'lin', message: 'we need the database' } })
  expect(asked).toMatchObject({ target: 'person:lin', by: 'raj', joinedBy: null, warnings: [] })
  await stage.world.settle()
  expect(stage.phones.page('lin').page.reason).toMatch(/^somebody asks you to come: we need the database; /)
  expect(await press('lin')).toMatchObject({ done: 'acknowledged', by: 'lin' })
  expect((await raj.listResponders({ params: { id } })).items).toMatchObject([{ joinedBy: 'lin', joinedAt: expect.any(String) }])
  expect(await stage.incident(id)).toMatchObject({ held: false, status: 'detected' })
  expect(await stopped(id)).toEqual(['responder'])
  await press('ada')
  expect(await stage.incident(id)).toMatchObject({ held: true, acknowledgedBy: 'ada' })
  await raj.releaseResponder({ params: { id, responder: asked.id } })
  const types = (await stage.timeline(id)).map(({ type }) => type).filter((type) => type.startsWith('responder.'))
  expect(types).toEqual(['responder.paged', 'responder.joined', 'responder.left'])
})

test('a team, a service’s experts or its policy are asked alike; who is let go is not paged again', async () => {
  const id = await declare('SEV3')
  const { api } = stage.world
  for (const body of [{ team: 'db' }, { expert: 'api' }, { policy: 'commanders' }, { service: 'api' }])
    await api.pageResponder({ params: { id }, body })
  await stage.world.settle()
  const rang = stage.phones.rang().map((ring) => ring.split(' ')[0])
  expect(rang.filter((phone) => phone === 'lin').length).toBeGreaterThanOrEqual(2)
  expect(rang).toEqual(expect.arrayContaining(['raj', 'ada']))
  for (const { id: responder } of (await api.listResponders({ params: { id } })).items)
    await api.releaseResponder({ params: { id, responder } })
  stage.phones.listen()
  await stage.world.pass({ minutes: 12 })
  expect(stage.phones.rang().filter((ring) => ring.startsWith('lin'))).toEqual([])
})

test('nobody is asked by two names, by one that nobody has, or for what is over', async () => {
  const id = await declare('SEV3')
  const { api } = stage.world
  const asking = (body: object) => api.pageResponder({ params: { id }, body: body as never })
  await expect(asking({ message: 'come' })).rejects.toMatchObject({ refusal: 'invalid', message: expect.stringMatching(/say whom/) })
  await expect(asking({ person: 'lin', team: 'db' })).rejects.toMatchObject({ refusal: 'invalid' })
  await expect(asking({ person: 'nobody' })).rejects.toMatchObject({ refusal: 'no-such-person' })
  await expect(asking({ schedule: 'none' })).rejects.toMatchObject({ refusal: 'no-such-schedule' })
  await api.actOnIncident({ params: { id }, body: { act: 'cancel', reason: 'false alarm' } })
  await expect(asking({ person: 'lin' })).rejects.toMatchObject({ refusal: 'not-from-here' })
})

test('whoever answers a page for the role takes the role, and that alone', async () => {
  const id = await declare()
  await stage.world.pass({ minutes: 4, seconds: 30 })
  expect(stage.phones.page('raj').page.reason).toMatch(/^a commander is wanted, and whoever answers is it; /)
  await press('raj')
  const { roles, held } = await stage.incident(id)
  expect([roles[0], held]).toEqual([{ role: 'commander', wanted: true, people: [{ person: 'raj', accepted: true }] }, false])
  expect(await stopped(id)).toEqual(['role'])
  const { acknowledge } = stage.phones.page('raj').actions
  const page = await fetch(acknowledge.replace('http://tocsin.test', stage.world.baseUrl), { headers: { accept: 'text/html' } })
  expect(await page.text()).toMatch(/Acknowledged by (you|raj)/i)
})
