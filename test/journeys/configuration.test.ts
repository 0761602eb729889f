import { afterAll, beforeAll, expect, test } from 'vitest'
import { contract } from '../../src/contract.ts'
import { ApiError, createClient } from '../../src/platform/client.ts'
import { startWebhookReceiver } from '../world/webhook-receiver.ts'
import { ADMIN_TOKEN, createWorld, twoPeople, type World } from '../world/world.ts'

let world: World
let phones: Awaited<ReturnType<typeof startWebhookReceiver>>
let company: string

beforeAll(async () => {
  phones = await startWebhookReceiver()
  world = await createWorld()
  company = twoPeople(phones.port)
})
afterAll(async () => {
  await world.close()
  await phones.close()
})

const files = (text: string) => [{ file: 'company.yaml', text }]

/** What a refused call says. */
async function refused(call: Promise<unknown>): Promise<ApiError> {
  const outcome = await call.catch((error: unknown) => error)
  if (!(outcome instanceof ApiError)) throw new Error(`was not refused: ${JSON.stringify(outcome)}`)
  return outcome
}

test('a mistake is told with its line, the mended file is applied, and pages go out by it', async () => {
  const slip = company.replace('team: payments\n', 'team: paymnets\n')
  expect(await world.api.validateConfiguration({ body: { files: files(slip) } })).toEqual({
    valid: false,
    issues: [{ file: 'company.yaml', line: 60, path: 'spec.team', message: 'there is no Team ‹paymnets›; did you mean ‹payments›?' }],
    warnings: [],
  })
  const no = await refused(world.api.applyConfiguration({ body: { files: files(slip) } }))
  expect(no).toMatchObject({ status: 422, refusal: 'invalid-configuration', issues: [{ line: 60 }] })
  expect(no.message).toBe('Nothing was changed. company.yaml, line 60: spec.team there is no Team ‹paymnets›; did you mean ‹payments›?')

  const tried = await world.api.applyConfiguration({ body: { files: files(company), dryRun: true } })
  expect(tried).toMatchObject({ applied: false, created: { length: 10 } })
  expect((await world.api.listObjects({ params: { kind: 'people' } })).items).toEqual([])
  const done = await world.api.applyConfiguration({ body: { files: files(company) } })
  expect(done).toMatchObject({ applied: true, created: { length: 10 }, warnings: [] })

  const sent = await world.post('/v2/enqueue', {
    routing_key: 'pagerdutykey00000000000000000001',
    event_action: 'trigger',
    dedup_key: 'disk',
    payload: { summary: 'Disk is full', source: 'db-1', severity: 'critical', class: 'DiskFull' },
  })
  expect(sent.status).toBe(202)
  expect(phones.requests.map((one) => one.path)).toEqual(['/ada'])
  expect(await world.api.listServices()).toMatchObject({
    items: [{ name: 'payments-api', displayName: 'Payments API', team: 'payments', openIncidents: 1, worstSeverity: 1 }],
  })
})

test('an address in a network nobody opened is refused, naming the setting', async () => {
  const no = await refused(
    world.api.putObject({
      params: { kind: 'people', name: 'eve' },
      body: { spec: { contacts: [{ name: 'x', channel: 'webhook', address: 'http://169.254.169.254/latest' }] } },
    }),
  )
  expect(no.issues).toMatchObject([{ path: 'spec.contacts.0.address', message: expect.stringContaining('TOCSIN_EGRESS_ALLOW') }])
})

