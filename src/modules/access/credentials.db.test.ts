import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../test/world/world.ts'
import { DAY, MINUTE } from '../../kernel/time.ts'
import { hashOf } from './credentials.ts'
import {
  findSession,
  findToken,
  forgetCredentials,
  forgetSessions,
  insertLoginLink,
  insertSession,
  insertToken,
  isLoginLinkGood,
  noteTokenUse,
  readInForce,
  readTokens,
  revokeToken,
  useLoginLink,
} from './store.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const NOW = Date.parse('2026-11-20T03:11:00Z')
const ada = { person: 'ada', personUid: 'uid-ada' }
const token = (name: string) => ({ id: `tok_${name}`, label: name, hash: hashOf(name), role: 'viewer' as const, ...ada })
const link = (name: string, endsAt = NOW + MINUTE) => ({ hash: hashOf(name), ...ada, endsAt })

test('of any number who press the same sign-in link at once, one comes in, and only in its time', async () => {
  const { sql } = world.db
  await insertLoginLink(sql, NOW, link('door'))
  expect(await isLoginLinkGood(sql, NOW, hashOf('door'))).toBe(true)
  const came = await Promise.all(Array.from({ length: 6 }, () => useLoginLink(sql, NOW, hashOf('door'))))
  expect(came.filter((one) => one !== undefined)).toEqual([ada])
  expect(await isLoginLinkGood(sql, NOW, hashOf('door'))).toBe(false)

  await insertLoginLink(sql, NOW, link('late'))
  expect(await useLoginLink(sql, NOW + MINUTE, hashOf('late'))).toBeUndefined()
  expect(await useLoginLink(sql, NOW + MINUTE - 1, hashOf('late'))).toEqual(ada)
  expect(await useLoginLink(sql, NOW, hashOf('nobody made it'))).toBeUndefined()
})

test('a token that is revoked is not found, nor in force, nor revoked again; its use is noted once in a while', async () => {
  const { sql } = world.db
  await insertToken(sql, NOW, token('kept'))
  await insertToken(sql, NOW, token('gone'))
  await noteTokenUse(sql, NOW, 'tok_kept', NOW - MINUTE)
  await noteTokenUse(sql, NOW + 30_000, 'tok_kept', NOW - 30_000)
  expect((await findToken(sql, hashOf('kept')))?.lastUsedAt).toBe(NOW)
  await noteTokenUse(sql, NOW + MINUTE, 'tok_kept', NOW)
  expect((await findToken(sql, hashOf('kept')))?.lastUsedAt).toBe(NOW + MINUTE)

  expect([await revokeToken(sql, NOW, 'tok_gone'), await revokeToken(sql, NOW, 'tok_gone')]).toEqual([true, false])
  expect(await findToken(sql, hashOf('gone'))).toBeUndefined()
  expect((await readTokens(sql)).map(({ id }) => id)).toEqual(['tok_kept'])
  const asked = { tokens: ['tok_kept', 'tok_gone', 'tok_none'], sessions: [] }
  expect(await readInForce(sql, NOW, asked)).toEqual([{ token: 'tok_kept', role: 'viewer', ...ada }])
})

test('a session is one until the moment it ends, and then forgotten, as links and tokens are', async () => {
  const { sql } = world.db
  await insertSession(sql, NOW, { hash: hashOf('cookie'), ...ada, endsAt: NOW + DAY })
  const session = hashOf('cookie').toString('hex')
  expect(await findSession(sql, NOW + DAY - 1, hashOf('cookie'))).toEqual({ ...ada, endsAt: NOW + DAY })
  expect(await readInForce(sql, NOW + DAY - 1, { tokens: [], sessions: [session] })).toEqual([{ session, ...ada }])
  expect(await findSession(sql, NOW + DAY, hashOf('cookie'))).toBeUndefined()
  expect(await readInForce(sql, NOW + DAY, { tokens: [], sessions: [session] })).toEqual([])

  expect(await forgetSessions(sql, NOW + DAY - 1, 100)).toBe(0)
  expect(await forgetSessions(sql, NOW + DAY, 100)).toBe(1)
  await insertLoginLink(sql, NOW, link('over', NOW))
  await revokeToken(sql, NOW, 'tok_kept')
  expect(await forgetCredentials(sql, NOW - 1, 100)).toBe(0)
  // The one of them at most at a time, so that nobody waits for it.
  expect(await forgetCredentials(sql, NOW + DAY, 1)).toBe(1)
  for (let left = 1; left > 0; ) left = await forgetCredentials(sql, NOW + DAY, 1)
  expect(await readTokens(sql)).toEqual([])
})
