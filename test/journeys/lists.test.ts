import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Stage, setStage } from '../world/stage.ts'

let stage: Stage
const at: Record<string, string> = {}

/** Mail is late (nobody has it), Checkout is slow (Ada has it), Disk is full (over); all in one morning. */
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  await stage.policy(['0s ada', '10m lin, kim'], 'kim')
  await stage.write({
    EscalationPolicy: { slow: { levels: [{ after: '5m', notify: [{ person: 'lin' }] }], catchAll: { notify: [{ person: 'kim' }] } } },
    Team: { mailers: { members: ['lin'] }, payments: { members: ['ada'] } },
    Service: {
      checkout: { policy: 'api', team: 'payments', grouping: { by: ['region'] } },
      mail: { policy: 'api', team: 'mailers', urgency: 'low' },
    },
    Integration: {
      shop: { source: 'generic', service: 'checkout', key: 'key-of-shop-'.padEnd(32, '0') },
      post: { source: 'generic', service: 'mail', key: 'key-of-post-'.padEnd(32, '0') },
    },
  })
  await stage.alarm({ title: 'Disk is full', dedup_key: 'db-1/disk', severity: 'warning', labels: { host: 'db-1', env: 'prod' } })
  at['first'] = new Date(stage.world.now()).toISOString()
  await stage.world.pass({ seconds: 30 })
  await stage.world.api.resolveIncident({ params: { id: 'INC-1' }, body: {} })
  await stage.world.pass({ minutes: 10 })
  at['second'] = new Date(stage.world.now()).toISOString()
  await stage.alarm(
    { title: 'Checkout is slow', dedup_key: 'shop/p95', severity: 'critical', labels: { region: 'eu-1', env: 'prod' } },
    'shop',
  )
  await stage.world.pass({ seconds: 30 })
  await stage.world.api.acknowledgeIncident({ params: { id: 'INC-2' }, body: { via: 'api' } })
  await stage.world.pass({ minutes: 1 })
  await stage.alarm({ title: 'Mail is late', dedup_key: 'mail/queue', severity: 'error', labels: { env: 'test' } }, 'post')
  await stage.world.pass({ seconds: 30 })
})
afterAll(() => stage.close())

type Query = NonNullable<NonNullable<Parameters<Stage['world']['api']['listIncidents']>[0]>['query']>
type AlertQuery = NonNullable<NonNullable<Parameters<Stage['world']['api']['listAlerts']>[0]>['query']>
const incidents = async (query: Query) => (await stage.world.api.listIncidents({ query })).items
const titles = async (query: Query) => (await incidents(query)).map(({ title }) => title)
const alerts = async (query: AlertQuery) => (await stage.world.api.listAlerts({ query })).items.map(({ title }) => title)
const [DISK, CHECKOUT, MAIL] = ['Disk is full', 'Checkout is slow', 'Mail is late']

describe('incidents are found', () => {
  test.each<[string, () => Query, string[]]>([
    ['by status', () => ({ status: ['open'] }), [MAIL, CHECKOUT]],
    ['by severity', () => ({ severity: [1, 3] }), [CHECKOUT, DISK]],
    ['by urgency', () => ({ urgency: 'low' }), [MAIL, DISK]],
    ['by service', () => ({ service: ['checkout', 'mail'] }), [MAIL, CHECKOUT]],
    ['by team', () => ({ team: ['mailers'] }), [MAIL]],
    ['by team and service, where none is both', () => ({ team: ['mailers'], service: ['checkout'] }), []],
    ['by who has it', () => ({ acknowledgedBy: ['admin token'] }), [CHECKOUT]],
    ['since a moment', () => ({ since: at['second']! }), [MAIL, CHECKOUT]],
    ['until a moment, which itself is out', () => ({ until: at['second']! }), [DISK]],
    ['between two moments', () => ({ since: at['first']!, until: at['second']! }), [DISK]],
    ['by a part of the title', () => ({ q: 'IS SL' }), [CHECKOUT]],
    ['by the number', () => ({ q: 'inc-1' }), [DISK]],
    ['by the bare number', () => ({ q: '3' }), [MAIL]],
    ['by the dedup key of an alert', () => ({ q: 'shop/p95' }), [CHECKOUT]],
    ['by nothing that is there', () => ({ q: 'nothing' }), []],
  ])('%s', async (_, query, found) => {
    expect(await titles(query())).toEqual(found)
  })

  test('waiting for those who were paged and for nobody else', async () => {
    expect(await titles({ waitingFor: 'ada' })).toEqual([MAIL])
    expect(await titles({ waitingFor: 'lin' })).toEqual([])
    expect(await titles({ waitingFor: 'nobody-of-this-name' })).toEqual([])
  })

  test('“me” needs a person', async () => {
    const { items } = await stage.world.api.listIncidents({ query: { status: ['open'] } })
    expect(items).toHaveLength(2)
    await expect(stage.world.api.listIncidents({ query: { waitingFor: 'me' } })).rejects.toMatchObject({
      status: 422,
      refusal: 'no-person',
      message: expect.stringContaining('Write a name'),
    })
  })

  test('what was asked for by its number comes first, once, on whatever page it would stand', async () => {
    const first = await stage.world.api.listIncidents({ query: { q: '1', limit: 1 } })
    expect(first.items.map(({ number }) => number)).toEqual(['INC-1'])
    const rest = first.next === null ? [] : await titles({ q: '1', cursor: first.next })
    expect(rest).toEqual([])
  })
})

