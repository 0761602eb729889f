import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, setStage } from '../../../test/world/stage.ts'
import type { Sql } from '../../platform/db.ts'
import { escalationLoop } from './loop.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
  const contacts = [stage.phones.contact('ada'), stage.phones.contact('ada/mail')]
  const high = [
    { contact: 'ada', after: '0s' },
    { contact: 'ada-mail', after: '20s' },
  ]
  await stage.write({ Person: { ada: { contacts, paging: { high } } } })
  await stage.policy(['0s lin', '30s ada'], 'kim')
})
afterAll(() => stage.close())

/** Somebody waits for a lock that somebody else holds. */
async function someoneWaits(): Promise<void> {
  const client = await stage.world.db.connect()
  await expect
    .poll(async () => {
      const { rows } = await client.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)
      return rows.length
    })
    .toBe(1)
  await client.end()
}

test('an acknowledgement that waits for a level being decided withdraws what that level queued', async () => {
  const { db, app, api } = stage.world
  const incident = (await stage.alarm())!
  await stage.world.pass({ seconds: 29 })

  let decide = () => {}
  const mayDecide = new Promise<void>((resolve) => {
    decide = resolve
  })
  let claimed = () => {}
  const hasClaimed = new Promise<void>((resolve) => {
    claimed = resolve
  })
  const documents = {
    ...app.documents,
    async fresh(sql: Sql) {
      claimed()
      await mayDecide
      return app.documents.fresh(sql)
    },
  }
  const deciding = escalationLoop(db, { ...app.incidents, documents }).tick(stage.world.now() + 1000)
  await hasClaimed
  const acknowledging = api.acknowledgeIncident({ params: { id: incident.id }, body: {} })
  await someoneWaits()
  decide()
  expect(await deciding).toBe(1)
  expect(await acknowledging).toMatchObject({ status: 'acknowledged' })

  await stage.world.pass({ minutes: 2 })
  // The level was decided a moment before and its first page may have left; what was to follow has not.
  expect(stage.phones.rang().filter((ring) => ring.startsWith('ada/mail'))).toEqual([])
  const { items } = await api.getPages({ params: { id: incident.id } })
  expect(items.filter(({ status }) => ['queued', 'retrying', 'sending'].includes(status))).toEqual([])
  expect(items.find(({ contact }) => contact === 'ada-mail')).toMatchObject({ status: 'withdrawn', endedReason: 'acknowledged' })
  const stopped = (await stage.timeline(incident.id)).find(({ type }) => type === 'escalation.stopped')
  expect(stopped!.data['pagesWithdrawn']).toBeGreaterThanOrEqual(1)
})
