import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../test/world/world.ts'
import { forgetBodies, insertInboxRow, readBody } from './inbox-store.ts'

let world: World

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('bodies that share a row with those of an integration that is removed stay, each in its place', async () => {
  const { db, now } = world
  const reading = { signals: [], problems: [], answer: { status: 202, body: '' } }
  const from = (integration: string) => ({
    ...{ integration, source: 'generic', receipt: `rcp_${integration}`, receivedAt: now(), body: Buffer.from(integration) },
    ...{ reading, refused: false },
  })
  const shared = await insertInboxRow(db.sql, now(), now(), 'me', [from('gone'), from('stays')])
  const theirs = await insertInboxRow(db.sql, now(), now(), 'me', [from('gone')])
  await forgetBodies(db.sql, ['gone'])
  expect((await readBody(db.sql, shared, 0))?.body.toString()).toBe('')
  expect((await readBody(db.sql, shared, 1))?.body.toString()).toBe('stays')
  expect(await readBody(db.sql, theirs, 0)).toBeUndefined()
})
