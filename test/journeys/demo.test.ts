import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { greet, prepare } from '../../src/first-start.ts'
import { DAY, HOUR } from '../../src/kernel/time.ts'
import { makeLoginLink } from '../../src/modules/access/index.ts'
import { openIncidents, type Standing, standingAfter } from '../../src/modules/incidents/index.ts'
import { Person } from '../../src/modules/people/index.ts'
import { brokenAt, readChain, type TimelineEvent } from '../../src/modules/timeline/index.ts'
import type { Database } from '../../src/platform/db.ts'
import { readSettings } from '../../src/platform/settings.ts'
import { startWebhookReceiver } from '../world/webhook-receiver.ts'
import { createWorld, type World, type WorldOptions } from '../world/world.ts'

describe('the month the company has lived through', () => {
  let world: World
  beforeAll(async () => {
    world = await startedWorld()
  })
  afterAll(() => world.close())

  test('is full of incidents, ends with five in different states and a private one, and leaves nothing undone', async () => {
    const incidents = await storiesOf(world)
    expect(incidents.length).toBeGreaterThanOrEqual(25)
    expect(incidents.every(({ demo }) => demo)).toBe(true)
    expect(incidents.map(({ startedAt }) => startedAt)).toEqual(incidents.map(({ startedAt }) => startedAt).sort())
    expect(incidents.filter(({ status }) => status !== 'resolved').map((one) => [one.title, one.status, one.next?.level])).toEqual([
      // Its acknowledgement ran out.
      ['9 % of EU sign-ins fail', 'detected', 2],
      ['Mail is up to 11 min late', 'monitoring', undefined],
      ['Paying takes 4 s, was 0.9 s', 'acknowledged', undefined],
      ['Partners are paid twice', 'identified', undefined],
      ['12 % of EU API calls fail', 'detected', 3],
    ])
    const hidden = await world.db.sql`
      select i.title from incidents_incidents i where i.visibility = 'private' and i.open`
    expect(hidden).toEqual([{ title: 'A deploy token stood in a public repository' }])
    const [worst] = incidents.filter(({ title }) => title === 'Partners are paid twice')
    const { items: roles } = await world.api.listRoles({ params: { id: worst!.number } })
    expect(roles.filter(({ wanted, people }) => wanted && people.length === 0).map(({ role }) => role)).toContain('communications-lead')
    expect((await world.api.listTasks({ params: { id: worst!.number }, query: {} })).items.map(({ state }) => state)).toEqual([
      'open',
      'open',
      'done',
    ])
    expect(Date.parse(incidents[0]!.startedAt)).toBeGreaterThan(world.now() - 30 * DAY)
    const [waiting] = await world.db.sql<Record<string, number>>`
      select (select count(*) from paging_pages where status in ('queued', 'retrying', 'sending')) as pages,
        (select count(*) from escalation_runs where status = 'active' and due_at <= ${new Date(world.now()).toISOString()}::timestamptz) as runs,
        (select count(*) from alerts_inbox where done_at is null) as bodies,
        (select count(*) from alerts_unparsed) as unparsed, (select count(*) from pg_namespace where nspname like '%_past') as schemas,
        (select count(*) from paging_pages where channel <> 'screen') as "elsewhere"`
    expect(waiting).toEqual({ pages: 0, runs: 0, bodies: 0, unparsed: 0, schemas: 0, elsewhere: 0 })
    const before = incidents.length
    await world.settle()
    expect(await storiesOf(world)).toHaveLength(before)
  })

  test('was made by the product’s own actions: every chain is whole, and every row is the fold of its events', async () => {
    for (const { id, status, number } of await storiesOf(world)) {
      const chain = await readChain(world.db.sql, id as `inc_${string}`)
      expect(brokenAt(chain), number).toBeUndefined()
      expect(chain.reduce<Standing | null>((before, { entry }) => standingAfter(before, entry.event), null)?.status, number).toBe(status)
      const moments = chain.map(({ entry }) => entry.happenedAt)
      expect(Math.max(...moments), number).toBeLessThanOrEqual(world.now())
    }
  })

  test('has what a month has: nights, sleepers, alerts that come back, a storm in one incident, notes', async () => {
    const events = await eventsOf(world.db)
    const reasons = new Set(events.flatMap((event) => (event.type === 'escalation.level-decided' ? [event.data.reason] : [])))
    expect([...reasons].sort()).toEqual(['ack-timeout', 'by-hand', 'opened', 'still-firing', 'worse'])
    const levels = new Set(events.flatMap((event) => (event.type === 'escalation.level-decided' ? [event.data.level ?? 'catch-all'] : [])))
    expect(levels).toEqual(new Set([1, 2, 3, 'catch-all']))
    expect(events.filter(({ type }) => type === 'note.added').length).toBeGreaterThan(25)
    const { items } = await world.api.listAlerts({ query: { text: '38 % of calls', limit: 200 } })
    expect(new Set(items.map(({ incidentId }) => incidentId)).size).toBe(1)
    expect(items).toHaveLength(18)
  })

  test('is the same on another day, as far as weekdays allow', async () => {
    // The week in which Berlin goes to summer time; and a Sunday noon.
    for (const now of ['2026-03-31T21:00:00Z', '2026-11-22T11:00:00Z']) {
      const other = await startedWorld({ now })
      const titles = async (one: World) => (await storiesOf(one)).map(({ title }) => title).sort()
      expect(await titles(other)).toEqual(await titles(world))
      await other.close()
    }
    const again = await startedWorld()
    const tell = async (one: World) =>
      (await storiesOf(one)).map(({ title, number, startedAt, acknowledgedBy }) => [title, number, startedAt.slice(0, 19), acknowledgedBy])
    expect(await tell(again)).toEqual(await tell(world))
    await again.close()
  })

  test('comes once: not at the next start, and not after it was removed', async () => {
    const ids = async () => (await storiesOf(world)).map(({ id }) => id)
    const before = await ids()
    await start(world, { demo: true })
    expect(await ids()).toEqual(before)
    await world.api.removeDemo()
    await start(world, { demo: true })
    expect((await world.api.getDemo()).present).toBe(false)
  })
})

