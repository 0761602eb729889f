import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { contract } from '../../src/contract.ts'
import type { Route } from '../../src/platform/contract.ts'
import { pause } from '../../src/platform/pause.ts'
import { signedIn } from '../world/signed-in.ts'
import { type Stage, setStage } from '../world/stage.ts'
import { ADMIN_TOKEN } from '../world/world.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'], isWired: true })
  await stage.policy(['0s ada', '1h lin'], 'kim')
  await stage.write({ Schedule: { night: { timeZone: 'UTC', layers: [] } } })
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

/** As a program asks that has never heard of our client. */
async function ask(
  method: string,
  path: string,
  { body, key, headers }: { body?: unknown; key?: string; headers?: Record<string, string> } = {},
) {
  const reply = await fetch(`${stage.world.baseUrl}${path}`, {
    method,
    redirect: 'manual',
    headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...(key !== undefined && { 'idempotency-key': key }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await reply.text()
  return { status: reply.status, retryAfter: reply.headers.get('retry-after'), text }
}

/** How many rows each table holds, but for what is only counted or kept of the question itself. */
async function rows(): Promise<Record<string, number>> {
  const { sql } = stage.world.db
  const [row] = await sql<{ counts: Record<string, number> }>`
    select json_object_agg(relname, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', relname), false, true, '')))[1]::text::int) as counts
    from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and not relispartition`
  return row!.counts
}

type Names = keyof typeof contract
type Writes = { [N in Names]: (typeof contract)[N] extends { method: 'GET' } | { looks: true } | { raw: true } ? never : N }[Names]

/** One of each write the API has: the compiler asks for what is new. Ask for what each is about, and the request. */
const WRITES: { [N in Writes]: () => Promise<{ path: string; body?: unknown; headers?: Record<string, string> }> } = {
  acknowledgeIncident: async () => ({ path: `/incidents/${(await stage.alarm())!.id}/acknowledgement`, body: {} }),
  addMember: async () => privately(({ id }) => `/incidents/${id}/members/lin`),
  addMemberTeam: async () => {
    const made = await team()
    return privately(({ id }) => `/incidents/${id}/members/teams/${made}`)
  },
  actOnIncident: async () => ({ path: `/incidents/${await declared()}/transitions`, body: { act: 'investigate' } }),
  addNote: async () => ({ path: `/incidents/${(await stage.alarm())!.id}/notes`, body: { text: 'Looking' } }),
  addFollowUp: async () => ({ path: `/incidents/${await declared()}/follow-ups`, body: { text: 'Alert on retries' } }),
  addTask: async () => ({ path: `/incidents/${await declared()}/tasks`, body: { text: 'Check p99', due: '3m' } }),
  changeTask: async () => {
    const { id } = await stage.world.api.addTask({ params: { id: await declared() }, body: { text: 'Check p99' } })
    return { path: `/tasks/${id}`, body: { state: 'done' } }
  },
  objectToPoll: async () => {
    const { id } = await stage.world.api.openPoll({ params: { id: await declared() }, body: { text: 'Roll back' } })
    return { path: `/polls/${id}/objections`, body: { text: 'It has data' } }
  },
  openPoll: async () => ({ path: `/incidents/${await declared()}/polls`, body: { text: 'Roll back' } }),
  postUpdate: async () => ({ path: `/incidents/${await declared()}/updates`, body: { text: 'Looking' } }),
  answerOffer: async () => {
    const id = await declared()
    const { api } = stage.world
    await api.offerRole({ params: { id, role: 'commander' }, body: { to: 'ada' } })
    return { path: `/incidents/${id}/roles/commander/handover/answer`, headers: await asAda('responder'), body: { accept: true } }
  },
  applyConfiguration: async () => ({
    path: '/configuration/apply',
    body: {
      files: [
        {
          file: 'a.yaml',
          text: `apiVersion: tocsin.dev/v1\nkind: Person\nmetadata: { name: mo }\nspec: { displayName: ${randomUUID()} }\n`,
        },
      ],
    },
  }),
  breakGlass: async () => {
    await stage.write({ Person: { olga: { role: 'owner' } } })
    const { path } = await privately(({ id }) => `/incidents/${id}/glass`)
    return { path, headers: { authorization: '', ...(await signedIn(stage.world, 'olga')) }, body: { reason: 'The press has called.' } }
  },
  changeCheck: async () => ({
    path: `/incidents/${await declared()}/checklists/resolution/team-confirms`,
    body: { state: 'met', evidence: 'asked them' },
  }),
  changeIncident: async () => ({ path: `/incidents/${(await stage.alarm())!.id}`, body: { title: 'Another' } }),
  changeReminder: async () => {
    const { items } = await stage.world.api.listReminders({ params: { id: await declared() } })
    return { path: `/reminders/${items[0]!.id}`, body: { snooze: '10m' } }
  },
  readNotices: async () => ({ path: '/people/ada/notices/read', headers: await asAda('responder') }),
  pageResponder: async () => ({ path: `/incidents/${await declared()}/responders`, body: { person: 'lin', message: 'databases' } }),
  releaseResponder: async () => {
    const id = await declared()
    const { id: responder } = await stage.world.api.pageResponder({ params: { id }, body: { person: 'lin' } })
    return { path: `/incidents/${id}/responders/${responder}` }
  },
  createLoginLink: async () => ({ path: '/login-links', body: { person: 'ada' } }),
  createToken: async () => ({ path: '/tokens', body: { label: 'bot' } }),
  declareExisting: async () => ({ path: `/incidents/${(await stage.alarm())!.id}/declaration`, body: {} }),
  declareIncident: async () => ({ path: '/incidents', body: { title: 'Checkout is slow', service: 'api' } }),
  deleteEntry: async () => ({ path: `/incidents/${await noted()}`, body: {} }),
  deleteObject: async () => ({ path: `/configuration/teams/${await team()}` }),
  editEntry: async () => ({ path: `/incidents/${await noted()}`, body: { text: 'Looking again' } }),
  ejectObject: async () => ({ path: `/configuration/teams/${await team()}/ejection`, body: {} }),
  endOverride: async () => ({ path: `/schedules/night/overrides/${await override()}` }),
  escalateIncident: async () => ({ path: `/incidents/${(await stage.alarm())!.id}/escalation`, body: {} }),
  giveRole: async () => ({ path: `/incidents/${await declared()}/roles/commander`, body: { person: 'ada' } }),
  leaveRole: async () => {
    const id = await declared()
    await stage.world.api.giveRole({ params: { id, role: 'commander' }, body: { person: 'ada' } })
    return { path: `/incidents/${id}/roles/commander`, headers: await asAda('responder') }
  },
  offerRole: async () => ({ path: `/incidents/${await declared()}/roles/commander/handover`, body: { to: 'ada' } }),
  withdrawOffer: async () => {
    const id = await declared()
    await stage.world.api.offerRole({ params: { id, role: 'commander' }, body: { to: 'ada' } })
    return { path: `/incidents/${id}/roles/commander/handover` }
  },
  importTimeline: async () => ({
    path: `/incidents/${(await stage.alarm())!.id}/timeline/import`,
    body: { format: 'jsonl', content: '{"at":"2026-01-05T08:00:00Z","text":"Deployed"}' },
  }),
  makeIntegrationKey: async () => ({ path: '/integrations/alarms/keys', body: {} }),
  makeOverride: async () => ({ path: '/schedules/night/overrides', body: { person: 'lin', until: '2027-01-01T00:00:00Z' } }),
  setMoment: async () => ({ path: `/incidents/${await declared()}/moments/impactStarted`, body: { at: '2026-01-01T00:00:00Z' } }),
  removeAttachment: async () => {
    const { id } = (await stage.alarm())!
    const reply = await fetch(`${stage.world.baseUrl}/api/v1/incidents/${id}/attachments?name=graph.png`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      body: randomUUID(),
    })
    return { path: `/incidents/${id}/attachments/${((await reply.json()) as { id: string }).id}` }
  },
  makeHookSecret: async () => ({ path: `/hooks/${await hook()}/secret`, body: {} }),
  retireHookSecret: async () => ({ path: `/hooks/${await hook()}/secret/older` }),
  testHook: async () => ({ path: `/hooks/${await hook()}/test`, body: {} }),
  redeliver: async () => {
    const told = await hook()
    const { id } = await stage.world.api.testHook({ params: { name: told }, body: {} })
    return { path: `/hooks/${told}/deliveries/${id}/redelivery`, body: {} }
  },
  putObject: async () => ({ path: `/configuration/teams/${name()}`, body: { spec: { members: ['ada'] } } }),
  pagePerson: async () => {
    await stage.world.pass({ seconds: 15 })
    return { path: '/people/ada/test', body: {} }
  },
  putOwnPerson: async () => ({
    path: '/me/person',
    headers: await asAda('responder'),
    body: {
      spec: { ...(await stage.world.api.getObject({ params: { kind: 'people', name: 'ada' } })).spec, displayName: `Ada ${name()}` },
    },
  }),
  putPreferences: async () => ({
    path: '/me/preferences',
    headers: await asAda('viewer'),
    body: { language: 'de', timeZone: 'browser', theme: 'dark', singleKeys: true, keys: {} },
  }),
  startDemo: async () => {
    await stage.world.api.removeDemo()
    return { path: '/demo', body: {} }
  },
  startOutage: async () => {
    await stage.world.api.startDemo({ body: {} }).catch(() => {})
    await stage.world.db.sql`update platform_installation set demo_outage = null`
    return { path: '/demo/outage', body: {} }
  },
  removeDemo: async () => ({ path: '/demo' }),
  redactEntry: async () => ({ path: `/incidents/${await noted()}/redaction`, body: { reason: 'a password' } }),
  showFirstSteps: async () => ({ path: '/first-steps', body: { shown: false } }),
  removeMember: async () => privately(({ id }) => `/incidents/${id}/members/kim`),
  removeMemberTeam: async () => privately(({ id }) => `/incidents/${id}/members/teams/no-team`),
  setVisibility: async () => ({
    ...(await privately(({ id }) => `/incidents/${id}/visibility`)),
    body: { visibility: 'public', confirm: true },
  }),
  addLink: async () => ({ path: `/incidents/${await declared()}/links`, body: { link: 'https://status.example' } }),
  removeLink: async () => {
    const id = await declared()
    const { items } = await stage.world.api.addLink({ params: { id }, body: { link: 'https://status.example' } })
    return { path: `/incidents/${id}/links/${items[0]!.id}` }
  },
  mergeIncident: async () => ({ path: `/incidents/${await declared()}/merge`, body: { into: await declared() } }),
  moveAlerts: async () => ({ path: `/incidents/${await declared()}/alerts`, body: { alerts: [(await declaredAlert()).alert] } }),
  splitIncident: async () => {
    const { alert, incident } = await declaredAlert()
    return { path: `/incidents/${incident}/split`, body: { alerts: [alert] } }
  },
  unmergeIncident: async () => {
    const id = await declared()
    await stage.world.api.mergeIncident({ params: { id }, body: { into: await declared() } })
    return { path: `/incidents/${id}/merge` }
  },
  resolveIncident: async () => ({ path: `/incidents/${(await stage.alarm())!.id}/resolution`, body: {} }),
  resumePaging: async () => {
    await stage.alarm()
    await pause(stage.world.db.sql, stage.world.now(), 'asked')
    return { path: '/pause' }
  },
  revokeIntegrationKey: async () => ({ path: `/integrations/alarms/keys/${await integrationKey()}` }),
  revokeToken: async () => ({ path: `/tokens/${(await stage.world.api.createToken({ body: { label: 'old', role: 'viewer' } })).id}` }),
  testContact: async () => {
    await stage.world.pass({ seconds: 15 })
    return { path: '/people/ada/contacts/ada/test', body: {} }
  },
  testIntegration: async () => ({ path: '/integrations/alarms/test', body: {} }),
}

/** The test of an integration waits until it was worked off. */
async function workingOff<Answer>(asked: Promise<Answer>): Promise<Answer> {
  let isOver = false
  const over = asked.finally(() => {
    isOver = true
  })
  while (!isOver) {
    await new Promise((resolve) => setImmediate(resolve))
    await stage.world.app.engine.settle(['intake']).catch(() => {})
  }
  return over
}

async function asAda(role: 'viewer' | 'responder'): Promise<Record<string, string>> {
  return { authorization: `Bearer ${(await stage.world.api.createToken({ body: { label: 'Ada', role, person: 'ada' } })).secret}` }
}

/** Asks something of an incident that Ada and Kim alone see, as Ada. */
async function privately(pathOf: (incident: { id: string }) => string) {
  const headers = await asAda('responder')
  const declared = await ask('POST', '/api/v1/incidents', {
    headers,
    body: { title: 'A key has leaked', visibility: 'private', members: [{ person: 'kim' }] },
  })
  return { path: pathOf(JSON.parse(declared.text)), headers }
}

async function declared(): Promise<string> {
  return (await stage.world.api.declareIncident({ body: { title: 'Checkout is slow', service: 'api' }, query: {} })).id
}

async function declaredAlert(): Promise<{ alert: string; incident: string }> {
  const { id: incident } = (await stage.alarm({ dedup_key: name() }))!
  await stage.world.api.declareExisting({ params: { id: incident }, body: {} })
  return { incident, alert: (await stage.world.api.listAlerts({ query: { incident, limit: 1 } })).items[0]!.id }
}

async function noted(): Promise<string> {
  const { id } = (await stage.alarm())!
  return `${id}/timeline/${(await stage.world.api.addNote({ params: { id }, body: { text: `Looking ${name()}` } })).seq}`
}

let names = 0
const name = () => `team-${++names}`
async function team(): Promise<string> {
  const made = name()
  await stage.world.api.putObject({ params: { kind: 'teams', name: made }, body: { spec: { members: ['ada'] } } })
  return made
}
async function hook(): Promise<string> {
  const made = name()
  await stage.world.api.putObject({ params: { kind: 'hooks', name: made }, body: { spec: { url: stage.phones.contact('hook').address } } })
  await stage.world.api.makeHookSecret({ params: { name: made }, body: {} })
  return made
}
const override = async () =>
  (await stage.world.api.makeOverride({ params: { name: 'night' }, body: { person: 'lin', until: '2027-01-01T00:00:00Z' } })).id
const integrationKey = async () => (await stage.world.api.makeIntegrationKey({ params: { name: 'alarms' }, body: {} })).keys[0]!.id

const writes = Object.entries(WRITES).map(([write, make]) => ({ write: write as Writes, make }))

describe.each(writes)('$write', ({ write, make }) => {
  const { method, status = 200 } = contract[write] as Route

  test('sent twice under one key is done once, and answered the same', async () => {
    const { path, ...asked } = await make()
    const first = await workingOff(ask(method, `/api/v1${path}`, { ...asked, key: `once ${write}` }))
    await stage.world.settle()
    const before = await rows()
    expect(first.status, first.text).toBe(status)
    expect(await ask(method, `/api/v1${path}`, { ...asked, key: `once ${write}` })).toEqual(first)
    expect(await rows()).toEqual(before)
  })

  test('whose answer was lost with the connection is answered truly', async () => {
    const { path, ...asked } = await make()
    stage.world.wire!.cutAt('commit', 'after')
    const first = await workingOff(ask(method, `/api/v1${path}`, { ...asked, key: `lost ${write}` }))
    await stage.world.settle()
    const before = await rows()
    expect(first.status, first.text).toBe(status)
    expect(await ask(method, `/api/v1${path}`, { ...asked, key: `lost ${write}` })).toEqual(first)
    expect(await rows()).toEqual(before)
  })
})

describe('a write that nobody repeats', () => {
  const declaring = { body: { title: 'Checkout is slow', service: 'api' } }
  const open = async () => (await stage.world.api.listIncidents({ query: { status: ['open'] } })).items.length

  test('is told that nobody knows whether it happened when its answer was lost, and never that nothing was changed', async () => {
    stage.world.wire!.cutAt('commit', 'after')
    const reply = await ask('POST', '/api/v1/incidents', declaring)
    expect(reply).toMatchObject({ status: 503, retryAfter: '5' })
    expect(JSON.parse(reply.text)).toMatchObject({ refusal: 'unavailable', message: expect.stringContaining('nobody knows') })
    expect(await open()).toBe(1)
  })

  test('is done all the same when the connection was lost before its commit', async () => {
    stage.world.wire!.cutAt('begin', 'after')
    expect((await ask('POST', '/api/v1/incidents', declaring)).status).toBe(201)
    expect(await open()).toBe(1)
  })
})

describe('an Idempotency-Key', () => {
  const declaring = { body: { title: 'Checkout is slow', service: 'api' } }

  test('belongs to one caller: another of the same name is not told its reply', async () => {
    const tokens = await Promise.all([0, 1].map(() => stage.world.api.createToken({ body: { label: 'bot', role: 'admin' } })))
    const [one, other] = tokens.map(({ secret }) => ({ authorization: `Bearer ${secret}` }))
    const first = await ask('POST', '/api/v1/tokens', { body: { label: 'x' }, key: 'shared', headers: one! })
    const second = await ask('POST', '/api/v1/tokens', { body: { label: 'x' }, key: 'shared', headers: other! })
    expect([first.status, second.status]).toEqual([201, 201])
    expect(JSON.parse(second.text).secret).not.toBe(JSON.parse(first.text).secret)
  })

  test('of a reply with a secret keeps it sealed', async () => {
    const { secret } = JSON.parse((await ask('POST', '/api/v1/tokens', { body: { label: 'x' }, key: 'sealed' })).text)
    const kept = await stage.world.db.sql<{ body: string }>`select body from platform_replies where key = 'sealed'`
    expect(kept).toHaveLength(1)
    expect(kept[0]!.body).not.toContain(secret)
    expect(kept[0]!.body).not.toContain('tok_')
  })

  test('left behind by an older version that was killed does not hold up its caller', async () => {
    const { sql } = stage.world.db
    const at = new Date(stage.world.now()).toISOString()
    await sql`insert into platform_replies (caller, key, fingerprint, created_at) values ('token:admin', 'left', 'of old', ${at}::timestamptz)`
    expect((await ask('POST', '/api/v1/incidents', { ...declaring, key: 'left' })).status).toBe(201)
  })

  test('under way is free again with the end of the connection that held it', async () => {
    let end = () => {}
    let begin = () => {}
    // Asked before it is held, it would be done and kept.
    const begun = new Promise<void>((resolve) => {
      begin = resolve
    })
    const held = stage.world.db.transaction(async (tx) => {
      await tx.sql`select pg_advisory_xact_lock(hashtextextended('reply token:admin held', 0))`
      begin()
      await new Promise<void>((resolve) => {
        end = resolve
      })
    })
    await begun
    expect((await ask('POST', '/api/v1/incidents', { ...declaring, key: 'held' })).status).toBe(409)
    end()
    await held
    expect((await ask('POST', '/api/v1/incidents', { ...declaring, key: 'held' })).status).toBe(201)
  })

  test('longer than 255 letters is refused with its place', async () => {
    const reply = await ask('POST', '/api/v1/incidents', { ...declaring, key: 'k'.repeat(256) })
    expect([reply.status, JSON.parse(reply.text).issues[0].path]).toEqual([400, 'header.idempotency-key'])
  })
})

test('what only looks is asked again when its connection is lost under it', async () => {
  for (const when of ['before', 'after'] as const) {
    const { id } = (await stage.alarm())!
    stage.world.wire!.cut()
    stage.world.wire!.mend()
    await expect.poll(async () => (await ask('GET', '/readyz')).status).toBe(200)
    stage.world.wire!.cutAt('from timeline_events', when)
    expect((await ask('GET', `/api/v1/incidents/${id}/timeline`)).status).toBe(200)
  }
})

test('while the database is away nothing is answered 500: whoever asks is told to come back, in words they know', async () => {
  const asked = await Promise.all(
    writes.map(async ({ write, make }) => {
      const { path, ...more } = await make()
      return { method: contract[write].method as string, path: `/api/v1${path}`, ...more }
    }),
  )
  const link = stage.phones.page('ada').actions.acknowledge.replace('http://tocsin.test', '')
  const ada = await asAda('responder')
  const others = stage.world.app.http
    .routes()
    .filter(({ method }) => method === 'GET')
    .map(({ method, path, permission }) => ({
      method,
      // Notices are read by whom they are for alone.
      path: path.replace('/people/:name/notices', '/people/ada/notices').replace(/:\w+|\*/g, 'x'),
      ...((permission === 'own' || path.endsWith('/notices')) && { headers: ada }),
    }))
  const doors = stage.world.app.http
    .routes()
    .filter(({ permission }) => permission === 'key')
    .map(({ path }) => ({
      method: 'POST',
      path: path.replace(':key', 'k'.repeat(32)).replace(':vendor', 'x'),
      body: {
        routing_key: 'k'.repeat(32),
        service_key: 'k'.repeat(32),
        event_action: 'trigger',
        event_type: 'trigger',
        payload: { summary: 'x', source: 'x', severity: 'error' },
        description: 'x',
      },
    }))
  const pages = [
    { method: 'GET', path: link },
    { method: 'POST', path: link },
    { method: 'POST', path: link, headers: { accept: 'text/html' } },
    { method: 'POST', path: '/sign-in/login_x' },
    { method: 'POST', path: '/sign-in/login_x', headers: { accept: 'text/html' } },
    { method: 'GET', path: '/api/v1/events', headers: { cookie: 'tocsin_session=session_x', authorization: '' } },
  ]
  stage.world.wire!.cut()
  try {
    for (const { method, path, ...more } of [...asked, ...others, ...doors, ...pages]) {
      const { status, retryAfter } = await ask(method, path, more)
      expect(
        status === 503 || status === 429 || status < 400 || status === 404 || status === 400,
        `${method} ${path} is answered ${status}`,
      ).toBe(true)
      if (status === 503 && path !== '/readyz') expect(retryAfter, `${method} ${path}`).toBe('5')
    }
  } finally {
    stage.world.wire!.mend()
  }
})
