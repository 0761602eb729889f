import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keyOf, type Stage, setStage } from '../world/stage.ts'
import { ADMIN_TOKEN } from '../world/world.ts'

let stage: Stage

beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'lin', 'kim'] })
  await stage.write({
    Integration: {
      events: { source: 'pagerduty', service: 'api', key: keyOf('events') },
      prometheus: { source: 'alertmanager', service: 'api', key: keyOf('prometheus') },
    },
  })
  await stage.policy(['0s ada', '1h lin'], 'kim')
})
afterAll(() => stage.close())
beforeEach(() => stage.curtain())

const event = (over: object = {}, payload: object = {}) => ({
  routing_key: keyOf('events'),
  event_action: 'trigger',
  dedup_key: 'disk',
  payload: { summary: 'Disk is full', source: 'db-1', severity: 'critical', ...payload },
  ...over,
})
const open = async () => (await stage.world.api.listIncidents({ query: { status: ['open'] } })).items
const newest = async () => (await stage.world.api.listAlerts({ query: { limit: 1 } })).items[0]!
const alertOf = async (dedupKey: string) => (await stage.world.api.listAlerts({ query: { dedupKey, limit: 1 } })).items[0]!
const unparsed = async () => (await stage.world.api.listUnparsed()).items
/** Bytes and headers as they are, for what no client would send. */
async function knock(path: string, body: Buffer | string, headers: Record<string, string> = {}) {
  const reply = await fetch(`${stage.world.baseUrl}${path}`, { method: 'POST', headers, body: body as never })
  const text = await reply.text()
  await stage.world.settle()
  return { status: reply.status, text, headers: reply.headers }
}
/** Whatever came before, the next alarm is taken and pages. */
async function stillWorks() {
  const rung = stage.phones.rang().length
  expect(await stage.alarm({ dedup_key: `after-${crypto.randomUUID()}` })).toMatchObject({ status: 'detected' })
  expect(stage.phones.rang().length).toBe(rung + 1)
}

describe('text that would break a database', () => {
  test.each([
    ['a NUL', '"a\\u0000b"', 'a\uFFFDb'],
    ['half a surrogate', '"a\\ud83db"', 'a\uFFFDb'],
    ['two halves the wrong way round', '"\\ude00\\ud83d"', '\uFFFD\uFFFD'],
  ])('%s is mended wherever it stands, and the alarm pages', async (_what, json, mended) => {
    const body = `{ "title": ${json}, "dedup_key": ${json}, "severity": "critical", "labels": { ${json}: ${json} }, ${json}: [${json}] }`
    expect((await knock(`/in/${keyOf('alarms')}`, body)).status).toBe(202)
    expect(await newest()).toMatchObject({ title: mended, dedupKey: mended, labels: { [mended]: mended } })
    expect(stage.phones.page('ada').incident.title).toBe(mended)
    // The same alarm in the same words is the same alarm.
    await knock(`/in/${keyOf('alarms')}`, body)
    expect(await newest()).toMatchObject({ count: 2 })
  })

  test('bytes that are no UTF-8 are read as Windows-1252, with a warning', async () => {
    const body = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe, 0xc0]), Buffer.from('","dedup_key":"bytes"}')])
    expect((await knock(`/in/${keyOf('alarms')}`, body)).status).toBe(202)
    expect(await newest()).toMatchObject({
      title: 'ÿþÀ',
      warnings: [expect.stringContaining('read as Windows-1252'), 'no severity given, taken as error'],
    })
  })

  test('labels named like the inside of JavaScript are labels', async () => {
    const names = '"__proto__": "a", "constructor": "b", "toString": "c", "hasOwnProperty": "d", "prototype": "e"'
    const body = `{ "title": "Names", "dedup_key": "names", "labels": { ${names} }, "annotations": { ${names} }, "__proto__": { "admin": true } }`
    expect((await knock(`/in/${keyOf('alarms')}`, body)).status).toBe(202)
    const { labels, annotations } = await newest()
    expect(Object.entries(labels)).toHaveLength(5)
    expect(Object.getOwnPropertyDescriptor(labels, '__proto__')?.value).toBe('a')
    expect(Object.getOwnPropertyDescriptor(annotations, 'constructor')?.value).toBe('b')
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined()
    await stillWorks()
  })

  test('moments no calendar has are ignored with a warning, and the alarm pages', async () => {
    const alert = { labels: { alertname: 'Clock' }, startsAt: '0000-01-01T00:00:00Z', endsAt: '9999-12-31T23:59:59-12:00' }
    expect((await knock(`/in/${keyOf('prometheus')}`, JSON.stringify({ alerts: [{ status: 'firing', ...alert }] }))).status).toBe(200)
    expect(await newest()).toMatchObject({ title: 'Clock', startsAt: null, endsAt: null, status: 'open' })
    expect((await newest()).warnings).toHaveLength(3)
    expect(stage.phones.rang()).toEqual(['ada @0'])
  })
})