describe('the first alert', () => {
  let world: World
  beforeAll(async () => {
    world = await startedWorld({ now: '2026-11-17T03:11:00Z', stepSeconds: 10 })
  })
  afterAll(() => world.close())

  test('rings the drawn phone of the person on call within one settle, and is acknowledged from there', async () => {
    const said = await greetingOf(world)
    const { url, body } = commandIn(said)
    const phones = (await world.api.listPhones()).items
    expect(phones[0]).toEqual({ person: 'raj', displayName: 'Raj Iyer', contact: 'Raj’s phone', demo: true, ringsFirst: true })
    expect(phones.filter(({ ringsFirst }) => ringsFirst)).toHaveLength(1)
    const shown = (await messagesOf(world, 'raj')).at(0)?.id ?? 0

    const sent = await world.post(new URL(url).pathname, body)
    expect(sent.status, sent.text).toBe(202)
    const [message, ...others] = await messagesOf(world, 'raj', shown)
    expect(others).toEqual([])
    expect(message).toMatchObject({
      contact: 'Raj’s phone',
      pages: [{ incident: { title: 'Checkout is slow', severity: 1, service: 'checkout' }, person: { displayName: 'Raj Iyer' } }],
    })

    const page = message!.pages[0]!
    await world.post(new URL(page.actions.acknowledge).pathname, '')
    expect(await world.api.getIncident({ params: { id: page.incident.number } })).toMatchObject({
      status: 'acknowledged',
      acknowledgedBy: 'raj',
      demo: true,
    })
    await world.pass({ minutes: 6 })
    expect(await messagesOf(world, 'noor', await newestOf(world))).toEqual([])
  })

  test('rings each time it is sent', async () => {
    const { url, body } = commandIn(await greetingOf(world))
    const shown = (await messagesOf(world, 'raj')).at(0)!.id
    for (let i = 0; i < 2; i++) await world.post(new URL(url).pathname, body)
    expect(await messagesOf(world, 'raj', shown)).toHaveLength(2)
  })

  test('is one line that a shell takes as it is', async () => {
    const { command } = (await world.api.getDemo()).firstAlert!
    expect(command).toMatch(/^curl -X POST http:\/\/\S+\/in\/demo_[\w-]{20,} -H 'Content-Type: application\/json' -d '[^'\n]+'$/)
  })

  test('after the greeting a person who has signed in is told no link again', async () => {
    expect(await greetingOf(world)).toContain('/sign-in/login_')
    await world.db.sql`update access_login_links set used_at = now()`
    expect(await greetingOf(world)).not.toContain('/sign-in/')
  })
})