test('what was exported is what is in force, and a changed line is told field by field', async () => {
  const { text } = await world.api.exportConfiguration()
  expect(text).not.toContain('pagerdutykey')
  const same = await world.api.diffConfiguration({ body: { files: files(text), prune: true } })
  expect(same).toMatchObject({ created: [], changed: [], removed: [], onlyOnServer: [], unchanged: { length: 10 } })
  const other = await world.api.diffConfiguration({
    body: { files: files(text.replace('after: 30s', 'after: 5m').replace('displayName: Payments API', 'displayName: Payments')) },
  })
  expect(other.changed.map(({ kind, name, differences }) => ({ kind, name, differences }))).toEqual([
    { kind: 'EscalationPolicy', name: 'payments', differences: [{ path: 'levels.1.after', from: '30s', to: '5m' }] },
    { kind: 'Service', name: 'payments-api', differences: [{ path: 'displayName', from: 'Payments API', to: 'Payments' }] },
  ])
  const one = await world.api.exportConfiguration({ query: { kind: 'teams', name: 'payments' } })
  expect(one.text).toBe(
    'apiVersion: tocsin.dev/v1\nkind: Team\nmetadata: { name: payments }\nspec:\n  displayName: Payments\n  members: [ ada, lin ]\n',
  )
})

test('an object from a file is read-only until it is ejected; then it has a history of its own', async () => {
  const params = { kind: 'teams', name: 'payments' } as const
  const before = await world.api.getObject({ params })
  expect(before).toMatchObject({ version: 1, origin: { kind: 'file', file: 'company.yaml', line: 29 }, changedBy: 'token:admin token' })
  expect(before.yaml).toContain('members: [ ada, lin ]')
  const no = await refused(world.api.putObject({ params, body: { spec: { members: ['lin'] } } }))
  expect(no).toMatchObject({ status: 409, refusal: 'from-file' })
  expect(no.message).toContain('company.yaml, line 29')
  await world.api.ejectObject({ params, body: {} })
  const changed = await world.api.putObject({ params, body: { spec: { members: ['lin'] }, expectedVersion: 2 } })
  expect(changed).toMatchObject({ version: 3, origin: { kind: 'api' }, warnings: [] })
  const late = await refused(world.api.putObject({ params, body: { spec: { members: [] }, expectedVersion: 2 } }))
  expect(late).toMatchObject({
    status: 409,
    refusal: 'conflict',
    issues: [{ path: 'spec.members', message: '["lin"] on the server, not there in yours' }],
  })
  const { items } = await world.api.getObjectHistory({ params })
  expect(items.map(({ version, origin, differences }) => [version, origin.kind, differences.map(({ path }) => path)])).toEqual([
    [3, 'api', ['displayName', 'members']],
    [2, 'api', []],
    [1, 'file', ['displayName', 'members']],
  ])
  const page = await world.api.getObjectHistory({ params, query: { limit: 2 } })
  expect(page.next).toBe('2')
  expect(
    (await world.api.getObjectHistory({ params, query: { limit: 2, cursor: page.next! } })).items.map(({ version }) => version),
  ).toEqual([1])
})

test('something is removed once nothing needs it any more', async () => {
  await world.api.putObject({ params: { kind: 'services', name: 'night-jobs' }, body: { spec: { dependsOn: ['payments-api'] } } })
  const params = { kind: 'services', name: 'payments-api' } as const
  const no = await refused(world.api.deleteObject({ params, query: { eject: 'true' } }))
  expect(no).toMatchObject({ status: 409, refusal: 'still-needed' })
  expect(no.issues.map(({ message }) => message)).toContain(
    'Service ‹payments-api› cannot be removed: Service ‹night-jobs› refers to it in dependsOn.0',
  )
  expect(await world.api.getService({ params: { name: 'payments-api' } })).toMatchObject({
    neededBy: ['night-jobs'],
    integrations: { length: 4 },
    grouping: ['alertname'],
  })
  expect(await world.api.deleteObject({ params: { kind: 'services', name: 'night-jobs' } })).toEqual({
    removed: [{ kind: 'Service', name: 'night-jobs' }],
  })
  expect(await refused(world.api.getObject({ params: { kind: 'services', name: 'night-jobs' } }))).toMatchObject({ status: 404 })
  expect((await world.api.getObjectHistory({ params: { kind: 'services', name: 'night-jobs' } })).items).toMatchObject([
    { version: 2, spec: null },
    { version: 1 },
  ])
})