test('each incident of a list says who is paged next if nobody acts', async () => {
  const next = Object.fromEntries((await incidents({})).map((one) => [one.title, one.next]))
  expect(next[DISK]).toBeNull()
  expect(next[CHECKOUT]).toBeNull()
  expect(next[MAIL]).toMatchObject({ level: 2, round: 0, catchAll: false })
  expect(next[MAIL]!.people).toEqual([
    { person: 'lin', displayName: 'lin' },
    { person: 'kim', displayName: 'kim' },
  ])
  const { next: asked } = await stage.world.api.getEscalation({ params: { id: 'INC-3' } })
  expect(next[MAIL]!.dueAt).toBe(asked!.at)
})

test('a list costs the same number of statements however many incidents it shows', async () => {
  const statements = async () => {
    await incidents({ status: ['open'], limit: 200 })
    const before = stage.world.db.statements()
    const { length } = await incidents({ status: ['open'], limit: 200 })
    return { length, statements: stage.world.db.statements() - before }
  }
  const few = await statements()
  for (let i = 0; i < 12; i++) await stage.alarm({ title: `Host ${i}`, dedup_key: `host-${i}` }, i % 2 === 0 ? 'alarms' : 'post')
  const many = await statements()
  expect(many.length).toBe(few.length + 12)
  expect(many.statements).toBe(few.statements)
  for (const { number, title } of await incidents({ status: ['open'] }))
    if (title.startsWith('Host ')) await stage.world.api.resolveIncident({ params: { id: number }, body: {} })
})

test('facets count each field as if it were not filtered by', async () => {
  const { status, severity, service, team, acknowledgedBy, counted, complete } = await stage.world.api.countIncidents({
    query: { status: ['open'], since: at['first']! },
  })
  expect(status.values.find(({ value }) => value === 'detected')).toEqual({ value: 'detected', count: 1 })
  expect(status.values.find(({ value }) => value === 'resolved')?.count).toBeGreaterThan(0)
  expect(severity.values).toEqual([
    { value: '1', count: 1 },
    { value: '2', count: 1 },
  ])
  expect(service.values.map(({ value }) => value)).toEqual(['checkout', 'mail'])
  expect(team.values.map(({ value }) => value)).toEqual(['mailers', 'payments'])
  expect(acknowledgedBy.values).toEqual([{ value: 'admin token', count: 1 }])
  expect([counted > 2, complete]).toEqual([true, true])
  const narrowed = await stage.world.api.countIncidents({ query: { status: ['open'], team: ['mailers'] } })
  expect(narrowed.service.values).toEqual([{ value: 'mail', count: 1 }])
  expect(narrowed.team.values).toHaveLength(2)
})

