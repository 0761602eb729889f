import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, setStage } from '../../../test/world/stage.ts'
import type { IncidentId } from '../../kernel/ids.ts'
import type { Transaction } from '../../platform/db.ts'
import { keepJoined, lockIncidents } from './store.ts'

let stage: Stage
let of: { id: IncidentId; service: string; groupKey: string }

beforeAll(async () => {
  stage = await setStage()
  const { id } = (await stage.alarm({ severity: 'warning' }))!
  const [row] = await stage.world.db.sql<{ service: string; groupKey: string }>`
    select service, group_key as "groupKey" from incidents_incidents where id = ${id}`
  of = { id: id as IncidentId, ...row! }
})
afterAll(() => stage.close())

/** Whether somebody else gets this while the first one has what it took. */
async function getsIt(first: (tx: Transaction) => Promise<unknown>, second: (tx: Transaction) => Promise<unknown>): Promise<boolean> {
  const { db } = stage.world
  return db.transaction(async (tx) => {
    await first(tx)
    return db
      .transaction(async (other) => {
        await other.sql`set local lock_timeout = 1`
        await second(other)
      })
      .then(
        () => true,
        (error) => {
          expect(error).toMatchObject({ code: '55P03' })
          return false
        },
      )
  })
}

const join = (severity: number) => (tx: Transaction) => keepJoined(tx.sql, [{ ...of, severity }])
const rank = async () =>
  (await stage.world.db.sql<{ severity: number }>`select severity from incidents_incidents where id = ${of.id}`)[0]!.severity
const lock = (tx: Transaction) => lockIncidents(tx.sql, [of.id])

test('batches join an incident at the same time, and nobody changes it meanwhile', async () => {
  const severity = await rank()
  expect(severity).toBeGreaterThan(1)
  expect(await getsIt(join(severity), join(severity))).toBe(true)
  expect(await getsIt(join(severity), lock)).toBe(false)
  expect(await getsIt(lock, join(severity))).toBe(false)
})

test('what makes an incident worse, or joins one that somebody has, locks it', async () => {
  const severity = await rank()
  expect(await getsIt(join(severity - 1), join(severity))).toBe(false)
  expect(await getsIt(join(severity), join(severity - 1))).toBe(false)
  await stage.world.api.acknowledgeIncident({ params: { id: of.id }, body: {} })
  expect(await getsIt(join(severity), join(severity))).toBe(false)
})

test('what changes an incident after all is looked at again, with the incident locked', async () => {
  const { world } = stage
  await stage.curtain()
  await stage.write({ Service: { api: { policy: 'api', grouping: { by: 'all' } } } })
  const { id } = (await stage.alarm({ dedup_key: 'first', severity: 'critical' }))!
  await stage.alarm({ dedup_key: 'least', severity: 'warning' })
  await world.api.acknowledgeIncident({ params: { id }, body: {} })
  await stage.alarm({ dedup_key: 'first', status: 'resolved', severity: 'critical' })
  await stage.alarm({ dedup_key: 'lesser', severity: 'error' })
  const runs = () => world.db.sql`select severity from escalation_runs where incident_id = ${id} order by number`
  expect(await runs()).toEqual([{ severity: 1 }, { severity: 2 }])
  // As bad as the incident ever was, and worse than what pages for it now.
  const { transaction } = world.db
  const looks: number[] = []
  world.db.transaction = (work, options) =>
    transaction((tx) => {
      looks.push(tx.look)
      return work(tx)
    }, options)
  await stage.alarm({ dedup_key: 'first', severity: 'critical' })
  expect(await runs()).toEqual([{ severity: 1 }, { severity: 1 }])
  expect(await world.db.sql`select alerts from incidents_incidents where id = ${id}`).toEqual([{ alerts: 4 }])
  world.db.transaction = transaction
  expect(looks.filter((look) => look > 1)).toEqual([2])
})