test('who is on call, level by level, and why', async () => {
  const { items } = await world.api.listOnCall({ query: { service: 'payments-api' } })
  expect(items).toMatchObject([
    {
      policy: 'payments',
      level: 1,
      schedule: 'payments-primary',
      person: 'ada',
      displayName: 'Ada Ekwueme',
      from: '2026-01-05T08:00:00.000Z',
      until: null,
      whyKind: 'layer',
      why: 'On call for payments-primary (weekly).',
      reachable: [
        { contact: 'hook', channel: 'webhook' },
        { contact: 'mail', channel: 'email' },
      ],
    },
    { level: 2, person: 'lin', whyKind: 'named', catchAll: false },
    { level: 3, team: 'payments', person: 'lin', whyKind: 'member', catchAll: true },
  ])
  expect((await world.api.listOnCall({ query: { person: 'ada' } })).items.map(({ schedule, policy }) => [schedule, policy])).toEqual([
    ['payments-primary', null],
    ['payments-primary', 'payments'],
  ])
  expect((await world.api.listOnCall({ query: { at: '2025-12-01T00:00:00Z', schedule: 'payments-primary' } })).items[0]).toMatchObject({
    person: null,
    whyKind: 'nobody',
    why: 'Nobody is on call for schedule payments-primary.',
  })
})

test('an override puts somebody else on call, shows in the shifts, and is taken away again', async () => {
  const name = 'payments-primary'
  const wrong = async (body: { person: string; from?: string; until: string }) =>
    (await refused(world.api.makeOverride({ params: { name }, body }))).refusal
  expect(await wrong({ person: 'nobody', until: '2026-11-21T00:00:00Z' })).toBe('no-such-person')
  expect(await wrong({ person: 'lin', from: '2026-11-22T00:00:00Z', until: '2026-11-21T00:00:00Z' })).toBe('ends-before-start')
  expect(await wrong({ person: 'lin', from: '2026-11-01T00:00:00Z', until: '2026-11-02T00:00:00Z' })).toBe('already-over')
  expect(await wrong({ person: 'lin', until: 'tomorrow' })).toBe('bad-moment')
  expect(
    (await refused(world.api.makeOverride({ params: { name: 'nothing' }, body: { person: 'lin', until: '2026-11-21T00:00:00Z' } }))).status,
  ).toBe(404)

  // As the clocks in Berlin show it.
  const made = await world.api.makeOverride({
    params: { name },
    body: { person: 'lin', from: '2026-11-20T09:00', until: '2026-11-20T17:00', reason: 'dentist' },
  })
  expect(made).toMatchObject({
    person: 'lin',
    displayName: 'Lin Dao',
    from: '2026-11-20T08:00:00.000Z',
    until: '2026-11-20T16:00:00.000Z',
    madeBy: 'token:admin token',
  })
  expect((await world.api.listOverrides({ params: { name } })).items).toEqual([made])
  const window = { since: '2026-11-20T00:00:00Z', until: '2026-11-21T00:00:00Z' }
  const { items } = await world.api.listShifts({ params: { name }, query: window })
  expect(
    items.map(({ person, from, whyKind, layer, override, reason }) => [person, from.slice(11, 16), whyKind, layer, override, reason]),
  ).toEqual([
    ['ada', '00:00', 'layer', 'weekly', null, null],
    ['lin', '08:00', 'override', null, made.id, 'dentist'],
    ['ada', '16:00', 'layer', 'weekly', null, null],
  ])
  const first = await world.api.listShifts({ params: { name }, query: { ...window, limit: 2 } })
  expect((await world.api.listShifts({ params: { name }, query: { ...window, limit: 2, cursor: first.next! } })).items).toEqual(
    items.slice(2),
  )
  expect((await world.api.listOnCall({ query: { schedule: name, at: '2026-11-20T10:00:00Z' } })).items[0]).toMatchObject({
    person: 'lin',
    whyKind: 'override',
    why: 'On call for payments-primary (override, dentist) until 16:00 UTC.',
  })
  expect((await world.api.listSchedules()).items).toMatchObject([
    { name, onCall: { person: 'ada', until: '2026-11-20T08:00:00.000Z' }, nextGap: null, people: [{ name: 'ada' }] },
  ])
  await world.api.endOverride({ params: { name, id: made.id } })
  expect((await world.api.listShifts({ params: { name }, query: window })).items).toHaveLength(1)
  expect((await refused(world.api.endOverride({ params: { name, id: made.id } }))).status).toBe(404)
})

