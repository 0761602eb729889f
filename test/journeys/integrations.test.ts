import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keyOf, type Stage, setStage } from '../world/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
  await stage.write({
    Integration: {
      prometheus: { source: 'alertmanager', service: 'api', key: keyOf('prometheus') },
      grafana: { source: 'grafana', service: 'api', key: keyOf('grafana') },
      pagerduty: { source: 'pagerduty', service: 'api', key: keyOf('pagerduty'), displayName: 'Old pager' },
      'pagerduty-v1': { source: 'pagerduty-v1', service: 'api', key: keyOf('pagerduty-v1') },
      straight: { source: 'alertmanager-api', service: 'api', key: keyOf('straight') },
    },
  })
})
afterAll(() => stage.close())
beforeEach(async () => {
  stage.pace.stepSeconds = 300
  await stage.curtain()
})

/** The test waits for the alert to be worked off, so the world has to turn meanwhile. */
async function sendTest(name: string, body: { severity?: number } = {}) {
  let answered = false
  const test = stage.world.api.testIntegration({ params: { name }, body }).finally(() => {
    answered = true
  })
  while (!answered) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    await stage.world.settle()
  }
  return test
}

const integration = (name: string) => stage.world.api.getIntegration({ params: { name } })

test.each(['alarms', 'prometheus', 'grafana', 'pagerduty', 'pagerduty-v1', 'straight'])(
  'a test of %s goes the way of every alert, and pages Ada',
  async (name) => {
    const sent = await sendTest(name, { severity: 1 })
    expect(sent.status).toBeLessThan(300)
    const alert = await stage.world.api.getAlert({ params: { id: sent.alert! } })
    expect(alert).toMatchObject({ severity: 1, integration: name, status: 'open' })
    expect(alert.title).toBe(name === 'pagerduty' ? 'Test of Old pager' : `Test of ${name}`)
    expect(alert.warnings).toEqual([])
    expect(stage.phones.rang()).toEqual(['ada @0'])
    expect(stage.phones.page('ada').incident.title).toBe(alert.title)
    const { steps } = await stage.world.api.getAlertWhy({ params: { id: sent.alert! } })
    expect(steps.map(({ step }) => step)).toEqual(['received', 'deduped', 'grouped', 'routed', 'level', 'person', 'rule', 'page'])
  },
)

test('a test is of the lowest severity unless asked otherwise, and two of them are two incidents', async () => {
  const [first, second] = [await sendTest('prometheus'), await sendTest('prometheus')]
  expect((await stage.world.api.getAlert({ params: { id: first.alert! } })).severity).toBe(4)
  expect(second.incidentId).not.toBe(first.incidentId)
})

test('what came is counted by the hour: taken, refused, and taken with a part that could not be used', async () => {
  await stage.write({ Integration: { counted: { source: 'generic', service: 'api', key: keyOf('counted') } } })
  expect(await integration('counted')).toMatchObject({ state: 'never', lastEventAt: null, events: 0, perHour: Array(24).fill(0) })
  await stage.alarm({ dedup_key: 'one' }, 'counted')
  await stage.alarm({ dedup_key: 'one' }, 'counted')
  await stage.world.pass({ hours: 2 })
  await stage.world.post(`/in/${keyOf('counted')}`, 'not json')
  await stage.world.post(`/in/${keyOf('counted')}`, [{ title: 'Good', dedup_key: 'two' }, { severity: 'error' }])
  const now = new Date(stage.world.now()).toISOString()
  const heard = await integration('counted')
  expect(heard).toMatchObject({ state: 'receiving', lastEventAt: now, events: 4, refused: 2, unparsed: 0 })
  expect(heard.perHour.slice(-3)).toEqual([2, 0, 2])
  const { items } = await stage.world.api.listIntegrations({ query: { service: 'api' } })
  expect(items.find(({ name }) => name === 'counted')).toMatchObject({ events: 4, sourceTitle: 'Generic JSON' })

  await stage.world.pass({ hours: 26 })
  expect(await integration('counted')).toMatchObject({ state: 'quiet', events: 0, perHour: Array(24).fill(0) })
})

test('an integration that spoke daily and has stopped is silent', async () => {
  await stage.write({ Integration: { daily: { source: 'generic', service: 'api', key: keyOf('daily') } } })
  stage.pace.stepSeconds = 3600
  for (let day = 0; day < 6; day++) {
    await stage.alarm({ dedup_key: 'daily' }, 'daily')
    expect((await integration('daily')).state).toBe('receiving')
    await stage.world.pass({ days: 1 })
  }
  await stage.world.pass({ hours: 2 })
  expect((await integration('daily')).state).toBe('silent')
  const service = await stage.world.api.getService({ params: { name: 'api' } })
  expect(service.missing).toContain('silent-integration')
})

