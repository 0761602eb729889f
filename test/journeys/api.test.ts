import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Stage, setStage } from '../world/stage.ts'
import { ADMIN_TOKEN } from '../world/world.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  await stage.policy(['0s ada', '1h lin'], 'kim')
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

/** What answers may hold, of whatever kind. */
interface Answer {
  items: Record<string, unknown>[]
  next: string | null
  issues: { path: string }[]
  number: string
  refusal: string
}

/** As a program asks that has never heard of our client. */
async function ask(
  method: string,
  path: string,
  { body, key, token = ADMIN_TOKEN }: { body?: unknown; key?: string; token?: string | null } = {},
) {
  const reply = await fetch(`${stage.world.baseUrl}/api/v1${path}`, {
    method,
    headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...(key !== undefined && { 'idempotency-key': key }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: reply.status, body: (await reply.json()) as Answer }
}
const openNumbers = async () => (await stage.world.api.listIncidents({ query: { status: ['open'] } })).items.map(({ number }) => number)

describe('a write with an Idempotency-Key', () => {
  const declaring = { title: 'Checkout is slow', service: 'api' }

  test('happens once, and is answered the same however often it is sent', async () => {
    const first = await ask('POST', '/incidents', { body: declaring, key: 'once' })
    expect(first.status).toBe(201)
    await stage.world.pass({ seconds: 30 })
    for (let i = 0; i < 3; i++) expect(await ask('POST', '/incidents', { body: declaring, key: 'once' })).toEqual(first)
    await stage.world.settle()
    expect(await openNumbers()).toHaveLength(1)
    expect(stage.phones.rang()).toHaveLength(1)
  })

  test('with another body is refused, and so is the key at another address', async () => {
    await ask('POST', '/incidents', { body: declaring, key: 'twice' })
    expect(await ask('POST', '/incidents', { body: { ...declaring, title: 'Other' }, key: 'twice' })).toMatchObject({
      status: 422,
      body: { refusal: 'key-reused', message: expect.any(String) },
    })
    const [number] = await openNumbers()
    expect((await ask('POST', `/incidents/${number}/resolution`, { body: {}, key: 'twice' })).status).toBe(422)
    expect(await openNumbers()).toHaveLength(1)
  })

  test('sent five times at once happens once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask('POST', '/incidents', { body: declaring, key: 'at-once' })))
    expect(await openNumbers()).toHaveLength(1)
    for (const { status, body } of answers) {
      if (status === 201) expect(body).toMatchObject({ number: (await openNumbers())[0] })
      else expect([status, body.refusal]).toEqual([409, 'in-progress'])
    }
  })

  test('keeps a refusal as it keeps an answer, but not a mistake in the request', async () => {
    const refused = await ask('POST', '/incidents', { body: { title: 'Hm', service: 'nope' }, key: 'refused' })
    expect(refused).toMatchObject({ status: 422, body: { refusal: 'no-such-service' } })
    expect(await ask('POST', '/incidents', { body: { title: 'Hm', service: 'nope' }, key: 'refused' })).toEqual(refused)
    expect((await ask('POST', '/incidents', { body: {}, key: 'mistake' })).status).toBe(400)
    expect((await ask('POST', '/incidents', { body: declaring, key: 'mistake' })).status).toBe(201)
  })

  test('is forgotten after a day', async () => {
    await ask('POST', '/incidents', { body: declaring, key: 'daily' })
    stage.pace.stepSeconds = 3600
    await stage.world.pass({ hours: 25 })
    stage.pace.stepSeconds = 5
    expect((await ask('POST', '/incidents', { body: declaring, key: 'daily' })).status).toBe(201)
    expect(await openNumbers()).toHaveLength(2)
  })
})

describe('lists', () => {
  test('are read to their end by cursor, without a hole or a repeat', async () => {
    const titles = Array.from({ length: 7 }, (_, i) => `Host ${i} is down`)
    for (const title of titles) {
      await stage.alarm({ dedup_key: title, title })
      await stage.world.pass({ seconds: 1 })
    }
    const walk = async (path: string, read: (item: Record<string, unknown>) => unknown) => {
      const seen: unknown[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { status, body } = await ask('GET', `${path}${path.includes('?') ? '&' : '?'}limit=3${cursor && `&cursor=${cursor}`}`)
        expect(status).toBe(200)
        expect(body.items.length).toBeLessThanOrEqual(3)
        seen.push(...body.items.map(read))
        cursor = body.next
      }
      return seen
    }
    const newestFirst = titles.toReversed()
    expect(await walk('/incidents?status=open', ({ title }) => title)).toEqual(newestFirst)
    expect(await walk('/alerts?status=open', ({ title }) => title)).toEqual(newestFirst)
    const [number] = await openNumbers()
    const facts = await walk(`/incidents/${number}/timeline`, ({ seq }) => seq)
    expect(facts).toEqual(facts.map((_, i) => i + 1))
    await stage.world.api.escalateIncident({ params: { id: number! }, body: {} })
    const pages = await walk(`/incidents/${number}/pages`, ({ id }) => id)
    expect(new Set(pages).size).toBe(pages.length)
  })

  test.each(['/incidents', '/alerts', '/incidents/{number}/timeline', '/incidents/{number}/pages', '/unparsed-events'])(
    '%s take at most 200 at once and refuse what is no cursor of theirs',
    async (list) => {
      await stage.alarm()
      const path = list.replace('{number}', (await openNumbers())[0]!)
      expect((await ask('GET', `${path}?limit=200`)).status).toBe(200)
      for (const limit of ['201', '0', '-1', '1.5', 'many', ''])
        expect(await ask('GET', `${path}?limit=${limit}`), limit).toMatchObject({
          status: 400,
          body: { refusal: 'invalid', issues: [{ path: 'query.limit' }] },
        })
      if (list === '/unparsed-events') return
      for (const cursor of ['nonsense', '1.5', '-3', '1e400', 'Infinity', '99999999999999999999', '%00', "'"])
        expect(await ask('GET', `${path}?cursor=${cursor}`), cursor).toMatchObject({ status: 400, body: { refusal: 'bad-cursor' } })
    },
  )

  test('are filtered by what is written, not by what it might mean', async () => {
    for (const title of ['100% full', '100 times full', 'snake_case', 'snakeXcase', 'back\\slash'])
      await stage.alarm({ dedup_key: title, title })
    const found = async (text: string) =>
      (await stage.world.api.listIncidents({ query: { text, status: ['open'] } })).items.map(({ title }) => title)
    expect(await found('100%')).toEqual(['100% full'])
    expect(await found('SNAKE_')).toEqual(['snake_case'])
    expect(await found('\\')).toEqual(['back\\slash'])
    expect(await found('a\0b')).toEqual([])
  })
})

describe('what is refused', () => {
  test('has a name, a sentence, and the place of each mistake', async () => {
    expect(await ask('POST', '/incidents', { body: { title: '', severity: 9, colour: 'red' } })).toMatchObject({
      status: 400,
      body: { refusal: 'invalid', message: expect.any(String) },
    })
    const { body } = await ask('POST', '/incidents', { body: { title: '', severity: 9, colour: 'red' } })
    expect(body.issues.map(({ path }) => path).sort()).toEqual(['body', 'body.severity', 'body.title'])
    expect(await ask('POST', '/incidents', { body: '{"title":' })).toMatchObject({
      status: 400,
      body: { refusal: 'invalid', issues: [{ path: 'body' }] },
    })
    expect(await ask('GET', '/incidents?colour=red')).toMatchObject({ status: 400, body: { refusal: 'invalid' } })
  })

  test('is refused to strangers before anything else is looked at', async () => {
    for (const token of [null, 'wrong', `${ADMIN_TOKEN}x`])
      expect(await ask('POST', '/incidents', { body: {}, token })).toMatchObject({ status: 401, body: { refusal: 'not-signed-in' } })
  })

  test.each(['/incidents/INC-99999', '/incidents/inc_nothing', '/incidents/%00', '/incidents/inc_%00', '/incidents/INC-', '/incidents/-1'])(
    '%s: there is no such incident',
    async (path) => {
      expect(await ask('GET', path)).toMatchObject({ status: 404, body: { refusal: 'not-found' } })
      expect(await ask('GET', `${path}/timeline`)).toMatchObject({ status: 404 })
      expect(await ask('POST', `${path}/acknowledgement`, { body: {} })).toMatchObject({ status: 404 })
    },
  )

  test.each(['/alerts/alr_nothing', '/alerts/%00', '/alerts/nonsense'])('%s: there is no such alert', async (path) => {
    for (const what of ['', '/why', '/payload'])
      expect(await ask('GET', `${path}${what}`)).toMatchObject({ status: 404, body: { refusal: 'not-found' } })
  })

  test('an address that leads nowhere', async () => {
    expect(await ask('GET', '/nowhere')).toMatchObject({ status: 404, body: { refusal: 'not-found' } })
  })
})

describe('an incident', () => {
  test('is found by id and by number, however it is written', async () => {
    const incident = (await stage.alarm())!
    for (const ref of [incident.id, incident.number, incident.number.toLowerCase(), incident.number.slice(4)])
      expect((await ask('GET', `/incidents/${ref}`)).body).toEqual(incident)
  })

  test('takes texts that a database would refuse', async () => {
    const declared = await ask('POST', '/incidents', { body: '{"title":"a\\u0000b","summary":"\\ud800"}' })
    expect(declared).toMatchObject({ status: 201, body: { title: 'a\uFFFDb', summary: '\uFFFD' } })
    const path = `/incidents/${declared.body.number}`
    expect(await ask('PATCH', path, { body: '{"title":"\\u0000","severity":1,"reason":"\\udc00"}' })).toMatchObject({
      status: 200,
      body: { title: '\uFFFD' },
    })
    expect((await ask('POST', `${path}/notes`, { body: '{"text":"n\\u0000te"}' })).status).toBe(201)
    const facts = await ask('GET', `${path}/timeline`)
    expect(facts.body.items.at(-1)).toMatchObject({ type: 'note.added', data: { text: 'n\uFFFDte' } })
  })
})
