import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyOf, type Stage, setStage } from '../world/stage.ts'
import { sized } from './size.ts'

/** The same attack each time; another with another number. */
const SEED = 20_261_130
const PAYLOADS = sized(300, 14_000)
const AT_ONCE = 16

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'kim'] })
  await stage.policy(['0s ada'], 'kim')
  // One alert to end all of them by: what is attacked is the doors, not the number of pages.
  await stage.write({
    Service: { api: { policy: 'api', grouping: { by: 'all' } } },
    Integration: Object.fromEntries(DOORS.map(({ name, source }) => [name, { source, service: 'api', key: keyOf(name) }])),
  })
})
afterAll(() => stage.close())

const alert = {
  labels: { alertname: 'DiskFull', pump: 'Ä', severity: 'critical' },
  annotations: { summary: 'Disk is full' },
  startsAt: '2026-11-20T03:00:00Z',
}
const DOORS = [
  {
    name: 'plain',
    source: 'generic',
    path: '/in/KEY',
    body: { title: 'Disk is full', dedup_key: 'disk', severity: 'critical', labels: { a: 'b' }, link: 'https://example.org' },
  },
  {
    name: 'webhook',
    source: 'alertmanager',
    path: '/in/KEY',
    body: { version: '4', status: 'firing', groupKey: '{}', alerts: [{ status: 'firing', ...alert }] },
  },
  {
    name: 'prometheus',
    source: 'alertmanager',
    path: '/in/KEY/api/v2/alerts',
    body: [alert, { ...alert, endsAt: '2026-11-20T04:00:00Z' }],
  },
  { name: 'old', source: 'alertmanager', path: '/in/KEY/api/v1/alerts', body: [alert] },
  {
    name: 'grafana',
    source: 'grafana',
    path: '/integrations/v1/grafana/KEY/',
    body: { status: 'firing', state: 'alerting', title: 'x', alerts: [{ status: 'firing', ...alert, values: { A: 1 } }] },
  },
  {
    name: 'events',
    source: 'pagerduty',
    path: '/v2/enqueue',
    body: {
      routing_key: 'KEY',
      event_action: 'trigger',
      dedup_key: 'disk',
      payload: { summary: 'Disk is full', source: 'db-1', severity: 'critical', custom_details: { a: [1] } },
    },
  },
  {
    name: 'events-v1',
    source: 'pagerduty-v1',
    path: '/generic/2010-04-15/create_event.json',
    body: { service_key: 'KEY', event_type: 'trigger', incident_key: 'disk', description: 'Disk is full', details: {} },
  },
]

/** Mulberry32: small, and the same everywhere. */
function dice(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (max: number) => Math.floor(next() * max)
  return { below, one: <One>(list: readonly One[]): One => list[below(list.length)]! }
}
type Dice = ReturnType<typeof dice>

const VALUES = [
  null,
  true,
  -1,
  0,
  1e308,
  '',
  ' ',
  '\0',
  '\ud83d',
  'x'.repeat(70_000),
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59-12:00',
  [],
  {},
  [[[]]],
  { '': '' },
  '__proto__',
  'resolved',
  'firing',
  '\u202e',
  'javascript:alert(1)',
]
const NAMES = [
  '__proto__',
  'constructor',
  'labels',
  'status',
  'severity',
  'title',
  'dedup_key',
  'endsAt',
  'startsAt',
  '',
  '\0',
  'alerts',
  'payload',
  'links',
  'images',
]

/** Something else somewhere in a value. */
function bent(value: unknown, { below, one }: Dice): unknown {
  if (below(4) === 0 || typeof value !== 'object' || value === null) return one(VALUES)
  if (Array.isArray(value))
    return below(3) === 0 ? Array(below(50)).fill(value[0] ?? null) : value.map((entry) => (below(2) ? bent(entry, { below, one }) : entry))
  const entries = Object.entries(value)
  if (below(3) === 0) return Object.fromEntries([...entries, [one(NAMES), one(VALUES)]])
  const at = below(entries.length)
  return Object.fromEntries(entries.map(([name, inner], i) => (i === at ? [name, bent(inner, { below, one })] : [name, inner])))
}