test('the last bodies are shown as they came, their keys blanked, with what was made of them', async () => {
  const secret = keyOf('pagerduty')
  const payload = { summary: 'Disk is full', source: 'db-1', severity: 'critical' }
  await stage.world.post('/v2/enqueue', { routing_key: secret, event_action: 'trigger', dedup_key: 'disk', payload })
  await stage.world.pass({ seconds: 1 })
  await stage.world.post('/v2/enqueue', {
    routing_key: secret,
    event_action: 'trigger',
    dedup_key: 'disk',
    payload: { summary: 'No severity' },
  })
  const { items } = await stage.world.api.listIntegrationEvents({ params: { name: 'pagerduty' }, query: { limit: 2 } })
  expect(items.map(({ refused, status }) => [refused, status])).toEqual([
    [true, 400],
    [false, 202],
  ])
  expect(items[0]!.problems.join()).toContain('payload.severity')
  expect(items[1]!.alerts).toMatchObject([{ action: 'trigger', title: 'Disk is full', severity: 1, dedupKey: 'disk' }])
  const alert = await stage.world.api.getAlert({ params: { id: items[1]!.alerts[0]!.alert! } })
  expect(alert.title).toBe('Disk is full')
  expect(items[1]!.body).not.toContain(secret)
  expect(items[1]!.body).toContain(`"routing_key":"${secret.slice(0, 6)}**`)

  const { items: unparsed } = await stage.world.api.listUnparsed({ query: { integration: 'pagerduty', refused: 'true' } })
  expect(unparsed[0]).toMatchObject({ integration: 'pagerduty', refused: true, status: 400 })
  expect((await stage.world.api.listUnparsed({ query: { integration: 'pagerduty', refused: 'false' } })).items).toEqual([])
})

test('events page backwards without a gap', async () => {
  await stage.write({ Integration: { many: { source: 'generic', service: 'api', key: keyOf('many') } } })
  for (let i = 0; i < 5; i++) {
    await stage.alarm({ dedup_key: `k${i}`, title: `Alarm ${i}` }, 'many')
    await stage.world.pass({ minutes: 20 })
  }
  const titles: string[] = []
  let cursor: string | undefined
  do {
    const page = await stage.world.api.listIntegrationEvents({ params: { name: 'many' }, query: { limit: 2, ...(cursor && { cursor }) } })
    titles.push(...page.items.flatMap(({ alerts }) => alerts.map(({ title }) => title)))
    cursor = page.next ?? undefined
  } while (cursor)
  expect(titles).toEqual(['Alarm 4', 'Alarm 3', 'Alarm 2', 'Alarm 1', 'Alarm 0'])
})

test('a new key is told once and works at once; the one before works until it is revoked', async () => {
  await stage.write({ Integration: { moving: { source: 'generic', service: 'api', key: keyOf('moving') } } })
  const params = { name: 'moving' }
  const made = await stage.world.api.makeIntegrationKey({ params, body: {} })
  expect(made.keys.map(({ start, newest }) => [start, newest])).toEqual([
    [made.key.slice(0, 6), true],
    ['key-of', false],
  ])
  const send = (key: string) => stage.world.post(`/in/${key}`, { title: 'Still here', dedup_key: key })
  expect((await send(made.key)).status).toBe(202)
  expect((await send(keyOf('moving'))).status).toBe(202)
  expect(JSON.stringify(await integration('moving'))).not.toContain(made.key)

  const { keys } = await stage.world.api.revokeIntegrationKey({ params: { ...params, id: made.keys[1]!.id } })
  expect((await send(keyOf('moving'))).status).toBe(404)
  expect((await send(made.key)).status).toBe(202)
  await expect(stage.world.api.revokeIntegrationKey({ params: { ...params, id: keys[0]!.id } })).rejects.toMatchObject({
    refusal: 'last-key',
  })
  await expect(stage.world.api.revokeIntegrationKey({ params: { ...params, id: 'nothing' } })).rejects.toMatchObject({
    refusal: 'not-found',
  })
})

test('no two integrations share a key, be it an older one', async () => {
  await stage.write({ Integration: { first: { source: 'generic', service: 'api', key: keyOf('first') } } })
  await stage.world.api.makeIntegrationKey({ params: { name: 'first' }, body: {} })
  const taken = stage.world.api.putObject({
    params: { kind: 'integrations', name: 'second' },
    body: { spec: { source: 'generic', service: 'api', key: keyOf('first') } },
  })
  await expect(taken).rejects.toMatchObject({ refusal: 'invalid-configuration' })
})

test('every dialect can be connected to, with an address and something to paste', async () => {
  for (const name of ['alarms', 'prometheus', 'grafana', 'pagerduty', 'pagerduty-v1', 'straight']) {
    const { address, connect } = await integration(name)
    expect(address).toMatch(/^http:\/\/tocsin\.test\//)
    expect(connect.length).toBeGreaterThan(0)
    for (const { code } of connect) expect(code).toContain('YOUR-KEY')
  }
})

test('services say what is open, who would come, and what is missing', async () => {
  await stage.write({ Service: { orphan: {}, web: { policy: 'api', dependsOn: ['api'] } } })
  await stage.alarm({ severity: 'warning' })
  await stage.world.pass({ minutes: 10 })
  const { items } = await stage.world.api.listServices({})
  const service = (name: string) => items.find((one) => one.name === name)!
  expect(service('api')).toMatchObject({ worstSeverity: 3, unacknowledged: 1, usedBy: 1, onCall: { person: 'ada', catchAll: false } })
  expect(service('api').lastHour.at(-1)).toMatchObject({ severity: 3, until: null })
  expect(Date.parse(service('api').openSince!)).toBe(stage.world.now() - 600_000)
  expect(service('orphan')).toMatchObject({ onCall: null, missing: ['policy', 'owner', 'integration'], openSince: null })
  expect(service('web').missing).toEqual(['owner', 'integration'])
})
