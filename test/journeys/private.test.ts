import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '../../src/contract.ts'
import { writeDocuments } from '../../src/modules/documents/index.ts'
import { signLink } from '../../src/modules/incidents/index.ts'
import { insertScreenMessages } from '../../src/modules/paging/index.ts'
import { openApi } from '../../src/platform/openapi.ts'
import { listenTo } from '../world/listener.ts'
import { signedIn } from '../world/signed-in.ts'
import { type Incident, keyOf, type Stage, setStage } from '../world/stage.ts'
import { ADMIN_TOKEN } from '../world/world.ts'

/** Stands in every text of what is private: where it is read, something was disclosed. */
const MARK = 'zanzibarquux'

type Headers = Record<string, string>
interface Answer {
  status: number
  text: string
}

let stage: Stage
const log: string[] = []
/** Those who are no members, by what they are. */
const outsiders = new Map<string, Headers>()
let ada: Headers
let lin: Headers
let tess: Headers
/** Declared as private, and opened by an alert and made private after. */
let declared: Incident
let turned: Incident
/** What names either of them. */
let secrets: string[]
let alerts: string[]

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'], stepSeconds: 1, logged: (line) => log.push(line) })
  await stage.write({
    Person: {
      ...{ vic: { role: 'viewer' }, rae: { role: 'responder' }, max: { role: 'manager' }, abe: { role: 'admin' }, olga: { role: 'owner' } },
      ...{ tess: { role: 'viewer' } },
      lin: { contacts: [stage.phones.contact('lin'), { name: 'screen', channel: 'screen', address: 'phone' }] },
    },
    Team: { press: { members: ['tess'] }, vaults: { members: ['kim'], lead: 'kim' } },
    Schedule: { night: { timeZone: 'UTC', layers: [{ name: 'weekly', users: ['lin'], start: '2026-11-16T09:00', turn: '7d' }] } },
    EscalationPolicy: {
      vault: { levels: [{ after: '0s', notify: [{ schedule: 'night' }] }], catchAll: { notify: [{ person: 'lin' }] } },
    },
    Service: { vault: { policy: 'vault', team: 'vaults' } },
    Integration: { vaults: { source: 'generic', service: 'vault', key: keyOf('vaults') } },
  })
  const { world } = stage
  for (const person of ['vic', 'rae', 'max', 'abe', 'olga']) outsiders.set(person, await signedIn(world, person))
  for (const role of ['viewer', 'admin'] as const) {
    const { secret } = await world.api.createToken({ body: { label: `a program, ${role}`, role } })
    outsiders.set(`a token of nobody, ${role}`, { authorization: `Bearer ${secret}` })
  }
  const kims = await world.api.createToken({ body: { label: 'kim', role: 'admin', person: 'kim' } })
  outsiders.set('a token of kim, who is no member', { authorization: `Bearer ${kims.secret}` })
  outsiders.set('the admin token', { authorization: `Bearer ${ADMIN_TOKEN}` })
  ada = await signedIn(world, 'ada')
  lin = await signedIn(world, 'lin')
  tess = await signedIn(world, 'tess')

  // A program that a member has told; nobody else looks over its shoulder.
  const spec = { url: 'http://127.0.0.1:9998/', events: ['incident.opened', 'note.added'], secret: { env: 'TOCSIN_SECRET_NONE' } }
  await world.db.transaction((tx) =>
    writeDocuments(tx.sql, world.now(), 'person:ada', [{ kind: 'Hook', name: 'adas', spec, origin: { kind: 'api' } }]),
  )
  await world.settle()
  stage.phones.listen()
  // A number that stands nowhere else.
  await world.db.sql`select setval('incidents_number', 48151)`
  const opened = await ask(ada, 'POST', '/api/v1/incidents', {
    title: `A ${MARK} key has leaked`,
    summary: `It stood in a ${MARK} log.`,
    service: 'vault',
    severity: 1,
    visibility: 'private',
    members: [{ team: 'press' }],
  })
  expect(opened.status, opened.text).toBe(201)
  declared = JSON.parse(opened.text) as Incident
  await world.pass({ seconds: 5 })

  turned = (await stage.alarm(
    {
      title: `A ${MARK} door is open`,
      dedup_key: `${MARK}/door`,
      labels: { where: MARK },
      description: `${MARK} said so`,
      severity: 'critical',
    },
    'vaults',
  ))!
  await world.pass({ seconds: 5 })
  await ok(lin, 'POST', `/api/v1/incidents/${turned.id}/acknowledgement`, { via: 'web' })
  await ok(lin, 'PUT', `/api/v1/incidents/${turned.id}/visibility`, { visibility: 'private' })
  await ok(lin, 'POST', `/api/v1/incidents/${turned.id}/notes`, { text: `The ${MARK} was seen.` })
  await ok(ada, 'POST', `/api/v1/incidents/${declared.id}/notes`, { text: `The ${MARK} is new.` })
  // Part of it could not be used: a body that is listed apart.
  await world.post(`/in/${keyOf('vaults')}`, {
    title: `A ${MARK} door is open`,
    dedup_key: `${MARK}/door`,
    severity: 'critical',
    starts_at: MARK,
  })
  await world.settle()
  // As a drawn phone has shown it, before it was private.
  const shown = { ...stage.phones.page('lin'), person: { name: 'lin', displayName: 'Lin', language: 'en', timeZone: 'UTC' } }
  shown.incident = { ...shown.incident, id: turned.id, number: turned.number, title: MARK }
  await insertScreenMessages(world.db.sql, world.now(), [{ person: 'lin', contact: 'phone', content: JSON.stringify([shown]) }])
  alerts = (JSON.parse((await ask(lin, 'GET', `/api/v1/alerts?incident=${turned.id}`)).text) as { items: { id: string }[] }).items.map(
    ({ id }) => id,
  )
  secrets = [MARK, declared.id, turned.id, ...alerts]
  expect(alerts).toHaveLength(1)
}, 60_000)
afterAll(() => stage.close())

