import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Stage, setStage } from '../../../test/world/stage.ts'
import { contract } from '../../contract.ts'
import { createClient } from '../../platform/client.ts'

let stage: Stage
let ada: Stage['world']['api']
let lin: Stage['world']['api']
beforeAll(async () => {
  stage = await setStage({ stepSeconds: 30 })
  await stage.policy(['0s ada', '10m lin'], 'kim')
  ada = await as('ada')
  lin = await as('lin')
})
afterAll(() => stage.close())
async function as(person: string): Promise<Stage['world']['api']> {
  const { secret } = await stage.world.api.createToken({ body: { label: person, role: 'responder', person } })
  return createClient(contract, { baseUrl: stage.world.baseUrl, token: secret })
}
beforeEach(() => stage.curtain())

const MINUTE = 60_000
const ago = (minutes: number) => new Date(stage.world.now() - minutes * MINUTE).toISOString()
const declare = async (body: object = {}) =>
  (await ada.declareIncident({ body: { title: 'Gateway is down', service: 'api', level: 'SEV1', ...body }, query: {} } as never)).id
const act = (id: string, act: string, more: object = {}, by = ada) => by.actOnIncident({ params: { id }, body: { act, ...more } as never })
const resolve = (id: string, more: object = {}) =>
  ada.resolveIncident({ params: { id }, body: { resolution: 'rolled back', dataLoss: 'none', ...more } as never })
const refused = (refusal: string, message?: RegExp) => ({ refusal, ...(message && { message: expect.stringMatching(message) }) })
const typesOf = async (id: string) => (await stage.timeline(id)).map(({ type }) => type)

test('each refusal of an act has its name and its mend, and changes nothing', async () => {
  const id = await declare()
  await expect(act(id, 'close')).rejects.toMatchObject(refused('not-from-here', /detected.*possible now: acknowledge/))
  await expect(act(id, 'reopen', { reason: 'x' })).rejects.toMatchObject(refused('not-from-here'))
  await expect(act(id, 'identify')).rejects.toMatchObject(refused('cause-wanted'))
  await expect(act(id, 'cancel')).rejects.toMatchObject(refused('reason-wanted'))
  await expect(act(id, 'mitigated')).rejects.toMatchObject(refused('invalid', /text/))
  await expect(act(id, 'investigate', { at: ago(-1440) })).rejects.toMatchObject(refused('in-the-future'))
  await expect(act(id, 'investigate', { at: ago(600) })).rejects.toMatchObject(refused('before-last-change', /moments/))
  await expect(act(id, 'investigate', { expected: { status: 'monitoring' } })).rejects.toMatchObject(refused('changed-meanwhile'))
  await expect(act(id, 'explode')).rejects.toMatchObject(refused('invalid'))
  const note = { text: 'x', happenedAt: ago(-1) }
  await expect(ada.addNote({ params: { id }, body: note })).rejects.toMatchObject(refused('in-the-future'))
  expect(await stage.incident(id)).toMatchObject({ status: 'detected', held: false })
  const plain = (await stage.alarm())!
  await expect(act(plain.id, 'close')).rejects.toMatchObject(refused('not-from-here', /not declared/))
  await expect(act(plain.id, 'cancel', { reason: 'x' })).rejects.toMatchObject(refused('not-from-here'))
})

test('who works on what nobody has, has it: its pages stop', async () => {
  const id = await declare()
  await stage.world.settle()
  expect(await act(id, 'investigate', { text: 'looking' })).toMatchObject({ status: 'investigating', held: true, acknowledgedBy: 'ada' })
  expect((await typesOf(id)).filter((type) => type !== 'page.delivered').slice(-3)).toEqual([
    'incident.acknowledged',
    'escalation.stopped',
    'incident.status-changed',
  ])
  await stage.world.pass({ minutes: 15 })
  expect(stage.phones.rang()).toEqual(['ada @0'])
})

test('an act to where it is changes nothing, and its text becomes a note', async () => {
  const id = await declare()
  await act(id, 'investigate')
  const before = await typesOf(id)
  expect(await act(id, 'investigate')).toMatchObject({ status: 'investigating' })
  expect(await typesOf(id)).toEqual(before)
  await act(id, 'investigate', { text: 'still looking' }, lin)
  expect((await stage.timeline(id)).at(-1)).toMatchObject({ type: 'note.added', data: { text: 'still looking' }, actor: 'person:lin' })
  expect(await stage.incident(id)).toMatchObject({ acknowledgedBy: 'ada' })
})

