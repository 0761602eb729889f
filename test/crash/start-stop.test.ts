import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePlace, type Place } from './company.ts'
import { postgresOf } from './processes.ts'
import { endOfProgram, killEverything, type ProgramOptions, startProgram } from './program.ts'
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