async function ask(headers: Headers, method: string, path: string, body?: unknown): Promise<Answer> {
  const reply = await fetch(`${stage.world.baseUrl}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), 'accept-language': 'en', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: reply.status, text: await reply.text() }
}

async function ok(headers: Headers, method: string, path: string, body: unknown): Promise<void> {
  const { status, text } = await ask(headers, method, path, body)
  expect(status, text).toBeLessThan(300)
}

interface Parameter {
  name: string
  in: 'path' | 'query'
  schema: { type?: string; enum?: string[]; items?: { enum?: string[] } }
}
interface Operation {
  parameters?: Parameter[]
  requestBody?: { content: { 'application/json': { schema: Schema } } }
}
interface Schema {
  type?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  items?: Schema
  properties?: Record<string, Schema>
}
const document = openApi(contract, { title: '', version: '', description: '' }) as { paths: Record<string, Record<string, Operation>> }

/** What is known under each place of an address. A route with a place that stands in no list here is not walked, and fails. */
async function known(): Promise<Record<string, string[]>> {
  const kinds = ['people', 'teams', 'services', 'schedules', 'policies', 'integrations', 'hooks']
  const items = async (kind: string) =>
    (
      JSON.parse((await ask({ authorization: `Bearer ${ADMIN_TOKEN}` }, 'GET', `/api/v1/configuration/${kind}?limit=200`)).text) as {
        items: { name: string }[]
      }
    ).items.map(({ name }) => name)
  const names = Object.fromEntries(await Promise.all(kinds.map(async (kind) => [kind, await items(kind)] as const)))
  const told = (await stage.world.db.sql<{ id: string }>`select id from hooks_deliveries where incident_id = ${declared.id}`).map(
    ({ id }) => id,
  )
  expect(told.length).toBeGreaterThan(0)
  const numbers = [declared, turned].map(({ number }) => number)
  const incidents = [declared.id, turned.id, ...numbers, ...numbers.map((number) => number.replace('INC-', ''))]
  const page = stage.phones.page('lin').page.id
  const link = (incidentId: string) =>
    signLink(stage.world.parts.secretKey.linkKey, {
      ...{ action: 'acknowledge', incidentId, pageId: page.replace(/^inc_\w+/, incidentId), person: 'lin', contact: 'lin' },
      issuedAt: stage.world.now(),
    })
  return {
    ...names,
    incidents,
    alerts,
    deliveries: told,
    attachments: ['att_01hzzzzzzzzzzzzzzzzzzzzzzz'],
    'demo/phones': names['people']!,
    configuration: kinds,
    'configuration/:kind': Object.values(names).flat(),
    i: incidents,
    l: [link(declared.id), link(turned.id)],
    // Made to sign in, and what a vendor asks by its own key.
    'sign-in': ['x'],
    login: ['x'],
    in: [keyOf('vaults')],
  }
}

/** `/api/v1/incidents/:id/pages` with every incident in its place. */
function filled(path: string, values: Record<string, string[]>): string[] {
  const place = /(?:^|\/)((?:[\w-]+\/)?[\w:-]+)\/[:{](\w+)\}?/.exec(path)
  if (!place) return [path]
  const [whole, before] = place as unknown as [string, string]
  const short = before.split('/').at(-1)!
  const options = values[before] ?? values[short]
  if (options === undefined) throw new Error(`The crawl knows nothing to put behind ${before} in ${path}: say in known() what is there.`)
  const name = whole.slice(whole.lastIndexOf('/'))
  // What has been put in its place keeps its kind, for what follows it.
  return options.flatMap((option) => filled(path.replace(name, `/${encodeURIComponent(option)}`), values))
}

/** Everything that can be looked at: routes, as they are declared, with every filter that takes a text or a word of a list. */
async function addresses(): Promise<string[]> {
  const values = await known()
  const all: string[] = []
  for (const { method, path } of stage.world.app.http.routes()) {
    if (method !== 'GET' || (path.endsWith('/events') && path === '/api/v1/events')) continue
    if (path === '/*') continue
    const filledPaths = path.startsWith('/api/v1/configuration/:kind/:name')
      ? ['people', 'teams', 'services', 'schedules', 'policies', 'integrations'].flatMap((kind) =>
          values[kind]!.map((name) => path.replace(':kind', kind).replace(':name', name)),
        )
      : filled(path, { ...values, ...wordsOf(path) })
    all.push(...filledPaths)
    const operation = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.['get']
    for (const { name, in: place, schema } of operation?.parameters ?? []) {
      if (place !== 'query' || name === 'cursor') continue
      const words = schema.enum ?? schema.items?.enum ?? (schema.type === 'integer' || schema.type === 'number' ? [] : textsFor(name))
      for (const word of words) for (const one of filledPaths) all.push(`${one}?${name}=${encodeURIComponent(word)}`)
    }
  }
  return all
}

/** Places that take one of a few words say so themselves. */
function wordsOf(path: string): Record<string, string[]> {
  const parameters = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.['get']?.parameters ?? []
  return Object.fromEntries(
    parameters.flatMap(({ name, in: place, schema }) => {
      const before = path.split('/').at(path.split('/').indexOf(`:${name}`) - 1)!
      return place === 'path' && schema.enum && !before.startsWith(':') ? [[before, schema.enum]] : []
    }),
  )
}

function textsFor(name: string): string[] {
  const named = [declared.id, turned.number, `${MARK}/door`, MARK]
  const own: Record<string, string[]> = {
    label: [`where=${MARK}`],
    service: ['vault'],
    integration: ['vaults'],
    team: ['vaults'],
    person: ['lin'],
    acknowledgedBy: ['lin'],
    waitingFor: ['lin'],
    ...{ since: ['2026-11-01T00:00:00Z'], until: ['2026-12-01T00:00:00Z'], at: ['2026-11-20T03:11:00Z'] },
  }
  return own[name] ?? named
}

/** What an answer discloses, beside what was asked. */
function disclosed(asked: string, { status, text }: Answer): string[] {
  const plain = text.toLowerCase()
  const numbers = [declared, turned].map(({ number }) => number.toLowerCase())
  // A refusal may say again what it was asked; that it is the one of an incident that never was is tested apart.
  const asking = decodeURIComponent(asked).toLowerCase()
  return [...secrets, ...numbers].filter((one) => plain.includes(one) && !(status >= 400 && asking.includes(one.replace('inc-', ''))))
}

describe('whoever is no member of a private incident', () => {
  test('reads nothing of it on any route, by any filter', { timeout: 240_000 }, async () => {
    const all = await addresses()
    const found: string[] = []
    for (const [who, headers] of outsiders)
      for (const address of all) {
        // A link is for whoever holds it: what it says is tested below.
        if (address.startsWith('/l/')) continue
        const answer = await ask(headers, 'GET', address)
        expect.soft(answer.status, `${address} for ${who}: ${answer.text.slice(0, 200)}`).toBeLessThan(500)
        for (const secret of disclosed(address, answer)) found.push(`${secret} in ${address} for ${who}`)
      }
    expect(found).toEqual([])
  })

  test('is answered as if it had never been, whatever is asked or done', { timeout: 120_000 }, async () => {
    const never = { id: 'inc_01hzzzzzzzzzzzzzzzzzzzzzzz', number: 'INC-999999' }
    const different: string[] = []
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      path.startsWith('/api/v1/incidents/{id}') && !path.endsWith('/glass')
        ? Object.entries(methods).map(([method, { requestBody }]) => ({
            ...{ path, method: method.toUpperCase() },
            body: requestBody && likely(requestBody.content['application/json'].schema),
          }))
        : [],
    )
    expect(operations.length).toBeGreaterThan(10)
    for (const [who, headers] of outsiders)
      for (const { path, method, body } of operations) {
        const at = async (ref: string) => {
          const { status, text } = await ask(
            headers,
            method,
            path
              .replace('{id}', ref)
              .replace('{person}', 'rae')
              .replace(/\{\w+\}/g, 'x'),
            body,
          )
          return `${status} ${text.replaceAll(ref, '…')}`
        }
        for (const [ours, theirs] of [
          [declared.id, never.id],
          [declared.number, never.number],
          [turned.id, never.id],
        ] as const) {
          const [asked, unknown] = [await at(ours), await at(theirs)]
          if (asked !== unknown) different.push(`${method} ${path} for ${who}: ${asked}, not ${unknown}`)
          if (asked.startsWith('2')) different.push(`${method} ${path} for ${who} was done`)
        }
      }
    expect(different).toEqual([])
  })

  test('counts it nowhere', async () => {
    const read = async <Reply>(headers: Headers, path: string) => JSON.parse((await ask(headers, 'GET', `/api/v1${path}`)).text) as Reply
    interface Counts {
      incidents: number
      onService: number
      onTeam: number
      alerts: number
      volume: { alerts: number; incidents: number; pages: number }
    }
    const counts = async (headers: Headers): Promise<Counts> => ({
      incidents: (await read<{ counted: number }>(headers, '/incidents/facets')).counted,
      onService: (await read<{ openIncidents: number }>(headers, '/services/vault')).openIncidents,
      onTeam: (await read<{ openIncidents: number }>(headers, '/teams/vaults')).openIncidents,
      alerts: (await read<{ counted: number }>(headers, '/alerts/facets')).counted,
      volume: await read<Counts['volume']>(headers, '/alerts/volume?hours=24').then(({ alerts: opened, incidents, pages }) => ({
        ...{ alerts: opened, incidents, pages },
      })),
    })
    for (const [who, headers] of outsiders)
      expect(await counts(headers), who).toEqual({
        ...{ incidents: 0, onService: 0, onTeam: 0, alerts: 0, volume: { alerts: 0, incidents: 0, pages: 0 } },
      })
    expect(await counts(lin)).toMatchObject({ incidents: 2, onService: 2, onTeam: 2, alerts: 1, volume: { alerts: 1, incidents: 2 } })
  })

  test('hears nothing of it while it happens, and goes on hearing the rest', async () => {
    const { world } = stage
    const streams = await Promise.all([...outsiders].map(async ([who, headers]) => ({ who, stream: await listenTo(world, headers, '') })))
    const members = await Promise.all([ada, lin, tess].map((headers) => listenTo(world, headers, '')))
    const later: Incident = JSON.parse(
      (
        await ask(ada, 'POST', '/api/v1/incidents', {
          title: `Another ${MARK}`,
          service: 'vault',
          visibility: 'private',
          members: [{ team: 'press' }],
        })
      ).text,
    )
    await world.settle()
    await ok(ada, 'POST', `/api/v1/incidents/${later.id}/notes`, { text: `${MARK} again` })
    await ok(ada, 'POST', `/api/v1/incidents/${later.id}/acknowledgement`, { via: 'web' })
    await ok(ada, 'PATCH', `/api/v1/incidents/${later.id}`, { title: `Yet another ${MARK}`, severity: 1 })
    await ok(ada, 'POST', `/api/v1/incidents/${later.id}/transitions`, { act: 'cancel', reason: `No ${MARK} at all` })
    const open: Incident = JSON.parse((await ask(ada, 'POST', '/api/v1/incidents', { title: 'Seen by all' })).text)
    for (const { stream } of streams) await stream.until(() => stream.heard().includes(open.id))
    for (const stream of members) await stream.until(() => stream.heard().includes(open.id))
    for (const { who, stream } of streams)
      for (const secret of [...secrets, later.id]) expect(stream.heard().toLowerCase(), `${secret} for ${who}`).not.toContain(secret)
    for (const stream of members) {
      expect(stream.heard()).toContain(MARK)
      expect(stream.heard()).toContain(later.id)
    }
    for (const stream of [...streams.map((one) => one.stream), ...members]) await stream.leave()
    await ok(ada, 'POST', `/api/v1/incidents/${open.id}/transitions`, { act: 'cancel', reason: 'Nothing was wrong.' })
  })
})

test('a member reads it wherever it is, so that the crawl would have found it', { timeout: 60_000 }, async () => {
  const bare = (address: string) => address.replace(/\/(inc_|alr_)[^/?]+/, '/:id').replace(/\?.*$/, '')
  const seen = new Set<string>()
  for (const address of await addresses()) {
    const answer = await ask(lin, 'GET', address)
    if (disclosed('', answer).length > 0) seen.add(bare(address))
  }
  expect([...seen]).toEqual(
    expect.arrayContaining([
      ...['/api/v1/incidents', '/api/v1/incidents/:id', '/api/v1/incidents/:id/timeline', '/api/v1/incidents/:id/pages'],
      ...['/api/v1/alerts', '/api/v1/alerts/:id', '/api/v1/alerts/:id/payload', '/api/v1/alerts/:id/why', '/api/v1/unparsed-events'],
      ...['/api/v1/integrations/vaults/events', '/api/v1/people/lin', '/api/v1/services', '/api/v1/teams/vaults'],
      '/api/v1/demo/phones/lin/messages',
    ]),
  )
})

test('members are those who declared it, were named, or were paged for it, and everybody in a team that is one', async () => {
  const asked = async (headers: Headers, { id }: Incident) => {
    const { status, text } = await ask(headers, 'GET', `/api/v1/incidents/${id}`)
    return status === 200
      ? (JSON.parse(text) as Incident).members!.map(({ person, team, how }) => `${person ?? `team ${team}`}, ${how}`)
      : status
  }
  expect(await asked(ada, declared)).toEqual(['ada, declaring', 'lin, page', 'team press, hand'])
  expect(await asked(lin, declared)).toEqual(await asked(ada, declared))
  expect(await asked(tess, declared)).toEqual(await asked(ada, declared))
  expect(await asked(lin, turned)).toEqual(['lin, role'])
  expect(await asked(ada, turned)).toBe(404)
  await stage.write({ Team: { press: { members: ['vic'] } } })
  expect(await asked(tess, declared)).toBe(404)
  expect(await asked(outsiders.get('vic')!, declared)).not.toBe(404)
  await stage.write({ Team: { press: { members: ['tess'] } } })
})

test('a phone and the page behind its link tell a number and a level', async () => {
  const { world } = stage
  const messages = stage.phones.messages('lin').filter(({ json }) => json?.incident?.id === declared.id)
  expect(messages.length).toBeGreaterThan(0)
  for (const { raw } of messages) expect(raw.toString()).not.toContain(MARK)
  expect(messages[0]!.json).toMatchObject({ incident: { number: declared.number, title: 'Private incident', severity: 1, service: null } })

  const { acknowledge } = stage.phones.page('lin').actions
  const { l } = await known()
  for (const token of l!) {
    const night = await ask({}, 'GET', `/l/${token}`)
    expect(night.status, night.text).toBe(200)
    expect(night.text).not.toContain(MARK)
    expect(night.text).toContain('Private incident')
    const acted = await ask({ accept: 'application/json' }, 'POST', `/l/${token}`)
    expect([acted.status, acted.text.includes(MARK)]).toEqual([200, false])
  }
  expect(acknowledge).toContain('/l/')
  await world.settle()
  // Who is taken off those who may see it holds a link to nothing.
  await ok(ada, 'DELETE', `/api/v1/incidents/${declared.id}/members/lin`, undefined)
  expect((await ask({}, 'GET', `/l/${l![0]}`)).status).toBe(410)
  expect((await ask(lin, 'GET', `/api/v1/incidents/${declared.id}`)).status).toBe(404)
  await ok(ada, 'PUT', `/api/v1/incidents/${declared.id}/members/lin`, undefined)
})

test('the log of the server never says what it is about', () => {
  expect(log.filter((line) => line.toLowerCase().includes(MARK))).toEqual([])
})

test('the glass is broken by an owner or admin who has signed in, with a reason that all members read', async () => {
  const path = `/api/v1/incidents/${declared.number}/glass`
  const reason = 'The press has called about it.'
  const glass = async (who: string, said: unknown, at = path) => {
    const { status, text } = await ask(outsiders.get(who)!, 'POST', at, said)
    return [status, (JSON.parse(text) as { refusal?: string }).refusal]
  }
  expect(await glass('max', { reason })).toEqual([403, 'not-allowed'])
  expect(await glass('the admin token', { reason })).toEqual([403, 'person-wanted'])
  expect(await glass('olga', { reason: 'because' })).toEqual([422, 'reason-wanted'])
  expect(await glass('olga', { reason }, '/api/v1/incidents/INC-999999/glass')).toEqual([404, 'not-found'])
  expect((await ask(outsiders.get('olga')!, 'GET', `/api/v1/incidents/${declared.id}`)).status).toBe(404)

  expect(await glass('olga', { reason })).toEqual([200, undefined])
  expect((await ask(outsiders.get('olga')!, 'GET', `/api/v1/incidents/${declared.id}`)).status).toBe(200)
  const { items } = JSON.parse((await ask(ada, 'GET', `/api/v1/incidents/${declared.id}/timeline?limit=200`)).text) as {
    items: { type: string; actor: string; data: object }[]
  }
  expect(items.at(-1)).toMatchObject({ type: 'incident.member-added', actor: 'person:olga', data: { who: 'olga', by: 'glass', reason } })
  const tried = log.map((line) => JSON.parse(line) as { msg: string; person?: string; incident?: string; found?: boolean })
  expect(
    tried.filter(({ msg }) => msg === 'somebody breaks the glass').map(({ person, incident, found }) => [person, incident, found]),
  ).toEqual([
    ['olga', declared.number, true],
    ['olga', 'INC-999999', false],
    ['olga', declared.number, true],
  ])
})

test('only its declarer makes it public, and says that it is meant', async () => {
  const path = `/api/v1/incidents/${declared.id}/visibility`
  const refusal = async (headers: Headers, said: unknown) => {
    const { status, text } = await ask(headers, 'PUT', path, said)
    return [status, (JSON.parse(text) as { refusal?: string }).refusal]
  }
  expect(await refusal(lin, { visibility: 'public', confirm: true })).toEqual([409, 'not-yours'])
  expect(await refusal(ada, { visibility: 'public' })).toEqual([422, 'confirm-wanted'])
  expect(await refusal(ada, { visibility: 'public', confirm: true })).toEqual([200, undefined])
  expect((await ask(outsiders.get('vic')!, 'GET', `/api/v1/incidents/${declared.id}`)).status).toBe(200)
  expect(await refusal(ada, { visibility: 'private' })).toEqual([200, undefined])
  expect((await ask(outsiders.get('vic')!, 'GET', `/api/v1/incidents/${declared.id}`)).status).toBe(404)
})

test('members are named with the mend where something is wrong', async () => {
  const declare = async (headers: Headers, said: object) => {
    const { status, text } = await ask(headers, 'POST', '/api/v1/incidents', { title: 'x', ...said })
    const { refusal, message } = JSON.parse(text) as { refusal: string; message: string }
    return [status, refusal, message]
  }
  const nobody = outsiders.get('a token of nobody, admin')!
  expect(await declare(nobody, { visibility: 'private' })).toEqual([422, 'no-members', expect.stringContaining('members')])
  expect(await declare(ada, { visibility: 'private', members: [{ person: 'zoe' }] })).toEqual([
    422,
    'no-such-person',
    expect.stringContaining('zoe'),
  ])
  expect(await declare(ada, { visibility: 'private', members: [{ team: 'zoo' }] })).toEqual([
    422,
    'no-such-team',
    expect.stringContaining('zoo'),
  ])
  expect(await declare(ada, { members: [{ person: 'lin' }] })).toEqual([400, 'invalid', expect.stringContaining('members')])
  const last = await ask(lin, 'DELETE', `/api/v1/incidents/${turned.id}/members/lin`)
  expect([last.status, last.text]).toEqual([409, expect.stringContaining('last-member')])
})

/** Something a schema takes, as far as that is easily told. */
function likely(schema: Schema): unknown {
  if (schema.anyOf) return likely(schema.anyOf[0]!)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'integer' || schema.type === 'number') return 1
  if (schema.type === 'boolean') return false
  if (schema.type === 'array') return [likely(schema.items ?? {})]
  if (schema.type === 'string') return 'a long enough text'
  return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, one]) => [name, likely(one)]))
}
