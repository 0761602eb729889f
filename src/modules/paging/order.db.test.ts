import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../test/world/world.ts'
import { insertPages, lockDuePages, nextDueAt, type PlacedPage } from './store.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const NOW = Date.parse('2026-11-20T03:11:00Z')
const page = (id: string, urgency: 'high' | 'low', ageSeconds: number): PlacedPage => ({
  id,
  incidentId: `inc_${id}`,
  runId: `run_${id}`,
  ...{ round: 0, level: 1, person: 'ada', personVersion: 1, rule: 0, contact: 'phone', channel: 'webhook', bundle: false, urgency },
  found: { target: { person: 'ada' }, person: 'ada' },
  afterMs: 0,
  dueAt: NOW - ageSeconds * 1000,
  leased: false,
  bundleId: null,
})

test('what is urgent leaves first, and of that what is freshest; repeats come last', async () => {
  const { db } = world
  const waiting = [
    page('old', 'high', 7200),
    page('calm', 'low', 1),
    page('fresh', 'high', 2),
    page('recent', 'high', 60),
    page('calm-old', 'low', 3600),
    page('later', 'high', -5),
  ]
  await insertPages(db.sql, NOW, 'node', [...waiting, page('again', 'high', 5)])
  await db.sql`update paging_pages set status = 'retrying' where id = 'again'`
  const taken = async (limit: number) => (await db.transaction((tx) => lockDuePages(tx.sql, NOW, limit))).map(({ id }) => id)
  expect(await taken(10)).toEqual(['fresh', 'recent', 'old', 'calm', 'calm-old', 'again'])
  expect(await taken(4)).toEqual(['fresh', 'recent', 'old', 'calm'])
  expect(await nextDueAt(db.sql)).toBe(NOW - 7200 * 1000)
})
