import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePlace, type Place } from './company.ts'
import { childrenOf, isAlive, postgresOf, programsIn, signal } from './processes.ts'
import { beginProgram, endOfProgram, killEverything, type ProgramOptions, startProgram } from './program.ts'
import { until } from './until.ts'
import { startWitness, type Witness } from './witness.ts'

let witness: Witness
let place: Place
let options: ProgramOptions

beforeAll(async () => {
  witness = await startWitness()
  place = makePlace(witness)
  options = { data: place.data, config: place.config, env: witness.mailEnv }
})
afterAll(async () => {
  await killEverything()
  await witness.close()
  place.remove()
})

test('it starts, refuses a second one beside it, stops within ten seconds and starts again', async () => {
  const program = await startProgram(options)
  expect((await fetch(`${program.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${program.url}/readyz`)).status).toBe(200)

  const second = await endOfProgram(options)
  expect(second.code).toBeGreaterThan(0)
  expect(second.stderr).toMatch(/^Another Tocsin is running on .*\n$/)
  expect((await fetch(`${program.url}/readyz`)).status).toBe(200)

  const began = performance.now()
  expect(await program.stop()).toMatchObject({ code: 0, stderr: '' })
  expect(performance.now() - began).toBeLessThan(10_000)
  expect(postgresOf(place.data)).toBeUndefined()
  await expect(fetch(`${program.url}/healthz`)).rejects.toThrow()
})

test('after kill -9 the next start finds PostgreSQL still running and uses it', async () => {
  const program = await startProgram(options)
  const postgres = postgresOf(place.data)
  await program.kill()
  expect(postgresOf(place.data)).toBe(postgres)
  const next = await startProgram(options)
  expect(postgresOf(place.data)).toBe(postgres)
  expect((await fetch(`${next.url}/readyz`)).status).toBe(200)
  expect(await next.stop()).toMatchObject({ code: 0 })
  expect(postgresOf(place.data)).toBeUndefined()
})

test('a port in use is said at once, before anything is built or started', async () => {
  const other = createServer()
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const { port } = other.address() as AddressInfo
  const data = join(place.data, '../never-begun')
  const end = await endOfProgram({ ...options, data, port })
  expect([end.code, end.output]).toEqual([2, `127.0.0.1:${port} is in use; stop what listens there, or choose another with --listen.\n`])
  expect(existsSync(data)).toBe(false)
  await new Promise((done) => other.close(done))
})

test('a browser is opened where it is asked for, at the way in, and not where nobody sits in front of a screen', async () => {
  const tools = join(place.data, '../tools')
  mkdirSync(tools, { recursive: true })
  const opened = join(tools, 'opened')
  writeFileSync(join(tools, 'xdg-open'), `#!/bin/sh\nprintf '%s' "$1" > ${opened}.new && mv ${opened}.new ${opened}\n`, { mode: 0o755 })
  const at = { data: join(place.data, '../with-a-browser') }
  const env = { PATH: `${tools}:${process.env['PATH']}`, DISPLAY: ':0', TOCSIN_DEMO: '0' }
  // No terminal: a supervisor.
  const quiet = await startProgram({ ...at, env })
  expect((await quiet.stop()).code).toBe(0)
  expect(existsSync(opened)).toBe(false)
  const asked = await startProgram({ ...at, env: { ...env, TOCSIN_BROWSER: '1' } })
  await until('the browser was opened', () => existsSync(opened), { everyMs: 20 })
  expect(readFileSync(opened, 'utf8')).toMatch(new RegExp(`^${asked.url}/sign-in/login_\\S+$`))
  expect((await asked.stop()).code).toBe(0)
})

test('a proxy that is not used is named in one line, and the start goes on', async () => {
  const program = await startProgram({ ...options, env: { ...options.env, HTTPS_PROXY: 'http://127.0.0.1:1' } })
  const { code, stderr } = await program.stop()
  expect(code).toBe(0)
  expect(stderr).toMatch(/^HTTPS_PROXY is set and not used: .+ or unset HTTPS_PROXY\.\n$/)
})

