import { hash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keyOf, type Stage, setStage } from '../world/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  await stage.write({
    Integration: {
      events: { source: 'pagerduty', service: 'api', key: keyOf('events') },
      prometheus: { source: 'alertmanager', service: 'api', key: keyOf('prometheus') },
      elsewhere: { source: 'generic', service: 'shop', key: keyOf('elsewhere') },
    },
    Service: { shop: { policy: 'api' } },
  })
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

const grouped = (grouping?: { by: 'all' | string[] }) => stage.write({ Service: { api: { policy: 'api', ...(grouping && { grouping }) } } })
/** The incident an alarm ends up in. */
const comes = async (dedup_key: string, labels: Record<string, string> = {}, severity = 'critical') =>
  (await stage.alarm({ dedup_key, labels, severity, title: dedup_key }))!.number
const open = async () => (await stage.world.api.listIncidents({ query: { status: ['open'] } })).items

describe('by labels', () => {
  test('equal values share an incident, whatever else differs; it says by what', async () => {
    await grouped({ by: ['alertname', 'region'] })
    const disk = await comes('a', { alertname: 'Disk', region: 'eu', host: 'db-1' })
    expect(await comes('b', { alertname: 'Disk', region: 'eu', host: 'db-2' })).toBe(disk)
    expect(await comes('c', { alertname: 'Disk', region: 'us' })).not.toBe(disk)
    expect(await comes('d', { alertname: 'Fan', region: 'eu' })).not.toBe(disk)
    expect((await stage.incident(disk)).grouping).toEqual([
      { label: 'alertname', value: 'Disk' },
      { label: 'region', value: 'eu' },
    ])
    expect(stage.phones.rang()).toHaveLength(3)
  })

  test('a label that is missing counts as empty; with none of them each alert is on its own', async () => {
    await grouped({ by: ['alertname', 'region'] })
    const disk = await comes('a', { alertname: 'Disk' })
    expect(await comes('b', { alertname: 'Disk', host: 'x' })).toBe(disk)
    expect(await comes('c', { alertname: 'Disk', region: 'eu' })).not.toBe(disk)
    const lost = await comes('d', { host: 'x' })
    expect(await comes('e', { host: 'x' })).not.toBe(lost)
    expect(await comes('f')).not.toBe(lost)
  })

  test('values longer than any index are values like others', async () => {
    await grouped({ by: ['message'] })
    // Without a pattern, so that no compression makes it short.
    const noise = (seed: number) => Array.from({ length: 90 }, (_, i) => hash('sha256', `${seed} ${i}`, 'base64')).join('')
    const one = await comes('a', { message: noise(1) })
    expect(await comes('b', { message: noise(1) })).toBe(one)
    expect(await comes('c', { message: `${noise(1).slice(0, -1)}!` })).not.toBe(one)
  })

  test('of one message the members come in together: one incident, one page, one line', async () => {
    await grouped({ by: ['alertname'] })
    const batch = Array.from({ length: 30 }, (_, i) => ({ dedup_key: `h${i}`, title: `Host ${i}`, labels: { alertname: 'Down' } }))
    await stage.world.post(`/in/${keyOf('alarms')}`, batch)
    const [incident, ...others] = await open()
    expect(others).toEqual([])
    expect(stage.phones.rang()).toEqual(['ada @0'])
    expect(stage.phones.page('ada').alerts.count).toBe(30)
    const facts = await stage.timeline(incident!.id)
    expect(facts.filter(({ type }) => type === 'alert.joined')).toHaveLength(1)
  })
})

test('an alert whose name says only what kind of trouble a rule has is grouped by the rule', async () => {
  await grouped({ by: ['alertname'] })
  const noData = (rulename: string) => ({
    status: 'firing',
    labels: { alertname: 'DatasourceNoData', rulename, ref_id: 'A', severity: 'critical' },
    startsAt: new Date(stage.world.now()).toISOString(),
  })
  const send = async (...alerts: object[]) => {
    await stage.world.post(`/in/${keyOf('prometheus')}`, { alerts })
    return (await open())[0]!
  }
  const payments = await send(noData('Payments error rate'))
  await stage.world.api.acknowledgeIncident({ params: { id: payments.id }, body: {} })
  const cold = await send(noData('Cold store temperature'))
  expect([payments.title, cold.title]).toEqual(['Payments error rate: no data', 'Cold store temperature: no data'])
  expect(cold.grouping).toEqual([{ label: 'alertname', value: 'Cold store temperature: no data' }])
  expect(stage.phones.rang()).toHaveLength(2)
})