test('a gap in a schedule is shown as one', async () => {
  await world.api.putObject({
    params: { kind: 'schedules', name: 'office-hours' },
    body: {
      spec: {
        timeZone: 'UTC',
        layers: [{ name: 'day', users: ['ada'], start: '2026-01-05T09:00', turn: '7d', restrictions: [{ from: '09:00', until: '17:00' }] }],
      },
    },
  })
  const query = { since: '2026-11-20T00:00:00Z', until: '2026-11-21T00:00:00Z' }
  const { items } = await world.api.listShifts({ params: { name: 'office-hours' }, query })
  expect(items.map(({ gap, person }) => [gap, person])).toEqual([
    [true, null],
    [false, 'ada'],
    [true, null],
  ])
  expect(
    await refused(world.api.listShifts({ params: { name: 'office-hours' }, query: { since: query.until, until: query.since } })),
  ).toMatchObject({ status: 422, refusal: 'bad-window' })
  await world.api.deleteObject({ params: { kind: 'schedules', name: 'office-hours' } })
})

test('the simulation of a policy says what the pager then does', async () => {
  await world.api.applyConfiguration({ body: { files: files(company) } })
  const { items } = await world.api.listIncidents({ query: { status: ['open'] } })
  for (const { id } of items) await world.api.resolveIncident({ params: { id }, body: {} })
  const { steps, urgency } = await world.api.simulatePolicy({ params: { name: 'payments' }, query: { severity: 1 } })
  expect(urgency).toBe('high')
  expect(steps.map(({ round, level, catchAll, afterSeconds }) => [round, level, catchAll, afterSeconds])).toEqual([
    [0, 1, false, 0],
    [0, 2, false, 30],
    [1, 1, false, 60],
    [1, 2, false, 90],
    [2, 3, true, 120],
  ])
  expect(steps[0]!.found).toEqual([
    { person: 'ada', displayName: 'Ada Ekwueme', why: 'on call for payments-primary (weekly)', absent: false },
  ])
  const promised = steps.flatMap(({ round, pages }) =>
    pages.filter(({ channel }) => channel === 'webhook').map(({ person, at }) => [round, person, at]),
  )
  const declared = await world.api.declareIncident({ body: { title: 'Like the simulation', severity: 1, service: 'payments-api' } })
  await world.settle()
  await world.pass({ seconds: 125 })
  const { items: pages } = await world.api.getPages({ params: { id: declared.id } })
  const done = pages
    .filter(({ channel }) => channel === 'webhook')
    .map(({ round, person, attempts }) => [round, person, attempts[0]?.beganAt])
  expect(done).toEqual(promised)
})