test('from declared to closed: moments, the window, the checks, and what it lacks to be closed', async () => {
  const id = await declare()
  await stage.world.pass({ minutes: 1 })
  await act(id, 'investigate')
  expect(await act(id, 'identify', { cause: 'gw 2.14' })).toMatchObject({ status: 'identified', cause: 'gw 2.14' })
  await stage.world.pass({ minutes: 1 })
  await act(id, 'mitigate', { text: 'rolling back' })
  await stage.world.pass({ minutes: 1 })
  const watched = await act(id, 'mitigated', { text: 'rolled back' })
  expect(watched).toMatchObject({ status: 'monitoring', monitoringUntil: ago(-30) })
  expect(watched.moments.mitigated).toBe(watched.moments.impactEnded)
  await expect(resolve(id)).rejects.toMatchObject(refused('not-verified', /window-over/))
  await expect(resolve(id, { resolution: undefined })).rejects.toMatchObject(refused('resolution-wanted'))

  const list = { id, list: 'resolution' as const }
  const { items } = await ada.getChecklist({ params: list })
  expect(items.filter(({ auto }) => auto).map(({ item }) => item)).toEqual(['window-over'])
  for (const { item, auto } of items)
    if (!auto) await lin.changeCheck({ params: { ...list, item }, body: { state: 'met', evidence: 'looked' } })
  await expect(lin.changeCheck({ params: { ...list, item: 'window-over' }, body: { state: 'met', evidence: 'x' } })).rejects.toMatchObject(
    refused('checks-itself'),
  )
  await expect(lin.changeCheck({ params: { ...list, item: 'wizardry' }, body: { state: 'met', evidence: 'x' } })).rejects.toMatchObject(
    refused('no-such-check', /window-over/),
  )
  await expect(resolve(id)).rejects.toMatchObject({ ...refused('not-verified'), issues: [{ path: 'window-over', message: 'is not so' }] })
  await expect(resolve(id, { override: {} })).rejects.toMatchObject(refused('invalid'))
  expect(await resolve(id, { override: { reason: 'quiet' } })).toMatchObject({
    status: 'resolved',
    resolution: 'rolled back',
    dataLoss: 'none',
  })
  expect((await stage.timeline(id)).find(({ type }) => type === 'resolve.overridden')?.data).toEqual({
    reason: 'quiet',
    items: ['window-over'],
  })

  await expect(act(id, 'close')).rejects.toMatchObject(refused('not-closable', /review-decided/))
  await ada.changeIncident({ params: { id }, body: { review: { at: ago(-60) } } })
  expect(await act(id, 'close')).toMatchObject({ status: 'closed', can: ['reopen'] })
  await expect(ada.acknowledgeIncident({ params: { id }, body: {} })).rejects.toMatchObject(refused('already-resolved'))
  await expect(ada.escalateIncident({ params: { id }, body: {} })).rejects.toMatchObject(refused('already-resolved'))

  const { moments, intervals } = await ada.getMoments({ params: { id } })
  expect(intervals.acknowledge).toEqual({ ms: MINUTE })
  expect(intervals.mitigate).toEqual({ ms: 3 * MINUTE })
  expect(intervals.detect).toEqual({ ms: null, why: 'not-known' })
  expect(Date.parse(moments.closed!)).toBeGreaterThanOrEqual(Date.parse(moments.resolved!))
})

test('once the window is over it is resolved as it is checked; a level that only advises says what was not', async () => {
  const id = await declare({ level: 'SEV3', drill: { pace: 60 } })
  await act(id, 'mitigated', { text: 'restarted' })
  const early = await resolve(id, { dataLoss: undefined })
  expect(early).toMatchObject({ status: 'resolved', dataLoss: 'unknown', warnings: expect.arrayContaining(['Not checked: window-over.']) })
  const checked = await declare({ level: 'SEV2', drill: { pace: 60 } })
  await act(checked, 'mitigated', { text: 'restarted' })
  const list = { id: checked, list: 'resolution' as const }
  for (const { item, auto } of (await ada.getChecklist({ params: list })).items)
    if (!auto) await ada.changeCheck({ params: { ...list, item }, body: { state: 'waived', reason: 'a drill' } })
  await stage.world.pass({ seconds: 31 })
  expect(await resolve(checked)).toMatchObject({ status: 'resolved', warnings: [] })
})

test('somebody else has it, at whatever stage: the first acknowledgement is the moment', async () => {
  const id = await declare()
  await ada.acknowledgeIncident({ params: { id }, body: {} })
  const first = (await stage.incident(id)).moments.acknowledged
  await act(id, 'investigate')
  await stage.world.pass({ minutes: 5 })
  expect(await ada.escalateIncident({ params: { id }, body: {} })).toMatchObject({ status: 'investigating', held: false })
  await lin.acknowledgeIncident({ params: { id }, body: {} })
  expect(await stage.incident(id)).toMatchObject({
    status: 'investigating',
    held: true,
    acknowledgedBy: 'lin',
    moments: { acknowledged: first },
  })
})

test('declared, what alerts opened goes on under its number, and never ends by itself', async () => {
  const plain = (await stage.alarm())!
  await stage.world.settle()
  const rang = stage.phones.rang().length
  const declared = await lin.declareExisting({ params: { id: plain.id }, body: { level: 'SEV2', reason: 'one region' } })
  expect(declared).toMatchObject({ number: plain.number, declared: true, level: 'SEV2', status: 'detected', declaredBy: 'lin' })
  await stage.world.settle()
  expect(stage.phones.rang().length).toBe(rang)
  await stage.alarm({ status: 'resolved' })
  expect(await stage.incident(plain.id)).toMatchObject({ status: 'detected' })
  expect(await act(plain.id, 'declare')).toMatchObject({ declared: true })
  const items = (await ada.getChecklist({ params: { id: plain.id, list: 'resolution' } })).items
  expect(items.find(({ item }) => item === 'alerts-ended')).toMatchObject({ auto: true, state: 'met' })
})

