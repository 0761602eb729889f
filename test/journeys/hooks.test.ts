import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { IncidentId } from '../../src/kernel/ids.ts'
import { writeDocuments } from '../../src/modules/documents/index.ts'
import { addNote, openIncidents } from '../../src/modules/incidents/index.ts'
import { commandLine, type Typed } from '../world/command-line.ts'
import { keyOf, type Stage, setStage } from '../world/stage.ts'
import { type ReceivedRequest, startWebhookReceiver, type WebhookReceiver } from '../world/webhook-receiver.ts'
import { ADMIN_TOKEN } from '../world/world.ts'

const SECRET = `whsec_${Buffer.from('a secret only the receiver knows').toString('base64')}`
const OLDER = `whsec_${Buffer.from('the secret it had until yesterday').toString('base64')}`
let stage: Stage
let receiver: WebhookReceiver

beforeAll(async () => {
  process.env['TOCSIN_SECRET_HOOK'] = SECRET
  process.env['TOCSIN_SECRET_HOOK_OLDER'] = OLDER
  receiver = await startWebhookReceiver()
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  await stage.policy(['0s ada', '1h lin'], 'kim')
  await stage.write({
    Team: { payments: { members: ['lin'] } },
    Service: { api: { policy: 'api' }, till: { policy: 'api', team: 'payments' } },
    Integration: { till: { source: 'generic', service: 'till', key: keyOf('till') } },
  })
})
afterAll(async () => {
  await stage.close()
  await receiver.close()
})
beforeEach(async () => {
  await stage.curtain()
  receiver.behave({ kind: 'answer', status: 200, body: 'thanks' })
  receiver.requests.length = 0
})
afterEach(async () => {
  for (const { name } of (await stage.world.api.listHooks({})).items)
    await stage.world.api.deleteObject({ params: { kind: 'hooks', name } }).catch(() => {})
  await pass({ seconds: 30 })
})

const pass: Stage['world']['pass'] = (time) => stage.world.pass(time)
async function put(spec: object = {}, name = 'tickets') {
  const body = { spec: { url: receiver.url, secret: { env: 'TOCSIN_SECRET_HOOK' }, ...spec } }
  await stage.world.api.putObject({ params: { kind: 'hooks', name }, body })
  await stage.world.settle()
}
/** Others on this database server may hold the timeline back for a while. */
const until = (look: () => Promise<unknown>) => expect.poll(() => stage.world.settle().then(look), { timeout: 15_000, interval: 5 })
/** So many have been sent. */
const sent = (count: number) => until(async () => receiver.requests.length).toBe(count)
/** Of so many it is known that they are to be sent. */
const queued = (count: number, name = 'tickets') => until(async () => (await deliveries(name)).length).toBe(count)
/** Everything that happened so far has been looked at. */
async function followed() {
  await put({ url: `${receiver.url}/marks`, events: ['note.added'] }, 'marks')
  const { id } = (await stage.alarm({ dedup_key: 'mark' }))!
  await stage.world.api.addNote({ params: { id }, body: { text: 'mark' } })
  await queued(1, 'marks')
  await stage.world.api.deleteObject({ params: { kind: 'hooks', name: 'marks' } })
  await stage.world.settle()
}
const hook = (name = 'tickets') => stage.world.api.getHook({ params: { name } })
const deliveries = async (name = 'tickets') => (await stage.world.api.listDeliveries({ params: { name }, query: { limit: 200 } })).items
const bodies = () => receiver.requests.filter(({ path }) => path === '/hook').map(({ raw }) => JSON.parse(raw.toString('utf8')) as Told)
const types = () => bodies().map(({ type }) => type)
const titleOf = ({ raw }: ReceivedRequest) => (JSON.parse(raw.toString('utf8')) as Told).incident?.title

/** Who may see it. */
const noteBySomebody = (id: string) =>
  stage.world.db.transaction((tx) =>
    addNote(tx, stage.world.now(), { incidentId: id as IncidentId, happenedAt: stage.world.now(), actor: 'person:ada' }, 'Rotated'),
  )

interface Told {
  id: string
  type: string
  occurredAt: string
  incident: { id: string; number: string; title: string; status: string } | null
  event: { type: string; seq: number; incidentId: string; data: Record<string, unknown> } | null
}

