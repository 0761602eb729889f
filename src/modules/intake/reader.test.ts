import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { alertSources } from '../../plugs/alert-sources/index.ts'
import { BESIDE_BYTES_MIN, createReader } from './reader.ts'

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

test('a body that the worker does not come to the end of is one that could not be read; those after it are', async () => {
  const program = (text: string) => {
    const file = join(folder, `worker-${text.length}.js`)
    writeFileSync(file, `import { parentPort } from 'node:worker_threads'\n${text}`)
    return file
  }
  const bodies = [named(20_000), [{ labels: { alertname: 'bad' } }, ...named(20_000)], named(20_001)].map(large)
  const whenBad = (then: string) =>
    program(`parentPort.on('message', ({ read, body }) => {
      if (Buffer.from(body).includes('"bad"')) { ${then} }
      parentPort.postMessage({ id: read, signals: [], rest: { problems: [], answer: { status: 200, body: '' } } })
    })`)
  const frail = async (workerFile: string, limits: { readingMs?: number; heapMb?: number } = {}) => {
    const one = createReader({ workerFile, ...limits })
    const readings = await Promise.all(bodies.map((bytes) => one.read(source('alertmanager-api'), bytes, context)))
    await one.close()
    return readings.map(({ answer, problems }) => [answer.status, ...problems])
  }
  const failed = [413, expect.stringMatching(/^It could not be read: .*memory.* Send fewer alerts at a time\.$/)]
  const late = [413, 'It could not be read within 0.5 s. Send fewer alerts at a time.']
  expect(await frail(whenBad('process.exit(1)'))).toEqual([[200], failed, [200]])
  expect(await frail(whenBad('for (;;) {}'), { readingMs: 500 })).toEqual([[200], late, [200]])
  expect(await frail(whenBad('const all = []; for (;;) all.push(Array(1000).fill({}))'), { heapMb: 32 })).toEqual([[200], failed, [200]])
  expect(await frail(join(folder, 'nothing.js'))).toEqual([failed, failed, failed])
})

test('more than can wait to be read is told to come back', async () => {
  const bytes = Buffer.alloc(30 * 1024 * 1024, 'x')
  const one = createReader({ workerFile: join(folder, 'nothing.js') })
  const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(() => one.read(source('alertmanager-api'), bytes, context)))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'rejected'])
})