describe('shapes that would break a program', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

  test('nesting without end is said, not followed', async () => {
    expect((await knock(`/in/${keyOf('alarms')}`, `{"title":"Deep","dedup_key":"deep","extra":${nested(20_000)}}`)).status).toBe(202)
    expect((await alertOf('deep')).annotations['extra']).toBe('(nested deeper than 64)')
    const details = JSON.stringify(event({ dedup_key: 'deep-2' })).replace('"source"', `"custom_details":{"x":${nested(100_000)}},"source"`)
    expect((await knock('/v2/enqueue', details)).status).toBe(202)
    expect((await alertOf('deep-2')).annotations['x']).toBe('(nested deeper than 64)')
    expect((await knock(`/in/${keyOf('alarms')}`, nested(500_000))).status).toBe(400)
    await stillWorks()
  })

  test('more labels than anybody reads, and longer ones, are cut with a warning', async () => {
    const many = Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`label-${i}`, 'x'.repeat(i === 0 ? 100_000 : 10)]))
    await stage.alarm({ dedup_key: 'many', labels: many, title: 'T'.repeat(5000) })
    const { labels, title, warnings } = await newest()
    expect(Object.keys(labels)).toHaveLength(256)
    expect(labels['label-0']).toHaveLength(4096)
    expect(title).toHaveLength(1024)
    expect(warnings).toHaveLength(3)
  })

  test('numbers beyond all measure are text', async () => {
    expect((await knock(`/in/${keyOf('alarms')}`, '{"title":"N","dedup_key":1e400000,"severity":1e100000,"value":-1e400000}')).status).toBe(
      202,
    )
    expect(await newest()).toMatchObject({ dedupKey: 'Infinity', severity: 2 })
    await stillWorks()
  })
})

describe('bodies that are too large', () => {
  test('are refused in the vendor’s shape, and nothing else suffers', async () => {
    const filler = (megabytes: number) => 'x'.repeat(megabytes * 1024 * 1024)
    const enqueue = await knock('/v2/enqueue', JSON.stringify(event({}, { custom_details: filler(0.6) })))
    expect(enqueue.status).toBe(413)
    expect(JSON.parse(enqueue.text)).toMatchObject({
      status: 'invalid event',
      message: 'Event object is invalid',
      errors: [expect.any(String)],
    })
    const anything = await knock(`/in/${keyOf('alarms')}`, JSON.stringify({ title: filler(4.5) }))
    expect([anything.status, JSON.parse(anything.text)]).toMatchObject([413, { refusal: 'too-large' }])
    const api = await knock(`/in/${keyOf('prometheus')}/api/v2/alerts`, JSON.stringify([{ labels: { alertname: filler(17) } }]))
    expect([api.status, typeof JSON.parse(api.text)]).toEqual([413, 'string'])
    expect(await open()).toEqual([])
    await stillWorks()
  })

  test('a storm that comes as one group of Alertmanager is taken and pages, though others may not send so much', async () => {
    await stage.write({ Service: { api: { policy: 'api', grouping: { by: ['alertname'] } } } })
    const pumps = Array.from({ length: 1500 }, (_, i) => ({ alertname: 'HallDown', pump: `pump-${i}`, note: 'y'.repeat(3800) }))
    const storm = JSON.stringify({ version: '4', alerts: pumps.map((labels) => ({ status: 'firing', labels })) })
    expect(storm.length).toBeGreaterThan(5.5 * 1024 * 1024)
    expect((await knock(`/in/${keyOf('prometheus')}`, storm)).status).toBe(200)
    expect(await open()).toMatchObject([{ title: 'HallDown' }])
    expect(stage.phones.rang()).toEqual(['ada @0'])
    expect(stage.phones.page('ada')).toMatchObject({ alerts: { count: 1500 } })
    await stage.write({ Service: { api: { policy: 'api' } } })
  })

  test('a gzip bomb is refused before it goes off; that something came is shown', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, 0x20))
    expect(bomb.length).toBeLessThan(200_000)
    const reply = await knock(`/in/${keyOf('prometheus')}`, bomb, { 'content-encoding': 'gzip' })
    expect([reply.status, reply.text]).toEqual([413, 'The body is too large: at most 16 MB, 32 MB inflated.'])
    expect((await unparsed())[0]).toMatchObject({
      integration: 'prometheus',
      refused: true,
      problems: [expect.stringContaining('The body is larger than the 33554432 bytes that are taken here')],
      body: ' '.repeat(64 * 1024),
    })
    expect((await knock('/v2/enqueue', bomb, { 'content-encoding': 'gzip' })).status).toBe(413)
    await stillWorks()
  })
})

