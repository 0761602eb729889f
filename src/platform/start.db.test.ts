import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../test/world/world.ts'
import { isRefusal } from '../kernel/result.ts'
import { SECOND } from '../kernel/time.ts'
import { claimLapsed, insertInboxRow, voidInboxLeases } from '../modules/intake/inbox-store.ts'
import { createDatabaseClock } from './clock.ts'
import { refuseUnfit } from './db-fitness.ts'
import { claimInstallation, noteSystemIdentifier } from './installation.ts'
import { createKeepReply } from './replies.ts'

let world: World

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('a node goes by the time that nodes agreed on in the database, and the first one begins it', async () => {
  const { db, parts } = world
  const standing = { monotonic: () => 0, uptime: () => 0, log: parts.log }
  const first = createDatabaseClock({ db, node: 'first', ...standing })
  await first.measure()
  expect(first.now()).toBeGreaterThan(Date.parse('2026-01-01T00:00:00Z'))
  const [agreed] = await db.sql<{ node: string }>`select node from platform_clock`
  expect(agreed!.node).toBe('first')
})

test('a database that can carry the program is not refused', async () => {
  await refuseUnfit(world.db, 'tocsin')
})

test('a database that was moved says so once', async () => {
  const { db, now, parts } = world
  await db.sql`update platform_installation set system_identifier = 'another'`
  expect((await claimInstallation(db.sql, now(), parts.secretKey.fingerprint)).moved).toBe(true)
  await noteSystemIdentifier(db.sql)
  expect((await claimInstallation(db.sql, now(), parts.secretKey.fingerprint)).moved).toBe(false)
})

test('a node that alone may use the database takes over at once what a dead one had accepted', async () => {
  const { db, now } = world
  const body = { integration: 'alarms', source: 'generic', receipt: 'rcp_1', body: Buffer.from('{}'), receivedAt: now() }
  const reading = { signals: [], problems: [], answer: { status: 202, body: '' } }
  await insertInboxRow(db.sql, now(), now() + 60 * SECOND, 'gone', [{ ...body, reading, refused: false }])
  expect(await claimLapsed(db.sql, now(), now() + SECOND, 'me', 10)).toEqual([])
  await voidInboxLeases(db.sql)
  expect(await claimLapsed(db.sql, now(), now() + SECOND, 'me', 10)).toHaveLength(1)
})

test('a request that failed by our own fault may come again with its key', async () => {
  const keepReply = createKeepReply({ db: world.db, clock: { now: world.now }, secretKey: world.parts.secretKey })
  const request = { caller: 'ada', key: 'k', fingerprint: 'f', isSecret: false }
  expect(await keepReply(request, async () => ({ status: 500, body: 'a bug' }))).toMatchObject({ status: 500 })
  expect(isRefusal(await keepReply(request, async () => ({ status: 200, body: 'done' })))).toBe(false)
})