test('an own address with a path is refused in one line', async () => {
  const end = await endOfProgram({ ...options, env: { ...options.env, TOCSIN_URL: 'https://ops.example/tocsin' } })
  expect([end.code, end.output]).toEqual([2, expect.stringMatching(/^TOCSIN_URL has a path \(\/tocsin\); .+\n$/)])
})

const isThere = (data: string, look: RegExp) => existsSync(data) && readdirSync(data).some((name) => look.test(name))

test.for([
  ['when it has hardly begun', (data: string) => existsSync(data)],
  ['while the cluster is made', (data: string) => isThere(data, /^pg\./)],
  ['while PostgreSQL starts', (data: string) => isThere(join(data, 'pg'), /^postmaster\.pid$/)],
  ['when the schema is there', (data: string) => isThere(data, /^local\.token$/)],
] as const)('told to stop %s, it ends in order and leaves no PostgreSQL behind', async ([when, isTime]) => {
  const data = join(place.data, `../stopped-${when.replaceAll(' ', '-')}`)
  const program = beginProgram({ ...options, data })
  await until(when, () => isTime(data), { everyMs: 2 })
  const began = performance.now()
  expect(await program.stop()).toMatchObject({ code: 0, signal: null, stderr: '' })
  expect(performance.now() - began).toBeLessThan(10_000)
  expect(programsIn(data)).toEqual([])
  // What it left is no obstacle.
  const next = await startProgram({ ...options, data })
  expect(await next.stop()).toMatchObject({ code: 0 })
})

test('told to stop while PostgreSQL stands still, it ends within ten seconds and leaves none behind', async () => {
  const program = await startProgram(options)
  const postmaster = postgresOf(place.data)!
  const all = [postmaster, ...childrenOf(postmaster)]
  for (const one of all) signal(one, 'SIGSTOP')
  const began = performance.now()
  expect(await program.stop()).toMatchObject({ code: 0, signal: null })
  expect(performance.now() - began).toBeLessThan(10_000)
  await until('all of it is gone', () => !all.some(isAlive))
  const next = await startProgram(options)
  expect((await fetch(`${next.url}/readyz`)).status).toBe(200)
  expect(await next.stop()).toMatchObject({ code: 0 })
})

test.for([
  ['TOCSIN_ADMIN_TOKEN', { TOCSIN_ADMIN_TOKEN: 'short' }, /^TOCSIN_ADMIN_TOKEN is shorter than 32 characters; .*\n$/],
  ['TOCSIN_EGRESS_ALLOW', { TOCSIN_EGRESS_ALLOW: 'everything' }, /^TOCSIN_EGRESS_ALLOW holds ‹everything›; .*\n$/],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://somewhere' }, /^DATABASE_URL is not a PostgreSQL address; .*\n$/],
  ['DATABASE_URL that leads nowhere', { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, /^DATABASE_URL: .*\n$/],
] as const)('a wrong %s stops the start with one line, exit 2', async ([, env, line]) => {
  const end = await endOfProgram({ ...options, env })
  expect(end.code).toBe(2)
  expect(end.stderr).toMatch(line)
})

test('a configuration that cannot be read stops only a first start', async () => {
  const config = join(place.data, '../broken.yaml')
  writeFileSync(config, 'kind: Person\nmetadata: { name: ada }\n')
  const empty = await endOfProgram({ ...options, config, data: join(place.data, '../empty') })
  expect(empty.code).toBe(2)
  expect(empty.stderr).toContain('broken.yaml:1')

  const program = await startProgram({ ...options, config })
  const { items } = await program.api.listIncidents({ query: { status: ['open'] } })
  expect(items.map((incident) => incident.title).join()).toContain('was not applied; the last good one stays in force')
  expect(await program.stop()).toMatchObject({ code: 0 })
})
