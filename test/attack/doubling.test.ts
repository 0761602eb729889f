import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyOf, type Stage, setStage } from '../world/stage.ts'
import { sized } from './size.ts'

/** A body twice as large may cost three times as much, no more: a square would cost four times. */
const GROWTH_MAX = 3
/** What costs less than this is not measured: there other things count for more. */
const FLOOR_MS = 60
/** Best of so many, so that what else the machine does is left out. */
const TRIES = 3
const FROM_BYTES = 16 * 1024
const TO_BYTES = sized(512 * 1024, 4 * 1024 * 1024)
/** A body that costs this much is large enough to tell. */
const ENOUGH_MS = sized(1000, 10_000)

let stage: Stage
beforeAll(async () => {
  stage = await setStage({ people: ['ada', 'kim'] })
  await stage.write({
    Service: { silent: {} },
    Integration: Object.fromEntries(SOURCES.map((source) => [source, { source, service: 'silent', key: keyOf(source) }])),
  })
})
afterAll(() => stage.close())

const SOURCES = ['generic', 'alertmanager', 'grafana', 'pagerduty', 'pagerduty-v1']

type Filled = (text: string) => string
const labels = '"labels":{"alertname":"Disk","severity":"info"}'
const event = (key: string, inside: string) => `{"routing_key":"${key}","event_action":"trigger","dedup_key":"d","payload":${inside}}`
const old = (key: string, inside: string) => `{"service_key":"${key}","event_type":"trigger","incident_key":"d",${inside}}`

/** Each door with a place for a text, a place for any JSON, and an alert to be repeated, if it takes many. */
const DOORS: { path: string; source: string; text: Filled; json: Filled; many?: (i: number) => string; list?: Filled }[] = [
  {
    path: '/in/KEY',
    source: 'generic',
    text: (text) => `{"title":"${text}","dedup_key":"d","severity":"info"}`,
    json: (json) => `{"title":"t","dedup_key":"d","severity":"info","more":${json}}`,
    many: (i) => `{"title":"t","dedup_key":"${i % 100}","severity":"info"}`,
    list: (all) => `[${all}]`,
  },
  {
    path: '/in/KEY',
    source: 'alertmanager',
    text: (text) => `{"version":"4","alerts":[{"status":"firing",${labels},"annotations":{"summary":"${text}"}}]}`,
    json: (json) => `{"version":"4","alerts":[{"status":"firing",${labels}}],"more":${json}}`,
    many: (i) => `{"status":"firing","labels":{"alertname":"Disk","severity":"info","n":"${i % 100}"}}`,
    list: (all) => `{"version":"4","alerts":[${all}]}`,
  },
  {
    path: '/in/KEY/api/v2/alerts',
    source: 'alertmanager',
    text: (text) => `[{${labels},"annotations":{"summary":"${text}"}}]`,
    json: (json) => `[{${labels},"more":${json}}]`,
    many: (i) => `{"labels":{"alertname":"Disk","severity":"info","n":"${i % 100}"}}`,
    list: (all) => `[${all}]`,
  },
  {
    path: '/in/KEY',
    source: 'grafana',
    text: (text) => `{"version":"1","alerts":[{"status":"firing",${labels},"annotations":{"summary":"${text}"}}]}`,
    json: (json) => `{"version":"1","alerts":[{"status":"firing",${labels},"values":${json}}]}`,
    many: (i) => `{"status":"firing","labels":{"alertname":"Disk","severity":"info","n":"${i % 100}"}}`,
    list: (all) => `{"version":"1","alerts":[${all}]}`,
  },
  {
    path: '/v2/enqueue',
    source: 'pagerduty',
    text: (text) => event(keyOf('pagerduty'), `{"summary":"${text}","source":"s","severity":"info"}`),
    json: (json) => event(keyOf('pagerduty'), `{"summary":"s","source":"s","severity":"info","custom_details":${json}}`),
  },
  {
    path: '/generic/2010-04-15/create_event.json',
    source: 'pagerduty-v1',
    text: (text) => old(keyOf('pagerduty-v1'), `"description":"${text}"`),
    json: (json) => old(keyOf('pagerduty-v1'), `"description":"d","details":${json}`),
  },
]
type Door = (typeof DOORS)[number]