test('a policy that is still being written is simulated as it would be once it is saved', async () => {
  await world.api.applyConfiguration({ body: { files: files(company) } })
  const { spec } = await world.api.getObject({ params: { kind: 'policies', name: 'payments' } })
  const saved = await world.api.simulatePolicy({ params: { name: 'payments' }, query: { severity: 1 } })
  const { startsAt: at } = saved
  const draft = await world.api.simulateDraft({ body: { spec, name: 'payments', severity: 1, at } })
  expect(draft).toEqual({ ...saved, version: 0 })
  const levels = (spec['levels'] as { after: string }[]).map((level, i) => (i === 1 ? { ...level, after: '20m' } : level))
  const later = await world.api.simulateDraft({ body: { spec: { ...spec, levels }, name: 'payments', severity: 1, at } })
  expect(later.steps[1]).toMatchObject({ level: 2, afterSeconds: 1200 })
  expect((await world.api.getObject({ params: { kind: 'policies', name: 'payments' } })).spec).toEqual(spec)
  expect(await refused(world.api.simulateDraft({ body: { spec: { levels: [] } } }))).toMatchObject({
    status: 422,
    refusal: 'invalid-policy',
    issues: [{ path: 'spec.catchAll' }],
  })
})

test('a schedule that is still being written shows who would be on call, layer by layer, and where nobody is', async () => {
  await world.api.applyConfiguration({ body: { files: files(company) } })
  const spec = {
    timeZone: 'Europe/Berlin',
    layers: [
      { name: 'days', users: ['ada', 'lin'], start: '2026-01-05T09:00', turn: '1d', restrictions: [{ from: '09:00', until: '17:00' }] },
      { name: 'monday', users: ['lin'], start: '2026-01-05T12:00', end: '2026-01-05T13:00', turn: '1w' },
    ],
  }
  const window = { since: '2026-01-05T08:00:00Z', until: '2026-01-06T16:00:00Z' }
  const preview = await world.api.previewSchedule({ body: { spec, ...window } })
  expect(preview.zoneData).toMatch(/^20\d\d[a-z]$/)
  expect((await world.api.getSettings()).zoneData).toBe(preview.zoneData)
  const told = (shifts: { person: string | null; from: string }[]) => shifts.map(({ person, from }) => [from.slice(8, 16), person])
  expect(told(preview.shifts)).toEqual([
    ['05T08:00', 'ada'],
    ['05T11:00', 'lin'],
    ['05T12:00', 'ada'],
    ['05T16:00', null],
    ['06T08:00', 'lin'],
  ])
  expect(preview.layers.map(({ name, shifts }) => [name, told(shifts)])).toEqual([
    [
      'days',
      [
        ['05T08:00', 'ada'],
        ['05T16:00', null],
        ['06T08:00', 'lin'],
      ],
    ],
    [
      'monday',
      [
        ['05T08:00', null],
        ['05T11:00', 'lin'],
        ['05T12:00', null],
      ],
    ],
  ])
  // Nobody is missing on Monday evening: the layers have hours, and would have somebody without them.
  expect(preview.shifts.map(({ outsideHours }) => outsideHours)).toEqual([false, false, false, true, false])
  expect(preview.more).toBe(false)
  const seconds = { timeZone: 'UTC', layers: [{ name: 'spin', users: ['ada', 'lin'], start: '2026-01-01T00:00', turn: '1m' }] }
  const spun = await world.api.previewSchedule({ body: { spec: seconds, ...window } })
  expect([spun.shifts.length, spun.more]).toEqual([400, true])
  expect(await refused(world.api.previewSchedule({ body: { spec: { timeZone: 'Berlin', layers: [] } } }))).toMatchObject({
    status: 422,
    refusal: 'invalid-schedule',
  })
})

test('a body too large to be anybody’s configuration, and one that is no list of files, are refused', async () => {
  const post = (body: unknown) => world.post('/api/v1/configuration/validation', body, { authorization: `Bearer ${ADMIN_TOKEN}` })
  expect((await post({ files: [] })).status).toBe(400)
  expect((await post({ files: [{ file: 'x', text: 'x'.repeat(1_100_000) }] })).status).toBe(413)
})