describe('alerts are found', () => {
  test.each<[string, () => AlertQuery, string[]]>([
    ['by status', () => ({ status: 'open' }), [MAIL, CHECKOUT]],
    ['by severity', () => ({ severity: [3], q: 'disk' }), [DISK]],
    ['by service', () => ({ service: ['checkout'] }), [CHECKOUT]],
    ['by integration', () => ({ integration: ['shop', 'nothing'] }), [CHECKOUT]],
    ['by a label', () => ({ label: ['env=test'] }), [MAIL]],
    ['by one of two values of a label', () => ({ label: ['env=test', 'env=prod'] }), [MAIL, CHECKOUT, DISK]],
    ['by two labels', () => ({ label: ['env=prod', 'region=eu-1'] }), [CHECKOUT]],
    ['by a label that holds a comma', () => ({ label: ['env=test,prod'] }), []],
    ['by dedup key', () => ({ dedupKey: 'db-1/disk' }), [DISK]],
    ['by dedup key at one integration', () => ({ dedupKey: 'db-1/disk', integration: ['shop'] }), []],
    ['by dedup key, ended', () => ({ dedupKey: 'db-1/disk', status: 'ended' }), [DISK]],
    ['by incident', () => ({ incident: 'INC-2' }), [CHECKOUT]],
    ['by the number of their incident', () => ({ q: 'INC-2' }), [CHECKOUT]],
    ['by a part of the dedup key', () => ({ q: 'l/que' }), [MAIL]],
    ['by a part of the title', () => ({ q: 'is slow' }), [CHECKOUT]],
    ['since a moment', () => ({ since: at['second']!, status: 'open' }), [MAIL, CHECKOUT]],
    ['until a moment', () => ({ until: at['second']! }), [DISK]],
  ])('%s', async (_, query, found) => {
    expect(await alerts(query())).toEqual(found)
  })

  test('with the number and state of their incident, and what gathers them there', async () => {
    const [alert] = (await stage.world.api.listAlerts({ query: { dedupKey: 'shop/p95' } })).items
    expect(alert).toMatchObject({
      incidentNumber: 'INC-2',
      incidentStatus: 'acknowledged',
      grouping: 'labels',
      groupedBy: [{ label: 'region', value: 'eu-1' }],
    })
  })

  test('with every earlier time their key was open', async () => {
    await stage.world.pass({ minutes: 1 })
    await stage.alarm({ title: 'Disk is full again', dedup_key: 'db-1/disk', severity: 'warning' })
    expect(await alerts({ dedupKey: 'db-1/disk' })).toEqual(['Disk is full again', DISK])
    expect(await titles({ q: 'db-1/disk' })).toEqual(['Disk is full again', DISK])
    expect(await alerts({ dedupKey: 'db-1/disk', limit: 1 })).toEqual(['Disk is full again'])
  })

  test('a label that is none is refused with what to write', async () => {
    await expect(stage.world.api.listAlerts({ query: { label: ['env'] } })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('name=value'),
    })
  })
})

test('alerts are counted by field, and over the day', async () => {
  const { service, integration, severity } = await stage.world.api.countAlerts({ query: { label: ['env=prod'] } })
  expect(service.values).toEqual([
    { value: 'api', count: 1 },
    { value: 'checkout', count: 1 },
  ])
  expect(integration.values.map(({ value }) => value)).toEqual(['alarms', 'shop'])
  expect(severity.values).toHaveLength(2)

  const volume = await stage.world.api.getAlertVolume()
  expect(volume.quarters).toHaveLength(96)
  expect(volume.quarters.reduce((sum, { alerts: count }) => sum + count, 0)).toBe(volume.alerts)
  expect(volume.alerts).toBe((await stage.world.api.countAlerts({})).counted)
  expect(volume.incidents).toBeGreaterThanOrEqual(3)
  expect(volume.pages).toBeGreaterThanOrEqual(3)
  expect(volume.complete).toBe(true)
})

