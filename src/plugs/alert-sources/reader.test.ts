import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AlertSource, Reading } from '../../modules/alerts/source.ts'
import { alertSources, createReader } from './index.ts'
import { BESIDE_BYTES_MIN } from './reader.ts'

const context = { now: Date.parse('2026-11-20T03:11:00Z'), receipt: 'rcp_1' }
let folder: string
let workerFile: string
let reader: ReturnType<typeof createReader>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-reader-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'src/plugs/alert-sources/reading-worker.ts', outDir: folder, target: 'node20', minify: false },
  })
  workerFile = join(folder, 'reading-worker.js')
  reader = createReader({ workerFile })
})
afterAll(async () => {
  await reader.close()
  rmSync(folder, { recursive: true, force: true })
})

const source = (name: string) => alertSources.find((one) => one.name === name)!
const named = (count: number) => Array.from({ length: count }, (_, i) => ({ labels: { alertname: `Disk${i}`, severity: 'critical' } }))
const body = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const large = (value: unknown) => {
  const bytes = body(value)
  expect(bytes.length).toBeGreaterThan(BESIDE_BYTES_MIN)
  return bytes
}

/** How often the event loop comes round while something is waited for. */
async function turnsDuring<T>(work: () => Promise<T>): Promise<{ value: T; turns: number }> {
  let turns = 0
  let over = false
  const count = () => {
    turns++
    if (!over) setImmediate(count)
  }
  setImmediate(count)
  const value = await work()
  over = true
  return { value, turns }
}

test('while a body of a hundred thousand alerts is read, the loop comes round again and again', async () => {
  const bytes = large(named(100_000))
  const here = await turnsDuring(async () => source('alertmanager-api').read(bytes, context))
  const beside = await turnsDuring(async () => reader.read(source('alertmanager-api'), bytes, context))
  expect(beside.value.signals).toHaveLength(100_000)
  // Read here it stands still; beside, every part of what was found is taken over in a turn of its own.
  expect(here.turns).toBeLessThan(3)
  expect(beside.turns).toBeGreaterThan(100)
})

test.each<[string, string, unknown]>([
  ['alerts', 'alertmanager-api', named(20_000)],
  [
    'alerts with an end',
    'alertmanager',
    { version: '4', alerts: named(20_000).map((one) => ({ ...one, status: 'resolved', endsAt: '2026-11-20T03:00:00Z' })) },
  ],
  ['one bad alert among many', 'alertmanager-api', [...named(20_000), { labels: {} }, 'nonsense']],
  [
    'a list in our own JSON',
    'generic',
    Array.from({ length: 20_000 }, (_, i) => ({ title: `Disk ${i}`, dedup_key: `d${i}`, more: { i } })),
  ],
  ['something that is no JSON', 'alertmanager', 'x'.repeat(BESIDE_BYTES_MIN + 1)],
  ['nothing to be found', 'grafana', { alerts: 'x'.repeat(BESIDE_BYTES_MIN + 1) }],
])('%s read beside (%s) are what they are read here', async (_, name, value) => {
  const bytes = large(value)
  const beside = await reader.read(source(name), bytes, context)
  expect(beside).toStrictEqual(source(name).read(bytes, context))
})

test('labels named like the inside of JavaScript stay labels on their way', async () => {
  const odd = '[{"labels":{"alertname":"Odd","__proto__":"p","constructor":"c"}},'
  const bytes = large(odd + JSON.stringify(named(20_000)).slice(1))
  const [signal] = (await reader.read(source('alertmanager-api'), bytes, context)).signals
  expect(Object.entries(signal!.labels)).toEqual([
    ['alertname', 'Odd'],
    ['__proto__', 'p'],
    ['constructor', 'c'],
  ])
  expect(Object.getPrototypeOf(signal!.labels)).toBeNull()
  expect('toString' in signal!.annotations).toBe(false)
})

test('several bodies at once are each read whole', async () => {
  const readings = await Promise.all(
    [20_000, 21_000, 22_000].map((count) => reader.read(source('alertmanager-api'), large(named(count)), context)),
  )
  expect(readings.map(({ signals }) => signals.length)).toEqual([20_000, 21_000, 22_000])
})

test('a small body is read here and now', () => {
  expect(reader.read(source('alertmanager-api'), body(named(3)), context)).not.toBeInstanceOf(Promise)
})

test('a worker that dies loses nothing: the body is read here, and the next one beside again', async () => {
  const dying = join(folder, 'dying.js')
  writeFileSync(dying, `import { parentPort } from 'node:worker_threads'\nparentPort.on('message', () => process.exit(1))\n`)
  const frail = createReader({ workerFile: dying })
  for (let i = 0; i < 2; i++) {
    const reading: Reading = await frail.read(source('alertmanager-api') as AlertSource, large(named(20_000)), context)
    expect(reading.signals).toHaveLength(20_000)
  }
  const absent = createReader({ workerFile: join(folder, 'nothing.js') })
  expect((await absent.read(source('alertmanager-api'), large(named(20_000)), context)).signals).toHaveLength(20_000)
  await frail.close()
})
