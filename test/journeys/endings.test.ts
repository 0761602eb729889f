import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { type Incident, keyOf, type Stage, setStage } from '../world/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  await stage.write({
    Service: { silent: {}, api: service },
    Integration: {
      events: { source: 'pagerduty', service: 'api', key: keyOf('events') },
      prometheus: { source: 'alertmanager', service: 'api', key: keyOf('prometheus') },
      unheard: { source: 'generic', service: 'silent', key: keyOf('unheard') },
    },
  })
  await stage.policy(['0s ada', '1h lin'], 'kim')
})
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.curtain()
  disks += 1
})

const service = { policy: 'api', grouping: { by: 'all' } }
const pass: Stage['world']['pass'] = (time) => stage.world.pass(time)
const ago = (seconds: number) => new Date(stage.world.now() - seconds * 1000).toISOString()
const incidentsOpen = async () => (await stage.world.api.listIncidents({ query: { status: ['open'] } })).items
const factsOf = async (incident: Pick<Incident, 'id'>) => (await stage.timeline(incident.id)).map(({ type }) => type)
const resolve = (incident: Pick<Incident, 'id'>) => stage.world.api.resolveIncident({ params: { id: incident.id }, body: {} })
const alertOf = async (dedupKey: string) => (await stage.world.api.listAlerts({ query: { dedupKey, limit: 1 } })).items[0]!

async function event(event_action: 'trigger' | 'acknowledge' | 'resolve', dedup_key: string, severity = 'critical') {
  const payload = event_action === 'trigger' && { payload: { summary: dedup_key, source: 'db-1', severity } }
  await stage.world.post('/v2/enqueue', { routing_key: keyOf('events'), event_action, dedup_key, ...payload })
}

/** Each scene has a disk of its own. */
let disks = 0
/** What Prometheus sends about it. */
const firing = (startsAt: string, endsAt?: string) => {
  const labels = { alertname: 'DiskFull', severity: 'critical', device: `sd${disks}` }
  return stage.world.post(`/in/${keyOf('prometheus')}/api/v2/alerts`, [{ labels, startsAt, ...(endsAt && { endsAt }) }])
}
const ahead = (seconds: number) => ago(-seconds)

