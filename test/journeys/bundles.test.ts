import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { lookAround, pause } from '../../src/platform/pause.ts'
import { keyOf, policyOf, type Stage, setStage } from '../world/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  // Nothing said: contacts bundle.
  const { bundle: _, ...contact } = stage.phones.contact('ada')
  await stage.write({ Person: { ada: { contacts: [contact] } } })
  await stage.policy(['0s ada', '1h lin'], 'kim')
})
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.curtain()
  // Long enough for every window of the scene before to be over.
  await stage.world.pass({ seconds: 60 })
  stage.phones.listen()
})

const rang = () => stage.phones.rang()
const pass: Stage['world']['pass'] = (time) => stage.world.pass(time)
const happens = async (what: string) => (await stage.alarm({ title: what, dedup_key: what }))!
const acknowledge = (id: string) => stage.world.api.acknowledgeIncident({ params: { id }, body: {} })
const titles = (message = stage.phones.messages('ada').at(-1)!) =>
  (message.json!.pages ?? [message.json!]).map(({ incident }) => incident!.title)

test('the first page goes at once; what follows within 30 s leaves together at their end', async () => {
  await happens('Disk')
  await pass({ seconds: 5 })
  await happens('Fan')
  await pass({ seconds: 10 })
  await happens('Power')
  await pass({ seconds: 14 })
  expect(rang()).toEqual(['ada @0'])
  await pass({ seconds: 1 })
  expect(rang()).toEqual(['ada @0', 'ada @30 [2 pages]'])
  expect(titles().sort()).toEqual(['Fan', 'Power'])
})

test('30 s after its last message a contact hears at once again', async () => {
  await happens('Disk')
  await pass({ seconds: 30 })
  await happens('Fan')
  expect(rang()).toEqual(['ada @0', 'ada @30'])
})

test('a window begins with every message, also with a bundle', async () => {
  await happens('Disk')
  await pass({ seconds: 5 })
  await happens('Fan')
  await happens('Power')
  await pass({ seconds: 25 })
  await happens('Light')
  await happens('Water')
  await pass({ seconds: 35 })
  expect(rang()).toEqual(['ada @0', 'ada @30 [2 pages]', 'ada @60 [2 pages]'])
})

test('a single page that had to wait comes as a page of its own', async () => {
  await happens('Disk')
  await pass({ seconds: 5 })
  await happens('Fan')
  await pass({ seconds: 25 })
  expect(rang()).toEqual(['ada @0', 'ada @30'])
  expect(stage.phones.messages('ada').at(-1)!.json!.type).toBe('page')
})

test('a storm is two messages', async () => {
  const storm = Array.from({ length: 25 }, (_, i) => ({ title: `Host ${i} is down`, dedup_key: `host-${i}` }))
  expect((await stage.world.post(`/in/${keyOf('alarms')}`, storm)).status).toBe(202)
  expect(rang()).toEqual(['ada @0'])
  await pass({ seconds: 30 })
  expect(rang()).toEqual(['ada @0', 'ada @30 [24 pages]'])
})

test('what was missed while nothing could leave is two messages, and nothing of what has ended', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'tocsin-bundles-'))
  await lookAround({ db: stage.world.db, dataFolder, isEmbedded: false }, stage.world.now())
  rmSync(dataFolder, { recursive: true })
  await pause(stage.world.db.sql, stage.world.now(), 'dump')
  await pass({ seconds: 5 })
  for (let minute = 0; minute < 12; minute++) {
    await stage.alarm({ title: `Host ${minute} is down`, dedup_key: `missed-${minute}` })
    await pass({ minutes: 1 })
  }
  await stage.alarm({ dedup_key: 'missed-3', status: 'resolved' })
  expect(rang()).toEqual([])
  stage.phones.listen()
  await stage.world.api.resumePaging()
  await stage.world.settle()
  await pass({ seconds: 30 })
  expect(rang()).toEqual(['ada @0', 'ada @30 [10 pages]'])
  expect(titles()).not.toContain('Host 3 is down')
})

test('what somebody acknowledged inside the window is left out', async () => {
  await happens('Disk')
  const fan = await happens('Fan')
  await happens('Power')
  await happens('Light')
  await pass({ seconds: 10 })
  await acknowledge(fan.id)
  await pass({ seconds: 20 })
  expect(rang()).toEqual(['ada @0', 'ada @30 [2 pages]'])
  expect(titles().sort()).toEqual(['Light', 'Power'])
})