/** As a receiver works it out from the documentation alone. */
function isSignedWith(secret: string, { headers, raw }: ReceivedRequest): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const right = createHmac('sha256', key).update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${raw}`).digest('base64')
  return String(headers['webhook-signature']).split(' ').includes(`v1,${right}`)
}

test('what happens to an incident is told as the API tells it, signed, in order', async () => {
  await put({ events: ['incident.*', 'note.added'] })
  const incident = (await stage.alarm({ title: 'Disk is full' }))!
  await stage.world.api.addNote({ params: { id: incident.id }, body: { text: 'Looking' } })
  await stage.world.api.resolveIncident({ params: { id: incident.id }, body: {} })
  await sent(3)
  expect(types()).toEqual(['incident.opened', 'note.added', 'incident.resolved'])
  const timeline = await stage.timeline(incident.id)
  for (const [i, { id, type, occurredAt, incident: told, event }] of bodies().entries()) {
    const { headers, method } = receiver.requests[i]!
    expect([method, headers['content-type'], headers['webhook-id']]).toEqual(['POST', 'application/json', id])
    expect(Math.abs(Number(headers['webhook-timestamp']) - stage.world.now() / 1000)).toBeLessThan(10)
    expect(event).toEqual(timeline.find((one) => one.type === type))
    expect(occurredAt).toBe(timeline.find((one) => one.type === type)!.happenedAt)
    expect(Object.keys(told!).sort()).toEqual(Object.keys(await stage.incident(incident.id)).sort())
    expect(isSignedWith(SECRET, receiver.requests[i]!)).toBe(true)
  }
  expect(bodies().at(-1)!.incident).toEqual(await stage.incident(incident.id))
  expect(await hook()).toMatchObject({ state: 'on', waiting: 0, secrets: 1, url: receiver.url })
  const [newest] = await deliveries()
  expect(newest).toMatchObject({
    type: 'incident.resolved',
    state: 'delivered',
    incident: incident.number,
    status: 200,
    answer: '200 thanks',
  })
  const whole = await stage.world.api.getDelivery({ params: { name: 'tickets', id: newest!.id } })
  expect(whole.body).toBe(receiver.requests.at(-1)!.raw.toString('utf8'))
})

test('a hook hears of its services, or of those of its teams, and of nothing else', async () => {
  await put({ events: ['incident.opened'], services: ['till'] }, 'by-service')
  await put({ events: ['incident.opened'], teams: ['payments'] }, 'by-team')
  await put({ events: ['incident.opened'] }, 'of-all')
  await stage.alarm({ title: 'Not theirs' })
  await stage.alarm({ title: 'Theirs', dedup_key: 'till' }, 'till')
  await queued(2, 'of-all')
  const told = async (name: string) => (await deliveries(name)).length
  expect([await told('by-service'), await told('by-team'), await told('of-all')]).toEqual([1, 1, 2])
})

test('while a secret is replaced both sign; retired, the older one does not', async () => {
  await put({ events: ['incident.opened'], olderSecret: { env: 'TOCSIN_SECRET_HOOK_OLDER' } })
  await stage.alarm()
  await sent(1)
  expect([SECRET, OLDER].map((secret) => isSignedWith(secret, receiver.requests.at(-1)!))).toEqual([true, true])
  const made = await stage.world.api.makeHookSecret({ params: { name: 'tickets' }, body: {} })
  expect(made).toMatchObject({ secret: expect.stringMatching(/^whsec_/), secrets: 2 })
  await stage.world.api.testHook({ params: { name: 'tickets' }, body: {} })
  expect([made.secret, SECRET, OLDER].map((secret) => isSignedWith(secret, receiver.requests.at(-1)!))).toEqual([true, true, false])
  expect(await stage.world.api.retireHookSecret({ params: { name: 'tickets' } })).toEqual({ secrets: 1 })
  await stage.world.api.testHook({ params: { name: 'tickets' }, body: {} })
  expect([made.secret, SECRET].map((secret) => isSignedWith(secret, receiver.requests.at(-1)!))).toEqual([true, false])
})

test('what a receiver does not take is tried again, and of its incident nothing overtakes it; others go on', async () => {
  await put({ events: ['incident.opened', 'note.added'] })
  receiver.behave((request) =>
    titleOf(request) === 'Stuck' ? { kind: 'answer', status: 503, body: 'busy' } : { kind: 'answer', status: 200 },
  )
  const stuck = (await stage.alarm({ dedup_key: 'stuck', title: 'Stuck' }))!
  await stage.world.api.addNote({ params: { id: stuck.id }, body: { text: 'first' } })
  const other = (await stage.alarm({ dedup_key: 'other', title: 'Other' }))!
  await queued(3)
  expect((await hook()).state).not.toBe('off')
  const open = (await deliveries()).filter(({ incident }) => incident === stuck.number)
  expect(open.map(({ type, state, attempts }) => [type, state, attempts])).toEqual([
    ['note.added', 'waiting', 0],
    ['incident.opened', 'waiting', 1],
  ])
  expect(open[1]).toMatchObject({ status: 503, answer: '503 busy' })
  expect((await deliveries()).find(({ incident }) => incident === other.number)).toMatchObject({ state: 'delivered' })

  receiver.behave({ kind: 'answer', status: 204 })
  receiver.requests.length = 0
  await pass({ minutes: 2 })
  expect(types()).toEqual(['incident.opened', 'note.added'])
  expect(new Set(bodies().map(({ incident }) => incident!.number))).toEqual(new Set([stuck.number]))
  expect((await deliveries()).every(({ state }) => state === 'delivered')).toBe(true)
})

test('after three days without an arrival it is switched off with an alarm of our own; a test that arrives switches it on', async () => {
  await put({ events: ['incident.opened'] })
  receiver.behave({ kind: 'answer', status: 500, body: 'broken' })
  await stage.alarm()
  await sent(1)
  expect(await hook()).toMatchObject({ state: 'failing', waiting: 1 })
  stage.pace.stepSeconds = 3 * 3600
  await pass({ days: 2 })
  expect((await hook()).state).toBe('failing')
  await pass({ days: 1, hours: 6 })
  stage.pace.stepSeconds = 5
  expect(await hook()).toMatchObject({ state: 'off', offSince: expect.any(String) })
  expect((await deliveries())[0]).toMatchObject({ state: 'gave-up', answer: '500 broken' })
  const alarms = async () => (await stage.world.api.listIncidents({ query: { service: ['tocsin'], status: ['open'] } })).items
  expect((await alarms()).map(({ title }) => title)).toEqual([expect.stringMatching(/^Webhook ‹tickets› is switched off/)])

  const before = receiver.requests.length
  await stage.alarm({ dedup_key: 'unheard' })
  await followed()
  expect(bodies()).toHaveLength(before)
  receiver.behave({ kind: 'answer', status: 200, body: 'mended' })
  expect(await stage.world.api.testHook({ params: { name: 'tickets' }, body: {} })).toMatchObject({
    ...{ type: 'hook.test', incident: null, state: 'delivered', answer: '200 mended' },
  })
  expect(bodies().at(-1)).toMatchObject({ type: 'hook.test', incident: null, event: null })
  await pass({ seconds: 30 })
  expect(await hook()).toMatchObject({ state: 'on', offSince: null })
  expect(await alarms()).toEqual([])
  await stage.alarm({ dedup_key: 'heard' })
  await until(async () => types().at(-1)).toBe('incident.opened')
})

test('a delivery is sent once more under its id when somebody asks', async () => {
  await put({ events: ['incident.opened'] })
  await stage.alarm()
  await sent(1)
  const [delivery] = await deliveries()
  const again = await stage.world.api.redeliver({ params: { name: 'tickets', id: delivery!.id }, body: {} })
  expect(again).toMatchObject({ id: delivery!.id, state: 'delivered', attempts: 2 })
  expect(receiver.requests.map(({ headers }) => headers['webhook-id'])).toEqual([delivery!.id, delivery!.id])
  expect(receiver.requests[1]!.raw.equals(receiver.requests[0]!.raw)).toBe(true)
  await expect(stage.world.api.redeliver({ params: { name: 'tickets', id: 'dlv_unknown' }, body: {} })).rejects.toMatchObject({
    status: 404,
  })
})

test('a private incident leaves nothing outside, also when it became private on the way', async () => {
  await put({ events: ['incident.opened', 'note.added'] })
  receiver.behave({ kind: 'answer', status: 503 })
  const incident = (await stage.alarm({ dedup_key: 'leaked', title: 'Leaked keys' }))!
  await sent(1)
  await stage.world.db.sql`update incidents_incidents set visibility = 'private' where id = ${incident.id}`
  receiver.behave({ kind: 'answer', status: 200 })
  receiver.requests.length = 0
  await noteBySomebody(incident.id)
  await pass({ minutes: 10 })
  await followed()
  expect(bodies().filter((told) => told.incident?.id === incident.id)).toEqual([])
  // Nobody may see them here either.
  expect((await deliveries()).filter(({ incidentId }) => incidentId === incident.id)).toEqual([])
  const rows = await stage.world.db.sql<object>`select type, ending from hooks_deliveries where incident_id = ${incident.id}`
  expect(rows).toEqual([{ type: 'incident.opened', ending: 'withheld' }])
})

test('a private incident is told to the hook of a member, and to nobody else’s', async () => {
  await put({ events: ['note.added'] })
  const spec = { url: `${receiver.url}?of=ada`, events: ['note.added'], secret: { env: 'TOCSIN_SECRET_HOOK' } }
  await stage.world.db.transaction((tx) =>
    writeDocuments(tx.sql, stage.world.now(), 'person:ada', [{ kind: 'Hook', name: 'adas', spec, origin: { kind: 'api' } }]),
  )
  await stage.world.settle()
  const { id } = (await stage.alarm({ dedup_key: 'leaked-too', title: 'Leaked keys' }))!
  await stage.world.db.sql`update incidents_incidents set visibility = 'private' where id = ${id}`
  await stage.world.db
    .sql`insert into incidents_members (incident_id, kind, name, how, by_actor, at) values (${id}, 'person', 'ada', 'hand', 'system', ${new Date(stage.world.now()).toISOString()}::timestamptz)`
  await noteBySomebody(id)
  await until(async () => receiver.requests.map(({ path }) => path)).toEqual(['/hook?of=ada'])
  await followed()
  expect((await stage.world.db.sql`select 1 from hooks_deliveries where incident_id = ${id} and hook = 'tickets'`).length).toBe(0)
})

test('what happens in the demo stays in it, and what is real does not enter it', async () => {
  const spec = { url: receiver.url, events: ['incident.opened'], secret: { env: 'TOCSIN_SECRET_HOOK' } }
  await stage.world.db.transaction((tx) =>
    writeDocuments(tx.sql, stage.world.now(), 'system', [
      { kind: 'Hook', name: 'drawn', spec, origin: { kind: 'demo' } },
      { kind: 'Service', name: 'drawn', spec: {}, origin: { kind: 'demo' } },
    ]),
  )
  await put({ events: ['incident.opened'] })
  await stage.world.api.declareIncident({ body: { title: 'Drawn', service: 'drawn' } })
  await stage.world.api.declareIncident({ body: { title: 'Real', service: 'api' } })
  await queued(1, 'drawn')
  await queued(1, 'tickets')
  expect(
    bodies()
      .map(({ incident }) => incident!.title)
      .sort(),
  ).toEqual(['Drawn', 'Real'])
})

test('without a secret nothing is sent, and what is wrong with a hook is said where it is written', async () => {
  const { warnings } = await stage.world.api.putObject({
    params: { kind: 'hooks', name: 'tickets' },
    body: { spec: { url: receiver.url, events: ['incident.opened'] } },
  })
  expect(warnings.map(({ message }) => message)).toEqual([expect.stringContaining('tocsin hook secret tickets')])
  await stage.world.settle()
  await stage.alarm()
  await queued(1)
  expect(receiver.requests).toEqual([])
  expect(await hook()).toMatchObject({ state: 'no-secret', secrets: 0 })
  await expect(stage.world.api.testHook({ params: { name: 'tickets' }, body: {} })).rejects.toMatchObject({ refusal: 'no-secret' })
  const refused = async (spec: object) =>
    stage.world.api.putObject({ params: { kind: 'hooks', name: 'wrong' }, body: { spec: { url: receiver.url, ...spec } } }).then(
      () => [],
      (error: { issues: { path: string; message: string }[] }) => error.issues.map(({ path, message }) => `${path}: ${message}`),
    )
  expect(await refused({ events: ['incident.open'] })).toEqual([expect.stringMatching(/events.*did you mean ‹incident\.opened›/)])
  expect(await refused({ services: ['api'], teams: ['payments'] })).toEqual([expect.stringContaining('write one of the two')])
  expect(await refused({ services: ['nowhere'] })).toEqual([expect.stringContaining('nowhere')])
  expect(await refused({ url: 'http://10.0.0.1/' })).toEqual([expect.stringContaining('TOCSIN_EGRESS_ALLOW')])
  expect(await refused({ url: 'ftp://example.org' })).toEqual([expect.stringContaining('web address')])
})

test('of a restored or played past nothing is told as new; the first hook hears from then on', async () => {
  const incident = (await stage.alarm({ title: 'Before there was a hook' }))!
  await put({ events: ['incident.*', 'note.added'] })
  await stage.world.api.addNote({ params: { id: incident.id }, body: { text: 'after' } })
  await until(async () => types()).toEqual(['note.added'])
})

test('an address is whole only for who may change the configuration', async () => {
  await put({ url: `${receiver.url}?key=hidden-in-the-address` })
  const { secret: token } = await stage.world.api.createToken({ body: { label: 'reader', role: 'viewer' } })
  const reply = await fetch(`${stage.world.baseUrl}/api/v1/hooks`, { headers: { authorization: `Bearer ${token}` } })
  const text = await reply.text()
  expect(reply.status).toBe(200)
  expect(text).not.toContain('hidden-in-the-address')
  expect((await hook()).url).toContain('hidden-in-the-address')
})

test('without a hook a look costs one statement; twenty events and three hooks cost a row each and no statement more than one event', async () => {
  const look = async () => {
    const before = stage.world.db.statements()
    await stage.world.app.engine.settle(['hooks'])
    return stage.world.db.statements() - before
  }
  await stage.world.settle()
  expect(await look()).toBe(1)

  for (const name of ['one', 'two', 'three']) await put({ events: ['incident.opened'] }, name)
  const rows = async () => (await stage.world.db.sql<{ n: number }>`select count(*)::int as n from hooks_deliveries`)[0]!.n
  /** Declares so many in one transaction; answers how many statements the look takes that finds them. */
  async function cost(incidents: number): Promise<number> {
    const before = await rows()
    await stage.world.db.transaction(async (tx) => {
      const some = Array.from({ length: incidents }, (_, i) => ({
        ...{ title: `Host ${i} is down`, severity: 3, service: 'api', origin: 'person' as const, actor: 'system' as const, demo: false },
      }))
      await openIncidents(tx, stage.world.now(), stage.world.app.incidents, await stage.world.app.documents.fresh(tx.sql), some)
    })
    for (;;) {
      const asked = await look()
      if ((await rows()) - before === 3 * incidents) return asked
    }
  }
  const ofOne = await cost(1)
  expect(ofOne).toBeLessThanOrEqual(26)
  expect(await cost(20)).toBeLessThanOrEqual(ofOne)
  for (const name of ['one', 'two', 'three']) {
    const { items } = await stage.world.api.listDeliveries({ params: { name }, query: { limit: 200 } })
    expect(new Set(items.map(({ incident }) => incident)).size).toBe(21)
  }
})

test('the command line lists hooks, makes a secret, tests, shows deliveries and sends one again', async () => {
  const tocsin = (argv: string[], typed: Typed = {}) => commandLine(stage.world, argv, { token: ADMIN_TOKEN, ...typed })
  expect((await tocsin(['hook', 'list'], { terminal: {} })).err).toContain('Nobody outside is told of anything.')
  await stage.world.api.putObject({
    params: { kind: 'hooks', name: 'tickets' },
    body: { spec: { url: receiver.url, events: ['note.added'], services: ['api'] } },
  })
  expect((await tocsin(['hook', 'list'], { terminal: {} })).out).toMatch(/tickets +!no-secret +- +- +note\.added, of api +http:/)
  expect(await tocsin(['hook', 'test', 'tickets'])).toMatchObject({ err: expect.stringContaining('tocsin hook secret tickets') })
  expect((await tocsin(['hook', 'test', 'tickets', '--dry-run'], { terminal: {} })).out).toContain(
    'would send an event of type hook.test to http',
  )
  expect((await tocsin(['hook', 'secret', 'tickets', '--dry-run'], { terminal: {} })).out).toBe('would make a new secret\n')
  const made = await tocsin(['hook', 'secret', 'tickets'], { terminal: {} })
  expect(made.out).toMatch(/^whsec_\S+\n$/)
  expect(await tocsin(['hook', 'test', 'tickets'], { terminal: {} })).toMatchObject({ code: 0, out: 'ok  200 thanks\n' })
  expect(isSignedWith(made.out.trim(), receiver.requests.at(-1)!)).toBe(true)
  expect((await tocsin(['hook', 'deliveries', 'tickets'], { terminal: {} })).out).toMatch(/hook\.test +- +delivered +1 +200 thanks +dlv_/)
  const id = (await tocsin(['hook', 'deliveries', 'tickets', '-o', 'name'])).out.trim()
  expect((await tocsin(['hook', 'deliveries', 'tickets', '--body'])).out).toBe(`${receiver.requests.at(-1)!.raw}\n`)
  receiver.behave({ kind: 'answer', status: 500, body: 'broken' })
  expect(await tocsin(['hook', 'redeliver', 'tickets', id])).toMatchObject({ code: 1, out: expect.stringContaining('500 broken') })
  expect((await tocsin(['hook', 'secret', 'tickets', '--retire', '--yes'], { terminal: {} })).out).toBe('tickets signs with one secret\n')
  expect((await tocsin(['hook', 'test', 'tickts'])).err).toContain('Did you mean ‹tickets›?')
})