describe('the outage that is asked for', () => {
  let world: World
  beforeAll(async () => {
    world = await startedWorld({ stepSeconds: 5 })
  })
  afterAll(() => world.close())

  test('goes from the first alert to its end at the pace asked for, and leaves what was done before it to whoever did it', async () => {
    const { service, pace } = await world.api.startOutage({ body: { pace: 10 } })
    expect([service, pace]).toEqual(['checkout', 10])
    await expect(world.api.startOutage({ body: {} })).rejects.toMatchObject({ refusal: 'already-going' })
    await world.pass({ seconds: 15 })
    const found = async () => (await world.api.listIncidents({ query: { text: '31 % of card payments fail' } })).items[0]!
    const { number } = await found()
    expect(await found()).toMatchObject({ status: 'acknowledged', declared: true, level: 'SEV1' })
    // Somebody who watches takes part.
    await world.api.giveRole({ params: { id: number, role: 'communications-lead' }, body: { person: 'owner' } })
    await world.pass({ seconds: 40 })
    expect(await world.api.getIncident({ params: { id: number } })).toMatchObject({
      ...{ status: 'mitigating', cause: 'the provider’s new certificate is not in our trust store' },
      roles: expect.arrayContaining([
        { role: 'commander', wanted: true, people: [{ person: 'beatriz', accepted: true }] },
        { role: 'communications-lead', wanted: true, people: [{ person: 'owner', accepted: false }] },
      ]),
    })
    await world.pass({ seconds: 90 })
    expect(await found()).toMatchObject({ status: 'resolved' })
    expect((await world.api.listTasks({ params: { id: number }, query: {} })).items.map(({ state }) => state)).toEqual(['done', 'done'])
    expect((await world.api.listUpdates({ params: { id: number } })).items).toHaveLength(2)
    // And another may begin.
    await world.pass({ seconds: 60 })
    await world.api.startOutage({ body: { pace: 60 } })
  })

  test('is refused where there is no demo', async () => {
    await world.api.removeDemo()
    await expect(world.api.startOutage({ body: {} })).rejects.toMatchObject({ refusal: 'no-demo' })
  })
})