function broken(body: Buffer, { below, one }: Dice): Buffer {
  switch (below(9)) {
    case 0:
      return body.subarray(0, below(body.length))
    case 1: {
      const copy = Buffer.from(body)
      for (let i = below(8); i >= 0; i--) copy[below(copy.length)] = below(256)
      return copy
    }
    case 2:
      return Buffer.concat([body, body])
    case 3:
      return Buffer.from(`${'['.repeat(below(20_000))}${body}`)
    case 4:
      return Buffer.from(body.toString('utf8'), 'latin1')
    case 5:
      return Buffer.from(`${one(['\ufeff', ''])}${body}`, 'utf16le')
    case 6:
      return Buffer.from(Array.from({ length: below(300) }, () => below(256)))
    case 7:
      return Buffer.concat([body, Buffer.alloc(below(3) * 400_000, one(['x', ' ', '"', '\\', '{"a":']))])
    default:
      return body
  }
}

const TYPES = [
  'application/json',
  'text/plain',
  'application/json; charset=iso-8859-1',
  'x; charset=utf-16',
  'multipart/form-data',
  'application/x-www-form-urlencoded',
  ';;;',
  'a/b; charset=klingon',
]
const ENCODINGS = ['gzip', 'deflate', 'br', 'gzip, gzip', 'x']

test.each(DOORS.map((door, i) => [door.path, door, i] as const))(
  '%s: whatever is sent, nothing fails and nothing is lost',
  async (_path, door, i) => {
    const rolled = dice(SEED + i)
    const { below, one } = rolled
    const key = keyOf(door.name)
    const before = await heard(door.name)
    let named = 0
    for (let sent = 0; sent < PAYLOADS; sent += AT_ONCE)
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, PAYLOADS - sent) }, async (_, n) => {
          let value: unknown = JSON.parse(JSON.stringify(door.body).replace('KEY', key))
          for (let times = below(4); times > 0; times--) value = bent(value, rolled)
          const written = Buffer.from(JSON.stringify(value) ?? '')
          const plain = below(2) ? broken(written, rolled) : written
          const encoding = below(5) === 0 ? one(ENCODINGS) : undefined
          const packed = encoding === 'gzip' && below(2) ? gzipSync(plain) : plain
          const body = encoding && below(4) === 0 ? packed.subarray(0, below(packed.length)) : packed
          const method = below(12) === 0 ? one(['GET', 'PUT', 'DELETE', 'HEAD']) : 'POST'
          const path = `${below(15) === 0 ? '/' : ''}${door.path.replace('KEY', key)}${below(15) === 0 ? one(['/', '//', '?a=b', '/more']) : ''}`
          const bodiless = method === 'GET' || method === 'HEAD'
          // A key in the address is always named; one in the body where it still stands there as it was.
          if (door.path.includes('KEY') || (!bodiless && encoding === undefined && keyStands(body, key))) named++
          const reply = await fetch(`${stage.world.baseUrl}${path}`, {
            method,
            headers: { ...(below(6) && { 'content-type': one(TYPES) }), ...(encoding && { 'content-encoding': encoding }) },
            ...(!bodiless && { body: body as never }),
          })
          const text = await reply.text()
          const what = `seed ${SEED + i}, payload ${sent + n}: ${method} ${path} ${JSON.stringify(body.toString('latin1').slice(0, 200))}`
          expect.soft(reply.status, `${what} was answered ${text.slice(0, 200)}`).toBeLessThan(500)
        }),
      ).then(() => stage.world.settle())
    await stage.world.settle()
    const kept = (await heard(door.name)) - before
    if (door.path.includes('KEY')) expect(kept).toBe(named)
    else expect(kept).toBeGreaterThanOrEqual(named)
    // Whatever came before, the next alarm is taken and becomes an alert.
    expect(await stage.alarm({ dedup_key: `after-${door.name}` }, 'plain')).toMatchObject({ status: 'detected' })
  },
  sized(120_000, 3_600_000),
)

/** A key that stands at its name, in one byte a letter, within what the door looks at. */
function keyStands(body: Buffer, key: string): boolean {
  return (
    body.length < 400_000 &&
    new RegExp(`"(?:routing|service)_key":"${key}"`).test(body.toString('latin1')) &&
    !/^\s*\{.*_key.*_key/.test(body.toString('latin1'))
  )
}

/** Bodies of an integration that are on disk, worked off or not. */
async function heard(integration: string): Promise<number> {
  const [row] = await stage.world.db.sql<{ kept: number }>`
    select count(*)::int as kept from alerts_inbox i, json_array_elements(i.entries::json) e where e->>'integration' = ${integration}`
  return row!.kept
}