describe('behind a long history', () => {
  beforeAll(async () => {
    const client = await stage.world.db.connect()
    await client.query('set statement_timeout = 0')
    // Older than everything above: numbers below 1 and ids of 1970.
    await client.query(`
      insert into incidents_incidents (id, number, title, status, open, severity, severity_scheme, urgency, service, kind, origin, visibility, auto_resolve, detected_at, updated_at)
      select 'inc_00' || lpad(i::text, 24, '0'), i - 30000, 'Old host ' || i, case when i = 1 then 'detected' else 'resolved' end, i = 1, 2, 'default', 'high', 'past', 'incident', 'alert', 'public', true,
        timestamptz '2020-01-01' + i * interval '1 minute', now() from generate_series(1, 30000) i`)
    await client.query(`
      insert into alerts_alerts (id, identity, latest, integration, dedup_key, service, incident_id, status, severity, title, labels, annotations, links, warnings, count, opened_at, reported_at, first_position, first_index, last_position, last_index)
      select 'alr_00' || lpad(i::text, 24, '0'), gen_random_uuid(), true, 'alarms', 'old-' || i, 'past', 'inc_00' || lpad(i::text, 24, '0'), case when i = 1 then 'open' else 'ended' end, 2, 'Old host ' || i,
        '{}', '{}', '[]', '[]', 1, timestamptz '2020-01-01' + i * interval '1 minute', now(), 1, 1, 1, 1 from generate_series(1, 30000) i`)
    // As the database does by itself within a minute of such growth.
    await client.query('analyze')
    await client.end()
  })

  test('a page that finds little says where to go on, and the way leads to the end', async () => {
    const seen: string[] = []
    let pages = 0
    for (let cursor: string | null | undefined; cursor !== null; pages++) {
      const reply: { items: { title: string }[]; next: string | null } = await stage.world.api.listAlerts({
        query: { q: 'old host 7', service: ['past'], limit: 200, ...(cursor !== undefined && { cursor }) },
      })
      seen.push(...reply.items.map(({ title }) => title))
      cursor = reply.next
    }
    expect(seen).toHaveLength(
      Array.from({ length: 30_000 }, (_, i) => `Old host ${i + 1}`).filter((title) => title.includes('host 7')).length,
    )
    expect(new Set(seen).size).toBe(seen.length)
    expect(pages).toBeGreaterThan(3)
    const nowhere = await stage.world.api.listAlerts({ query: { q: 'in no title' } })
    expect(nowhere.items).toEqual([])
    expect(nowhere.next).not.toBeNull()
  })

  test('what is open is found at once, however old it is', async () => {
    const open = await stage.world.api.listAlerts({ query: { status: 'open', service: ['past'] } })
    expect([open.items.map(({ title }) => title), open.next]).toEqual([['Old host 1'], null])
    expect((await stage.world.api.countAlerts({})).status.values.find(({ value }) => value === 'open')!.count).toBeGreaterThanOrEqual(3)
    const { complete, counted } = await stage.world.api.countAlerts({})
    expect([complete, counted < 12_000]).toEqual([false, true])
  })

  test('no list reads more of it than its bound', async () => {
    const client = await stage.world.db.connect()
    const read = async () => {
      const { rows } = await client.query<{ tuples: number }>(
        `select sum(idx_tup_fetch + seq_tup_read)::int as tuples from pg_stat_user_tables where relname in ('alerts_alerts', 'incidents_incidents')`,
      )
      return rows[0]!.tuples
    }
    const { api, db } = stage.world
    const settled = async () => {
      // Sessions tell their counts when they are idle and asked to.
      for (let i = 0; i < 12; i++) await db.sql`select pg_stat_force_next_flush()`
      return read()
    }
    const asks: [string, () => Promise<unknown>, number][] = [
      ['incidents', () => api.listIncidents({}), 1000],
      ['open incidents', () => api.listIncidents({ query: { status: ['open'] } }), 1000],
      ['incidents that are nowhere', () => api.listIncidents({ query: { q: 'in no title' } }), 25_000],
      ['incidents of long ago', () => api.listIncidents({ query: { until: '2020-01-02T00:00:00Z' } }), 25_000],
      ['alerts', () => api.listAlerts({}), 1000],
      ['open alerts', () => api.listAlerts({ query: { status: 'open' } }), 1000],
      ['alerts of one key', () => api.listAlerts({ query: { dedupKey: 'old-500', integration: ['alarms'] } }), 1000],
      ['alerts that are nowhere', () => api.listAlerts({ query: { q: 'in no title' } }), 25_000],
      ['counts of alerts', () => api.countAlerts({}), 35_000],
      ['counts of incidents', () => api.countIncidents({}), 35_000],
      ['the volume', () => api.getAlertVolume(), 3000],
    ]
    for (const [name, ask, most] of asks) {
      const before = await settled()
      await ask()
      expect((await settled()) - before, name).toBeLessThan(most)
    }
    await client.end()
  })
})