describe('with its last alert', () => {
  test('an incident resolves, and not before', async () => {
    const incident = (await stage.alarm({ dedup_key: 'a' }))!
    await stage.alarm({ dedup_key: 'b' })
    await stage.alarm({ dedup_key: 'a', status: 'resolved' })
    expect(await stage.incident(incident.id)).toMatchObject({ status: 'detected' })
    await stage.alarm({ dedup_key: 'b', status: 'resolved' })
    expect(await stage.incident(incident.id)).toMatchObject({ status: 'resolved', resolvedBy: 'alerts ended' })
    await pass({ minutes: 2 })
    expect(stage.phones.rang()).toEqual(['ada @0'])
  })

  test('also when somebody has acknowledged it; one body that ends one alert and begins another ends nothing', async () => {
    const incident = (await stage.alarm({ dedup_key: 'a' }))!
    await stage.world.api.acknowledgeIncident({ params: { id: incident.id }, body: {} })
    const both = [
      { dedup_key: 'a', status: 'resolved' },
      { dedup_key: 'b', title: 'b', severity: 'critical' },
    ]
    await stage.world.post(`/in/${keyOf('alarms')}`, both)
    // Nobody has seen what is open now.
    expect(await stage.incident(incident.id)).toMatchObject({ status: 'detected' })
    await stage.alarm({ dedup_key: 'b', status: 'resolved' })
    expect(await stage.incident(incident.id)).toMatchObject({ status: 'resolved' })
  })

  test('also when a sender says it in words and numbers of its own; the title stays that of the problem', async () => {
    const problem = { title: 'Alert for device sw-3 - Port down', severity: 'critical', state: 1, uid: '4412', id: '77' }
    const recovery = { title: 'Device sw-3 recovered from Port down', severity: 'ok', state: 0, uid: '4413', id: '77' }
    const report = async (sent: object) => {
      await stage.world.post(`/in/${keyOf('alarms')}`, sent)
      return (await stage.world.api.listAlerts({ query: { dedupKey: '77', limit: 1 } })).items[0]!
    }
    const { incidentId } = await report(problem)
    expect(await report(recovery)).toMatchObject({ status: 'ended', title: problem.title, severity: 1, warnings: [] })
    expect(await stage.incident(incidentId!)).toMatchObject({ status: 'resolved', title: problem.title })
  })

  test('not where the service says so', async () => {
    await stage.write({ Service: { api: { ...service, autoResolve: false } } })
    const incident = (await stage.alarm({ dedup_key: 'a' }))!
    await stage.alarm({ dedup_key: 'a', status: 'resolved' })
    expect(await stage.incident(incident.id)).toMatchObject({ status: 'detected' })
    await stage.write({ Service: { api: service } })
  })

  test('never one that a person declared', async () => {
    const declared = await stage.world.api.declareIncident({ body: { title: 'Something is wrong', service: 'api', severity: 1 } })
    const incident = (await stage.alarm({ dedup_key: 'a' }))!
    await stage.alarm({ dedup_key: 'a', status: 'resolved' })
    expect(await stage.incident(incident.id)).toMatchObject({ status: 'resolved' })
    stage.pace.stepSeconds = 3600
    await pass({ days: 2 })
    stage.pace.stepSeconds = 5
    expect(await stage.incident(declared.id)).toMatchObject({ status: 'detected', origin: 'person' })
  })

  test('what fires and ends in one body leaves an incident that is resolved', async () => {
    const reports = [
      { dedup_key: 'blip', title: 'blip', severity: 'critical' },
      { dedup_key: 'blip', status: 'resolved' },
    ]
    await stage.world.post(`/in/${keyOf('alarms')}`, reports)
    expect(await incidentsOpen()).toEqual([])
    expect(await alertOf('blip')).toMatchObject({ status: 'ended', endedBy: 'source' })
  })
})

describe('by the end a report announces', () => {
  test('an alert lapses when it is not reported again in time; reported again it opens anew', async () => {
    const startsAt = ago(60)
    await firing(startsAt, ahead(60))
    const [incident] = await incidentsOpen()
    await pass({ seconds: 40 })
    await firing(startsAt, ahead(60))
    await pass({ seconds: 55 })
    expect(await stage.incident(incident!.id)).toMatchObject({ status: 'detected' })
    await pass({ seconds: 5 })
    expect(await stage.incident(incident!.id)).toMatchObject({ status: 'resolved' })
    const { items } = await stage.world.api.listAlerts({ query: { incident: incident!.id } })
    expect(items).toMatchObject([{ status: 'ended', endedBy: 'lapsed', count: 2 }])
    // A lapse is no end that the source reported: the same episode is an alarm again.
    await firing(startsAt, ahead(60))
    expect(await incidentsOpen()).toMatchObject([{ status: 'detected' }])
  })

  test('no end stands that the last report did not set', async () => {
    const startsAt = ago(60)
    await firing(startsAt, ahead(30))
    await firing(startsAt)
    await pass({ minutes: 2 })
    expect(await incidentsOpen()).toHaveLength(1)
  })

  test('after an end that the source reported, a report of the same episode is a late repeat', async () => {
    const startsAt = ago(60)
    await firing(startsAt, ahead(300))
    await firing(startsAt, ago(1))
    expect(await incidentsOpen()).toEqual([])
    // A second Alertmanager that has not heard of the end.
    await firing(startsAt, ahead(300))
    expect(await incidentsOpen()).toEqual([])
    expect(stage.phones.rang()).toEqual(['ada @0'])
    await firing(ahead(0), ahead(300))
    expect(await incidentsOpen()).toHaveLength(1)
  })
})

