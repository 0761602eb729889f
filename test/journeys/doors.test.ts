import net from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { alertDoors } from '../../src/modules/intake/index.ts'
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

const api = () => stage.world.api
const newest = async () => (await api().listUnparsed({ query: { limit: 1 } })).items[0]
const alerts = async () => (await api().listAlerts({ query: { limit: 50, status: 'open' } })).items
const alarm = (over: object = {}) => JSON.stringify({ title: 'Disk is full', dedup_key: 'disk', severity: 'critical', ...over })

/** A request byte by byte: what no client would send. Answers the status, once there is one. */
async function raw(head: string[], body: Buffer | string = '', { hangUp = false } = {}): Promise<number> {
  const { port } = new URL(stage.world.baseUrl)
  const status = await new Promise<number>((done) => {
    const socket = net.connect(Number(port), '127.0.0.1')
    let said = ''
    socket.on('data', (part) => {
      said += part
      if (said.includes('\r\n')) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => done(Number(said.split(' ')[1] ?? 0)))
    socket.write(`${[...head, 'Host: x', 'Connection: close'].join('\r\n')}\r\n\r\n`)
    socket.write(body, () => hangUp && setImmediate(() => socket.destroy()))
  })
  await stage.world.settle()
  return status
}

async function send(method: string, path: string, body?: Buffer | string, headers: Record<string, string> = {}) {
  const reply = await fetch(`${stage.world.baseUrl}${path}`, {
    method,
    headers,
    redirect: 'manual',
    ...(body !== undefined && { body: body as never }),
  })
  const text = await reply.text()
  await stage.world.settle()
  return { status: reply.status, text, headers: reply.headers }
}

/** The event of a request is shown, refused, with its sender, its size, its status and the reason. */
async function expectKept(integration: string, status: number, problem: string | RegExp, bytes?: number) {
  const kept = await newest()
  expect(kept).toMatchObject({ integration, status, refused: true })
  expect(kept!.problems.join(' ')).toMatch(problem)
  if (bytes !== undefined) expect(kept!.bytes).toBe(bytes)
  return kept!
}

test.each([
  undefined,
  '',
  'application/json',
  'json',
  'text',
  'application/json;',
  'application/json; charset',
  'application/json, text/plain',
  'multipart/form-data',
  'application/x-www-form-urlencoded',
  '*/*',
  'application/json;charset=UTF-8;;',
  '"application/json"',
  'application / json',
  '\u00ff\u0001',
])('an alert is an alert whatever its Content-Type: %j', async (type) => {
  const head = [`POST /in/${keyOf('alarms')} HTTP/1.1`, `Content-Length: ${alarm().length}`]
  expect(await raw(type === undefined ? head : [...head, `Content-Type: ${type}`], alarm())).toBe(type?.includes('\u0001') ? 400 : 202)
})

describe('letters', () => {
  const latin = (key: string, over: object = {}) =>
    Buffer.from(alarm({ title: `Pumpenhaus ${key} steht`, dedup_key: `pumpenhaus-${key}`, ...over }), 'latin1')
  const keys = async () => (await alerts()).map(({ dedupKey }) => dedupKey).sort()

  test('of ISO-8859-1 make two alerts of two pump houses, and the end of one ends one', async () => {
    const headers = { 'content-type': 'application/json; charset=iso-8859-1' }
    for (const key of ['Ä', 'Ö']) expect((await send('POST', `/in/${keyOf('alarms')}`, latin(key), headers)).status).toBe(202)
    expect(await keys()).toEqual(['pumpenhaus-Ä', 'pumpenhaus-Ö'])
    expect((await alerts()).map(({ title, warnings }) => [title, warnings]).sort()).toEqual([
      ['Pumpenhaus Ä steht', []],
      ['Pumpenhaus Ö steht', []],
    ])
    await send('POST', `/in/${keyOf('alarms')}`, latin('Ä', { status: 'resolved' }), headers)
    expect(await keys()).toEqual(['pumpenhaus-Ö'])
  })

  test('without a charset are read as Windows-1252, and the alert says so', async () => {
    for (const key of ['Ä', 'Ö']) await send('POST', `/in/${keyOf('alarms')}`, latin(key))
    expect(await keys()).toEqual(['pumpenhaus-Ä', 'pumpenhaus-Ö'])
    for (const { warnings } of await alerts()) expect(warnings).toEqual([expect.stringContaining('read as Windows-1252')])
  })

  test('of UTF-16 are read', async () => {
    await send('POST', `/in/${keyOf('alarms')}`, Buffer.from(`\ufeff${alarm({ title: 'Ärger', dedup_key: 'weit' })}`, 'utf16le'))
    expect(await alerts()).toMatchObject([{ title: 'Ärger', dedupKey: 'weit', warnings: [] }])
  })

  test('are the same after a crash: what the header said is kept with the body', async () => {
    const { inbox } = stage.world.app.intake
    await fetch(`${stage.world.baseUrl}/in/${keyOf('alarms')}`, { method: 'POST', body: latin('Ü') as never })
    // Nobody remembers it but the database.
    const taken = inbox.take(100)
    expect(taken).toHaveLength(1)
    inbox.letGo(taken)
    await stage.world.pass({ seconds: 25 })
    expect(await alerts()).toMatchObject([{ dedupKey: 'pumpenhaus-Ü', warnings: [expect.stringContaining('read as Windows-1252')] }])
  })
})

describe('a known key is never lost', () => {
  test('by a redirect that made a GET of it', async () => {
    const reply = await send('GET', `/in/${keyOf('prometheus')}`)
    expect([reply.status, reply.headers.get('allow'), JSON.parse(reply.text).message]).toEqual([
      405,
      'POST',
      expect.stringMatching(/^It came as GET: send this as POST\. Does a redirect stand in between\?/),
    ])
    await expectKept('prometheus', 405, 'send this as POST', 0)
    for (const method of ['HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect((await send(method, `/in/${keyOf('alarms')}`)).status, method).toBe(405)
      await expectKept('alarms', 405, `It came as ${method}`)
    }
    expect((await send('GET', `/in/${keyOf('nobody')}`)).status).toBe(404)
    expect((await send('GET', `/integrations/v1/grafana/${keyOf('alarms')}/`)).status).toBe(405)
  })

  test('at the old address of an Alertmanager, which answers as that did', async () => {
    const list = JSON.stringify([
      { labels: { alertname: 'LogErrors', severity: 'critical' }, annotations: { summary: 'Errors in the log' } },
    ])
    const reply = await send('POST', `/in/${keyOf('prometheus')}/api/v1/alerts`, list)
    expect([reply.status, JSON.parse(reply.text)]).toEqual([200, { status: 'success' }])
    expect(await alerts()).toMatchObject([{ title: 'Errors in the log', integration: 'prometheus' }])
    const no = await send('POST', `/in/${keyOf('prometheus')}/api/v1/alerts`, '[{}]')
    expect([no.status, JSON.parse(no.text)]).toMatchObject([400, { status: 'error', errorType: 'bad_data' }])
    await expectKept('prometheus', 400, 'alerts[0]')
  })

  test.each(['/in/KEY/', '//in//KEY', '/in/KEY//', '/in/KEY?x=1'])('by slashes: %s', async (path) => {
    expect((await send('POST', path.replace('KEY', keyOf('alarms')), alarm())).status).toBe(202)
  })

  test.each<[string, string, string, Record<string, string>, string]>([
    ['POST', '/in/alarms/api/v3/alerts', alarm(), {}, 'alarms'],
    ['POST', '/v2/change/enqueue', JSON.stringify({ routing_key: keyOf('events') }), {}, 'events'],
    ['POST', '/v2/alerts', '{"message":"x"}', { authorization: `GenieKey ${keyOf('events')}` }, 'events'],
    ['POST', '/api/v2/alerts', '[]', { authorization: `Bearer ${keyOf('prometheus')}` }, 'prometheus'],
    ['PUT', '/hooks/new', '{}', { 'x-api-key': keyOf('alarms') }, 'alarms'],
    ['POST', '/webhook?token=alarms', 'title=x', { 'content-type': 'application/x-www-form-urlencoded' }, 'alarms'],
  ])('at an address where nothing listens: %s %s', async (method, path, body, headers, integration) => {
    const reply = await send(method, path.replace('alarms', keyOf('alarms')), body, headers)
    expect(reply.status).toBe(404)
    const kept = await expectKept(integration, 404, /^Nothing listens at (POST|PUT) .* This integration listens at /, body.length)
    expect(JSON.stringify(kept)).not.toContain(keyOf(integration))
  })

  test('by a form that is no JSON, and by a broken event of PagerDuty', async () => {
    const form = `routing_key=${keyOf('events')}&event_action=trigger`
    expect((await send('POST', '/v2/enqueue', form, { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400)
    await expectKept('events', 400, 'The body is not JSON')
    expect((await send('POST', `/in/${keyOf('alarms')}`, 'title=x', { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(
      400,
    )
    await expectKept('alarms', 400, 'The body is not JSON', 7)
  })

  test('by its size: the first part is shown, with how much came', async () => {
    const large = alarm({ note: 'y'.repeat(5 * 1024 * 1024) })
    expect((await send('POST', `/in/${keyOf('alarms')}`, large)).status).toBe(413)
    const kept = await expectKept('alarms', 413, 'larger than the 4194304 bytes', large.length)
    expect(kept.body).toBe(large.slice(0, 64 * 1024))
    const larger = alarm({ note: 'y'.repeat(17 * 1024 * 1024) })
    expect((await send('POST', `/in/${keyOf('prometheus')}/api/v2/alerts`, larger)).status).toBe(413)
    await expectKept('prometheus', 413, 'larger than the 16777216 bytes', larger.length)
    const event = JSON.stringify({ routing_key: keyOf('events'), event_action: 'trigger', payload: { summary: 'x'.repeat(700_000) } })
    expect((await send('POST', '/v2/enqueue', event)).status).toBe(413)
    const shown = await expectKept('events', 413, 'larger than the 524288 bytes', event.length)
    expect(shown.body).not.toContain(keyOf('events'))
    const zipped = gzipSync(event)
    expect((await send('POST', '/v2/enqueue', zipped, { 'content-encoding': 'gzip' })).status).toBe(413)
    await expectKept('events', 413, 'larger than')
    expect((await send('POST', '/v2/enqueue', JSON.stringify({ payload: 'x'.repeat(700_000) }))).status).toBe(413)
  })

  test('by what is no address and no HTTP', async () => {
    expect((await send('POST', `/in/${keyOf('alarms')}/%ff`, '{}')).status).toBe(400)
    expect(JSON.stringify(await expectKept('alarms', 400, /^The address cannot be read/))).not.toContain(keyOf('alarms'))
    expect(await raw([`POST /in/${keyOf('alarms')} HTTP/1.1`, 'Content-Length: 4', 'Transfer-Encoding: chunked'], '{}')).toBe(400)
    await expect
      .poll(async () => {
        await stage.world.settle()
        return (await newest())?.problems.join()
      })
      .toMatch(/^It is not HTTP as it should be/)
    expect(await raw([`POST /in/${keyOf('alarms')} HTTP/1.1`, `X-Large: ${'x'.repeat(20_000)}`], '{}')).toBe(431)
  })

  test('in pieces, packed and cut off', async () => {
    const packed = gzipSync(
      JSON.stringify({ routing_key: keyOf('events'), event_action: 'trigger', payload: { summary: 'Cut', source: 'x' } }),
    )
    expect(
      (await send('POST', '/v2/enqueue', packed.subarray(0, packed.length - 9), { 'content-encoding': 'gzip' })).status,
    ).toBeGreaterThan(0)
    const head = [`POST /in/${keyOf('alarms')} HTTP/1.1`]
    expect(await raw([...head, 'Transfer-Encoding: chunked'], `${alarm().length.toString(16)}\r\n${alarm()}\r\n0\r\n\r\n`)).toBe(202)
    await raw([...head, 'Content-Length: 1000'], alarm().slice(0, 20), { hangUp: true })
    await expect
      .poll(async () => {
        await stage.world.settle()
        return (await newest())?.problems.join()
      })
      .toMatch(/^The body broke off after 20 bytes/)
    await expectKept('alarms', 400, 'broke off', 20)
  })

  test('and who is refused again and again is an alarm of our own', async () => {
    await stage.write({
      Person: { boss: { role: 'admin', contacts: [stage.phones.contact('boss')] } },
      Integration: { mute: { source: 'alertmanager', service: 'api', key: keyOf('mute') } },
    })
    const own = async () =>
      (await api().listIncidents({ query: { service: ['tocsin'], status: ['open'] } })).items
        .map(({ title }) => title)
        .filter((title) => title.startsWith('What mute'))
    for (let i = 0; i < 4; i++) await send('GET', `/in/${keyOf('mute')}`)
    await stage.world.pass({ seconds: 30 })
    expect(await own()).toEqual([])
    await send('GET', `/in/${keyOf('mute')}`)
    await stage.world.pass({ seconds: 30 })
    expect(await own()).toEqual([expect.stringMatching(/^What mute sends is refused again and again: 5 times/)])
    const [incident] = (await api().listIncidents({ query: { service: ['tocsin'], status: ['open'], limit: 1 } })).items
    expect((await api().getPages({ params: { id: incident!.id } })).items.map(({ person }) => person)).toContain('boss')
    const metrics = await fetch(`${stage.world.baseUrl}/metrics`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })
    expect(Number(/^tocsin_intake_refused_total (\d+)$/m.exec(await metrics.text())?.[1])).toBeGreaterThanOrEqual(5)
    stage.pace.stepSeconds = 600
    await stage.world.pass({ hours: 3 })
    stage.pace.stepSeconds = 5
    expect(await own()).toEqual([])
  })
})

test('of a body whose sender nobody knows only a little is taken in; of a known one as much as its source may send', async () => {
  const { app, parts } = stage.world
  const { routes } = alertDoors({ ...app.intake, clock: parts.clock, unknownKey: () => {}, refused: () => {} })
  const taken = (path: string, key: string) => {
    const max = routes.find((route) => route.path === path)!.bodyBytesMax
    return typeof max === 'function' ? max({ key }) : max
  }
  for (const path of ['/in/:key', '/in/:key/api/v2/alerts', '/integrations/v1/:vendor/:key']) {
    expect(await taken(path, 'nobody-has-this-key-at-all')).toBe(64 * 1024)
    expect(await taken(path, keyOf('prometheus'))).toBe(16 * 1024 * 1024)
  }
  expect(await taken('/in/:key', keyOf('alarms'))).toBe(4 * 1024 * 1024)
  expect(await send('POST', '/in/nobody-has-this-key-at-all', Buffer.alloc(5_000_000, 'x'))).toMatchObject({ status: 404 })
})

test('a key that stands in the path is in no kept body, although the sender writes it there as well', async () => {
  const key = keyOf('alarms')
  expect((await send('POST', `/in/${key}`, alarm({ dedup_key: 'told', sent_to: `https://tocsin.example.org/in/${key}` }))).status).toBe(202)
  const { items } = await api().listAlerts({ query: { dedupKey: 'told' } })
  const kept = [items[0], await api().getAlertPayload({ params: { id: items[0]!.id } })]
  expect((await send('PATCH', `/in/${key}`, alarm({ sent_to: key }))).status).toBe(405)
  kept.push(await newest())
  expect(JSON.stringify(kept)).toContain(`${key.slice(0, 6)}***`)
  expect(JSON.stringify(kept)).not.toContain(key)
})

test('what has waited too long makes each door send its senders away until it is worked off, as the vendor says it', async () => {
  const { inbox } = stage.world.app.intake
  const post = (path: string, body: string) => fetch(`${stage.world.baseUrl}${path}`, { method: 'POST', body })
  expect((await post(`/in/${keyOf('alarms')}`, alarm())).status).toBe(202)
  // Taken into hands that do nothing with it.
  const taken = inbox.take(10)
  await stage.world.pass({ seconds: 11 })
  const others: [path: string, body: string, status: number][] = [
    [`/in/${keyOf('alarms')}`, alarm({ dedup_key: 'other' }), 503],
    [`/in/${keyOf('prometheus')}`, JSON.stringify({ alerts: [] }), 503],
    ['/v2/enqueue', JSON.stringify({ routing_key: keyOf('events'), event_action: 'trigger' }), 429],
  ]
  for (const [path, body, status] of others) {
    const reply = await post(path, body)
    expect([path, reply.status, reply.headers.get('retry-after')]).toEqual([path, status, '5'])
  }
  // Whoever names no key and finds no door is told nothing of it.
  expect((await post('/nothing/here', '{}')).status).toBe(404)
  inbox.putBack(taken)
  await stage.world.settle()
  expect(await alerts()).toMatchObject([{ dedupKey: 'disk' }])
  expect((await post(`/in/${keyOf('alarms')}`, alarm({ dedup_key: 'other' }))).status).toBe(202)
  await stage.world.settle()
})
