import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePlace, PAGERDUTY_KEY, type Place } from '../crash/company.ts'
import { ADMIN_TOKEN, killEverything, type Program, startProgram } from '../crash/program.ts'
import { until } from '../crash/until.ts'
import { startWitness, type Witness } from '../crash/witness.ts'
import { type Postgres15, startPostgres15 } from './postgres-15.ts'
import { describeWith, FAKETIME, POSTGRES_15 } from './tools.ts'

const HOUR_S = 3600
/** When Lin is paged after Ada; a tenth of it may be gained or lost while a clock is followed. */
const LIN_AFTER_MS = 12_000

describeWith([`${POSTGRES_15}/postgres`, FAKETIME], 'clocks that jump', () => {
  let witness: Witness
  let place: Place
  let postgres: Postgres15
  let program: Program
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-clocks-'))
  const clocks = { database: makeClock('database'), node: makeClock('node') }

  beforeAll(async () => {
    chmodSync(folder, 0o755)
    witness = await startWitness()
    place = makePlace(witness)
    writeFileSync(place.config, readFileSync(place.config, 'utf8').replace('after: 1s', 'after: 12s').replace('after: 8s', 'after: 1h'))
    writeFileSync(`${place.data}.key`, randomBytes(32).toString('hex'))
    postgres = await startPostgres15({ env: clocks.database.env })
    const env = { ...witness.mailEnv, ...clocks.node.env, DATABASE_URL: postgres.url, TOCSIN_SECRET_KEY_FILE: `${place.data}.key` }
    program = await startProgram({ data: place.data, config: place.config, env })
  })
  afterAll(async () => {
    await killEverything()
    await postgres?.stop()
    await witness?.close()
    place?.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  test.each([
    ['database', HOUR_S],
    ['database', -HOUR_S],
    ['node', HOUR_S],
    ['node', -HOUR_S],
  ] as const)('the clock of the %s jumps by %i s and back: no page early, none late, none twice', async (whose, seconds) => {
    const name = `${whose}${seconds}`
    await raise(`${name}-before`)
    clocks[whose].set(seconds)
    if (whose === 'database') await until('the jump is told', async () => (await warnings()).some((line) => line.includes('clock jumped')))
    await raise(`${name}-during`)
    clocks[whose].set(0)
    await raise(`${name}-after`)
    for (const when of ['before', 'during', 'after']) {
      const lin = await until(`Lin has ${name}-${when}`, () => pages(`${name}-${when}`, 'lin')[0], { timeoutMs: 3 * LIN_AFTER_MS })
      expect(lin.at - pages(`${name}-${when}`, 'ada')[0]!.at, 'not before its time').toBeGreaterThan(0.8 * LIN_AFTER_MS)
      expect(pages(`${name}-${when}`, 'ada')).toHaveLength(1)
      expect(pages(`${name}-${when}`, 'lin')).toHaveLength(1)
    }
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200)
    const open = await program.api.listIncidents({ query: { status: ['open'], service: ['tocsin'], limit: 10 } })
    expect(open.items.map(({ title }) => /^The database’s clock jumped by [+−]3[56]\d\d s/.test(title))).toEqual([true])
  })

  /** An alert, and Ada's page about it. */
  async function raise(title: string): Promise<void> {
    const payload = { summary: title, source: 'test', severity: 'critical', class: title }
    const body = { routing_key: PAGERDUTY_KEY, event_action: 'trigger', dedup_key: title, payload }
    const reply = await fetch(`${program.url}/v2/enqueue`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect(reply.status).toBe(202)
    await until(`Ada has ${title}`, () => pages(title, 'ada').length > 0)
  }

  function pages(title: string, to: string) {
    return witness.arrivals.filter((one) => one.to === to && one.page?.incident.title === title)
  }

  async function warnings(): Promise<string[]> {
    const reply = await fetch(`${program.url}/readyz`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })
    return ((await reply.json()) as { warnings: string[] }).warnings
  }

  /** A clock of its own for one process: only what tells the time of day, not what measures time. */
  function makeClock(name: string) {
    const file = join(folder, name)
    const set = (seconds: number) => {
      writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}\n`)
      chmodSync(file, 0o644)
    }
    set(0)
    const how = { FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' }
    return { set, env: { LD_PRELOAD: FAKETIME, ...how } }
  }
})