describe('by hand', () => {
  test('the open alerts end with it, and a report without a start of its own opens anew at once', async () => {
    await event('trigger', 'a')
    await event('trigger', 'b')
    const [incident] = await incidentsOpen()
    await resolve(incident!)
    expect(await alertOf('a')).toMatchObject({ status: 'ended', endedBy: 'person' })
    expect((await stage.timeline(incident!.id)).find(({ type }) => type === 'incident.resolved')).toMatchObject({
      data: { reason: 'by-hand', alertsEnded: 2 },
    })
    await event('trigger', 'a')
    expect(await incidentsOpen()).toHaveLength(1)
    expect((await incidentsOpen())[0]!.id).not.toBe(incident!.id)
  })

  test('a later start opens anew at once', async () => {
    await firing(ago(60))
    const [incident] = await incidentsOpen()
    await resolve(incident!)
    await firing(ago(30))
    expect(await incidentsOpen()).toHaveLength(1)
  })

  test('the same start does so five minutes after the resolve, and says that it is still firing', async () => {
    const startsAt = ago(60)
    await firing(startsAt)
    const [incident] = await incidentsOpen()
    await resolve(incident!)
    await pass({ seconds: 60 })
    await firing(startsAt)
    await pass({ seconds: 235 })
    expect(await incidentsOpen()).toEqual([])
    await pass({ seconds: 10 })
    const [again] = await incidentsOpen()
    expect(again).toMatchObject({ status: 'detected', title: 'DiskFull' })
    expect(stage.phones.rang()).toEqual(['ada @0', 'ada @300'])
    const { items } = await stage.world.api.listAlerts({ query: { incident: again!.id } })
    expect(items[0]!.warnings).toEqual(['still firing five minutes after it was resolved by hand'])
    expect((await stage.timeline(again!.id)).find(({ type }) => type === 'escalation.level-decided')).toMatchObject({
      data: { reason: 'still-firing' },
    })
    // It goes on saying so while it is repeated.
    await firing(startsAt)
    expect((await stage.world.api.getAlert({ params: { id: items[0]!.id } })).warnings).toHaveLength(1)
  })

  test('unless its end has come by then', async () => {
    const startsAt = ago(60)
    await firing(startsAt)
    await resolve((await incidentsOpen())[0]!)
    await firing(startsAt)
    await pass({ seconds: 60 })
    await firing(startsAt, ago(1))
    stage.pace.stepSeconds = 30
    await pass({ minutes: 10 })
    stage.pace.stepSeconds = 5
    expect(await incidentsOpen()).toEqual([])
  })

  test('nor when the report it was held for has lapsed', async () => {
    const startsAt = ago(60)
    await firing(startsAt)
    await resolve((await incidentsOpen())[0]!)
    await firing(startsAt, ahead(120))
    stage.pace.stepSeconds = 30
    await pass({ minutes: 10 })
    stage.pace.stepSeconds = 5
    expect(await incidentsOpen()).toEqual([])
  })

  test('a new episode that begins while the old one is held does not stop the clockwork of ends', async () => {
    const startsAt = ago(60)
    await firing(startsAt)
    await resolve((await incidentsOpen())[0]!)
    await firing(startsAt)
    await firing(ago(1), ahead(600))
    expect(await incidentsOpen()).toHaveLength(1)
    stage.pace.stepSeconds = 30
    await pass({ minutes: 11 })
    stage.pace.stepSeconds = 5
    // The five minutes have passed and the new one has lapsed: both were seen to.
    expect(await incidentsOpen()).toEqual([])
    expect(stage.world.app.engine.health().find(({ name }) => name === 'alert-ends')?.lastError).toBeNull()
  })
})