const times = (unit: string, bytes: number) => unit.repeat(Math.ceil(bytes / unit.length))
const numbered = (bytes: number, unit: (i: number) => string) => {
  const parts: string[] = []
  for (let i = 0, length = 0; length < bytes; i++) {
    parts.push(unit(i))
    length += parts.at(-1)!.length + 1
  }
  return parts.join(',')
}

/** What doubles. */
const KINDS: Record<string, (door: Door, bytes: number) => string | undefined> = {
  'one text': ({ text }, bytes) => text(times('x', bytes)),
  quotes: ({ text }, bytes) => text(times('\\"', bytes)),
  'quotes that are not escaped': ({ text }, bytes) => text(times('"', bytes)),
  backslashes: ({ text }, bytes) => text(times('\\\\', bytes)),
  'letters as escapes': ({ text }, bytes) => text(times('\\u0041', bytes)),
  spaces: ({ text }, bytes) => text(times(' \\n', bytes)),
  'words and slashes': ({ text }, bytes) => text(times('http://a@b:', bytes)),
  'names of keys': ({ json }, bytes) => json(`"${times('\\"routing_key\\":\\"', bytes)}"`),
  depth: ({ json }, bytes) => json(times('[', bytes / 2) + times(']', bytes / 2)),
  'depth without an end': ({ json }, bytes) => json(times('{"a":', bytes)),
  'many names': ({ json }, bytes) => json(`{${numbered(bytes, (i) => `"name_${i}":"v"`)}}`),
  'one name again and again': ({ json }, bytes) => json(`{${numbered(bytes, () => '"routing_key":"v"')}}`),
  'many labels': ({ list }, bytes) =>
    list?.(`{"title":"t","dedup_key":"d","labels":{"alertname":"Disk",${numbered(bytes, (i) => `"l${i}":"v"`)}}}`),
  'many alerts': ({ list, many }, bytes) => list?.(numbered(bytes, many!)),
  'many alerts that are none': ({ list }, bytes) => list?.(numbered(bytes, () => '7')),
}

/** What one body costs this process, its intake included. */
async function cost({ path, source }: Door, body: string): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < TRIES && best > FLOOR_MS; i++) {
    const before = process.cpuUsage()
    const reply = await fetch(`${stage.world.baseUrl}${path.replace('KEY', keyOf(source))}`, { method: 'POST', body })
    await reply.text()
    await stage.world.settle()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1000)
    expect(reply.status).toBeLessThan(500)
  }
  return best
}

test.each(DOORS.flatMap((door) => Object.keys(KINDS).map((kind) => [door.source, door.path, kind, door] as const)))(
  '%s at %s: twice as much of %s costs no more than three times as much',
  async (_source, _path, kind, door) => {
    const measured: number[] = []
    for (let bytes = FROM_BYTES; bytes <= TO_BYTES; bytes *= 2) {
      const body = KINDS[kind]!(door, bytes)
      if (body === undefined) return
      const ms = await cost(door, body)
      if (ms >= FLOOR_MS) measured.push(ms)
      if (ms > ENOUGH_MS) break
    }
    // Over all doublings that could be measured: one of them may have met a busy moment.
    const doublings = measured.length - 1
    if (doublings >= 2) expect(measured.at(-1)! / measured[0]!, measured.join(' ms, ')).toBeLessThan(GROWTH_MAX ** doublings)
    else expect(measured.at(-1) ?? 0, `${measured.join(' ms, ')}: too soon to tell a growth, and dear already`).toBeLessThan(ENOUGH_MS)
  },
)