describe('encodings', () => {
  const body = JSON.stringify({ title: 'Packed', dedup_key: 'packed', severity: 'critical' })

  test('a packed body is unpacked', async () => {
    expect((await knock(`/in/${keyOf('alarms')}`, gzipSync(body), { 'content-encoding': 'gzip' })).status).toBe(202)
    expect(await open()).toMatchObject([{ title: 'Packed' }])
  })

  test('one that is not what its header says is taken as it is: the alarm counts', async () => {
    for (const encoding of ['gzip', 'br', 'deflate', 'nonsense']) {
      await stage.curtain()
      expect((await knock(`/in/${keyOf('alarms')}`, body, { 'content-encoding': encoding })).status).toBe(202)
      expect(stage.phones.rang()).toEqual(['ada @0'])
    }
  })

  test('one that cannot be read either way is refused as the vendor refuses, and shown', async () => {
    const reply = await knock(`/in/${keyOf('alarms')}`, gzipSync(body).subarray(0, 20), { 'content-encoding': 'gzip' })
    expect([reply.status, JSON.parse(reply.text)]).toMatchObject([400, { refusal: 'invalid-alert', message: 'The body is not JSON.' }])
    expect((await unparsed())[0]).toMatchObject({ problems: ['The body is not valid gzip.', 'The body is not JSON.'], refused: true })
    const enqueue = await knock('/v2/enqueue', 'garbage', { 'content-encoding': 'br' })
    expect([enqueue.status, JSON.parse(enqueue.text).status]).toEqual([400, 'Unrecognized object'])
  })
})