describe('an acknowledgement of the source', () => {
  test('is noted on the alert; the incident is acknowledged in its name when all open alerts are', async () => {
    await event('trigger', 'a')
    await event('trigger', 'b')
    const [incident] = await incidentsOpen()
    await event('acknowledge', 'a')
    expect(await stage.incident(incident!.id)).toMatchObject({ status: 'detected' })
    expect(await factsOf(incident!)).toContain('alert.acknowledged-by-source')
    await event('acknowledge', 'b')
    expect(await stage.incident(incident!.id)).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'events' })
    const acknowledged = (await stage.timeline(incident!.id)).find(({ type }) => type === 'incident.acknowledged')
    expect(acknowledged).toMatchObject({ actor: 'integration:events', data: { via: 'source' } })
  })

  test('also when the last one it had not taken ends', async () => {
    await event('trigger', 'a')
    await event('trigger', 'b')
    const [incident] = await incidentsOpen()
    await event('acknowledge', 'a')
    await event('resolve', 'b')
    expect(await stage.incident(incident!.id)).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'events' })
  })

  test('does not take away what a person has, and is told once', async () => {
    await event('trigger', 'a')
    const [incident] = await incidentsOpen()
    await stage.world.api.acknowledgeIncident({ params: { id: incident!.id }, body: {} })
    for (let i = 0; i < 3; i++) await event('acknowledge', 'a')
    expect(await stage.incident(incident!.id)).toMatchObject({ status: 'acknowledged', acknowledgedBy: 'admin token' })
    const types = await factsOf(incident!)
    expect(types.filter((type) => type === 'alert.acknowledged-by-source')).toHaveLength(1)
    expect(types.filter((type) => type === 'incident.acknowledged')).toHaveLength(1)
  })

  test('stops the pages, and takes back what somebody escalated', async () => {
    await stage.policy(['0s ada', '30s lin'], 'kim')
    await event('trigger', 'a')
    await event('acknowledge', 'a')
    await pass({ minutes: 2 })
    expect(stage.phones.rang()).toEqual(['ada @0'])
    const [incident] = await incidentsOpen()
    await stage.world.api.escalateIncident({ params: { id: incident!.id }, body: {} })
    expect(await stage.incident(incident!.id)).toMatchObject({ status: 'detected' })
    await event('acknowledge', 'a')
    expect(await stage.incident(incident!.id)).toMatchObject({ status: 'acknowledged' })
    await stage.policy(['0s ada', '1h lin'], 'kim')
  })

  test('of nothing, or of what has ended, does nothing', async () => {
    await event('acknowledge', 'unheard-of')
    await event('trigger', 'a')
    await event('resolve', 'a')
    await event('acknowledge', 'a')
    expect(await incidentsOpen()).toEqual([])
    expect(await alertOf('a')).toMatchObject({ status: 'ended' })
  })
})

describe('repeats', () => {
  test('are counted on the alert and page nobody, nor are they told', async () => {
    const incident = (await stage.alarm({ dedup_key: 'a' }))!
    const told = await factsOf(incident)
    for (let i = 0; i < 4; i++) await stage.alarm({ dedup_key: 'a' })
    expect(await alertOf('a')).toMatchObject({ count: 5, status: 'open' })
    expect(await factsOf(incident)).toEqual(told)
    expect(stage.phones.rang()).toEqual(['ada @0'])
  })

  test('an end without a beginning is no alert, and the next alarm is one', async () => {
    await event('resolve', 'never-began')
    expect((await stage.world.api.listAlerts({ query: { dedupKey: 'never-began' } })).items).toEqual([])
    await event('trigger', 'never-began')
    expect(await incidentsOpen()).toHaveLength(1)
  })

  test('a beginning that comes after its own end is recorded as opened and ended, and pages nobody', async () => {
    const startsAt = ago(60)
    await firing(startsAt, ago(1))
    await firing(startsAt, ahead(300))
    expect(await incidentsOpen()).toEqual([])
    const { items } = await stage.world.api.listAlerts({ query: { limit: 1 } })
    expect(items[0]).toMatchObject({ status: 'ended', endedBy: 'late', count: 1, incidentId: null })
    const { steps } = await stage.world.api.getAlertWhy({ params: { id: items[0]!.id } })
    expect(steps.map(({ text }) => text).join('\n')).toContain('nobody was paged')
    expect(stage.phones.rang()).toEqual([])
  })
})

