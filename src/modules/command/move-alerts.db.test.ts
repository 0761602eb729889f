import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Stage, setStage } from '../../../test/world/stage.ts'
import { contract } from '../../contract.ts'
import { createClient } from '../../platform/client.ts'

let stage: Stage
let ada: Stage['world']['api']
let kim: Stage['world']['api']
beforeAll(async () => {
  stage = await setStage({ stepSeconds: 30 })
  await stage.policy(['0s ada', '10m lin'], 'kim')
  await stage.write({ Service: { api: { policy: 'api', grouping: { by: ['alertname'] } } } })
  const as = async (person: string) => {
    const { secret } = await stage.world.api.createToken({ body: { label: person, role: 'responder', person } })
    return createClient(contract, { baseUrl: stage.world.baseUrl, token: secret })
  }
  ada = await as('ada')
  kim = await as('kim')
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

let last = 0
/** Alerts of a name of their own: the first opens an incident, the others join it. */
async function fires(keys: string[], more: object = {}) {
  const alertname = `Slow ${++last}`
  for (const key of keys) await stage.alarm({ dedup_key: key, title: `Slow ${key}`, labels: { alertname }, ...more })
  return { incident: await stage.incident((await alertOf(keys[0]!)).incidentId!), labels: { alertname } }
}
const alertOf = async (key: string) => (await ada.listAlerts({ query: { dedupKey: key, limit: 1 } })).items[0]!
const whereIs = async (key: string) => (await alertOf(key)).incidentId
const ids = async (...keys: string[]) => (await Promise.all(keys.map(alertOf))).map(({ id }) => id)
const move = async (id: string, keys: string[], more: object = {}) =>
  ada.moveAlerts({ params: { id }, body: { alerts: await ids(...keys), ...more } })
const split = async (id: string, ...keys: string[]) => ada.splitIncident({ params: { id }, body: { alerts: await ids(...keys) } })
const declare = (body: object = {}) =>
  ada.declareIncident({ body: { title: 'Gateway is down', level: 'SEV3', ...body }, query: {} } as never)
const ends = (key: string) => stage.alarm({ dedup_key: key, status: 'resolved' })
const count = async (id: string) => (await ada.listAlerts({ query: { incident: id, limit: 50 } })).items.length
const refused = (refusal: string, message?: RegExp) => ({ refusal, ...(message && { message: expect.stringMatching(message) }) })

test('an alert that belongs elsewhere is put there: both incidents are counted and graded anew, both tell it, and it stays there', async () => {
  const { incident: from, labels } = await fires(['mild-1'], { severity: 'warning' })
  await stage.alarm({ dedup_key: 'bad', title: 'Disk full', labels, severity: 'critical' })
  const { incident: to } = await fires(['mild-2'], { severity: 'warning' })
  expect(await stage.incident(from.id)).toMatchObject({ severity: 1, urgency: 'high' })
  expect(await move(to.number, ['bad'])).toMatchObject({ id: to.id, severity: 1, urgency: 'high', startedAt: expect.any(String) })
  expect(await stage.incident(from.id)).toMatchObject({ severity: from.severity, urgency: 'low', status: 'detected' })
  expect([await whereIs('bad'), await count(from.id), await count(to.id)]).toEqual([to.id, 1, 2])
  const moved = async (id: string) => (await stage.timeline(id)).find(({ type }) => type.startsWith('alert.moved'))
  expect(await moved(from.id)).toMatchObject({ actor: 'person:ada', data: { title: 'Disk full', to: to.number } })
  expect(await moved(to.id)).toMatchObject({ type: 'alert.moved-here', data: { dedupKey: 'bad', from: from.number } })
  const [row] = await stage.world.db.sql<{ alerts: number[] }>`
    select array_agg(alerts order by number) as alerts from incidents_incidents where id = any(${[from.id, to.id]}::text[])`
  expect(row!.alerts).toEqual([1, 2])
  // Told again it is counted where it is, and moved again nothing happens.
  await stage.alarm({ dedup_key: 'bad', title: 'Disk full', labels, severity: 'critical' })
  expect(await alertOf('bad')).toMatchObject({ incidentId: to.id, count: 2 })
  const before = (await stage.timeline(to.id)).length
  await move(to.id, ['bad'])
  expect((await stage.timeline(to.id)).length).toBe(before)
  // A person's word on how bad it is stands.
  await ada.changeIncident({ params: { id: from.id }, body: { severity: 4 } })
  await move(from.id, ['bad'])
  expect(await stage.incident(from.id)).toMatchObject({ severity: 4 })
})

test('what comes by its key later goes where it was put, again and again; its siblings go where they went; closed, all go by their group', async () => {
  const { incident: from, labels } = await fires(['a', 'b'])
  const to = await declare()
  await move(to.id, ['a'])
  const again = async () => {
    await stage.world.pass({ seconds: 1 })
    await stage.alarm({ dedup_key: 'a', title: 'Slow a', labels })
  }
  for (const _ of [1, 2]) {
    await ends('a')
    await again()
    expect(await whereIs('a')).toBe(to.id)
  }
  await stage.alarm({ dedup_key: 'c', title: 'Slow c', labels })
  expect(await whereIs('c')).toBe(from.id)
  const { steps } = await ada.getAlertWhy({ params: { id: (await alertOf('a')).id } })
  expect(steps.map(({ text }) => text).join('\n')).toMatch(/where somebody had put/)
  await ends('a')
  await ada.actOnIncident({ params: { id: to.id }, body: { act: 'cancel', reason: 'x' } })
  await again()
  expect(await whereIs('a')).toBe(from.id)
})

test('without its last open alert what alerts opened is over; without any it is refused, and a declared one stays', async () => {
  const { incident: from } = await fires(['old', 'new'])
  const to = await declare()
  await ends('old')
  await expect(move(to.id, ['old', 'new'])).rejects.toMatchObject(refused('last-alert', /merge the whole/))
  await move(to.id, ['new'])
  expect(await stage.incident(from.id)).toMatchObject({ status: 'resolved' })
  expect((await stage.timeline(from.id)).map(({ type }) => type)).toContain('escalation.stopped')
  await expect(move(to.id, ['old'])).rejects.toMatchObject(refused('source-not-open', /resolved/))
  const { incident: plain } = await fires(['only'])
  await move(plain.id, ['new'])
  expect(await stage.incident(to.id)).toMatchObject({ status: 'detected' })
})

test('split: a new incident as bad as its alerts, held by whoever split it, nobody paged', async () => {
  const { incident: from, labels } = await fires(['x1', 'x2', 'x3'], { severity: 'warning' })
  await stage.alarm({ dedup_key: 'x4', title: 'Disk full', labels, severity: 'critical' })
  await stage.world.pass({ minutes: 1 })
  stage.phones.listen()
  const made = await split(from.id, 'x3', 'x4')
  expect(made).toMatchObject({
    title: 'Disk full',
    severity: 1,
    status: 'acknowledged',
    held: true,
    acknowledgedBy: 'ada',
    declared: false,
  })
  expect(made.startedAt).toBe((await alertOf('x3')).openedAt)
  expect([await count(from.id), await count(made.id)]).toEqual([2, 2])
  await stage.world.pass({ minutes: 30 })
  expect(stage.phones.rang().filter((page) => JSON.stringify(page).includes(made.number))).toEqual([])
  const types = (await stage.timeline(made.id)).map(({ type }) => type)
  expect(types).toEqual(['incident.opened', 'incident.acknowledged', 'alert.moved-here', 'incident.moment-set'])
  await expect(split(from.id, 'x3')).rejects.toMatchObject(refused('not-in-it'))
  await expect(split(from.id, 'x1', 'x2')).rejects.toMatchObject(refused('last-alert'))
  // Its own life: it ends with its alerts.
  await ends('x3')
  await ends('x4')
  expect(await stage.incident(made.id)).toMatchObject({ status: 'resolved' })
})

test('declared from alerts it has their service and rank, is known since the first of them, and pages whom its level wakes', async () => {
  const { incident: from } = await fires(['d1', 'd2', 'd3'], { severity: 'critical' })
  await stage.world.pass({ minutes: 3 })
  stage.phones.listen()
  const alerts = await ids('d1', 'd2')
  const body = { title: 'Checkout is slow', alerts, visibility: 'public' as const }
  const { plan } = await ada.declareIncident({ body, query: { dryRun: 'true' } })
  expect(plan!.pages.map(({ person }) => person)).toEqual(['ada'])
  const made = await ada.declareIncident({ body: { ...body, held: true }, query: {} })
  expect(made).toMatchObject({ declared: true, service: 'api', severity: 1, held: true, startedAt: from.startedAt })
  expect(made.moments).toMatchObject({ detected: from.startedAt, declared: made.declaredAt })
  expect([await count(from.id), await count(made.id)]).toEqual([1, 2])
  const facts = await stage.timeline(made.id)
  expect(facts.find(({ type }) => type === 'alert.moved-here')?.data).toMatchObject({
    from: from.number,
    others: [expect.stringMatching(/^alr_/)],
  })
  expect((await stage.timeline(from.id)).at(-1)).toMatchObject({ type: 'alert.moved-away', data: { to: made.number } })
  expect((await ada.declareIncident({ body: { ...body, level: 'SEV3', service: undefined }, query: {} })).level).toBe('SEV3')
  // The whole of an incident is declared itself; and who may not act takes nothing out of one.
  await expect(ada.declareIncident({ body: { ...body, alerts: await ids('d3') }, query: {} })).rejects.toMatchObject(
    refused('last-alert', /declaration/),
  )
  const { secret } = await stage.world.api.createToken({ body: { label: 'lin', role: 'viewer', person: 'lin' } })
  const lin = createClient(contract, { baseUrl: stage.world.baseUrl, token: secret })
  await expect(lin.declareIncident({ body, query: {} })).rejects.toMatchObject(refused('not-allowed'))
})

test('what cannot be moved says why, and what is private stays so', async () => {
  const { incident } = await fires(['p', 'q'])
  await expect(ada.moveAlerts({ params: { id: incident.id }, body: { alerts: ['alr_unknown'] } })).rejects.toMatchObject(
    refused('no-such-alert'),
  )
  await expect(move('INC-99999', ['p'])).rejects.toMatchObject(refused('not-found'))
  const over = await declare()
  await ada.actOnIncident({ params: { id: over.id }, body: { act: 'cancel', reason: 'x' } })
  await expect(move(over.id, ['p'])).rejects.toMatchObject(refused('target-not-open', /cancelled/))
  const drill = await declare({ drill: { pace: 1 } })
  await expect(move(drill.id, ['p'])).rejects.toMatchObject(refused('drill-or-demo'))
  const hidden = await declare({ visibility: 'private' })
  await expect(move(hidden.id, ['p'])).rejects.toMatchObject(refused('would-hide'))
  await move(hidden.id, ['p'], { hides: true })
  await expect(move(incident.id, ['p'])).rejects.toMatchObject(refused('would-disclose'))
  // Whoever does not see it sees neither its alerts nor it.
  const [alert] = await ids('p')
  const public_ = await declare()
  await expect(kim.moveAlerts({ params: { id: public_.id }, body: { alerts: [alert!] } })).rejects.toMatchObject(refused('no-such-alert'))
  await expect(kim.moveAlerts({ params: { id: hidden.id }, body: { alerts: await ids('q') } })).rejects.toMatchObject(refused('not-found'))
  const part = await split(hidden.id, 'p')
  expect(part).toMatchObject({ visibility: 'private', members: [expect.objectContaining({ person: 'ada' })] })
})

test('what was in no incident is linked to one, and its group comes with it', async () => {
  const { identity, labels } = { identity: 'late', labels: { alertname: 'Late' } }
  const at = (minutes: number) => new Date(stage.world.now() + minutes * 60_000).toISOString()
  const { incident } = await fires(['here'])
  // Recorded as opened and ended: nobody was paged.
  await stage.alarm({ dedup_key: identity, title: 'Late', labels, status: 'resolved', ends_at: at(0) })
  await stage.alarm({ dedup_key: identity, title: 'Late', labels, starts_at: at(-5) })
  const loose = await alertOf(identity)
  expect(loose.incidentId).toBeNull()
  await move(incident.id, [identity])
  expect(await whereIs(identity)).toBe(incident.id)
  expect((await stage.timeline(incident.id)).find(({ type }) => type === 'alert.moved-here')?.data).not.toHaveProperty('from')
  await stage.alarm({ dedup_key: 'later', title: 'Later', labels })
  expect(await whereIs('later')).toBe(incident.id)
})