describe('beside the demo', () => {
  let world: World
  let phones: Awaited<ReturnType<typeof startWebhookReceiver>>
  beforeAll(async () => {
    phones = await startWebhookReceiver()
    world = await startedWorld()
    await world.configure(ownConfiguration(phones.port))
  })
  afterAll(async () => {
    await world.close()
    await phones.close()
  })

  test('neither demo people nor phones on screen count for a real alert: the next level goes at once', async () => {
    const shown = await newestOf(world)
    await world.post('/in/ownkey000000000000000000000001', { title: 'The real thing is broken', severity: 'critical' })
    expect(phones.requests.map(({ path }) => path)).toEqual(['/grace'])
    expect(await newestOf(world)).toBe(shown)
    const [incident] = (await world.api.listIncidents({ query: { text: 'real thing' } })).items
    expect(incident).toMatchObject({ demo: false })
    const { items } = await world.api.getTimeline({ params: { id: incident!.id } })
    const found = items.flatMap((event) =>
      event.type === 'escalation.level-decided' ? (event.data['found'] as { person: string; absent?: string }[]) : [],
    )
    expect(found.map(({ person, absent }) => [person, absent])).toEqual([
      ['raj', 'demo-person'],
      ['ada', 'only-on-screen'],
      ['grace', undefined],
    ])
    await world.api.resolveIncident({ params: { id: incident!.id }, body: {} })
  })

  test('in a drill the phone on screen rings', async () => {
    const { incidents, documents } = world.app
    await world.db.transaction(async (tx) => {
      const drill = { title: 'A drill', severity: 1, service: 'own', origin: 'drill', actor: 'person:grace', demo: false } as const
      await openIncidents(tx, world.now(), incidents, await documents.fresh(tx.sql), [drill])
    })
    await world.settle()
    expect(await messagesOf(world, 'ada')).toMatchObject([{ pages: [{ incident: { title: 'A drill' } }] }])
    const [incident] = (await world.api.listIncidents({ query: { text: 'drill' } })).items
    await world.api.actOnIncident({ params: { id: incident!.id }, body: { act: 'cancel', reason: 'the drill is over' } })
  })

  test('a real alert never joins an incident of the demo', async () => {
    const alert = { title: 'Paying takes 9 s', severity: 'error', labels: { alertname: 'PayingSlow' }, dedup_key: 'slow' }
    await world.post(new URL((await world.api.getDemo()).firstAlert!.url).pathname, alert)
    await world.post('/in/ownkey000000000000000000000002', alert)
    const { items } = await world.api.listIncidents({ query: { text: 'Paying takes 9 s' } })
    expect(items.map(({ demo }) => demo)).toEqual([false, true])
    // Nobody of the demo may be woken for it, so it goes on to whoever can be.
    expect(phones.requests.at(-1)).toMatchObject({ path: '/grace' })
  })

  test('whoever writes a name that the demo has is told before it becomes theirs, and of one that is free', async () => {
    const text = 'apiVersion: tocsin.dev/v1\nkind: Service\nmetadata: { name: search }\nspec: { policy: own }\n'
    const { changed, warnings } = await world.api.diffConfiguration({ body: { files: [{ file: 'search.yaml', text }] } })
    expect(changed).toMatchObject([{ name: 'search', origin: { kind: 'demo' } }])
    expect(warnings).toContainEqual({
      path: 'metadata.name',
      message:
        '‹search› is the demo company’s: it becomes yours as written, and stays when the demo goes; to leave it alone, write another name, such as ‹search-2›',
      ...{ file: 'search.yaml', line: 3, asks: true },
    })
    const applied = await world.api.applyConfiguration({ body: { files: [{ file: 'search.yaml', text }], dryRun: true } })
    expect(applied.warnings).toEqual(warnings)
  })

  test('what own objects use is named before the demo is removed, stays then, and goes when nothing uses it', async () => {
    const { stays, present } = await world.api.getDemo()
    expect(present).toBe(true)
    expect(stays).toContainEqual({
      kind: 'Service',
      name: 'checkout',
      usedBy: [
        { kind: 'Integration', name: 'own-checkout' },
        { kind: 'Incident', name: expect.stringMatching(/^INC-/) },
      ],
    })
    expect(stays).toContainEqual(expect.objectContaining({ kind: 'Person', name: 'raj' }))
    expect(stays.map(({ name }) => name)).not.toContain('search')

    const { removed, stayed } = await world.api.removeDemo()
    expect(stayed).toEqual(stays)
    expect(removed.incidents).toBeGreaterThan(25)
    const left = await world.api.listIncidents()
    expect(left.items.map(({ demo }) => demo)).not.toContain(true)
    expect(left.items).toHaveLength(3)
    for (const { id } of left.items) expect(brokenAt(await readChain(world.db.sql, id as `inc_${string}`))).toBeUndefined()
    const services = (await world.app.documents.fresh(world.db.sql)).all({ name: 'Service' } as never).map(({ name }) => name)
    expect(services).toEqual(expect.arrayContaining(['own', 'checkout', 'billing']))
    expect(services).not.toContain('search')
    expect((await world.api.getDemo()).firstAlert).toBeNull()
    // What stayed still works.
    const before = phones.requests.length
    await world.post('/in/ownkey000000000000000000000002', { title: 'Paying fails', severity: 'critical' })
    expect(phones.requests.length).toBe(before + 1)

    for (const { id, status } of (await world.api.listIncidents()).items)
      if (status !== 'resolved' && status !== 'cancelled') await world.api.resolveIncident({ params: { id }, body: {} })
    await removeObjects(world, [
      ['Integration', 'own-checkout'],
      ['EscalationPolicy', 'own'],
      ['Service', 'own'],
      ['Integration', 'own'],
    ])
    expect((await world.api.removeDemo()).stayed).toEqual([])
    const rows = await world.db.sql<{ name: string }>`select distinct name from documents_versions where origin = '{"kind":"demo"}'`
    expect(rows).toEqual([])
    expect((await world.api.getDemo()).present).toBe(false)
  })
})