describe('declared by a person', () => {
  test('it follows its service’s policy, or the one named', async () => {
    await stage.write({
      EscalationPolicy: { other: { levels: [{ after: '0s', notify: [{ person: 'lin' }] }], catchAll: { notify: [{ person: 'kim' }] } } },
    })
    const one = await stage.world.api.declareIncident({
      body: { title: 'Checkout is slow', service: 'api', severity: 1, summary: 'Since noon.' },
    })
    await stage.world.settle()
    expect(one).toMatchObject({ policy: 'api', declaredBy: 'admin token', origin: 'person', summary: 'Since noon.' })
    const two = await stage.world.api.declareIncident({ body: { title: 'Checkout is slow', service: 'api', policy: 'other' } })
    await stage.world.settle()
    expect(two).toMatchObject({ policy: 'other', severity: 2 })
    expect(stage.phones.rang()).toEqual(['ada @0', 'lin @0'])
    expect(await stage.incident(one.id)).toMatchObject({ summary: 'Since noon.' })
  })

  test('with neither it pages nobody and says so', async () => {
    for (const body of [{ title: 'Hm' }, { title: 'Hm', service: 'silent' }]) {
      const declared = await stage.world.api.declareIncident({ body })
      expect(declared.warnings).toContain('Nobody is paged: it has no service with an escalation policy, and none was named.')
      expect(await factsOf(declared as Incident)).toEqual(['incident.opened', 'incident.declared', 'severity.proposed', 'escalation.none'])
      expect(await stage.world.api.getEscalation({ params: { id: declared.id } })).toMatchObject({ state: 'none' })
      await expect(stage.world.api.escalateIncident({ params: { id: declared.id }, body: {} })).rejects.toMatchObject({
        status: 409,
        refusal: 'no-policy',
      })
    }
    await pass({ minutes: 1 })
    expect(stage.phones.rang()).toEqual([])
  })

  test('so does an alert of a service without a policy, and again when it comes back', async () => {
    const incident = (await stage.alarm({ severity: 'error' }, 'unheard'))!
    expect(await factsOf(incident)).toEqual(['incident.opened', 'escalation.none'])
    await stage.world.api.acknowledgeIncident({ params: { id: incident.id }, body: {} })
    await stage.alarm({ severity: 'critical' }, 'unheard')
    expect(await stage.incident(incident.id)).toMatchObject({ status: 'detected' })
    expect((await factsOf(incident)).slice(-2)).toEqual(['incident.unacknowledged', 'escalation.none'])
    expect((await stage.why(incident.id)).at(-1)).toContain('Nobody is paged')
  })

  test('what does not exist cannot be named', async () => {
    const declare = (body: object) => stage.world.api.declareIncident({ body: { title: 'Hm', ...body } })
    await expect(declare({ service: 'nope' })).rejects.toMatchObject({ status: 422, refusal: 'no-such-service' })
    await expect(declare({ policy: 'nope' })).rejects.toMatchObject({ status: 422, refusal: 'no-such-policy' })
  })
})

test('Alertmanager’s webhook and its API speak of the same alert: its label set is who it is', async () => {
  const labels = { alertname: 'DiskFull', severity: 'critical', device: `sd${disks}` }
  const startsAt = ago(60)
  await firing(startsAt)
  const byWebhook = (status: string, more: object = {}) =>
    stage.world.post(`/in/${keyOf('prometheus')}`, { version: '4', alerts: [{ status, labels, startsAt, ...more }] })
  await byWebhook('firing')
  const [incident, ...others] = await incidentsOpen()
  expect(others).toEqual([])
  const { items } = await stage.world.api.listAlerts({ query: { incident: incident!.id } })
  expect(items).toMatchObject([{ count: 2, status: 'open' }])
  await byWebhook('resolved', { endsAt: ago(0) })
  expect(await stage.incident(incident!.id)).toMatchObject({ status: 'resolved' })
})

