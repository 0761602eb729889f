import { execFileSync } from 'node:child_process'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makePlace, PAGERDUTY_KEY, type Place } from './company.ts'
import { ADMIN_TOKEN, endOfProgram, killEverything, type Program, startProgram } from './program.ts'
import { until } from './until.ts'
import { startWitness, type Witness } from './witness.ts'

let witness: Witness
let place: Place
let folder: string

beforeAll(async () => {
  witness = await startWitness()
  place = makePlace(witness)
  folder = mkdtempSync(join(tmpdir(), 'tocsin-copies-'))
  const program = await start(place.data)
  await raise(program, 'before')
  await program.stop()
})
afterEach(() => killEverything())
afterAll(async () => {
  await witness.close()
  place.remove()
  rmSync(folder, { recursive: true, force: true })
})

const start = (data: string, env: Record<string, string> = {}) =>
  startProgram({ data, config: place.config, env: { ...witness.mailEnv, ...env } })

const copy = (name: string) => {
  const to = join(folder, name)
  execFileSync('cp', ['-a', place.data, to])
  return to
}

async function pausedBecause(program: Program): Promise<string | undefined> {
  return (await program.api.getPause()).paused?.reason
}

/** An alert, and Ada's page about it. */
async function raise(program: Program, title: string, isPaged = true): Promise<void> {
  const payload = { summary: title, source: 'test', severity: 'critical', class: title }
  const body = JSON.stringify({ routing_key: PAGERDUTY_KEY, event_action: 'trigger', dedup_key: title, payload })
  const reply = await fetch(`${program.url}/v2/enqueue`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  expect(reply.status).toBe(202)
  if (isPaged) await until(`Ada has ${title}`, () => paged(title).length > 0, { timeoutMs: 60_000 })
  else await until('it is an incident', async () => (await program.api.listIncidents({ query: { text: title } })).items.length > 0)
}

const paged = (title: string) => witness.arrivals.filter((one) => one.page?.incident.title === title)

test('a restart, a kill, and a folder that was renamed are no copies', async () => {
  for (const end of ['kill', 'stop'] as const) {
    const program = await start(place.data)
    expect(await pausedBecause(program)).toBeUndefined()
    await program[end]()
  }
  renameSync(place.data, `${place.data}-renamed`)
  const renamed = await start(`${place.data}-renamed`)
  expect(await pausedBecause(renamed)).toBeUndefined()
  await raise(renamed, 'in the renamed folder')
  const { items } = await renamed.api.listIncidents({ query: { text: 'in the renamed folder' } })
  await renamed.api.resolveIncident({ params: { id: items[0]!.id }, body: {} })
  await renamed.stop()
  renameSync(`${place.data}-renamed`, place.data)
})

test('a copy takes alerts and pages nobody, also started again, until somebody says go on', async () => {
  const data = copy('cold')
  let program = await start(data)
  expect(await pausedBecause(program)).toBe('folder-copied')
  const before = witness.arrivals.length
  await raise(program, 'in the copy', false)
  await program.stop()
  program = await start(data)
  expect(await pausedBecause(program)).toBe('folder-copied')
  expect(witness.arrivals.length).toBe(before)
  const reply = await fetch(`${program.url}/readyz`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })
  expect(reply.status).toBe(200)
  expect(((await reply.json()) as { warnings: string[] }).warnings.join()).toContain('paused since')

  const { items } = await program.api.listIncidents({ query: { text: 'before' } })
  await program.api.resolveIncident({ params: { id: items[0]!.id }, body: {} })
  const said = execFileSync(process.execPath, ['bin/tocsin.js', 'resume'], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], TOCSIN_SERVER: program.url, TOCSIN_TOKEN: ADMIN_TOKEN },
  })
  expect(JSON.parse(said)).toMatchObject({ was: { reason: 'folder-copied' }, pagedAfresh: 1 })
  await until('Ada has it', () => paged('in the copy').length > 0)
  expect(paged('before').every(({ at }) => at <= witness.arrivals[before - 1]!.at)).toBe(true)
  await program.stop()
  program = await start(data)
  expect(await pausedBecause(program)).toBeUndefined()
})

test('a copy made while it runs is paused, beside the original that goes on', async () => {
  const original = await start(place.data)
  const data = copy('hot')
  const program = await start(data)
  expect(await pausedBecause(program)).toBe('folder-copied')
  expect(await pausedBecause(original)).toBeUndefined()
  await raise(original, 'beside a copy')
})

test('a backup written over the original, and one put where it was removed, are paused; one start can say that it is no copy', async () => {
  const data = copy('restored')
  let program = await start(data, { TOCSIN_PAUSED: '0' })
  expect(await pausedBecause(program)).toBeUndefined()
  await program.stop()
  const first = join(folder, 'first')
  execFileSync('cp', ['-a', data, first])

  program = await start(data)
  expect(await pausedBecause(program)).toBeUndefined()
  await program.stop()
  execFileSync('cp', ['-a', `${first}/.`, data])
  program = await start(data)
  expect(await pausedBecause(program)).toBe('folder-copied')
  await program.stop()

  rmSync(data, { recursive: true })
  execFileSync('cp', ['-a', first, data])
  program = await start(data)
  expect(await pausedBecause(program)).toBe('folder-copied')
})

test('what is started paused pages nobody', async () => {
  const program = await start(place.data, { TOCSIN_PAUSED: '1' })
  expect(await pausedBecause(program)).toBe('asked')
  expect(await program.api.resumePaging()).toMatchObject({ pagedAfresh: expect.any(Number) })
  expect((await endOfProgram({ data: place.data, env: { TOCSIN_PAUSED: 'perhaps' } })).stderr).toBe(
    'TOCSIN_PAUSED is ‹perhaps›; write 1 or 0.\n',
  )
})
