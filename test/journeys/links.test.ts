import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OnePage } from '../world/webhook-receiver.ts'
import { startWebhookReceiver } from '../world/webhook-receiver.ts'
import { ADMIN_TOKEN, createWorld, twoPeople, type World } from '../world/world.ts'

let world: World
let phones: Awaited<ReturnType<typeof startWebhookReceiver>>
let configuration: string

beforeAll(async () => {
  phones = await startWebhookReceiver()
  world = await createWorld({ stepSeconds: 24 * 3600 })
  configuration = twoPeople(phones.port)
})
afterAll(async () => {
  await world.close()
  await phones.close()
})

let disks = 0
/** Something breaks, Ada's phone rings; answers what her page said. */
async function somethingBreaks(summary = 'Disk is full'): Promise<OnePage> {
  await world.configure(configuration)
  const rung = phones.requests.length
  await world.post('/v2/enqueue', {
    routing_key: 'pagerdutykey00000000000000000001',
    event_action: 'trigger',
    dedup_key: `disk-${++disks}`,
    payload: { summary, source: 'db-1', severity: 'critical', class: `Disk${disks}Full` },
  })
  return phones.requests.slice(rung).find((one) => one.path === '/ada')!.json as OnePage
}

interface Answer {
  status: number
  text: string
  headers: Headers
}

async function ask(method: string, address: string, headers: Record<string, string> = {}): Promise<Answer> {
  const { pathname } = new URL(address, 'http://tocsin.test')
  const response = await fetch(`${world.baseUrl}${pathname}`, { method, headers, redirect: 'manual' })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }

async function statusOf({ incident }: OnePage): Promise<string> {
  return (await world.api.getIncident({ params: { id: incident.id } })).status
}

async function pressed(address: string): Promise<Record<string, unknown>> {
  const answer = await ask('POST', address)
  expect(answer.status, answer.text).toBe(200)
  return JSON.parse(answer.text)
}

test('whatever opens the links, nothing is done until somebody presses', async () => {
  const { actions, ...page } = await somethingBreaks()
  for (const action of Object.values(actions)) {
    const looked = await ask('GET', action, browser)
    expect(looked.status, looked.text).toBe(200)
    expect(looked.headers.get('content-type')).toContain('text/html')
    const probed = await ask('HEAD', action)
    expect(probed.status).toBe(200)
    expect(probed.text).toBe('')
  }
  expect(await statusOf({ actions, ...page })).toBe('detected')
  const { text, headers } = await ask('GET', actions.acknowledge)
  expect(text).toContain('Disk is full')
  expect(text).toContain('Opening this does not acknowledge.')
  expect(text).toContain('Since 04:11 Berlin, 03:11 UTC.')
  expect(text).toContain('Lin Dao is paged in 0:30')
  expect(text).toContain(`href="/i/${page.incident.number.slice(4)}"`)
  expect(text).not.toContain('<script')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-robots-tag')).toBe('noindex')
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
})

test('one bare POST acknowledges; the second answers who did it', async () => {
  const page = await somethingBreaks()
  expect(await pressed(page.actions.acknowledge)).toMatchObject({
    done: 'acknowledged',
    by: 'ada',
    incident: { status: 'acknowledged', acknowledgedBy: 'ada' },
  })
  await world.pass({ minutes: 2 })
  expect(await pressed(page.actions.acknowledge)).toMatchObject({
    done: 'already-acknowledged',
    by: 'ada',
    incident: { number: page.incident.number },
  })
  expect(phones.requests.filter((one) => one.path === '/lin' && one.json?.incident?.id === page.incident.id)).toEqual([])
  const { items } = await world.api.getTimeline({ params: { id: page.incident.id } })
  expect(items.filter((event) => event.type === 'incident.acknowledged')).toMatchObject([
    { actor: 'person:ada', data: { via: 'link', page: page.page.id } },
  ])
})