describe('removing the demo', () => {
  test('leaves no row behind, whatever was going on', async () => {
    const world = await createWorld({ stepSeconds: 10 })
    await start(world, { demo: false })
    await world.settle()
    const before = await countRows(world.db)
    await start(world, { demo: true })
    expect(await countRows(world.db)).not.toEqual(before)

    const first = new URL((await world.api.getDemo()).firstAlert!.url).pathname
    await world.post(first, { title: 'Ringing while it goes', severity: 'critical' })
    await world.post(first, '{ "title": ')
    await world.post('/v2/enqueue', { routing_key: 'nobody', event_action: 'trigger' })
    const { person } = (await world.api.listPhones()).items[0]!
    await makeLoginLink(world.db.sql, world.now(), (await world.app.documents.fresh(world.db.sql)).get(Person, person)!)
    const [page] = (await messagesOf(world, person))[0]!.pages
    expect((await world.post(new URL(page!.actions.escalate).pathname, '')).body).toMatchObject({ done: 'escalated' })

    await world.api.testContact({ params: { name: person, contact: 'phone' }, body: {} })
    await world.settle()
    // One page is on its way, one body waits to be worked off.
    const send = (title: string) => fetch(world.baseUrl + first, { method: 'POST', body: JSON.stringify({ title, severity: 'critical' }) })
    await send('On its way')
    await world.app.engine.settle(['intake'])
    await send('Not worked off')
    const { stayed } = await world.api.removeDemo()
    expect(stayed).toEqual([])
    await world.pass({ minutes: 3 })

    expect(await countRows(world.db)).toEqual(before)
    expect((await world.app.documents.fresh(world.db.sql)).all(Person).map(({ name }) => name)).toEqual(['owner'])
    expect((await world.post(first, { title: 'Too late' })).status).toBe(404)
    await world.close()
  })

  test('keeps the bodies of others that share a row with the demo’s', async () => {
    const phones = await startWebhookReceiver()
    const world = await startedWorld()
    await world.configure(ownConfiguration(phones.port))
    const first = (await world.api.getDemo()).firstAlert!
    const bodies: [string, string][] = [
      [new URL(first.url).pathname, 'The demo’s'],
      ['/in/ownkey000000000000000000000001', 'One’s own'],
      [new URL(first.url).pathname, 'The demo’s again'],
    ]
    // Two writes: the first to arrive, and what came meanwhile.
    await Promise.all(
      [...bodies, ...bodies].map(([path, title]) =>
        fetch(world.baseUrl + path, { method: 'POST', body: JSON.stringify({ title, severity: 'critical' }) }),
      ),
    )
    await world.settle()
    await world.api.removeDemo()
    const { items } = await world.api.listAlerts({ query: { text: 'own' } })
    expect(items).toHaveLength(2)
    for (const { id } of items) expect((await world.api.getAlertPayload({ params: { id } })).body).toContain('One’s own')
    const left = await world.db.sql<{ text: string }>`select encode(bodies, 'escape') || entries as text from alerts_inbox`
    expect(left.map(({ text }) => text).join()).not.toMatch(/The demo|"integration":"demo"/)
    await world.close()
    await phones.close()
  })

  test('another process sees at once that the company is gone, and nothing of it when it comes back', async () => {
    const world = await startedWorld()
    const other = (await import('../../src/modules/documents/index.ts')).createDocuments()
    expect((await other.fresh(world.db.sql)).all(Person).length).toBeGreaterThan(9)
    await world.api.removeDemo()
    expect((await other.fresh(world.db.sql)).all(Person).map(({ name }) => name)).toEqual(['owner'])
    await world.close()
  })
})

