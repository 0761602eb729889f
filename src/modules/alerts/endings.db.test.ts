import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Stage, setStage } from '../../../test/world/stage.ts'
import { endAlertsByPerson, endResolved } from './actions.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
  await stage.write({ Service: { api: { policy: 'api', grouping: { by: 'all' } } } })
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

const open = async (incident: string) =>
  (await stage.world.api.listAlerts({ query: { incident } })).items
    .filter(({ status }) => status === 'open')
    .map(({ dedupKey }) => dedupKey)
    .sort()

/** Two alerts of one incident, one of which somebody works on at this moment. */
async function oneIsHeld() {
  const { db } = stage.world
  const incident = (await stage.alarm({ dedup_key: 'free' }))!
  await stage.alarm({ dedup_key: 'held' })
  const holder = await db.connect()
  await holder.query('begin')
  await holder.query(`select 1 from alerts_alerts where incident_id = $1 and dedup_key = 'held' and status = 'open' for update`, [
    incident.id,
  ])
  return {
    incident,
    async letGo() {
      await holder.query('rollback')
      await holder.end()
    },
  }
}

test('an alert that a report holds while a person resolves is looked for again until it has ended', async () => {
  const { db, api } = stage.world
  const { incident, letGo } = await oneIsHeld()
  try {
    expect(await open(incident.id)).toEqual(['free', 'held'])
    expect(await api.resolveIncident({ params: { id: incident.id }, body: {} })).toMatchObject({ status: 'resolved' })
    // It is looked for, not found free, and nothing is forgotten.
    expect(await db.transaction(endResolved)).toBe(0)
    expect(await db.sql`select incident_id from alerts_endings`).toEqual([{ incident_id: incident.id }])
  } finally {
    await letGo()
  }
  expect(await db.transaction(endResolved)).toBe(1)
  expect(await db.sql`select status, ended_by from alerts_alerts where incident_id = ${incident.id} and dedup_key = 'held'`).toEqual([
    { status: 'ended', ended_by: 'person' },
  ])
  // The last look: nothing is open any more.
  expect(await db.transaction(endResolved)).toBe(1)
  expect(await db.sql`select 1 from alerts_endings`).toEqual([])
  expect(await db.transaction(endResolved)).toBe(0)
})

test('the end of each is counted once, those left for behind it as well', async () => {
  const { db } = stage.world
  const { incident, letGo } = await oneIsHeld()
  try {
    const end = (id: string) => db.transaction((tx) => endAlertsByPerson(tx, stage.world.now(), id as `inc_${string}`))
    expect(await end(incident.id)).toBe(2)
    expect(await end(incident.id)).toBe(1)
    expect(await end('inc_none')).toBe(0)
  } finally {
    await letGo()
  }
})