test('a button on somebody else’s web page may press, and read what came of it', async () => {
  const { actions } = await somethingBreaks()
  const asked = await ask('OPTIONS', actions.acknowledge, { origin: 'https://ntfy.sh', 'access-control-request-method': 'POST' })
  expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
  expect(asked.headers.get('access-control-allow-methods')).toContain('POST')
  expect(asked.headers.get('access-control-allow-credentials')).toBeNull()
  const pressed = await ask('POST', actions.acknowledge, { origin: 'https://ntfy.sh' })
  expect([pressed.status, pressed.headers.get('access-control-allow-origin')]).toEqual([200, '*'])
  const lost = await ask('POST', `${actions.acknowledge}x`, { origin: 'https://ntfy.sh' })
  expect([lost.status, lost.headers.get('access-control-allow-origin')]).toEqual([404, '*'])
  // Nothing else of the product may be read from elsewhere.
  expect((await ask('GET', actions.acknowledge)).headers.get('access-control-allow-origin')).toBeNull()
  expect((await ask('GET', '/api/v1/me')).headers.get('access-control-allow-origin')).toBeNull()
})

test('a browser is sent back to the page, which says who has it', async () => {
  const page = await somethingBreaks()
  const sent = await ask('POST', page.actions.acknowledge, {
    ...browser,
    origin: 'null',
    'content-type': 'application/x-www-form-urlencoded',
  })
  expect(sent.status).toBe(303)
  expect(sent.headers.get('location')).toBe(new URL(page.actions.acknowledge).pathname)
  const { text } = await ask('GET', page.actions.acknowledge, browser)
  expect(text).toContain('Acknowledged by Ada Ekwueme')
  expect(text).not.toContain('>Acknowledge</button>')
  expect(text).toContain('>Resolve</button>')
  expect(text).toContain('>Escalate now</button>')
})