test('while it is watched an alert of its group sends it back to work, and pages again', async () => {
  const plain = (await stage.alarm())!
  await act(plain.id, 'declare')
  await act(plain.id, 'investigate')
  await act(plain.id, 'mitigated', { text: 'restarted' })
  await stage.alarm({ status: 'resolved' })
  expect(await stage.incident(plain.id)).toMatchObject({ status: 'monitoring', held: true })
  await stage.world.settle()
  const rang = stage.phones.rang().length
  await stage.alarm({ title: 'Disk is full again' })
  const back = await stage.incident(plain.id)
  expect(back).toMatchObject({ status: 'investigating', held: false, monitoringUntil: null, moments: { mitigated: null } })
  await stage.world.settle()
  expect(stage.phones.rang().length).toBe(rang + 1)
  const facts = await stage.timeline(plain.id)
  expect(facts.find(({ data }) => data['byAlert'] !== undefined)?.data).toMatchObject({ from: 'monitoring', to: 'investigating' })
  expect(facts.findLast(({ type }) => type === 'incident.unacknowledged')?.data).toMatchObject({ reason: 'recurred' })
  expect(facts.findLast(({ type }) => type === 'incident.moment-set')?.data).toMatchObject({ name: 'mitigated', at: null })
})

test('a moment is corrected with its reason, and never to what cannot be', async () => {
  const id = await declare()
  const set = (name: string, at: string, reason?: string) =>
    ada.setMoment({ params: { id, name: name as never }, body: { at, ...(reason && { reason }) } })
  const { moments, intervals } = await set('impactStarted', ago(5), 'graph')
  expect(moments.impactStarted).toBe(ago(5))
  expect(intervals.detect).toMatchObject({ ms: 5 * MINUTE })
  expect(await stage.incident(id)).toMatchObject({ impactStartedAt: ago(5) })
  await expect(set('impactEnded', ago(6))).rejects.toMatchObject(refused('out-of-order'))
  await expect(set('detected', ago(-5))).rejects.toMatchObject(refused('in-the-future'))
  await expect(set('closed', ago(0))).rejects.toMatchObject(refused('not-from-here'))
  expect((await set('detected', ago(6))).intervals.detect).toEqual({ ms: null, why: 'foreseen' })
  expect((await stage.timeline(id)).findLast(({ type }) => type === 'incident.moment-set')?.data).toMatchObject({ name: 'detected' })
})

test('reopened, whoever says so has it and nobody is paged; what its end was measured by is empty again', async () => {
  const id = await declare({ level: 'SEV4', page: true })
  await act(id, 'mitigated', { text: 'restarted' })
  await resolve(id)
  await expect(act(id, 'reopen')).rejects.toMatchObject(refused('reason-wanted'))
  await stage.world.settle()
  stage.phones.listen()
  const back = await act(id, 'reopen', { reason: 'it is back' }, lin)
  expect(back).toMatchObject({ status: 'investigating', held: true, acknowledgedBy: 'lin', resolvedAt: null, resolution: null })
  expect(back.moments).toMatchObject({ mitigated: null, impactEnded: null, resolved: null })
  await stage.world.pass({ minutes: 15 })
  expect(stage.phones.rang()).toEqual([])
  await act(id, 'cancel', { reason: 'false alarm' })
  expect(await stage.incident(id)).toMatchObject({ status: 'cancelled', review: { waived: 'false alarm' } })
  const { intervals } = await ada.getMoments({ params: { id } })
  expect(Object.values(intervals).every(({ ms }) => ms === null)).toBe(true)
  const paging = await act(id, 'reopen', { reason: 'it was one', page: true })
  expect(paging).toMatchObject({ status: 'investigating', held: false })
  await stage.world.settle()
  expect(stage.phones.rang().map((call) => call.split(' ')[0])).toEqual(['ada'])
  await act(id, 'cancel', { reason: 'over' })
  stage.pace.stepSeconds = 12 * 3600
  await stage.world.pass({ days: 31 })
  stage.pace.stepSeconds = 30
  await expect(act(id, 'reopen', { reason: 'late' })).rejects.toMatchObject(refused('too-old'))
})

test('reopened while another of its group is open, it leaves the group to that one', async () => {
  const first = (await stage.alarm())!
  await act(first.id, 'declare', {})
  await act(first.id, 'cancel', { reason: 'x' })
  await stage.world.pass({ minutes: 6 })
  const second = (await stage.alarm({ dedup_key: 'disk', title: 'Disk is full once more' }))!
  expect(second.id).not.toBe(first.id)
  await act(first.id, 'reopen', { reason: 'same thing' })
  expect(await stage.incident(first.id)).toMatchObject({ status: 'investigating' })
  expect(await stage.alarm({ title: 'and more' })).toMatchObject({ id: second.id })
})