test('a bundle that is refused is repeated under the same key with the same members, but for those withdrawn', async () => {
  await happens('Disk')
  await happens('Fan')
  const power = await happens('Power')
  await happens('Light')
  await pass({ seconds: 29 })
  stage.phones.behave('ada', { kind: 'answer', status: 503 })
  await pass({ seconds: 1 })
  // It does not join what has left already.
  await happens('Water')
  await pass({ seconds: 5 })
  await acknowledge(power.id)
  stage.phones.behave('ada', { kind: 'answer', status: 200 })
  await pass({ seconds: 10 })
  const bundles = stage.phones.messages('ada').filter(({ json }) => json!.type === 'pages')
  expect(bundles.map((message) => titles(message).sort())).toEqual([
    ['Fan', 'Light', 'Power'],
    ['Fan', 'Light', 'Power'],
    ['Fan', 'Light'],
  ])
  expect(new Set(bundles.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
  await pass({ seconds: 20 })
  expect(titles()).toEqual(['Water'])
})

test('a bundle stays one, whatever becomes of its members', async () => {
  await happens('Disk')
  const fan = await happens('Fan')
  await happens('Power')
  await pass({ seconds: 29 })
  stage.phones.behave('ada', { kind: 'cut' })
  await pass({ seconds: 1 })
  stage.phones.behave('ada', { kind: 'answer', status: 200 })
  await acknowledge(fan.id)
  await pass({ seconds: 5 })
  const [first, second] = stage.phones.messages('ada').slice(1)
  expect(second!.json).toMatchObject({ type: 'pages', pages: [{ incident: { title: 'Power' }, page: { possiblyDuplicate: true } }] })
  expect(second!.headers['idempotency-key']).toBe(first!.headers['idempotency-key'])
})

test('members and key are kept with each page’s attempts', async () => {
  await happens('Disk')
  const fan = await happens('Fan')
  const power = await happens('Power')
  await pass({ seconds: 30 })
  const key = stage.phones.messages('ada').at(-1)!.headers['idempotency-key']
  for (const { id } of [fan, power]) {
    const { items } = await stage.world.api.getPages({ params: { id } })
    expect(items[0]!.attempts).toMatchObject([{ attempt: 1, outcome: 'delivered', bundle: key }])
  }
})

test('a contact that does not bundle hears everything at once', async () => {
  await stage.policy(['0s lin', '1h ada'], 'kim')
  await happens('Disk')
  await happens('Fan')
  expect(rang()).toEqual(['lin @0', 'lin @0'])
  await stage.policy(['0s ada', '1h lin'], 'kim')
})

test('what waits for a slot is not held up for a window as well', async () => {
  await stage.write({
    EscalationPolicy: { busy: policyOf(['0s lin'], 'kim') },
    Service: { busy: { policy: 'busy' } },
    Integration: { busy: { source: 'generic', service: 'busy', key: keyOf('busy') } },
  })
  let answer = () => {}
  const after = new Promise<void>((resolve) => {
    answer = resolve
  })
  stage.phones.behave('lin', { kind: 'answer', status: 200, after })
  const send = (integration: string, body: unknown) =>
    fetch(`${stage.world.baseUrl}/in/${keyOf(integration)}`, { method: 'POST', body: JSON.stringify(body) })
  await send(
    'busy',
    Array.from({ length: 32 }, (_, i) => ({ title: `Host ${i} is down`, dedup_key: `host-${i}` })),
  )
  const settled = stage.world.settle()
  await expect.poll(() => rang().length, { timeout: 10_000 }).toBe(32)
  await send('alarms', { title: 'Disk', dedup_key: 'Disk' })
  answer()
  await settled
  expect(rang().filter((ring) => ring.startsWith('ada'))).toEqual(['ada @0'])
})

test('however much is repeated to one contact, a node has no more than its 32 messages under way', async () => {
  const storm = Array.from({ length: 60 }, (_, i) => ({ title: `Host ${i} is down`, dedup_key: `host-${i}` }))
  await stage.world.post(`/in/${keyOf('alarms')}`, storm)
  // As if each but one had left alone, and failed, when its time had come.
  const at = new Date(stage.world.now()).toISOString()
  await stage.world.db.sql`
    update paging_pages p set due_at = ${at}::timestamptz + interval '5 s', attempts = case when id = one then 0 else 1 end,
      status = case when id = one then 'queued' else 'retrying' end
    from (select min(id) as one from paging_pages where status = 'queued' and contact = 'ada') m where p.status = 'queued' and p.contact = 'ada'`
  let answer = () => {}
  const after = new Promise<void>((resolve) => {
    answer = resolve
  })
  stage.phones.behave('ada', { kind: 'answer', status: 200, after })
  const passing = pass({ seconds: 5 })
  // Of the 32 that were looked at, one has to wait for its window.
  await expect.poll(() => rang().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(1 + 31)
  expect(stage.world.app.paging.inFlight()).toBeLessThanOrEqual(32)
  answer()
  await passing
  expect(rang()).toHaveLength(59)
})