test('cookies are not read: neither a foreign session nor a foreign page changes who acts', async () => {
  const page = await somethingBreaks()
  const session = await signedIn('lin')
  const foreign = { cookie: session, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  expect(await ask('GET', page.actions.acknowledge, foreign)).toMatchObject({ status: 200 })
  const answer = await ask('POST', page.actions.acknowledge, foreign)
  expect(JSON.parse(answer.text)).toMatchObject({ done: 'acknowledged', by: 'ada' })
})

test('escalating by one page pages the next level once, however often it is pressed', async () => {
  const page = await somethingBreaks()
  const ofLin = () => phones.requests.filter((one) => one.path === '/lin' && one.json?.incident?.id === page.incident.id)
  expect(await pressed(page.actions.escalate)).toMatchObject({ done: 'escalated', by: 'ada', incident: { status: 'detected' } })
  await world.settle()
  expect(ofLin()).toHaveLength(1)
  expect(await pressed(page.actions.escalate)).toMatchObject({ done: 'already-escalated', by: 'ada' })
  // The page offers the same link again, not a fresh one.
  const { text } = await ask('GET', page.actions.acknowledge, browser)
  expect(text).toContain('Escalated ')
  expect(text).not.toContain('Escalate now')
  await world.settle()
  expect(ofLin()).toHaveLength(1)
  expect(await pressed(page.actions.resolve)).toMatchObject({ done: 'resolved' })
})

test('two presses at the same moment escalate once', async () => {
  const page = await somethingBreaks()
  const answers = await Promise.all([pressed(page.actions.escalate), pressed(page.actions.escalate)])
  expect(answers.map((one) => one['done']).sort()).toEqual(['already-escalated', 'escalated'])
  await pressed(page.actions.resolve)
})

test('a resolved incident is shown, and nothing brings it back', async () => {
  const page = await somethingBreaks()
  expect(await pressed(page.actions.resolve)).toMatchObject({ done: 'resolved', by: 'ada', incident: { status: 'resolved' } })
  expect(await pressed(page.actions.acknowledge)).toMatchObject({ done: 'already-resolved', by: 'ada' })
  expect(await pressed(page.actions.escalate)).toMatchObject({ done: 'already-resolved', by: 'ada' })
  const { text } = await ask('GET', page.actions.acknowledge, browser)
  expect(text).toContain('Resolved by Ada Ekwueme')
  expect(text).not.toContain('<button')
})

test('24 hours after the incident is resolved its links are over', async () => {
  const page = await somethingBreaks()
  await pressed(page.actions.resolve)
  await world.pass({ hours: 23, minutes: 59 })
  expect((await ask('GET', page.actions.acknowledge)).status).toBe(200)
  await world.pass({ minutes: 1 })
  const looked = await ask('GET', page.actions.acknowledge, browser)
  expect(looked.status).toBe(410)
  expect(looked.text).toContain('This link is over')
  expect(looked.text).toContain('Sign in')
  const posted = await ask('POST', page.actions.acknowledge)
  expect(posted.status).toBe(410)
  expect(JSON.parse(posted.text)).toMatchObject({ refusal: 'link-over' })
})

test('30 days after they were made links are over, and looking does not lengthen their life', async () => {
  const page = await somethingBreaks()
  await pressed(page.actions.acknowledge)
  await world.pass({ days: 29, hours: 23 })
  const looked = await ask('GET', page.actions.acknowledge)
  expect(looked.status).toBe(200)
  const offered = [...looked.text.matchAll(/action="([^"]+)"/g)].map((found) => found[1]!)
  expect(offered).toContain(new URL(page.actions.resolve).pathname)
  await world.pass({ hours: 1 })
  for (const action of [page.actions.acknowledge, ...offered]) expect((await ask('POST', action)).status).toBe(410)
  expect(await statusOf(page)).toBe('acknowledged')
})

test('a link ends with its contact: removed, or led elsewhere', async () => {
  const page = await somethingBreaks()
  await world.pass({ seconds: 1 })
  await world.configure(configuration.replace('/ada"', '/ada-on-a-new-phone"'))
  expect((await ask('POST', page.actions.acknowledge)).status).toBe(410)
  await world.configure(
    configuration
      .replace(/ {4}- \{ name: hook, channel: webhook, address: "[^"]+\/ada".*\n/, '')
      .replace('[ { contact: hook, after: 0s }, { contact: mail, after: 20s } ]', '[ { contact: mail, after: 20s } ]'),
  )
  const looked = await ask('GET', page.actions.acknowledge, browser)
  expect(looked.status).toBe(410)
  expect(looked.text).not.toContain('Disk is full')
  expect(await statusOf(page)).toBe('detected')
  await world.configure(configuration)
  expect((await ask('POST', page.actions.acknowledge)).status).toBe(200)
})

test('a link ends with its person, also when another of the same name comes', async () => {
  const page = await somethingBreaks()
  await world.pass({ seconds: 1 })
  await world.configure('kind: Person\nmetadata: { name: ada }\nspec: null')
  expect((await ask('POST', page.actions.acknowledge)).status).toBe(410)
  await world.configure(configuration)
  expect((await ask('POST', page.actions.acknowledge)).status).toBe(410)
  expect((await ask('GET', page.actions.acknowledge)).status).toBe(410)
  expect(await statusOf(page)).toBe('detected')
})

test('a link that was tampered with leads nowhere', async () => {
  const page = await somethingBreaks()
  const address = page.actions.acknowledge
  const wrong = address.slice(0, -1) + (address.endsWith('A') ? 'B' : 'A')
  const swapped = `/l/${Buffer.from(JSON.stringify(['r', page.page.id, 'hook', world.now()])).toString('base64url')}.${address.split('.').at(-1)}`
  for (const forged of [wrong, swapped, '/l/nonsense', '/l/a.b.c']) {
    expect(await ask('GET', forged, browser)).toMatchObject({ status: 404, text: expect.stringContaining('This link leads nowhere') })
    const posted = await ask('POST', forged)
    expect(posted.status).toBe(404)
    expect(JSON.parse(posted.text)).toMatchObject({ refusal: 'not-found' })
  }
  expect(await statusOf(page)).toBe('detected')
})

test('what an alert says is shown as text, never as part of the page', async () => {
  const page = await somethingBreaks('</h1><script>alert(1)</script><img src=x onerror=alert(2)>"\'')
  const { text } = await ask('GET', page.actions.acknowledge, browser)
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(text).not.toContain('<script')
  expect(text).not.toContain('<img')
})

/** A sign-in link, opened and pressed; answers the cookie. */
async function signedIn(person: string): Promise<string> {
  const { url } = await world.api.createLoginLink({ body: { person } })
  const answer = await ask('POST', url, browser)
  expect(answer.status).toBe(303)
  return answer.headers.get('set-cookie')!.split(';')[0]!
}

async function me(cookie: string): Promise<Answer> {
  return ask('GET', '/api/v1/me', { cookie })
}

test('a sign-in link signs in once, and only when its button is pressed', async () => {
  await world.configure(configuration)
  const { url, endsAt } = await world.api.createLoginLink({ body: { person: 'ada' } })
  expect(url).toMatch(/^http:\/\/tocsin\.test\/sign-in\/login_/)
  expect(Date.parse(endsAt)).toBe(world.now() + 15 * 60_000)
  for (const method of ['GET', 'HEAD', 'GET']) {
    const looked = await ask(method, url, browser)
    expect(looked.status).toBe(200)
    expect(looked.headers.get('set-cookie')).toBeNull()
    expect(looked.headers.get('cache-control')).toBe('no-store')
  }
  const foreign = await ask('POST', url, { ...browser, 'sec-fetch-site': 'cross-site' })
  expect(foreign.status).toBe(403)
  const entered = await ask('POST', url, browser)
  expect(entered.status).toBe(303)
  expect(entered.headers.get('location')).toBe('/')
  const cookie = entered.headers.get('set-cookie')!
  expect(cookie).toMatch(/^tocsin_session=session_[^;]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/)
  expect(JSON.parse((await me(cookie)).text)).toEqual({
    kind: 'person',
    label: 'ada',
    person: { name: 'ada', displayName: 'Ada Ekwueme', timeZone: 'Europe/Berlin', role: 'responder', language: null },
    permissions: ['incident:read', 'incident:declare', 'incident:act', 'comms:publish', 'config:read'],
  })
  const again = await ask('POST', url, browser)
  expect(again.status).toBe(410)
  expect(again.text).toContain('tocsin login-link')
  expect(again.headers.get('set-cookie')).toBeNull()
  expect(JSON.parse((await ask('POST', url)).text)).toMatchObject({ refusal: 'link-over' })
})

test('a sign-in link lasts 15 minutes', async () => {
  const { url } = await world.api.createLoginLink({ body: { person: 'ada' } })
  await world.pass({ minutes: 14, seconds: 59 })
  expect((await ask('GET', url)).status).toBe(200)
  await world.pass({ seconds: 1 })
  expect((await ask('GET', url, browser)).status).toBe(410)
  expect((await ask('POST', url, browser)).status).toBe(410)
})

test('signing out ends the session and clears the cookie; a foreign page cannot do it', async () => {
  const cookie = await signedIn('ada')
  expect((await ask('DELETE', '/api/v1/session', { cookie, origin: 'https://evil.example' })).status).toBe(403)
  expect((await me(cookie)).status).toBe(200)
  const out = await ask('DELETE', '/api/v1/session', { cookie })
  expect(out.status).toBe(200)
  expect(out.headers.get('set-cookie')).toContain('tocsin_session=; ')
  expect(out.headers.get('set-cookie')).toContain('Max-Age=0')
  expect((await me(cookie)).status).toBe(401)
})

test('an API token is shown once, acts by its role, and ends when it is revoked', async () => {
  const made = await world.api.createToken({ body: { label: 'deploy bot', role: 'viewer', person: 'lin' } })
  expect(made.secret).toMatch(/^tocsin_[\w-]{43}$/)
  const { items } = await world.api.listTokens()
  expect(items).toMatchObject([{ id: made.id, label: 'deploy bot', role: 'viewer', person: 'lin' }])
  expect(JSON.stringify(items)).not.toContain(made.secret)
  const bearer = { authorization: `Bearer ${made.secret}` }
  expect(JSON.parse((await ask('GET', '/api/v1/me', bearer)).text)).toMatchObject({
    kind: 'token',
    label: 'deploy bot',
    person: { name: 'lin' },
    permissions: ['incident:read', 'incident:declare', 'config:read'],
  })
  expect((await ask('GET', '/api/v1/tokens', bearer)).status).toBe(403)
  await world.api.revokeToken({ params: { id: made.id } })
  expect((await ask('GET', '/api/v1/me', bearer)).status).toBe(401)
  await expect(world.api.revokeToken({ params: { id: made.id } })).rejects.toMatchObject({ status: 404 })
  await expect(world.api.createLoginLink({ body: { person: 'nobody' } })).rejects.toMatchObject({ status: 422, refusal: 'no-such-person' })
  expect(JSON.parse((await ask('GET', '/api/v1/me', { authorization: `Bearer ${ADMIN_TOKEN}` })).text)).toMatchObject({
    kind: 'token',
    person: null,
  })
})