describe('keys', () => {
  test('that no integration has are refused in each vendor’s shape', async () => {
    const unknown = keyOf('nobody')
    const enqueue = await knock('/v2/enqueue', JSON.stringify(event({ routing_key: unknown })))
    expect([enqueue.status, JSON.parse(enqueue.text)]).toMatchObject([
      401,
      { status: 'invalid event', errors: [expect.stringContaining('routing_key')] },
    ])
    expect((await knock(`/in/${unknown}`, '{"title":"x"}')).status).toBe(404)
    expect((await knock(`/in/${unknown}/api/v2/alerts`, '[]')).status).toBe(404)
    expect((await knock(`/integrations/v1/grafana/${unknown}/`, '{}')).status).toBe(404)
    expect(await open()).toEqual([])
    const metrics = await fetch(`${stage.world.baseUrl}/metrics`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
    })
    expect(await metrics.text()).toMatch(/^tocsin_intake_unknown_keys_total 4$/m)
  })

  test('tried again and again do not reach the database each time, and are counted all the same', async () => {
    const { db, baseUrl } = stage.world
    const unknownKeys = async () => {
      const reply = await fetch(`${baseUrl}/metrics`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })
      return Number(/^tocsin_intake_unknown_keys_total (\d+)$/m.exec(await reply.text())?.[1])
    }
    const counted = await unknownKeys()
    const before = db.statements()
    for (let i = 0; i < 50; i++)
      expect((await fetch(`${baseUrl}/in/${keyOf('one-nobody')}`, { method: 'POST', body: '{"title":"x"}' })).status).toBe(404)
    expect(db.statements() - before).toBeLessThanOrEqual(1)
    expect((await unknownKeys()) - counted).toBe(50)
    // A key that is made now opens now, also one that was tried a moment ago.
    await stage.world.api.putObject({
      params: { kind: 'integrations', name: 'late' },
      body: { spec: { source: 'generic', service: 'api', key: keyOf('one-nobody') } },
    })
    expect((await knock(`/in/${keyOf('one-nobody')}`, '{"title":"x"}')).status).toBe(202)
  })

  test('made on another node while somebody tries them open within two seconds', async () => {
    const { world } = stage
    const late = keyOf('made-elsewhere')
    expect((await fetch(`${world.baseUrl}/in/${late}`, { method: 'POST', body: '{"title":"x"}' })).status).toBe(404)
    // Written past this node's memory, as another node does.
    await stage.write({ Integration: { elsewhere: { source: 'generic', service: 'api', key: late } } })
    await world.pass({ seconds: 2 })
    expect((await fetch(`${world.baseUrl}/in/${late}`, { method: 'POST', body: '{"title":"x"}' })).status).toBe(202)
    await world.settle()
  })

  test('are nowhere in the database, however they were written', async () => {
    const key = keyOf('events')
    const escaped = key.replace('k', '\\u006b').replaceAll('-', '\\u002d')
    const bodies = [
      JSON.stringify(event({ dedup_key: 'plain' })),
      JSON.stringify(event({ dedup_key: 'escaped' })).replace(key, escaped),
      JSON.stringify(event({ dedup_key: 'again', client: `sent with ${key}` }, { custom_details: { note: `the key is ${key}` } })),
      JSON.stringify(event({ dedup_key: 'inside' }, { custom_details: { note: 'X' } })).replace('"X"', `"${escaped}"`),
    ]
    for (const body of bodies) expect((await knock('/v2/enqueue', body)).status).toBe(202)
    const v1 = { service_key: key, event_type: 'trigger', incident_key: 'v1', description: 'Disk is full' }
    expect((await knock('/generic/2010-04-15/create_event.json', JSON.stringify(v1))).status).toBe(200)
    expect((await knock('/v2/enqueue', `{ "routing_key": "${key}", broken`)).status).toBe(400)
    expect(await open()).toHaveLength(5)
    expect((await alertOf('again')).annotations).toMatchObject({ note: expect.stringContaining('the key is key-of**') })
    expect(await tablesWith(key)).toEqual([])
    expect(await tablesWith(escaped)).toEqual([])
    expect(await tablesWith(`${key.slice(0, 6)}${'*'.repeat(26)}`)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^alerts_inbox/), 'alerts_unparsed']),
    )
  })

  test('a body that is no JSON is shown with the integration whose key it carries, blanked', async () => {
    const reply = await knock('/v2/enqueue', `{ "routing_key": "${keyOf('events')}", "event_action": "trigger", }`)
    expect([reply.status, JSON.parse(reply.text)]).toEqual([
      400,
      { status: 'Unrecognized object', message: 'Event object format is unrecognized', errors: ['JSON parse error'] },
    ])
    expect((await unparsed())[0]).toMatchObject({ integration: 'events', problems: ['The body is not JSON.'], refused: true })
    expect((await unparsed())[0]!.body).toContain('"routing_key": "key-of**')
  })
})

