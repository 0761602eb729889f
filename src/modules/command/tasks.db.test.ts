import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTheNameOf } from '../../../test/world/in-the-name-of.ts'
import { type Stage, setStage } from '../../../test/world/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'raj', 'kim'] })
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
const typesOf = async (id: string, of: RegExp) => (await stage.timeline(id)).map(({ type }) => type).filter((type) => of.test(type))

test('raj gives ada a task; she does it, and nothing is forgotten that says the same', async () => {
  const id = await declare()
  const [raj, ada] = [await as('raj'), await as('ada')]
  const task = await raj.addTask({ params: { id }, body: { text: 'check p99', person: 'ada', due: '3m' } })
  expect(task).toMatchObject({
    number: 1,
    person: 'ada',
    state: 'open',
    due: new Date(stage.world.now() + 180_000).toISOString(),
    by: 'raj',
    alike: [],
  })
  const again = await raj.addTask({ params: { id }, body: { text: 'Check the p99 of checkout' } })
  expect(again).toMatchObject({ number: 2, alike: [{ id: task.id }] })
  expect((await raj.listTasks({ params: { id }, query: { like: 'p99 check' } })).items.map(({ number }) => number)).toEqual([1, 2])
  await expect(ada.changeTask({ params: { id: again.id }, body: { state: 'dropped' } })).rejects.toMatchObject({ refusal: 'reason-wanted' })
  await ada.changeTask({ params: { id: again.id }, body: { state: 'dropped', reason: 'is the same' } })
  expect(await ada.changeTask({ params: { id: task.id }, body: { state: 'done' } })).toMatchObject({
    state: 'done',
    endedAt: expect.any(String),
  })
  await expect(raj.addTask({ params: { id }, body: { text: 'x', person: 'nobody' } })).rejects.toMatchObject({ refusal: 'no-such-person' })
  await expect(raj.addTask({ params: { id }, body: { text: 'x', due: 'soon' } })).rejects.toMatchObject({
    refusal: 'invalid',
    issues: [{ path: 'body.due' }],
  })
  await expect(raj.changeTask({ params: { id: 'tsk_none' }, body: {} })).rejects.toMatchObject({ refusal: 'not-found' })
  await raj.addFollowUp({ params: { id }, body: { text: 'alert on retries', person: 'lin' } })
  expect((await raj.listFollowUps({ params: { id } })).items).toMatchObject([{ kind: 'follow-up', number: 3, person: 'lin' }])
  expect(await typesOf(id, /^(task|follow-up)/)).toEqual(['task.added', 'task.added', 'task.dropped', 'task.done', 'follow-up.added'])
})

test('whoever is in command is warned off work of the hands in a bad incident, and goes on if they mean it', async () => {
  const [bad, mild] = [await declare('SEV2'), await declare('SEV3')]
  const raj = await as('raj')
  for (const id of [bad, mild]) await raj.giveRole({ params: { id, role: 'ic' }, body: { person: 'raj' } })
  const body = { text: 'roll back gw', person: 'raj', handsOn: true }
  await expect(raj.addTask({ params: { id: bad }, body })).rejects.toMatchObject({
    refusal: 'hands-off',
    message: expect.stringMatching(/raj is incident commander/),
  })
  expect(await raj.addTask({ params: { id: bad }, body: { ...body, confirm: true } })).toMatchObject({ handsOn: true })
  expect(await raj.addTask({ params: { id: mild }, body })).toMatchObject({ person: 'raj' })
})

test('a poll asks for objections only, and ends as a decision', async () => {
  const id = await declare()
  const [raj, ada] = [await as('raj'), await as('ada')]
  const poll = await raj.openPoll({ params: { id }, body: { text: 'Roll back gw 2.14' } })
  await ada.objectToPoll({ params: { id: poll.id }, body: { text: 'it migrated the schema' } })
  await stage.world.pass({ seconds: 50 })
  expect((await raj.listPolls({ params: { id } })).items).toMatchObject([{ decidedAt: null, objections: [{ by: 'ada' }] }])
  await stage.world.pass({ seconds: 15 })
  await expect(ada.objectToPoll({ params: { id: poll.id }, body: { text: 'late' } })).rejects.toMatchObject({ refusal: 'poll-over' })
  expect(await typesOf(id, /^poll/)).toEqual(['poll.opened', 'poll.objected', 'poll.decided'])
  expect((await stage.timeline(id)).find(({ type }) => type === 'poll.decided')?.data).toMatchObject({
    text: 'Roll back gw 2.14',
    objections: 1,
  })
})

test('an update says when the next one comes: as promised, or by the rhythm of the level', async () => {
  const id = await declare('SEV1')
  const raj = await as('raj')
  const at = stage.world.now()
  const minutes = (nextBy: string | null) => (Date.parse(nextBy!) - at) / 60_000
  expect(minutes((await raj.postUpdate({ params: { id }, body: { text: 'We look.', next: '20m' } })).nextBy)).toBe(20)
  expect(minutes((await raj.postUpdate({ params: { id }, body: { text: 'We look.' } })).nextBy)).toBe(30)
  expect((await stage.incident(id)).moments.firstUpdate).toBeNull()
  await raj.postUpdate({ params: { id }, body: { text: 'We are looking into it.', audience: 'status-page' } })
  expect((await stage.incident(id)).moments.firstUpdate).toBe(new Date(at).toISOString())
  expect((await raj.listUpdates({ params: { id } })).items).toHaveLength(3)
})

test('whoever has just come reads one sentence, who has what, and what is wanted of them', async () => {
  const id = await declare()
  const [raj, lin] = [await as('raj'), await as('lin')]
  await raj.giveRole({ params: { id, role: 'ic' }, body: { person: 'raj' } })
  await raj.addTask({ params: { id }, body: { text: 'check p99', person: 'lin' } })
  await raj.offerRole({ params: { id, role: 'comms' }, body: { to: 'lin' } })
  await raj.postUpdate({ params: { id }, body: { text: 'Checkout fails for all.' } })
  const told = await lin.catchUp({ params: { id } })
  expect(told).toMatchObject({
    sentence: expect.stringMatching(/^INC-\d+ \(SEV1\), detected: API Gateway Down\. It began 0 s ago\.$/),
    now: { tasks: [{ number: 1, text: 'check p99', person: 'lin' }], lastUpdate: 'Checkout fails for all.' },
    wanted: ['Answer whether you take over as communications lead.', 'Task 1: check p99'],
  })
  expect(told.roles[0]).toEqual({ role: 'commander', name: 'commander', people: ['raj'] })
  expect(told.events.length).toBeGreaterThan(1)
  expect(JSON.stringify(told).length).toBeLessThan(4000)
})