describe('whether the demo comes', () => {
  test.for<[string, { demo: boolean | null; own: boolean }, boolean]>([
    ['on an empty start', { demo: null, own: false }, true],
    ['not with --no-demo', { demo: false, own: false }, false],
    ['not beside a configuration', { demo: null, own: true }, false],
    ['beside a configuration when it is asked for', { demo: true, own: true }, true],
  ])('%s', async ([_, { demo, own }, comes]) => {
    const world = await createWorld()
    if (own) await world.configure(ownConfiguration(1).replaceAll('person: raj', 'person: grace').replaceAll('checkout', 'own'))
    await start(world, { demo })
    expect((await world.api.getDemo()).present).toBe(comes)
    await world.close()
  })

  test('it never takes the place of objects that are there', async () => {
    const world = await createWorld()
    await world.configure('kind: Team\nmetadata: { name: payments }\nspec: { members: [] }')
    await start(world, { demo: true })
    expect((await world.api.getDemo()).present).toBe(false)
    await world.close()
  })

  test('a start that fails in the middle of it goes on without, and the next one tries again', async () => {
    const world = await createWorld()
    await start(world, { demo: false })
    const before = await countRows(world.db)
    let transactions = 0
    let gaveUp = false
    const log = Object.assign(Object.create(world.parts.log), {
      error(_: unknown, text: string) {
        gaveUp ||= text.includes('could not be made')
      },
    })
    const failing = failingAt(world.db, () => ++transactions >= 200 && !gaveUp, 'the disk is full')
    await start(world, { demo: null }, { ...world.parts, db: failing, log })
    expect(gaveUp).toBe(true)
    expect(transactions).toBeGreaterThanOrEqual(200)
    expect(await countRows(world.db)).toEqual(before)
    await start(world, { demo: null })
    expect((await world.api.getDemo()).present).toBe(true)
    await world.close()
  })

  test('of a start that was killed in the middle of it nothing is seen, and the next begins anew', async () => {
    const world = await createWorld()
    await start(world, { demo: false })
    const before = await countRows(world.db)
    // As a killed process leaves it.
    const [{ past } = { past: '' }] = await world.db.sql<{ past: string }>`select demo_past_begin() as past`
    const beside = world.db.beside([past, 'public'])
    await beside.sql`insert into timeline_heads (incident_id, seq, hash) values ('inc_half', 1, '')`
    await beside.close()
    expect(await countRows(world.db)).toEqual(before)
    await start(world, { demo: null })
    const whole = await storiesOf(world)
    expect(whole.length).toBeGreaterThanOrEqual(25)
    expect(new Set(whole.map(({ startedAt }) => startedAt)).size).toBe(whole.length)
    expect(await world.db.sql`select 1 from timeline_heads where incident_id = 'inc_half'`).toEqual([])
    await world.close()
  })
})

