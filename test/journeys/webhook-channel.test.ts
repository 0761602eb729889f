import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keyOf, type Stage, setStage } from '../world/stage.ts'
import type { OnePage } from '../world/webhook-receiver.ts'

const SECRET = 'a secret that only the receiver knows'
let stage: Stage

beforeAll(async () => {
  process.env['TOCSIN_SECRET_ADA'] = SECRET
  stage = await setStage({ people: ['ada', 'lin', 'kim'], secret: SECRET })
  await stage.write({
    Person: { ada: { displayName: 'Ada Ekwueme', contacts: [stage.phones.contact('ada', { secret: { env: 'TOCSIN_SECRET_ADA' } })] } },
    Schedule: { night: { timeZone: 'UTC', layers: [{ name: 'weekly', users: ['ada'], start: '2026-11-16T09:00', turn: '7d' }] } },
    Service: { api: { policy: 'api', grouping: { by: 'all' } } },
  })
  await stage.policy(['0s schedule night', '1h lin'], 'kim')
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

const pass: Stage['world']['pass'] = (time) => stage.world.pass(time)
const followingOf = (person: string) => (stage.phones.messages(person).at(-1)!.json as OnePage).page.ifNobodyActs
const message = () => stage.phones.messages('ada').at(-1)!

test('a page is exactly what is promised', async () => {
  const labels = { alertname: 'DiskFull', host: 'db-1' }
  const incident = await stage.alarm({ title: 'Disk is full', labels, annotations: { seen: '98 %' } })
  const { method, headers, raw, signature } = message()
  expect(method).toBe('POST')
  expect(headers['content-type']).toBe('application/json')
  const body = JSON.parse(raw.toString('utf8'))
  const { actions, ...rest } = body
  expect(rest).toEqual({
    type: 'page',
    page: {
      id: headers['idempotency-key'],
      level: 1,
      attempt: 1,
      reason: 'on call for night (weekly)',
      possiblyDuplicate: false,
      ifNobodyActs: 'Level 2 (lin) is paged at 04:11 UTC.',
    },
    incident: {
      id: incident!.id,
      number: incident!.number,
      title: 'Disk is full',
      severity: 1,
      status: 'detected',
      urgency: 'high',
      service: 'api',
      url: `http://tocsin.test/i/${incident!.number.slice(4)}`,
      startedAt: incident!.startedAt,
    },
    person: { name: 'ada', displayName: 'Ada Ekwueme' },
    alerts: { count: 1, newest: [{ dedupKey: 'disk', title: 'Disk is full', severity: 1, labels, annotations: { seen: '98 %' } }] },
  })
  expect(headers['idempotency-key']).toBe(`${incident!.id}:1:0:1:ada:0`)
  expect(Object.keys(actions).sort()).toEqual(['acknowledge', 'escalate', 'resolve'])
  for (const link of Object.values(actions)) expect(link).toMatch(/^http:\/\/tocsin\.test\/l\/[\w.-]+$/)
  // Worked out here from the bytes as they came.
  expect(headers['x-tocsin-signature']).toBe(`v1=${createHmac('sha256', SECRET).update(raw).digest('hex')}`)
  expect(signature).toBe('right')
})

test('it says what follows, as far as that is known when it leaves', async () => {
  // Max has nothing to be paged by, so he is not promised.
  await stage.write({ Person: { max: {} } })
  await stage.policy(['0s schedule night', '1h max, lin'], 'kim')
  await stage.alarm({ dedup_key: 'following' })
  expect(followingOf('ada')).toMatch(/^Level 2 \(lin\) is paged at /)
  await pass({ hours: 1 })
  expect(followingOf('lin')).toMatch(/^The catch-all \(kim\) is paged at .* UTC\.$/)
  await pass({ hours: 1 })
  expect(followingOf('kim')).toMatch(/^The catch-all \(kim\) is paged at /)
})

test('without a secret there is no signature', async () => {
  await stage.policy(['0s lin'], 'kim')
  await stage.alarm()
  expect(stage.phones.messages('lin').at(-1)!.headers).not.toHaveProperty('x-tocsin-signature')
  await stage.policy(['0s schedule night', '1h lin'], 'kim')
})

test('a secret that cannot be read sends nothing unsigned: the page is tried again and says why', async () => {
  delete process.env['TOCSIN_SECRET_ADA']
  const incident = await stage.alarm()
  expect(stage.phones.messages('ada')).toEqual([])
  expect((await stage.why(incident!.id)).join('\n')).toContain('the secret of this contact cannot be read')
  process.env['TOCSIN_SECRET_ADA'] = SECRET
  await pass({ seconds: 5 })
  expect(stage.phones.rang().filter((ring) => ring.startsWith('ada'))).toEqual(['ada @5 (attempt 2)'])
})

test('of many alerts it names the twenty newest and counts all', async () => {
  const storm = Array.from({ length: 25 }, (_, i) => ({ title: `Host ${i} is down`, dedup_key: `host-${i}`, severity: 'critical' }))
  await stage.world.post(`/in/${keyOf('alarms')}`, storm)
  await pass({ seconds: 5 })
  await stage.alarm({ dedup_key: 'latest', title: 'The latest' })
  const { items } = await stage.world.api.listIncidents({ query: { limit: 1 } })
  await stage.world.api.escalateIncident({ params: { id: items[0]!.id }, body: {} })
  await stage.world.settle()
  const { alerts } = stage.phones.page('lin')
  expect(alerts.count).toBe(26)
  expect(alerts.newest).toHaveLength(20)
  expect(alerts.newest[0]!.title).toBe('The latest')
})

test('the incident is told as it is when the page leaves', async () => {
  await stage.policy(['0s ada', '30s lin'], 'kim')
  const incident = await stage.alarm({ title: 'Disk is full', severity: 'error' })
  await stage.world.api.changeIncident({ params: { id: incident!.id }, body: { title: 'The database is down', severity: 1 } })
  await pass({ seconds: 30 })
  expect(stage.phones.page('lin').incident).toMatchObject({ title: 'The database is down', severity: 1 })
  await stage.policy(['0s schedule night', '1h lin'], 'kim')
})

test('a bare POST to its links acts', async () => {
  const incident = await stage.alarm()
  const { actions } = stage.phones.page('ada')
  const press = async (link: string) => {
    const reply = await fetch(`${stage.world.baseUrl}${new URL(link).pathname}`, { method: 'POST' })
    await stage.world.settle()
    return reply.json()
  }
  expect(await press(actions.acknowledge)).toMatchObject({ incident: { status: 'acknowledged', acknowledgedBy: 'ada' } })
  expect(await press(actions.escalate)).toMatchObject({ incident: { status: 'detected' } })
  expect(stage.phones.rang()).toEqual(['ada @0', 'lin @0'])
  expect(await press(actions.resolve)).toMatchObject({ incident: { status: 'resolved', resolvedBy: 'ada' } })
  expect(await stage.incident(incident!.id)).toMatchObject({ status: 'resolved' })
})

test('several pages in one message: who they are for once, each with its own incident and links', async () => {
  const { bundle: _, ...contact } = stage.phones.contact('ada', { secret: { env: 'TOCSIN_SECRET_ADA' } })
  await stage.write({ Person: { ada: { contacts: [contact] } }, Service: { api: { policy: 'api' } } })
  for (const dedup_key of ['one', 'two', 'three']) await stage.alarm({ dedup_key, title: dedup_key })
  await pass({ seconds: 30 })
  const { headers, json, signature, raw } = message()
  expect(signature).toBe('right')
  expect(Object.keys(JSON.parse(raw.toString('utf8'))).sort()).toEqual(['pages', 'person', 'type'])
  expect(json).toMatchObject({ type: 'pages', person: { name: 'ada' }, pages: [{}, {}] })
  expect(headers['idempotency-key']).toMatch(/^bundle:inc_/)
  for (const page of json!.pages!) expect(Object.keys(page).sort()).toEqual(['actions', 'alerts', 'incident', 'page'])
  expect(json!.pages!.map(({ incident }) => incident.title).sort()).toEqual(['three', 'two'])
  expect(new Set(json!.pages!.map(({ actions }) => actions.acknowledge)).size).toBe(2)
})
