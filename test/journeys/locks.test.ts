import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Stage, setStage } from '../world/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.close())

test('in tests a transaction that could be one half of a deadlock is refused: every journey is driven over this watch', async () => {
  const { db } = stage.world
  const ids = ['a', 'b']
  const incidents = (sql: typeof db.sql) => sql`select 1 from incidents_incidents where id = any(${ids}::text[]) order by id for update`
  const pages = (sql: typeof db.sql) => sql`select 1 from paging_pages where incident_id = any(${ids}::text[]) order by id for update`

  await db.transaction(async ({ sql }) => {
    await incidents(sql)
    await pages(sql)
    // They are held already.
    await incidents(sql)
  })
  await expect(
    db.transaction(async ({ sql }) => {
      await pages(sql)
      await incidents(sql)
    }),
  ).rejects.toThrow('This locks incidents_incidents after paging_pages')
  await expect(
    db.transaction(async ({ sql }) => {
      await incidents(sql)
      await sql`update incidents_incidents set title = '' where service = 'api'`
    }),
  ).rejects.toThrow('several rows of incidents_incidents in no order')
  await expect(db.transaction(({ sql }) => sql`select 1 from paging_contacts order by person for update`)).rejects.toThrow(
    'Nothing may wait for paging_contacts',
  )
  // What is skipped is not waited for, but is held all the same.
  await expect(
    db.transaction(async ({ sql }) => {
      await sql`select 1 from paging_pages where status = 'queued' for update skip locked`
      await sql`select 1 from escalation_runs where id = any(${ids}::text[]) order by id for update`
    }),
  ).rejects.toThrow('This locks escalation_runs after paging_pages')
})