describe('the demo that is asked for later', () => {
  test('comes whole beside what is real, leaves that alone, goes again, and comes again', async () => {
    const phones = await startWebhookReceiver()
    const world = await createWorld({ stepSeconds: 10 })
    await start(world, { demo: false })
    await world.configure(
      ownConfiguration(phones.port).replaceAll('person: raj', 'person: grace').replaceAll('service: checkout', 'service: own'),
    )
    await world.post('/in/ownkey000000000000000000000001', { title: 'The real thing is broken', severity: 'critical' })
    const real = await storiesOf(world)
    expect(real).toHaveLength(1)
    const chain = await readChain(world.db.sql, real[0]!.id as `inc_${string}`)
    const before = await countRows(world.db)

    for (let round = 0; round < 2; round++) {
      const { holds } = await world.api.startDemo({ body: {} })
      expect(holds.incidents).toBeGreaterThan(25)
      await expect(world.api.startDemo({ body: {} })).rejects.toMatchObject({ refusal: 'already-there' })
      const open = (await storiesOf(world)).filter(({ status, demo }) => demo && status !== 'resolved')
      expect(open).toHaveLength(5)
      const { items } = await world.api.listIncidents({ query: { text: 'real thing' } })
      expect(items).toMatchObject([{ id: real[0]!.id, demo: false, number: real[0]!.number }])
      expect(await readChain(world.db.sql, real[0]!.id as `inc_${string}`)).toEqual(chain)
      await world.api.removeDemo()
      expect(await countRows(world.db)).toEqual(before)
    }
    expect(phones.requests).toHaveLength(1)
    await world.close()
    await phones.close()
  })

  test('says which of one’s own names are in the way', async () => {
    const world = await createWorld()
    await start(world, { demo: false })
    await world.configure('kind: Team\nmetadata: { name: payments }\nspec: { members: [] }')
    await expect(world.api.startDemo({ body: {} })).rejects.toMatchObject({
      refusal: 'names-taken',
      message: expect.stringContaining('Team ‹payments›'),
    })
    await world.close()
  })
})

describe('the company’s day', () => {
  test('goes on: hours later other incidents are open, somebody has most of them, and none is old', async () => {
    const world = await startedWorld({ stepSeconds: 60 })
    const first = (await storiesOf(world)).filter(({ status }) => status !== 'resolved').map(({ id }) => id)
    await world.pass({ minutes: 6 })
    expect((await storiesOf(world)).filter(({ status }) => status === 'resolved').map(({ id }) => id)).not.toEqual(
      expect.arrayContaining(first),
    )
    for (let hour = 0; hour < 5; hour++) {
      await world.pass({ minutes: 55 })
      const open = (await storiesOf(world)).filter(({ status }) => status !== 'resolved')
      expect(open.length, `after ${hour + 1} h`).toBeGreaterThanOrEqual(2)
      expect(open.length, `after ${hour + 1} h`).toBeLessThanOrEqual(7)
      expect(open.map(({ id }) => id)).not.toEqual(expect.arrayContaining(first))
      expect(open.some(({ status }) => status === 'acknowledged')).toBe(true)
      for (const { startedAt } of open) expect(world.now() - Date.parse(startedAt)).toBeLessThan(2 * HOUR)
    }
    await world.close()
  })

  test('after a night in which nothing ran, what stood open is over and others are under way', async () => {
    const world = await startedWorld({ stepSeconds: (9.6 * HOUR) / 1000 })
    const before = (await storiesOf(world)).filter(({ status }) => status !== 'resolved').map(({ id }) => id)
    await world.pass({ hours: 9.6 })
    const open = (await storiesOf(world)).filter(({ status }) => status !== 'resolved')
    expect(open.length).toBeGreaterThanOrEqual(2)
    expect(open.filter(({ id }) => before.includes(id))).toEqual([])
    await world.close()
  })

  test('does not go on without the company', async () => {
    const world = await startedWorld({ stepSeconds: 60 })
    await world.api.removeDemo()
    const before = await countRows(world.db)
    await world.pass({ minutes: 60 })
    expect(await storiesOf(world)).toEqual([])
    expect((await countRows(world.db))['incidents_incidents']).toEqual(before['incidents_incidents'])
    await world.close()
  })
})

