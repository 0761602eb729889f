import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Stage, setStage } from '../world/stage.ts'
import { ADMIN_TOKEN } from '../world/world.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  await stage.policy(['0s ada', '1m lin'], 'kim')
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

/** As a browser asks, with a language and perhaps in somebody's name. */
async function ask(
  method: string,
  path: string,
  { token = ADMIN_TOKEN, language = 'en', body }: { token?: string; language?: string; body?: unknown } = {},
) {
  const reply = await fetch(`${stage.world.baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'accept-language': language },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await reply.text()
  return { status: reply.status, text, json: () => JSON.parse(text) as Record<string, unknown> }
}

const tokenOf = async (person: string) =>
  (await stage.world.api.createToken({ body: { label: `browser of ${person}`, role: 'responder', person } })).secret
const chosen = { language: 'de', timeZone: 'Europe/Berlin', theme: 'dark', singleKeys: false, keys: { acknowledge: 'q' } }

test('what Ada chooses is hers in every browser, and nobody else’s', async () => {
  const [ada, lin] = [await tokenOf('ada'), await tokenOf('lin')]
  const before = { language: 'browser', timeZone: 'browser', theme: 'system', singleKeys: true, keys: {}, savedAt: null }
  expect((await ask('GET', '/api/v1/me/preferences', { token: ada })).json()).toEqual(before)
  expect((await ask('PUT', '/api/v1/me/preferences', { token: ada, body: chosen })).json()).toMatchObject(chosen)
  const elsewhere = await tokenOf('ada')
  expect((await ask('GET', '/api/v1/me/preferences', { token: elsewhere })).json()).toMatchObject({
    ...chosen,
    savedAt: expect.any(String),
  })
  expect((await ask('GET', '/api/v1/me/preferences', { token: lin })).json()).toEqual(before)
})

test('a zone that is none and a token that is nobody’s are told so', async () => {
  const ada = await tokenOf('ada')
  expect(await ask('PUT', '/api/v1/me/preferences', { token: ada, body: { ...chosen, timeZone: 'Berlin' } })).toMatchObject({ status: 400 })
  const nobodys = await ask('GET', '/api/v1/me/preferences')
  expect([nobodys.status, nobodys.json()['refusal']]).toEqual([404, 'no-person'])
})

test('somebody who comes back under the same name starts anew', async () => {
  await stage.write({ Person: { zoe: { language: 'de' } } })
  const token = await tokenOf('zoe')
  expect((await ask('GET', '/api/v1/me/preferences', { token })).json()).toMatchObject({ language: 'de', savedAt: null })
  await ask('PUT', '/api/v1/me/preferences', { token, body: { ...chosen, language: 'en' } })
  await stage.write({ Person: { zoe: null } })
  await stage.write({ Person: { zoe: {} } })
  expect((await ask('GET', '/api/v1/me/preferences', { token: await tokenOf('zoe') })).json()).toMatchObject({
    language: 'browser',
    savedAt: null,
  })
})

test('Ada’s pages and her page at night are in the language she chose, Lin’s as his document says, Kim’s as his browser asks', async () => {
  await ask('PUT', '/api/v1/me/preferences', { token: await tokenOf('ada'), body: chosen })
  await stage.write({ Person: { lin: { contacts: [stage.phones.contact('lin')], language: 'de' } } })
  await stage.policy(['0s ada, lin, kim'], 'kim')
  const incident = (await stage.alarm())!
  await stage.world.settle()
  const pages = new Map(['ada', 'lin', 'kim'].map((name) => [name, stage.phones.page(name)]))
  expect(['ada', 'lin', 'kim'].map((name) => pages.get(name)?.page.reason)).toEqual([
    'in der Eskalationsrichtlinie genannt',
    'in der Eskalationsrichtlinie genannt',
    'named in the escalation policy',
  ])
  const nightOf = async (name: string, language: string) => {
    const reply = await fetch(`${stage.world.baseUrl}${new URL(pages.get(name)!.actions.acknowledge).pathname}`, {
      headers: { 'accept-language': language },
    })
    return reply.text()
  }
  expect(await nightOf('ada', 'en')).toContain('<button class="filled">Quittieren</button>')
  expect(await nightOf('ada', 'en')).toContain('04:11 Berlin')
  expect(await nightOf('lin', 'en')).toContain('<button class="filled">Quittieren</button>')
  expect(await nightOf('kim', 'en')).toContain('<button class="filled">Acknowledge</button>')
  expect(await nightOf('kim', 'de-AT,de;q=0.9')).toContain('<button class="filled">Quittieren</button>')

  const { items } = await stage.world.api.listAlerts({ query: { incident: incident.id } })
  const why = await ask('GET', `/api/v1/alerts/${items[0]!.id}/why`, { language: 'de' })
  expect(why.text).toContain('Stufe 1 der Richtlinie api')
  expect(why.text).toContain('ada wurde gewählt: in der Eskalationsrichtlinie genannt.')
  expect((await stage.why(incident.id)).join('\n')).toContain('Level 1 of the policy api')
})
