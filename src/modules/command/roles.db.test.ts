import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTheNameOf } from '../../../test/world/in-the-name-of.ts'
import { type Stage, setStage } from '../../../test/world/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'raj', 'kim'] })
  await stage.write({ Team: { db: { members: ['lin'] } } })
})
afterAll(() => stage.close())

const as = (person: string) => inTheNameOf(stage.world, person)
async function declare(level = 'SEV1', more: object = {}): Promise<string> {
  const { id } = await stage.world.api.declareIncident({
    body: { title: 'API Gateway Down', service: 'api', level, ...more } as never,
    query: {},
  })
  return id
}
const typesOf = async (id: string) => (await stage.timeline(id)).map(({ type }) => type).filter((type) => type.startsWith('role.'))
const leads = async (id: string) =>
  (await stage.incident(id)).roles.find(({ role }) => role === 'commander')!.people.map(({ person }) => person)

test('raj takes command; nobody takes it from him by mistake, and by force only with a reason', async () => {
  const id = await declare()
  const [raj, lin] = [await as('raj'), await as('lin')]
  const ic = { id, role: 'ic' }
  expect(await raj.giveRole({ params: ic, body: { person: 'raj' } })).toMatchObject({
    role: 'commander',
    wanted: true,
    people: [{ person: 'raj', accepted: true }],
    firstSteps: [expect.any(String), expect.any(String), expect.any(String)],
  })
  await expect(lin.giveRole({ params: ic, body: { person: 'lin' } })).rejects.toMatchObject({
    refusal: 'role-held',
    message: expect.stringMatching(/raj/),
  })
  await expect(lin.giveRole({ params: ic, body: { person: 'lin', force: true } })).rejects.toMatchObject({ refusal: 'reason-wanted' })
  await expect(lin.giveRole({ params: { id, role: 'wizard' }, body: { person: 'lin' } })).rejects.toMatchObject({ refusal: 'no-such-role' })
  await expect(lin.giveRole({ params: { id, role: 'scribe' }, body: { person: 'nobody' } })).rejects.toMatchObject({
    refusal: 'no-such-person',
  })
  await lin.giveRole({ params: ic, body: { person: 'lin', force: true, reason: 'raj dropped off the call' } })
  expect(await leads(id)).toEqual(['lin'])
  await expect(raj.leaveRole({ params: ic, body: {} })).rejects.toMatchObject({ refusal: 'not-yours' })
  expect(await lin.leaveRole({ params: ic, body: {} })).toMatchObject({ people: [] })
  expect(await typesOf(id)).toEqual(['role.taken', 'role.taken', 'role.left'])
})

test('a wanted role says since when nobody has it, and what whoever takes it must know can be read before', async () => {
  const id = await declare()
  const raj = await as('raj')
  const commander = async () => (await raj.listRoles({ params: { id } })).items.find(({ role }) => role === 'commander')
  expect(await commander()).toMatchObject({ wanted: true, handsOff: true, emptySince: expect.any(String) })
  await raj.giveRole({ params: { id, role: 'ic' }, body: { person: 'raj' } })
  expect(await commander()).toMatchObject({ emptySince: null })
  const [written, offered] = [
    await raj.readBrief({ params: { id } }),
    await raj.offerRole({ params: { id, role: 'ic' }, body: { to: 'lin' } }),
  ]
  expect(written.brief).toBe(offered.brief)
})

test('a hand-over carries a brief; until it is accepted the old one leads', async () => {
  const id = await declare()
  const [raj, lin, ada] = [await as('raj'), await as('lin'), await as('ada')]
  const params = { id, role: 'commander' }
  await raj.giveRole({ params, body: { person: 'raj' } })
  const { brief } = await raj.offerRole({ params, body: { to: 'lin' } })
  expect(brief.split('\n')).toEqual([
    expect.stringMatching(/^INC-\d+ SEV1: API Gateway Down$/),
    'Status: detected, nobody has it',
    expect.stringMatching(/^Next update by: /),
  ])
  expect(await leads(id)).toEqual(['raj'])
  await expect(raj.offerRole({ params, body: { to: 'ada' } })).rejects.toMatchObject({
    refusal: 'offer-open',
    message: expect.stringMatching(/lin/),
  })
  await expect(ada.answerOffer({ params, body: { accept: true } })).rejects.toMatchObject({ refusal: 'not-yours' })
  await expect(ada.withdrawOffer({ params })).rejects.toMatchObject({ refusal: 'not-yours' })
  await expect(lin.answerOffer({ params, body: { accept: false } })).rejects.toMatchObject({ refusal: 'reason-wanted' })
  await lin.answerOffer({ params, body: { accept: false, reason: 'on a train' } })
  await raj.offerRole({ params, body: { to: 'lin', brief: 'We roll back.' } })
  expect(await lin.answerOffer({ params, body: { accept: true } })).toMatchObject({
    people: [{ person: 'lin', accepted: true }],
    offer: null,
  })
  await expect(raj.offerRole({ params, body: { to: 'ada' } })).rejects.toMatchObject({ refusal: 'not-yours' })
  await expect(lin.offerRole({ params, body: { to: 'lin' } })).rejects.toMatchObject({ refusal: 'role-held' })
  await lin.offerRole({ params, body: { to: 'ada' } })
  expect(await lin.withdrawOffer({ params })).toMatchObject({ offer: null, people: [{ person: 'lin' }] })
  expect(await typesOf(id)).toEqual([
    ...['role.taken', 'role.offered', 'role.declined', 'role.offered', 'role.accepted', 'role.offered', 'role.lapsed'],
  ])
})

