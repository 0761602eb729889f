import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, setStage } from '../../../test/world/stage.ts'
import type { IncidentId } from '../../kernel/ids.ts'
import { append, type RunPurpose } from '../timeline/index.ts'
import { startEscalations, stopEscalations } from './actions.ts'
import { readActiveRuns, readLastRun } from './store.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
  await stage.write({
    EscalationPolicy: { experts: { levels: [{ after: '0s', notify: [{ person: 'lin' }] }], catchAll: { notify: [{ person: 'kim' }] } } },
  })
})
afterAll(() => stage.close())

/** Pages by another policy, for another purpose, in the same incident. */
async function pageFor(incidentId: IncidentId, ...purposes: RunPurpose[]): Promise<void> {
  const { db, app, now } = stage.world
  await db.transaction(async (tx) => {
    const snapshot = await app.documents.fresh(tx.sql)
    const start = { incidentId, policy: 'experts', severity: 2, urgency: 'high', stage: 'real', reason: 'by-hand' } as const
    const starts = purposes.map((purpose) => ({ ...start, purpose }))
    await append(tx, now(), await startEscalations(tx, now(), app.incidents, snapshot, starts, false))
  })
  await stage.world.settle()
}

/** What runs, by the facts: what for, and whether it was stopped. */
async function runsOf(id: string): Promise<string[]> {
  const facts = await stage.timeline(id)
  const stopped = new Map(facts.filter(({ type }) => type === 'escalation.stopped').map(({ data }) => [data['run'], data]))
  const decided = facts.filter(({ type }) => type === 'escalation.level-decided').map(({ data }) => data)
  const runs = new Map(decided.map((data) => [data['run'], data]))
  return [...runs].map(([run, { number, purpose }]) => {
    const end = stopped.get(run)
    if (end) expect(end['purpose']).toBe(purpose)
    return `${number} ${purpose ?? 'incident'} ${end ? `${end['reason']}` : 'runs'}`
  })
}

test('runs of one incident go on by themselves: taking the incident leaves a role’s and an expert’s pages alone', async () => {
  const { api, db } = stage.world
  const incident = (await stage.alarm())!
  const id = incident.id as IncidentId
  await pageFor(id, 'role:scribe', 'responder:1')
  expect(await runsOf(id)).toEqual(['1 incident runs', '2 role:scribe runs', '3 responder:1 runs'])
  expect((await readActiveRuns(db.sql, [id])).map(({ purpose }) => purpose)).toEqual(['incident'])
  expect(await api.getEscalation({ params: { id } })).toMatchObject({ state: 'active', policy: 'api', run: 1 })

  await api.acknowledgeIncident({ params: { id }, body: {} })
  expect(await runsOf(id)).toEqual(['1 incident acknowledged', '2 role:scribe runs', '3 responder:1 runs'])
  expect(await api.getEscalation({ params: { id } })).toMatchObject({ state: 'stopped', policy: 'api', run: 1 })

  // Begun anew it gets the next number, and the others are none of its business.
  await api.escalateIncident({ params: { id }, body: {} })
  expect(await readLastRun(db.sql, id)).toMatchObject({ number: 4, purpose: 'incident', status: 'active' })
  expect(await runsOf(id)).toEqual(['1 incident acknowledged', '2 role:scribe runs', '3 responder:1 runs', '4 incident runs'])

  await db.transaction(async (tx) =>
    append(tx, stage.world.now(), await stopEscalations(tx, stage.world.now(), [id], 'acknowledged', 'role:scribe')),
  )
  expect((await runsOf(id))[1]).toBe('2 role:scribe acknowledged')
  await api.resolveIncident({ params: { id }, body: {} })
  expect(await runsOf(id)).toEqual([
    ...['1 incident acknowledged', '2 role:scribe acknowledged', '3 responder:1 resolved', '4 incident resolved'],
  ])
})

test('what waits by another run to the same phone is not withdrawn with the incident’s', async () => {
  const { api } = stage.world
  await stage.curtain()
  stage.phones.behave('lin', { kind: 'answer', status: 503 })
  const incident = (await stage.alarm({ dedup_key: 'other' }))!
  await pageFor(incident.id as IncidentId, 'role:scribe')
  await api.acknowledgeIncident({ params: { id: incident.id }, body: {} })
  const pages = (await api.getPages({ params: { id: incident.id } })).items
  expect(pages.filter(({ person, status }) => person === 'lin' && status === 'withdrawn')).toEqual([])
  stage.phones.behave('lin', { kind: 'answer', status: 200 })
  stage.phones.listen()
  await stage.world.pass({ minutes: 5 })
  expect(stage.phones.rang().filter((ring) => ring.startsWith('lin'))).not.toEqual([])
})