/** A database whose transactions fail from a moment on, also where the past is played. */
function failingAt(db: Database, isTime: () => boolean, why: string): Database {
  return {
    ...db,
    transaction: (work, options) => (isTime() ? Promise.reject(new Error(why)) : db.transaction(work, options)),
    beside: (schemas) => failingAt(db.beside(schemas), isTime, why),
  }
}

/** The world after a first start on an empty database. */
async function startedWorld(options: WorldOptions = {}): Promise<World> {
  const world = await createWorld(options)
  await start(world, { demo: null })
  return world
}

async function start(world: World, { demo }: { demo: boolean | null }, parts = world.parts): Promise<void> {
  await prepare({ app: world.app, parts, settings: { ...readSettings({}, {}), demo } })
}

/** What a person who starts it reads. */
async function greetingOf(world: World): Promise<string> {
  const lines: string[] = []
  await greet({ app: world.app, parts: world.parts, url: world.baseUrl, out: (line) => lines.push(line) })
  return lines.join('\n')
}

function commandIn(text: string): { url: string; body: unknown } {
  const [, url, body] = /curl -X POST (\S+) .* -d '(.*)'/.exec(text)!
  return { url: url!, body: JSON.parse(body!) }
}

/** Oldest first. */
async function storiesOf(world: World) {
  return (await world.api.listIncidents({ query: { limit: 200 } })).items.reverse()
}

async function eventsOf({ sql }: Database): Promise<TimelineEvent[]> {
  const rows = await sql<{ type: string; data: string }>`select type, data from timeline_events order by position`
  return rows.map(({ type, data }) => ({ type, data: JSON.parse(data) }) as TimelineEvent)
}

async function messagesOf(world: World, person: string, after = 0) {
  return (await world.api.listPhoneMessages({ params: { person }, query: { after } })).items
}

async function newestOf({ db }: World): Promise<number> {
  const [row] = await db.sql<{ id: number }>`select max(id) as id from paging_screen_messages`
  return row!.id
}

async function removeObjects(world: World, objects: [kind: string, name: string][]): Promise<void> {
  const { writeDocuments } = await import('../../src/modules/documents/index.ts')
  await world.db.transaction((tx) =>
    writeDocuments(
      tx.sql,
      world.now(),
      'system',
      objects.map(([kind, name]) => ({ kind, name, spec: null, origin: { kind: 'ui' } })),
    ),
  )
}

/** Rows of every table there is, partitions counted with their whole. */
async function countRows({ sql }: Database): Promise<Record<string, number>> {
  const rows = await sql<{ name: string; count: number }>`
    select relname as name, (xpath('/row/count/text()', query_to_xml(format('select count(*) from %I', relname), false, true, '')))[1]::text::int as count
    from pg_class where relkind in ('r', 'p') and not relispartition and relnamespace = 'public'::regnamespace order by relname`
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}

/** A service of one's own, whose policy names a person of the demo, one with a phone on screen alone, and one with a real phone. */
function ownConfiguration(port: number): string {
  return `
kind: Person
metadata: { name: ada }
spec: { displayName: Ada, contacts: [ { name: drawn, channel: screen, address: my phone, bundle: false } ] }
---
kind: Person
metadata: { name: grace }
spec: { displayName: Grace, role: admin, contacts: [ { name: hook, channel: webhook, address: "http://127.0.0.1:${port}/grace", bundle: false } ] }
---
kind: EscalationPolicy
metadata: { name: own }
spec:
  levels:
    - { after: 0s, notify: [ { person: raj }, { person: ada } ] }
    - { after: 5m, notify: [ { person: grace } ] }
  catchAll: { notify: [ { person: grace } ] }
---
kind: Service
metadata: { name: own }
spec: { policy: own }
---
kind: Integration
metadata: { name: own }
spec: { source: generic, service: own, key: ownkey000000000000000000000001 }
---
kind: Integration
metadata: { name: own-checkout }
spec: { source: generic, service: checkout, key: ownkey000000000000000000000002 }
`
}