test('an offer nobody answers lapses after ten minutes, in a drill that much sooner', async () => {
  const [slow, fast] = [await declare(), await declare('SEV1', { drill: { pace: 60 } })]
  const raj = await as('raj')
  for (const id of [slow, fast]) await raj.offerRole({ params: { id, role: 'scribe' }, body: { to: 'lin' } })
  await stage.world.pass({ seconds: 15 })
  expect(await typesOf(fast)).toEqual(['role.offered', 'role.lapsed'])
  expect(await typesOf(slow)).toEqual(['role.offered'])
  stage.pace.stepSeconds = 60
  await stage.world.pass({ minutes: 10 })
  stage.pace.stepSeconds = 5
  expect(await typesOf(slow)).toEqual(['role.offered', 'role.lapsed'])
})

test('whoever is given a role has it at once, and any act of theirs accepts it', async () => {
  const id = await declare()
  const [raj, lin] = [await as('raj'), await as('lin')]
  const scribe = async () => (await stage.incident(id)).roles.find(({ role }) => role === 'scribe')!.people
  expect(await raj.giveRole({ params: { id, role: 'scribe' }, body: { person: 'lin' } })).toMatchObject({
    people: [{ person: 'lin', accepted: false }],
  })
  await lin.changeIncident({ params: { id }, body: { cause: 'gw 2.14' } })
  expect(await scribe()).toEqual([{ person: 'lin', accepted: true }])
  expect(await typesOf(id)).toEqual(['role.assigned', 'role.accepted'])
})

test('several may be experts, and a role written down says whom it is for', async () => {
  const id = await declare()
  const raj = await as('raj')
  for (const person of ['lin', 'ada']) await raj.giveRole({ params: { id, role: 'sme' }, body: { person } })
  await stage.write({
    Person: { raj: { contacts: [stage.phones.contact('raj')], trained: ['commander'] } },
    Role: {
      commander: { displayName: 'Head of incident', duties: ['Leads'], firstSteps: [], hold: { trained: true }, enforce: 'refuse' },
      'database-lead': { duties: ['Knows the databases'], firstSteps: [], hold: { teams: ['db'] } },
    },
  })
  await expect(raj.giveRole({ params: { id, role: 'commander' }, body: { person: 'ada' } })).rejects.toMatchObject({
    refusal: 'may-not-hold',
    message: expect.stringMatching(/trained: commander/),
  })
  expect(await raj.giveRole({ params: { id, role: 'commander' }, body: { person: 'raj' } })).toMatchObject({ warnings: [] })
  expect((await raj.giveRole({ params: { id, role: 'database-lead' }, body: { person: 'ada' } })).warnings).toEqual([
    'ada may not be database-lead: it is for db.',
  ])
  const { items } = await raj.listRoles({ params: { id } })
  expect(items.slice(0, 4).map(({ role, name }) => [role, name])).toEqual([
    ['commander', 'Head of incident'],
    ['technical-lead', 'Technical lead'],
    ['communications-lead', 'Communications lead'],
    ['scribe', 'Scribe'],
  ])
  expect(items.find(({ role }) => role === 'expert')!.people.map(({ person }) => person)).toEqual(['ada', 'lin'])
  await stage.write({ Role: { commander: null, 'database-lead': null } })
})

test('nobody has a role in what is not declared', async () => {
  const plain = (await stage.alarm())!
  const params = { id: plain.id, role: 'commander' }
  await expect(stage.world.api.giveRole({ params, body: { person: 'ada' } })).rejects.toMatchObject({ refusal: 'not-declared' })
  expect(
    (await stage.world.api.listRoles({ params: { id: plain.id } })).items.every(({ wanted, people }) => !wanted && people.length === 0),
  ).toBe(true)
})
