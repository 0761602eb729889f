import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ApiError } from '../../src/platform/client.ts'
import { type Stage, setStage } from '../world/stage.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'], stepSeconds: 3600 })
})
afterAll(() => stage.close())
beforeEach(() => stage.write({ Person: { zoe: { displayName: 'Zoe' } } }))

async function get(path: string, headers: Record<string, string>): Promise<number> {
  return (await fetch(`${stage.world.baseUrl}${path}`, { headers })).status
}

async function signedIn(person: string): Promise<{ cookie: string }> {
  const { url } = await stage.world.api.createLoginLink({ body: { person } })
  const entered = await fetch(url.replace('http://tocsin.test', stage.world.baseUrl), { method: 'POST', redirect: 'manual' })
  return { cookie: entered.headers.get('set-cookie')!.split(';')[0]! }
}

async function tokenOf(person?: string): Promise<{ id: string; authorization: string }> {
  const body = { label: `bot of ${person ?? 'nobody'}`, role: 'viewer', ...(person !== undefined && { person }) } as const
  const { id, secret } = await stage.world.api.createToken({ body })
  return { id, authorization: `Bearer ${secret}` }
}

const lastUsed = async (id: string) => {
  const { items } = await stage.world.api.listTokens()
  return items.find((one) => one.id === id)?.lastUsedAt
}

/** What a refused call says. */
async function refused(call: Promise<unknown>): Promise<ApiError> {
  const outcome = await call.catch((error: unknown) => error)
  if (!(outcome instanceof ApiError)) throw new Error(`was not refused: ${JSON.stringify(outcome)}`)
  return outcome
}

test('sessions, tokens and unused sign-in links end with their person, also when another of the same name comes', async () => {
  const { cookie } = await signedIn('zoe')
  const { id, authorization } = await tokenOf('zoe')
  const unused = await stage.world.api.createLoginLink({ body: { person: 'zoe' } })
  const bot = await tokenOf()
  expect([await get('/api/v1/me', { cookie }), await get('/api/v1/me', { authorization })]).toEqual([200, 200])

  await stage.write({ Person: { zoe: null } })
  expect([await get('/api/v1/me', { cookie }), await get('/api/v1/me', { authorization })]).toEqual([401, 401])
  expect((await stage.world.api.listTokens()).items.map((token) => token.id)).not.toContain(id)

  await stage.write({ Person: { zoe: { displayName: 'Another Zoe' } } })
  expect([await get('/api/v1/me', { cookie }), await get('/api/v1/me', { authorization })]).toEqual([401, 401])
  const entered = await fetch(unused.url.replace('http://tocsin.test', stage.world.baseUrl), { method: 'POST', redirect: 'manual' })
  const late = entered.headers.get('set-cookie')?.split(';')[0]
  if (late !== undefined) expect(await get('/api/v1/me', { cookie: late })).toBe(401)
  // One that belongs to nobody goes on.
  expect(await get('/api/v1/me', { authorization: bot.authorization })).toBe(200)
})

test('a token tells when it was last used, to the minute, and nobody waits for that to be written', async () => {
  const { id, authorization } = await tokenOf('lin')
  expect(await lastUsed(id)).toBeNull()
  await get('/api/v1/me', { authorization })
  const first = new Date(stage.world.now()).toISOString()
  await expect.poll(() => lastUsed(id)).toBe(first)

  const before = stage.world.db.statements()
  for (let i = 0; i < 20; i++) await get('/api/v1/me', { authorization })
  const each = (stage.world.db.statements() - before) / 20
  expect(await lastUsed(id)).toBe(first)
  await stage.world.pass({ minutes: 1 })
  await get('/api/v1/me', { authorization })
  await expect.poll(() => lastUsed(id)).toBe(new Date(stage.world.now()).toISOString())

  // Within the minute a request costs what it always did: who the token is, and whether the configuration is still current.
  expect(each).toBeLessThanOrEqual(3)
})

test('a write that fails for the note does not fail the request', async () => {
  const { authorization } = await tokenOf('lin')
  await stage.world.db.sql`alter table access_tokens add constraint broken check (last_used_at is null) not valid`
  expect(await get('/api/v1/me', { authorization })).toBe(200)
  await stage.world.db.sql`alter table access_tokens drop constraint broken`
})

test('the last owner can be neither demoted nor removed, by whatever way', async () => {
  const { api } = stage.world
  const put = (name: string, spec: object) => api.putObject({ params: { kind: 'people', name }, body: { spec: { ...spec } } })
  await put('olga', { role: 'owner' })
  const mend = 'Person ‹olga› is the last owner; make somebody else owner first, with `role: owner`'

  expect(await refused(put('olga', { role: 'admin' }))).toMatchObject({ status: 422, issues: [{ path: 'spec.role', message: mend }] })
  expect(await refused(put('olga', {}))).toMatchObject({ issues: [{ path: 'spec.role', message: mend }] })
  expect(await refused(api.deleteObject({ params: { kind: 'people', name: 'olga' } }))).toMatchObject({
    status: 409,
    refusal: 'last-owner',
    message: `${mend}.`,
  })
  const documentOf = (name: string, spec: string) => `apiVersion: tocsin.dev/v1\nkind: Person\nmetadata: { name: ${name} }\nspec: ${spec}\n`
  const apply = (text: string, prune = false) => api.applyConfiguration({ body: { files: [{ file: 'people.yaml', text }], prune } })
  const demoted = documentOf('olga', '\n  displayName: Olga\n  role: responder')
  expect(await refused(apply(demoted))).toMatchObject({
    refusal: 'invalid-configuration',
    issues: [{ file: 'people.yaml', line: 6, path: 'spec.role', message: mend }],
  })
  await apply(documentOf('olga', '{ role: owner }'))
  expect(await refused(apply(documentOf('eve', '{}'), true))).toMatchObject({ issues: [{ path: 'Person/olga', message: mend }] })
  expect(await api.getObject({ params: { kind: 'people', name: 'olga' } })).toMatchObject({ spec: { role: 'owner' } })

  // In one stroke with a successor it is no matter.
  await apply(`${demoted}---\n${documentOf('pam', '{ role: owner }')}`)
  expect(await refused(api.deleteObject({ params: { kind: 'people', name: 'pam' }, query: { eject: 'true' } }))).toMatchObject({
    refusal: 'last-owner',
  })
})
