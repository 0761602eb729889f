import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, setStage } from '../../../test/world/stage.ts'
import { reachOf, reviveLapsed, voidLeases } from './store.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
  // Pages to the first share messages.
  const contacts = [stage.phones.contact('ada', { bundle: true }), stage.phones.contact('ada/mail')]
  const high = [
    { contact: 'ada', after: '0s' },
    { contact: 'ada-mail', after: '60s' },
  ]
  await stage.write({ Person: { ada: { contacts, paging: { high } } } })
})
afterAll(() => stage.close())

test('a page that was held up leaves although its later rules cannot be moved in time', async () => {
  const { db } = stage.world
  await stage.alarm()
  // Within the window of the first message: it waits for the end of it, and is late then.
  const incident = (await stage.alarm({ dedup_key: 'other', title: 'Another disk' }))!
  const { transaction } = db
  const refused: unknown[] = []
  db.transaction = (work, options) => {
    if (options?.statementTimeoutMs !== 1000) return transaction(work, options)
    refused.push(options)
    return Promise.reject(new Error('canceling statement due to statement timeout'))
  }
  await stage.world.pass({ seconds: 35 })
  db.transaction = transaction
  expect(refused).toHaveLength(1)
  const { items } = await stage.world.api.getPages({ params: { id: incident.id }, query: {} })
  expect(items.map(({ contact, status }) => [contact, status])).toEqual([
    ['ada', 'delivered'],
    ['ada-mail', 'queued'],
  ])
})

test('a run hears when its level was reached, and how many of its pages wait', async () => {
  const { db } = stage.world
  const incident = (await stage.alarm({ dedup_key: 'third', title: 'A third disk' }))!
  await stage.world.pass({ seconds: 35 })
  const [page] = await db.sql<{ runId: `run_${string}`; round: number; level: number }>`
    select run_id as "runId", round, level from paging_pages where incident_id = ${incident.id} limit 1`
  const of = { ...page!, incidentId: incident.id }
  const [reached] = await reachOf(db.sql, [of])
  expect(reached).toMatchObject({ runId: of.runId, firstAttemptAt: expect.any(Number), waiting: 1 })
  expect(await reachOf(db.sql, [{ ...of, level: of.level + 1 }])).toMatchObject([{ firstAttemptAt: null, waiting: 0 }])
})

test('a node that alone may use the database takes back what a dead one held', async () => {
  const { db, now } = stage.world
  await db.sql`
    update paging_pages set status = 'sending', lease_owner = 'gone', lease_until = to_timestamp(${now() / 1000 + 60}::float8) where status || '' = 'queued'`
  expect(await reviveLapsed(db.sql, now(), 10)).toEqual([])
  await voidLeases(db.sql, now())
  expect((await reviveLapsed(db.sql, now(), 10)).length).toBeGreaterThan(0)
})