/** Names of tables that hold a text, in any column. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await stage.world.db.sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' order by 1`
  const found: string[] = []
  const hex = Buffer.from(text).toString('hex')
  const client = await stage.world.db.connect()
  for (const { name } of tables) {
    const { rows } = await client.query(
      `select 1 from ${name} t where position($1 in t::text) > 0 or position($2 in t::text) > 0 limit 1`,
      [text, hex],
    )
    if (rows.length > 0) found.push(name)
  }
  await client.end()
  return found
}

describe('what a vendor refuses', () => {
  test('is refused as the vendor does, after being kept and shown', async () => {
    const reply = await knock('/v2/enqueue', JSON.stringify(event({ event_action: 'trigger', payload: { severity: 'critical' } })))
    expect(reply.status).toBe(400)
    expect(JSON.parse(reply.text)).toEqual({
      status: 'invalid event',
      message: 'Event object is invalid',
      errors: ["'payload.summary' is missing or blank", "'payload.source' is missing or blank"],
    })
    const [shown] = await unparsed()
    expect(shown).toMatchObject({ integration: 'events', source: 'pagerduty', refused: true })
    expect(shown!.problems).toHaveLength(2)
    expect(shown!.body).toContain('"severity":"critical"')
    expect(await open()).toEqual([])
  })

  test('of an Alertmanager batch the valid alerts count, the answer is 400, and what was wrong is shown', async () => {
    const alerts = [{ labels: { alertname: 'Good' } }, { labels: {} }, 'nonsense', { labels: { alertname: 'Better', severity: 'info' } }]
    const api = await knock(`/in/${keyOf('prometheus')}/api/v2/alerts`, JSON.stringify(alerts))
    expect([api.status, JSON.parse(api.text)]).toEqual([400, expect.stringContaining('alerts[1]: at least one label pair required')])
    const webhook = await knock(
      `/in/${keyOf('prometheus')}`,
      JSON.stringify({ version: '4', alerts: [{ status: 'firing', labels: { alertname: 'Third' } }, { status: 'firing' }] }),
    )
    expect(webhook.status).toBe(400)
    expect((await open()).map(({ title }) => title).sort()).toEqual(['Better', 'Good', 'Third'])
    expect((await unparsed()).slice(0, 2).map(({ source, problems }) => [source, problems.length])).toEqual([
      ['alertmanager', 1],
      ['alertmanager-api', 2],
    ])
  })

  test('the raw body of an alert is kept as it came', async () => {
    const body = '{ "title":   "Odd",  "dedup_key":"odd"}'
    await knock(`/in/${keyOf('alarms')}`, body)
    expect(await stage.world.api.getAlertPayload({ params: { id: (await newest()).id } })).toMatchObject({ source: 'generic', body })
  })
})

describe('at the same moment', () => {
  test('twenty identical alarms are one alert, one incident, counted twenty times', async () => {
    const sent = await Promise.all(
      Array.from({ length: 20 }, () =>
        fetch(`${stage.world.baseUrl}/v2/enqueue`, { method: 'POST', body: JSON.stringify(event({ dedup_key: 'storm' })) }),
      ),
    )
    expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([202]))
    await stage.world.settle()
    expect(await open()).toHaveLength(1)
    const { items } = await stage.world.api.listAlerts({ query: { dedupKey: 'storm' } })
    expect(items).toMatchObject([{ count: 20, status: 'open' }])
    expect(stage.phones.rang()).toEqual(['ada @0'])
  })

  test('in a mixed storm nothing is lost and nothing is doubled', async () => {
    const send = (i: number) => stage.world.post(`/in/${keyOf('alarms')}`, { title: `Host ${i % 10}`, dedup_key: `host-${i % 10}` })
    const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => send(i)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    expect(await open()).toHaveLength(10)
    const { items } = await stage.world.api.listAlerts({ query: { status: 'open' } })
    expect(items.map(({ count }) => count)).toEqual(Array(10).fill(6))
  })
})

test('a body the database refuses is set aside and shown, and its neighbours go on', async () => {
  const client = await stage.world.db.connect()
  await client.query(`
    create function refuse_poison() returns trigger language plpgsql as $$
    begin if new.title = 'Poison' then raise exception 'this cannot be stored' using errcode = '22021'; end if; return new; end $$;
    create trigger refuse_poison before insert on alerts_alerts for each row execute function refuse_poison()`)
  const titles = ['One', 'Two', 'Poison', 'Three', 'Four']
  const answers = await Promise.all(
    titles.map((title) =>
      fetch(`${stage.world.baseUrl}/in/${keyOf('alarms')}`, { method: 'POST', body: JSON.stringify({ title, dedup_key: title }) }),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(202))
  await stage.world.settle()
  expect((await open()).map(({ title }) => title).sort()).toEqual(['Four', 'One', 'Three', 'Two'])
  expect(stage.phones.rang()).toHaveLength(4)
  expect((await unparsed())[0]).toMatchObject({
    integration: 'alarms',
    refused: false,
    problems: ['It could not be stored: this cannot be stored'],
    body: '{"title":"Poison","dedup_key":"Poison"}',
  })
  // Nor does one alert of a batch keep the others of it.
  await stage.curtain()
  const alerts = titles.map((title) => ({ status: 'firing', labels: { alertname: title } }))
  expect((await knock(`/in/${keyOf('prometheus')}`, JSON.stringify({ alerts }))).status).toBe(200)
  expect((await open()).map(({ title }) => title).sort()).toEqual(['Four', 'One', 'Three', 'Two'])
  expect((await unparsed())[0]).toMatchObject({ integration: 'prometheus', problems: ['It could not be stored: this cannot be stored'] })
  await client.query('drop trigger refuse_poison on alerts_alerts')
  await client.end()
  await stillWorks()
})

describe('what takes the database too long', () => {
  /** Lets the database give up on statements, as it does on a busy machine, until `over`. */
  async function givingUp(when: string, work: () => Promise<void>): Promise<void> {
    const client = await stage.world.db.connect()
    await client.query(`
      create function give_up() returns trigger language plpgsql as $$
      begin
        if (${when}) then raise exception 'canceling statement due to statement timeout' using errcode = '57014'; end if;
        return null;
      end $$;
      create trigger give_up after insert on alerts_alerts referencing new table as added for each statement execute function give_up()`)
    try {
      await work()
    } finally {
      await client.query('drop function give_up cascade')
      await client.end()
    }
  }
  const send = (body: unknown) => fetch(`${stage.world.baseUrl}/in/${keyOf('prometheus')}`, { method: 'POST', body: JSON.stringify(body) })
  const firing = (names: string[]) => ({ alerts: names.map((alertname) => ({ status: 'firing', labels: { alertname } })) })
  const named = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`)
  /** Its loop is run again as the engine does after a failure; answers how often it failed. */
  async function failures(): Promise<number> {
    for (let count = 0; ; count++)
      try {
        await stage.world.settle()
        return count
      } catch (error) {
        if (count === 40) throw error
      }
  }
  const openTitles = async () =>
    new Set((await stage.world.api.listIncidents({ query: { status: ['open'], limit: 200 } })).items.map(({ title }) => title))

  test('is taken in in smaller pieces, until they are small enough', async () => {
    const before = await unparsed()
    await givingUp('(select count(*) from added) > 30', async () => {
      expect((await send(firing(named('many', 150)))).status).toBe(200)
      expect((await send(firing(['alone']))).status).toBe(200)
      expect(await failures()).toBeLessThan(5)
    })
    expect(await unparsed()).toEqual(before)
    expect(await openTitles()).toEqual(new Set([...named('many', 150), 'alone']))
    expect(stage.phones.rang()).toHaveLength(151)
    // What was tried again and again counts once.
    const { items } = await stage.world.api.listAlerts({ query: { status: 'open', limit: 200 } })
    expect(new Set(items.map(({ count }) => count))).toEqual(new Set([1]))
  })

  test('is set aside and shown when it does so alone, again and again; the others go on meanwhile', async () => {
    const before = await unparsed()
    await givingUp(`exists (select 1 from added where title = 'Slow')`, async () => {
      expect((await send(firing([...named('beside', 40), 'Slow']))).status).toBe(200)
      expect((await send(firing(named('other', 3)))).status).toBe(200)
      // Each time half of what was with it gets through.
      for (let times = 0; (await openTitles()).size < 43; times++) {
        expect(times).toBeLessThan(8)
        await expect(stage.world.settle()).rejects.toThrow('intake')
      }
      expect(await unparsed()).toEqual(before)
      await failures()
    })
    expect(await openTitles()).toEqual(new Set([...named('beside', 40), ...named('other', 3)]))
    expect((await unparsed())[0]).toMatchObject({ integration: 'prometheus', problems: ['It took too long to be stored, 3 times.'] })
    await stillWorks()
  })

  test('is kept, and nothing of it set aside, while the database takes nothing at all', async () => {
    const before = await unparsed()
    await givingUp('true', async () => {
      expect((await send(firing(named('patient', 3)))).status).toBe(200)
      for (let i = 0; i < 12; i++) await expect(stage.world.settle()).rejects.toThrow('intake')
    })
    await stage.world.settle()
    expect(await openTitles()).toEqual(new Set(named('patient', 3)))
    expect(await unparsed()).toEqual(before)
  })
})
