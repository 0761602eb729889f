import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { keyOf, type Stage, setStage } from '../../../test/world/stage.ts'
import { contract } from '../../contract.ts'
import { createClient } from '../../platform/client.ts'

let stage: Stage
let ada: Stage['world']['api']
beforeAll(async () => {
  stage = await setStage({ stepSeconds: 30 })
  await stage.policy(['0s ada', '10m lin'], 'kim')
  await stage.write({ Service: { api: { policy: 'api', grouping: { by: ['alertname'] } } } })
  const { secret } = await stage.world.api.createToken({ body: { label: 'ada', role: 'responder', person: 'ada' } })
  ada = createClient(contract, { baseUrl: stage.world.baseUrl, token: secret })
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

const declare = (body: object = {}) =>
  ada.declareIncident({ body: { title: 'Gateway is down', level: 'SEV3', ...body }, query: {} } as never)
const merge = (id: string, into: string, more: object = {}) => ada.mergeIncident({ params: { id }, body: { into, ...more } })
const slow = (key: string, more: object = {}) =>
  stage.alarm({ dedup_key: key, title: `Slow ${key}`, labels: { alertname: 'Slow' }, ...more })
const refused = (refusal: string, message?: RegExp) => ({ refusal, ...(message && { message: expect.stringMatching(message) }) })
const whereIs = async (key: string) => (await ada.listAlerts({ query: { dedupKey: key, limit: 1 } })).items[0]?.incidentId

test('merged: alerts, their group and what is to be done go over, its pages stop, and its number still answers', async () => {
  const into = await declare()
  const plain = (await slow('a'))!
  await stage.world.settle()
  stage.phones.listen()
  const { declaredAt } = into
  expect(await merge(plain.id, into.number)).toMatchObject({ status: 'merged', held: false, mergedInto: into.number, can: [] })
  expect(await whereIs('a')).toBe(into.id)
  await expect(ada.acknowledgeIncident({ params: { id: plain.id }, body: {} })).rejects.toMatchObject(
    refused('merged', new RegExp(into.number)),
  )
  await expect(ada.escalateIncident({ params: { id: plain.id }, body: {} })).rejects.toMatchObject(refused('merged'))
  await slow('b')
  expect(await whereIs('b')).toBe(into.id)
  await stage.world.pass({ minutes: 15 })
  expect(stage.phones.rang()).toEqual([])
  // Merged again, nothing happens.
  expect(await merge(plain.id, into.number)).toMatchObject({ status: 'merged' })
  const facts = await stage.timeline(into.id)
  expect(facts.find(({ type }) => type === 'incident.absorbed')?.data).toEqual({ incident: plain.number, alerts: 1 })
  expect((await stage.timeline(plain.id)).map(({ type }) => type).slice(-2)).toEqual(['incident.merged', 'escalation.stopped'])
  expect((await stage.incident(into.id)).declaredAt).toBe(declaredAt)
  const { intervals } = await ada.getMoments({ params: { id: plain.id } })
  expect(intervals.acknowledge).toEqual({ ms: null, why: 'not-counted' })
})

test('taken out again it has what it came with, and whoever says so has it', async () => {
  const into = await declare()
  const plain = (await slow('c'))!
  await merge(plain.id, into.number)
  await slow('d')
  expect(await ada.unmergeIncident({ params: { id: plain.id } })).toMatchObject({
    status: 'acknowledged',
    held: true,
    acknowledgedBy: 'ada',
    mergedInto: null,
    resolvedAt: null,
  })
  expect(await whereIs('c')).toBe(plain.id)
  // What joined the other since is the other's.
  expect(await whereIs('d')).toBe(into.id)
  await slow('e')
  expect(await whereIs('e')).toBe(plain.id)
  await expect(ada.unmergeIncident({ params: { id: plain.id } })).rejects.toMatchObject(refused('not-from-here'))
  const { steps } = await ada.getAlertWhy({ params: { id: (await ada.listAlerts({ query: { dedupKey: 'c', limit: 1 } })).items[0]!.id } })
  expect(steps.length).toBeGreaterThan(2)
})

test('what cannot be merged says why', async () => {
  const [one, two] = [await declare(), await declare()]
  await expect(merge(one.id, one.number)).rejects.toMatchObject(refused('target-not-open'))
  await expect(merge(one.id, 'INC-99999')).rejects.toMatchObject(refused('not-found'))
  await ada.actOnIncident({ params: { id: two.id }, body: { act: 'cancel', reason: 'x' } })
  await expect(merge(one.id, two.number)).rejects.toMatchObject(refused('target-not-open', /cancelled/))
  await expect(merge(two.id, one.number)).rejects.toMatchObject(refused('not-from-here'))
  const hidden = await declare({ visibility: 'private' })
  await expect(merge(hidden.id, one.number)).rejects.toMatchObject(refused('would-disclose'))
  await expect(merge(one.id, hidden.number)).rejects.toMatchObject(refused('would-hide'))
  expect(await merge(one.id, hidden.number, { hides: true })).toMatchObject({ status: 'merged' })
})

test('a plain one gets as bad as what is merged into it, and began when the first did', async () => {
  const mild = (await stage.alarm({ dedup_key: 'm', severity: 'warning', labels: { alertname: 'Mild' } }))!
  await stage.world.pass({ minutes: 1 })
  const bad = (await slow('bad'))!
  await merge(mild.id, bad.number)
  expect(await stage.incident(bad.id)).toMatchObject({ startedAt: mild.startedAt, severity: bad.severity })
  const milder = (await stage.alarm({ dedup_key: 'n', severity: 'warning', labels: { alertname: 'Milder' } }))!
  await merge(bad.id, milder.number)
  expect(await stage.incident(milder.id)).toMatchObject({ severity: bad.severity, startedAt: mild.startedAt })
  // Groups and alerts of both have come along.
  expect([await whereIs('m'), await whereIs('bad')]).toEqual([milder.id, milder.id])
  await stage.alarm({ dedup_key: 'm2', severity: 'warning', labels: { alertname: 'Mild' } })
  expect(await whereIs('m2')).toBe(milder.id)
  // Taken out, the one takes both along.
  await ada.unmergeIncident({ params: { id: bad.id } })
  expect([await whereIs('m'), await whereIs('bad'), await whereIs('m2')]).toEqual([bad.id, bad.id, milder.id])
})

test('more alerts than go at once go behind the act', async () => {
  const into = await declare()
  const first = (await slow('many-0'))!
  const send = (i: number) =>
    fetch(`${stage.world.baseUrl}/in/${keyOf('alarms')}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Slow', dedup_key: `many-${i}`, severity: 'critical', labels: { alertname: 'Slow' } }),
    })
  for (let i = 1; i < 231; i += 23) await Promise.all(Array.from({ length: 23 }, (_, j) => send(i + j)))
  await stage.world.settle()
  await merge(first.id, into.number)
  await stage.world.pass({ minutes: 1 })
  const [row] = await stage.world.db.sql<{ left: number; gone: number; moves: number }>`
    select (select count(*)::int from alerts_alerts where incident_id = ${first.id}) as left,
      (select count(*)::int from alerts_alerts where incident_id = ${into.id}) as gone, (select count(*)::int from alerts_moves) as moves`
  expect(row).toEqual({ left: 0, gone: 231, moves: 0 })
})

test('a part of an incident: told there, one deep, and the whole ends after it', async () => {
  const whole = await declare()
  const part = await declare({ title: 'The queue', parent: whole.number, level: 'SEV4' })
  expect(part).toMatchObject({ parent: whole.number })
  expect((await stage.timeline(whole.id)).at(-1)).toMatchObject({
    type: 'incident.sub-added',
    data: { incident: part.number, title: 'The queue' },
  })
  await expect(declare({ parent: part.number })).rejects.toMatchObject(refused('nested', new RegExp(whole.number)))
  await expect(declare({ parent: 'INC-99999' })).rejects.toMatchObject(refused('no-such-incident'))
  await expect(merge(whole.id, part.number)).rejects.toMatchObject(refused('nested'))
  const resolve = (id: string) => ada.resolveIncident({ params: { id }, body: { resolution: 'restarted', override: { reason: 'sure' } } })
  await expect(resolve(whole.id)).rejects.toMatchObject(refused('not-verified', /subs-resolved/))
  await resolve(part.id)
  await ada.actOnIncident({ params: { id: whole.id }, body: { act: 'mitigated', text: 'restarted' } })
  await resolve(whole.id)
  await ada.changeIncident({ params: { id: whole.id }, body: { review: { waived: 'small' } } })
  const close = (id: string) => ada.actOnIncident({ params: { id }, body: { act: 'close' } })
  await expect(close(whole.id)).rejects.toMatchObject(refused('not-closable', /subs-resolved/))
  await ada.changeIncident({ params: { id: part.id }, body: { review: { waived: 'small' } } })
  await ada.setMoment({ params: { id: part.id, name: 'impactEnded' }, body: { at: new Date(stage.world.now()).toISOString() } })
  await close(part.id)
  expect(await close(whole.id)).toMatchObject({ status: 'closed' })
})

test('parts of what is private are private, and parts of what is merged are parts of what it became', async () => {
  const hidden = await declare({ visibility: 'private', members: [{ person: 'kim' }] })
  expect(await declare({ parent: hidden.number })).toMatchObject({ visibility: 'private' })
  const [whole, into] = [await declare(), await declare()]
  const part = await declare({ parent: whole.number })
  await merge(whole.id, into.number)
  expect(await stage.incident(part.id)).toMatchObject({ parent: into.number })
})

test('linked with a web address and another incident, each once; taken off, the timeline keeps it', async () => {
  const [one, two] = [await declare(), await declare()]
  const params = { id: one.id }
  await ada.addLink({ params, body: { link: 'https://status.example/1', title: 'The provider' } })
  await stage.world.pass({ seconds: 1 })
  await ada.addLink({ params, body: { link: two.number.toLowerCase() } })
  const { items } = await ada.addLink({ params, body: { link: two.number } })
  expect(items.map(({ kind, link, title }) => [kind, link, title])).toEqual([
    ['url', 'https://status.example/1', 'The provider'],
    ['related', two.number, null],
  ])
  await expect(ada.addLink({ params, body: { link: 'javascript:alert(1)' } })).rejects.toMatchObject(refused('no-such-incident', /https/))
  await ada.removeLink({ params: { ...params, link: items[0]!.id } })
  expect((await ada.listLinks({ params })).items).toEqual([items[1]])
  expect((await stage.timeline(one.id)).filter(({ type }) => type === 'incident.linked').length).toBe(2)
  expect((await stage.timeline(one.id)).at(-1)).toMatchObject({ data: { field: 'links', was: 'https://status.example/1' } })
})