test('reports take effect in the order in which they came in, whichever node works them off', async () => {
  const { world } = stage
  const other = createApp({ ...world.parts, node: 'another-node' })
  const { port } = await other.http.listen('127.0.0.1', 0)
  const report = (base: string, title: string, severity: string) =>
    fetch(`${base}/in/${keyOf('alarms')}`, { method: 'POST', body: JSON.stringify({ title, dedup_key: `late-${disks}`, severity }) })
  try {
    await stage.alarm({ dedup_key: `late-${disks}`, title: 'First', severity: 'warning' })
    // The first node has this one on disk, and is slow; the other one has the next, and is not.
    await report(world.baseUrl, 'Second', 'error')
    await report(`http://127.0.0.1:${port}`, 'Third', 'critical')
    await other.engine.settle(['intake'])
    expect(await alertOf(`late-${disks}`)).toMatchObject({ title: 'Third', severity: 1, count: 2 })
    await world.settle()
    expect(await alertOf(`late-${disks}`)).toMatchObject({ title: 'Third', severity: 1, count: 3, status: 'open' })
  } finally {
    await other.close()
  }
})

describe('of an incident with thousands of alerts', () => {
  const COUNT = 3000
  const ring = (name: string, startsAt?: string) => ({
    labels: { alertname: 'Ring', name, severity: 'critical' },
    ...(startsAt && { startsAt }),
  })
  const send = (alerts: object[]) =>
    fetch(`${stage.world.baseUrl}/in/${keyOf('prometheus')}/api/v2/alerts`, { method: 'POST', body: JSON.stringify(alerts) })

  test('a resolve by hand is done at once, and is one fact; the alerts end behind it', async () => {
    const startsAt = ago(60)
    await send(Array.from({ length: COUNT }, (_, i) => ring(`ring-${disks}-${i}`, startsAt)))
    await stage.world.settle()
    const [incident] = await incidentsOpen()
    const facts = (await stage.timeline(incident!.id)).length

    const before = stage.world.db.statements()
    await resolve(incident!)
    expect(stage.world.db.statements() - before).toBeLessThan(25)
    expect(await stage.incident(incident!.id)).toMatchObject({ status: 'resolved' })
    expect(
      (await stage.timeline(incident!.id)).slice(facts).map(({ type, data }) => [type, data['alertsEnded'] ?? data['reason']]),
    ).toEqual([
      ['incident.resolved', COUNT],
      ['escalation.stopped', 'resolved'],
    ])

    // Reports that come before the end is written of all of them mean what they would mean afterwards.
    const firing = (await stage.world.api.listAlerts({ query: { incident: incident!.id, status: 'open', limit: 3 } })).items
    expect(firing).toHaveLength(3)
    const [same, later] = firing.map(({ labels }) => labels['name']!)
    await send([ring(same!, startsAt)])
    await stage.world.app.engine.settle(['intake'])
    expect(await incidentsOpen()).toEqual([])
    await send([ring(later!, ago(0))])
    await stage.world.app.engine.settle(['intake'])
    const [anew] = await incidentsOpen()
    expect(anew).toMatchObject({ status: 'detected' })

    await stage.world.settle()
    const all = (await stage.world.api.listAlerts({ query: { incident: incident!.id, limit: 200 } })).items
    expect(new Set(all.map(({ status, endedBy, endedAt }) => `${status} ${endedBy} ${endedAt}`))).toEqual(
      new Set([`ended person ${(await stage.incident(incident!.id)).resolvedAt}`]),
    )
    expect((await stage.world.api.listAlerts({ query: { incident: incident!.id, status: 'open' } })).items).toEqual([])
    // The one that fires on is believed after five minutes, counted from the resolve.
    await stage.world.api.acknowledgeIncident({ params: { id: anew!.id }, body: {} })
    await pass({ seconds: 295 })
    expect((await stage.world.api.listAlerts({ query: { incident: anew!.id } })).items).toHaveLength(1)
    await pass({ seconds: 10 })
    expect((await stage.world.api.listAlerts({ query: { incident: anew!.id } })).items.map(({ labels }) => labels['name'])).toContain(same)
  })
})