test('a contact can name no secret of the server, and one that is not there yet is said', async () => {
  const withSecret = (secret: string) =>
    files(
      `apiVersion: tocsin.dev/v1\nkind: Person\nmetadata: { name: mal }\nspec: { contacts: [ { name: n, channel: ntfy, address: "http://127.0.0.1:${phones.port}/topic", secret: ${secret} } ] }\n`,
    )
  for (const [secret, words] of [
    ['{ env: TOCSIN_ADMIN_TOKEN }', 'name a variable that begins with TOCSIN_SECRET_'],
    ['{ env: TOCSIN_SECRET_KEY_FILE }', 'name a variable that begins with TOCSIN_SECRET_'],
    ['{ env: PATH }', 'name a variable that begins with TOCSIN_SECRET_'],
    ['{ file: /etc/passwd }', 'is not in '],
    ['{ file: /dev/zero }', 'is not in '],
    ['{ file: ../../package.json }', 'is not in '],
    ['{ file: . }', 'is not in '],
  ] as const) {
    const no = await refused(world.api.applyConfiguration({ body: { files: withSecret(secret) } }))
    expect(no, secret).toMatchObject({ status: 422, issues: [{ path: expect.stringContaining('spec.contacts.0.secret'), line: 4 }] })
    expect(no.message, secret).toContain(words)
  }
  const done = await world.api.applyConfiguration({ body: { files: withSecret('{ env: TOCSIN_SECRET_MAL }') } })
  expect(done.warnings).toMatchObject([
    { path: 'spec.contacts.0.secret', message: expect.stringContaining('has no variable TOCSIN_SECRET_MAL') },
  ])
})

test('whoever may not change contacts sees no whole address of them, wherever it is told; one’s own stays', async () => {
  const path = `/hooks/T0SECRET-${crypto.randomUUID()}`
  const person = (over = '') =>
    files(
      `apiVersion: tocsin.dev/v1\nkind: Person\nmetadata: { name: nia }\nspec: { role: viewer, contacts: [ { name: h, channel: webhook, address: "http://127.0.0.1:${phones.port}${path}${over}" } ] }\n`,
    )
  await world.api.applyConfiguration({ body: { files: person() } })
  await world.api.applyConfiguration({ body: { files: person('?v=2') } })
  const as = async (body: { label: string; role: 'viewer' | 'responder' | 'admin'; person?: string }) => {
    const { secret } = await world.api.createToken({ body })
    const api = createClient(contract, { baseUrl: world.baseUrl, token: secret })
    const params = { kind: 'people' as const, name: 'nia' }
    return {
      api,
      told: {
        export: await api.exportConfiguration({ query: {} }),
        list: await api.listObjects({ params: { kind: 'people' } }),
        one: await api.getObject({ params }),
        history: await api.getObjectHistory({ params }),
        diff: await api.diffConfiguration({
          body: { files: person('?v=3').map((one) => ({ ...one, text: one.text.replaceAll(path, '/other') })) },
        }),
        people: await api.listPeople({}),
        person: await api.getPerson({ params: { name: 'nia' } }),
      },
    }
  }
  for (const role of ['viewer', 'responder'] as const) {
    const { api, told } = await as({ label: role, role })
    for (const [place, said] of Object.entries(told)) expect(JSON.stringify(said), `${role}: ${place}`).not.toContain('T0SECRET')
    expect(told.export.text).toContain(`http://127.0.0.1:${phones.port}/…`)
    expect(told.diff.changed).toMatchObject([{ name: 'nia', differences: [{ path: 'contacts.h.address' }] }])
    // Such an export, applied by somebody else, must not leave contacts without addresses.
    const no = await refused(world.api.applyConfiguration({ body: { files: files(told.export.text) } }))
    expect(no.message).toContain('is masked')
    await api.listTeams({})
  }
  for (const who of [
    { label: 'a', role: 'admin' as const },
    { label: 'own', role: 'viewer' as const, person: 'nia' },
  ]) {
    const { told } = await as(who)
    for (const [place, said] of Object.entries(told)) expect(JSON.stringify(said), `${who.label}: ${place}`).toContain('T0SECRET')
  }
})
