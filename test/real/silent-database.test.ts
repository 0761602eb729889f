import { writeFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { GENERIC_KEY, makePlace, type Place } from '../crash/company.ts'
import { childrenOf, signal } from '../crash/processes.ts'
import { ADMIN_TOKEN, killEverything, type Program, startProgram } from '../crash/program.ts'
import { until } from '../crash/until.ts'
import { startWitness, type Witness } from '../crash/witness.ts'
import { type FaultyWire, layWire } from '../world/faulty-wire.ts'
import { type Postgres15, startPostgres15 } from './postgres-15.ts'
import { describeWith, POSTGRES_15 } from './tools.ts'

/** From the moment the database can be reached again. */
const PAGING_AGAIN_MS = 35_000

describeWith([`${POSTGRES_15}/postgres`], 'a database that falls silent', () => {
  let postgres: Postgres15
  let wire: FaultyWire
  let witness: Witness
  let place: Place
  let program: Program
  let alerts = 0

  beforeAll(async () => {
    postgres = await startPostgres15()
    const server = new URL(postgres.url)
    wire = await layWire({ host: server.hostname, port: Number(server.port) })
    witness = await startWitness()
    place = makePlace(witness)
    writeFileSync(`${place.data}.key`, 'a'.repeat(64))
    server.port = `${wire.port}`
    const env = { ...witness.mailEnv, DATABASE_URL: server.href, TOCSIN_SECRET_KEY_FILE: `${place.data}.key` }
    program = await startProgram({ data: place.data, config: place.config, env })
  })
  afterAll(async () => {
    await killEverything()
    await wire?.close()
    await postgres?.stop()
    await witness?.close()
    place?.remove()
  })
  afterEach(async () => {
    wire.heal()
    await until('it is ready again', async () => (await fetch(`${program.url}/readyz`)).ok, { timeoutMs: PAGING_AGAIN_MS })
  })

  /** As senders do: again until it is taken. */
  async function raise(): Promise<string> {
    const name = `alert-${++alerts}`
    await until(
      'the alert is taken',
      async () => {
        const body = JSON.stringify({ title: name, dedup_key: name, severity: 'critical', labels: { alertname: name } })
        return (await fetch(`${program.url}/in/${GENERIC_KEY}`, { method: 'POST', body, signal: AbortSignal.timeout(15_000) })).ok
      },
      { timeoutMs: PAGING_AGAIN_MS },
    )
    return name
  }
  const pagesTo = (person: string, name: string) =>
    witness.arrivals.filter(({ to, page }) => to === person && page?.incident.title.includes(name))
  const paged = (person: string, name: string) =>
    until(`${person} is paged for ${name}`, () => pagesTo(person, name).length > 0, { timeoutMs: PAGING_AGAIN_MS })
  const readiness = async () =>
    (
      await fetch(`${program.url}/readyz`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` }, signal: AbortSignal.timeout(5000) })
    ).json() as Promise<{ ready: boolean; why: string[] }>
  const asAdmin = { authorization: `Bearer ${ADMIN_TOKEN}` }

  test.each(['both', 'there', 'back'] as const)(
    'connections that are there lead nowhere (%s), new ones work: paging goes on',
    async (way) => {
      const before = await raise()
      await paged('ada', before)
      wire.hush(way)
      // Lin's turn falls into the silence.
      await paged('lin', before)
      await paged('ada', await raise())
      expect((await fetch(`${program.url}/api/v1/incidents`, { headers: asAdmin })).status).toBe(200)
    },
  )

  test.each(['before', 'after'] as const)('silent at a commit, %s it arrived: nothing is lost, and nothing is done twice', async (when) => {
    const sprung = wire.hushAt('commit', when)
    const name = await raise()
    await sprung
    await paged('ada', name)
    await paged('lin', name)
    const { items } = await program.api.listIncidents({ query: { limit: 50 } })
    expect(items.filter(({ title }) => title.includes(name))).toHaveLength(1)
  })

  test('new connections lead nowhere as well: said within seconds, refused in time, and healed it goes on', async () => {
    wire.hushAll()
    const { ready, why } = await until('readiness says why', async () => {
      const told = await readiness()
      return !told.ready && told
    })
    expect([ready, why[0]]).toEqual([false, expect.stringMatching(/^the database has not answered for \d+ s$/)])
    const refused = await fetch(`${program.url}/in/${GENERIC_KEY}`, {
      method: 'POST',
      body: '{"title":"x"}',
      signal: AbortSignal.timeout(15_000),
    })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    expect((await fetch(`${program.url}/api/v1/incidents`, { headers: asAdmin })).status).toBe(503)
    wire.heal()
    await paged('ada', await raise())
  })

  test('the database stands still for longer than anybody waits, and goes on', async () => {
    const all = [postgres.pid, ...childrenOf(postgres.pid)]
    for (const pid of all) signal(pid, 'SIGSTOP')
    try {
      const refused = await fetch(`${program.url}/in/${GENERIC_KEY}`, {
        method: 'POST',
        body: '{"title":"y"}',
        signal: AbortSignal.timeout(20_000),
      })
      expect(refused.status).toBe(503)
      expect((await readiness()).why[0]).toMatch(/^the database has not answered for \d+ s$/)
    } finally {
      for (const pid of all) signal(pid, 'SIGCONT')
    }
    await paged('ada', await raise())
  })

  test('while a table is locked, what is taken into hands counts as waiting: senders are soon told to come back', async () => {
    const console = new pg.Client(postgres.url)
    await console.connect()
    await console.query('begin; lock table alerts_alerts in access exclusive mode')
    const held = await raise()
    const knock = () =>
      fetch(`${program.url}/in/${GENERIC_KEY}`, { method: 'POST', body: '{"title":"z"}', signal: AbortSignal.timeout(15_000) })
    const refused = await until('a sender is told to come back', async () => {
      const reply = await knock()
      return reply.status === 503 && reply
    })
    expect(refused.headers.get('retry-after')).toBe('5')
    await console.end()
    await paged('ada', held)
  })

  test('told to stop while the database is silent, it ends in time', async () => {
    wire.hushAll()
    const began = performance.now()
    expect(await program.stop()).toMatchObject({ code: 0, signal: null })
    expect(performance.now() - began).toBeLessThan(10_000)
    wire.heal()
    program = await startProgram({
      data: place.data,
      config: place.config,
      env: { ...witness.mailEnv, DATABASE_URL: `${postgres.url}`, TOCSIN_SECRET_KEY_FILE: `${place.data}.key` },
    })
  })
})
