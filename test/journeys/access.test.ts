import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ApiError } from '../../src/platform/client.ts'
import { keyOf, type Stage, setStage } from '../world/stage.ts'

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

test('a viewer declares and writes what they saw, and acts on nothing; a manager acts and sets up nothing', async () => {
  const { baseUrl, api } = stage.world
  const by = async (role: 'viewer' | 'manager') => {
    const { secret } = await api.createToken({ body: { label: role, role } })
    return async (method: string, path: string, body: object = {}) => {
      const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json' }
      const answer = await fetch(`${baseUrl}/api/v1${path}`, { method, headers, ...(method !== 'GET' && { body: JSON.stringify(body) }) })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    }
  }
  const viewer = await by('viewer')
  const declared = await viewer('POST', '/incidents', { title: 'The shop is slow', severity: 3 })
  expect(declared).toMatchObject({ status: 201, body: { declaredBy: 'viewer' } })
  const path = `/incidents/${declared.body['id']}`
  expect((await viewer('POST', `${path}/notes`, { text: 'Since noon.' })).status).toBe(201)
  for (const act of ['acknowledgement', 'escalation', 'resolution'])
    expect(await viewer('POST', `${path}/${act}`), act).toMatchObject({ status: 403, body: { refusal: 'not-allowed' } })
  expect((await viewer('PATCH', path, { severity: 1 })).status).toBe(403)

  const manager = await by('manager')
  expect((await manager('POST', `${path}/acknowledgement`)).status).toBe(200)
  expect((await manager('GET', '/me')).body['permissions']).toContain('status:write')
  expect((await manager('GET', '/tokens')).status).toBe(403)
  expect((await manager('POST', `${path}/resolution`, { resolution: 'It is fast again.' })).status).toBe(200)
})

test('who leads a team acts for its services and the schedules they page by, and for nothing else', async () => {
  const { baseUrl, api } = stage.world
  const schedule = (users: string[]) => ({ timeZone: 'UTC', layers: [{ name: 'all', users, start: '2026-01-05T00:00', turn: '7d' }] })
  await stage.write({
    Person: { zoe: { displayName: 'Zoe', role: 'viewer' } },
    Team: { shop: { members: ['ada'], lead: 'zoe' } },
    Schedule: { shop: schedule(['ada', 'lin']), other: schedule(['kim']) },
    EscalationPolicy: { shop: { levels: [{ after: '0s', notify: [{ schedule: 'shop' }] }], catchAll: { notify: [{ person: 'kim' }] } } },
    Service: { shop: { team: 'shop', policy: 'shop' } },
    Integration: { shop: { source: 'generic', service: 'shop', key: keyOf('shop') } },
  })
  const { cookie } = await signedIn('zoe')
  const ask = async (method: string, path: string, body: object = {}) => {
    const headers = { cookie, 'content-type': 'application/json' }
    return (await fetch(`${baseUrl}/api/v1${path}`, { method, headers, ...(method !== 'DELETE' && { body: JSON.stringify(body) }) })).status
  }
  const [own, others] = [(await stage.alarm({ dedup_key: 'own' }, 'shop'))!, (await stage.alarm({ dedup_key: 'others' }))!]
  for (const act of ['acknowledgement', 'escalation']) {
    expect(await ask('POST', `/incidents/${own.id}/${act}`), act).toBe(200)
    expect(await ask('POST', `/incidents/${others.id}/${act}`), act).toBe(403)
  }
  const stands = { person: 'kim', until: '2026-12-24T00:00:00Z' }
  expect(await ask('POST', '/schedules/other/overrides', stands)).toBe(403)
  expect(await ask('POST', '/schedules/shop/overrides', stands)).toBe(201)
  const [override] = (await api.listOverrides({ params: { name: 'shop' } })).items
  expect(await ask('DELETE', `/schedules/shop/overrides/${override!.id}`)).toBe(200)
  expect([await ask('POST', '/integrations/shop/test'), await ask('POST', '/integrations/alarms/test')]).toEqual([200, 403])
  // What is set up stays with the admins, and who leads nothing may nothing.
  expect(await ask('PUT', '/configuration/services/shop', { spec: { policy: 'api' } })).toBe(403)
  await stage.write({ Team: { shop: { members: ['ada'] } } })
  expect(await ask('POST', `/incidents/${own.id}/acknowledgement`)).toBe(403)
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
