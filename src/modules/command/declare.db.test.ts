import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, setStage } from '../../../test/world/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
  await stage.policy(['0s ada', '10m lin'], 'kim')
})
afterAll(() => stage.close())

const declare = (body: object, query: object = {}) =>
  stage.world.api.declareIncident({ body: { title: 'Checkout fails', service: 'api', ...body }, query } as never)
const typesOf = async (id: string) => (await stage.timeline(id)).map(({ type }) => type)

test('one line pages whom the level wakes, and says in whose words it is', async () => {
  await stage.curtain()
  const incident = await declare({ level: 'sev1' })
  expect(incident).toMatchObject({
    level: 'SEV1',
    severity: 1,
    status: 'detected',
    held: false,
    declared: true,
    scheme: { name: 'sev1-sev4-sre', version: 0 },
    can: expect.arrayContaining(['acknowledge', 'investigate', 'resolve', 'cancel']),
  })
  expect(incident.roles.map(({ role, wanted }) => [role, wanted])).toEqual([
    ['commander', true],
    ['technical-lead', true],
    ['communications-lead', true],
    ['scribe', true],
  ])
  await stage.world.settle()
  expect(stage.phones.rang()).toEqual(['ada @0'])
  expect((await typesOf(incident.id)).slice(0, 3)).toEqual(['incident.opened', 'incident.declared', 'severity.proposed'])
  expect(await stage.incident(incident.id)).toMatchObject({ level: 'SEV1', moments: { detected: incident.startedAt, mitigated: null } })
})

test('the plan says who would be paged and told, and opens nothing', async () => {
  await stage.curtain()
  const { items: before } = await stage.world.api.listIncidents({ query: {} })
  const { plan, warnings } = await declare({ level: 'SEV1' }, { dryRun: 'true' })
  expect(plan).toMatchObject({
    pages: [{ person: 'ada', by: 'policy' }],
    tells: [{ how: 'notify', whom: 'executives', people: [] }],
    nextUpdateBy: expect.any(String),
  })
  expect(warnings).toEqual([expect.stringMatching(/Not told: executives/)])
  expect((await stage.world.api.listIncidents({ query: {} })).items.length).toBe(before.length)
})

test('a level that wakes nobody says so, unless a page is asked for', async () => {
  await stage.curtain()
  const { warnings, id } = await declare({ level: 'SEV4' })
  expect(warnings[0]).toMatch(/Nobody is paged: SEV4 wakes nobody/)
  await declare({ level: 'SEV4', page: true, title: 'All the same' })
  await stage.world.settle()
  expect(stage.phones.rang()).toEqual(['ada @0'])
  expect((await stage.timeline(id)).find(({ type }) => type === 'escalation.none')?.data).toEqual({ reason: 'severity', level: 'SEV4' })
})

test('the facts propose; milder than that needs a reason, and none is the worse for it', async () => {
  await stage.curtain()
  const lost = { facts: { data: 'lost' } }
  expect(await declare(lost)).toMatchObject({ level: 'SEV1', facts: { data: 'lost' } })
  await expect(declare({ ...lost, level: 'SEV3' })).rejects.toMatchObject({ refusal: 'reason-wanted' })
  const overruled = await declare({ ...lost, level: 'SEV3', reason: 'only the sandbox' })
  expect(overruled).toMatchObject({ level: 'SEV3' })
  expect((await stage.timeline(overruled.id)).find(({ type }) => type === 'incident.declared')?.data).toMatchObject({
    level: 'SEV3',
    reason: 'only the sandbox',
  })
  await expect(declare({ level: 'SEV1', severity: 3 })).rejects.toMatchObject({ refusal: 'invalid' })
  await expect(declare({ level: 'P0' })).rejects.toMatchObject({ refusal: 'no-such-level', message: expect.stringMatching(/SEV1/) })
})

test('re-graded: of a declared one a milder level needs a reason; what is written down is told with what it was', async () => {
  await stage.curtain()
  const { id } = await declare({ level: 'SEV2' })
  const patch = (body: object) => stage.world.api.changeIncident({ params: { id }, body })
  await expect(patch({ level: 'SEV3' })).rejects.toMatchObject({ refusal: 'reason-wanted' })
  expect(await patch({ level: 'SEV3', reason: 'one tenant' })).toMatchObject({ level: 'SEV3', severity: 3 })
  expect(await patch({ level: 'SEV1', cause: 'gw 2.14', impact: { regions: ['eu'] } })).toMatchObject({
    level: 'SEV1',
    cause: 'gw 2.14',
    impact: { regions: ['eu'] },
  })
  const facts = await stage.timeline(id)
  expect(facts.filter(({ type }) => type === 'incident.severity-changed').map(({ data }) => [data['was'], data['level']])).toEqual([
    ['SEV2', 'SEV3'],
    ['SEV3', 'SEV1'],
  ])
  expect(facts.find(({ type }) => type === 'incident.changed')?.data).toEqual({ field: 'cause', was: null, is: 'gw 2.14' })
})

test('an alert declares nothing, and a plain incident has no cause to be written down', async () => {
  await stage.curtain()
  const plain = (await stage.alarm())!
  expect(plain).toMatchObject({ declared: false, roles: [], level: 'SEV1', can: expect.arrayContaining(['declare']) })
  await expect(stage.world.api.changeIncident({ params: { id: plain.id }, body: { cause: 'x' } })).rejects.toMatchObject({
    refusal: 'not-declared',
  })
})

test('whoever declares it has a place to talk, which is the same whatever it is called later', async () => {
  await stage.curtain()
  await stage.world.configure(`
kind: Command
metadata: { name: default }
spec: { bridge: 'https://meet.example/{slug}-{number}' }`)
  const { id, number, room } = await declare({ level: 'SEV1' })
  const bridge = `https://meet.example/checkout-fails-${number.replace('INC-', '')}`
  expect(room.bridge).toBe(bridge)
  await stage.world.api.changeIncident({ params: { id }, body: { title: 'Cards are refused' } })
  expect((await stage.incident(id)).room).toMatchObject({ bridge })
  const plain = await stage.alarm()
  expect(plain!.room.bridge).toBeUndefined()
  const declared = await stage.world.api.declareExisting({ params: { id: plain!.id }, body: { level: 'SEV1' } })
  expect(declared.room.bridge).toMatch(/^https:\/\/meet\.example\//)
})