describe('otherwise', () => {
  test('without a grouping each alert key is its own incident', async () => {
    await grouped()
    const one = await comes('a', { alertname: 'Disk' })
    expect(await comes('b', { alertname: 'Disk' })).not.toBe(one)
    expect(await comes('a', { alertname: 'Disk' })).toBe(one)
  })

  test('by: all is one open incident for the service, and for no other service', async () => {
    await grouped({ by: 'all' })
    const one = await comes('a', { alertname: 'Disk' })
    expect(await comes('b')).toBe(one)
    expect((await stage.alarm({ dedup_key: 'c' }, 'elsewhere'))!.number).not.toBe(one)
    await stage.world.api.resolveIncident({ params: { id: one }, body: {} })
    expect(await comes('d')).not.toBe(one)
  })

  test('an alert never joins an incident that a person declared, nor one that is resolved', async () => {
    await grouped({ by: 'all' })
    const declared = await stage.world.api.declareIncident({ body: { title: 'Something is wrong', service: 'api' } })
    expect(await comes('a')).not.toBe(declared.number)
  })

  test('two integrations of a service share its incidents, and keep their keys apart', async () => {
    await grouped({ by: ['alertname'] })
    const one = await comes('same', { alertname: 'Disk' })
    await stage.world.post(`/in/${keyOf('prometheus')}`, {
      alerts: [{ status: 'firing', labels: { alertname: 'Disk', severity: 'critical' }, startsAt: '2026-11-20T03:00:00Z' }],
    })
    expect((await open()).map(({ number }) => number)).toEqual([one])
    const { items } = await stage.world.api.listAlerts({ query: { incident: one } })
    expect(items.map(({ integration }) => integration).sort()).toEqual(['alarms', 'prometheus'])
  })
})

test('a PagerDuty event is grouped by its source, component, group and class', async () => {
  const payload = { summary: 'Disk is full', severity: 'critical', source: 'db-1', component: 'disk', group: 'eu', class: 'DiskFull' }
  const send = async (dedup_key: string, over: object) => {
    await stage.world.post('/v2/enqueue', {
      routing_key: keyOf('events'),
      event_action: 'trigger',
      dedup_key,
      payload: { ...payload, ...over },
    })
    return (await stage.world.api.listAlerts({ query: { dedupKey: dedup_key, limit: 1 } })).items[0]!
  }
  for (const [label, field] of Object.entries({
    source: 'source',
    component: 'component',
    group: 'group',
    class: 'class',
    alertname: 'class',
  })) {
    await stage.curtain()
    await grouped({ by: [label] })
    const one = await send(`${label}-1`, {})
    expect(one.labels).toMatchObject({ source: 'db-1', component: 'disk', group: 'eu', class: 'DiskFull', alertname: 'DiskFull' })
    expect((await send(`${label}-2`, { summary: 'Another' })).incidentId).toBe(one.incidentId)
    expect((await send(`${label}-3`, { [field]: 'another' })).incidentId).not.toBe(one.incidentId)
  }
})

describe('how bad an incident is', () => {
  test('is the worst its alerts have had, also when they ease; a person’s word stays', async () => {
    await grouped({ by: 'all' })
    const number = await comes('a', {}, 'warning')
    expect(await stage.incident(number)).toMatchObject({ severity: 3, urgency: 'low' })
    await comes('b', {}, 'error')
    expect(await stage.incident(number)).toMatchObject({ severity: 2, urgency: 'high' })
    await comes('b', {}, 'info')
    expect(await stage.incident(number)).toMatchObject({ severity: 2, urgency: 'high' })
    await stage.world.api.changeIncident({ params: { id: number }, body: { severity: 4, reason: 'Only a test system' } })
    await comes('c', {}, 'critical')
    expect(await stage.incident(number)).toMatchObject({ severity: 4, urgency: 'low' })
  })

  test('is not changed by who saw something else, unless both want the same', async () => {
    await grouped({ by: 'all' })
    const number = await comes('a', {}, 'warning')
    const change = (severity: number, seen: number) =>
      stage.world.api.changeIncident({ params: { id: number }, body: { severity, expected: { severity: seen } } })
    await change(2, 3)
    await expect(change(4, 3)).rejects.toMatchObject({ status: 409, refusal: 'changed-meanwhile' })
    expect(await stage.incident(number)).toMatchObject({ severity: 2 })
    await change(2, 3)
    await change(4, 2)
    expect(await stage.incident(number)).toMatchObject({ severity: 4 })
  })

  test('also when what was worst has eased before anybody looked', async () => {
    await grouped({ by: 'all' })
    const at = (severity: string) => ({ dedup_key: 'a', title: 'a', severity })
    await stage.world.post(`/in/${keyOf('alarms')}`, [at('critical'), at('info')])
    expect(await open()).toMatchObject([{ severity: 1, urgency: 'high' }])
    expect((await stage.world.api.listAlerts({ query: { dedupKey: 'a', limit: 1 } })).items[0]).toMatchObject({ severity: 4, count: 2 })
  })

  test('a word nobody knows is taken as an error, and says so', async () => {
    await grouped()
    const number = await comes('a', {}, 'blue')
    expect(await stage.incident(number)).toMatchObject({ severity: 2, urgency: 'high' })
    const { items } = await stage.world.api.listAlerts({ query: { incident: number } })
    expect(items[0]!.warnings).toEqual(['unknown severity ‹blue›, taken as error'])
  })

  test('a service may say that all of it wakes people, or nothing', async () => {
    await stage.write({ Service: { api: { policy: 'api', urgency: 'high' } } })
    expect(await stage.incident(await comes('a', {}, 'info'))).toMatchObject({ severity: 4, urgency: 'high' })
    await stage.write({ Service: { api: { policy: 'api', urgency: 'low' } } })
    expect(await stage.incident(await comes('b', {}, 'critical'))).toMatchObject({ severity: 1, urgency: 'low' })
  })
})
