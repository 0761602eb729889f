import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { setTimeout as later } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { nothingPromised, startBurst } from '../crash/burst.ts'
import { makePlace, type Place } from '../crash/company.ts'
import { killEverything, type Program, startProgram } from '../crash/program.ts'
import { reconcile } from '../crash/reconcile.ts'
import { until } from '../crash/until.ts'
import { type Arrival, startWitness, type Witness } from '../crash/witness.ts'
import { type Postgres15, startPostgres15 } from './postgres-15.ts'
import { describeWith, POSTGRES_15 } from './tools.ts'

/** A node that stops without a word is replaced within this time. */
const TAKEOVER_MS = 30_000

describeWith([`${POSTGRES_15}/postgres`], 'two nodes on one PostgreSQL 15', () => {
  let postgres: Postgres15
  let witness: Witness
  let place: Place
  let ann: Program
  let bob: Program
  /** Lets the requests that are held be answered. */
  let answer = () => {}

  beforeAll(async () => {
    witness = await startWitness()
    place = makePlace(witness)
    postgres = await startPostgres15()
    writeFileSync(`${place.data}.key`, randomBytes(32).toString('hex'))
    // Both at once, on an empty database: one of them migrates and configures, the other waits.
    ;[ann, bob] = await Promise.all([start('ann'), start('bob')])
  })
  afterEach(async () => {
    ann.thaw()
    answer()
    witness.answerAtOnce()
    await resolveAll()
  })
  afterAll(async () => {
    ann?.thaw()
    await killEverything()
    await postgres?.stop()
    await witness?.close()
    place?.remove()
  })

  function start(name: string, crashAt?: string): Promise<Program> {
    const env = { ...witness.mailEnv, DATABASE_URL: postgres.url, TOCSIN_SECRET_KEY_FILE: `${place.data}.key` }
    return startProgram({
      data: `${place.data}-${name}`,
      config: place.config,
      env: { ...env, ...(crashAt !== undefined && { TOCSIN_CRASH_AT: crashAt }) },
    })
  }

  /** Senders find a node as a load balancer would send them: in turns, never to one that is known to be away. */
  function inTurns(nodes: () => Program[]): () => string {
    let turn = 0
    return () => {
      const there = nodes()
      return there[turn++ % there.length]!.url
    }
  }

  test('they share a burst, and nobody gets a page twice', async () => {
    const promised = nothingPromised()
    const burst = startBurst({ url: inTurns(() => [ann, bob]), witness, promised, name: 'shared', events: 60 })
    await burst.sent
    const { repeats } = await reconcile({ api: bob.api, witness, promised, name: 'shared', crashes: 0 })
    await burst.end()
    expect(promised.alerts.size).toBe(84)
    expect(repeats).toEqual([])
    // Each gives the links in its pages its own address.
    const senders = new Set(witness.arrivals.flatMap(({ page }) => (page ? [new URL(page.actions.acknowledge).host] : [])))
    expect(senders.size, 'both have sent pages').toBe(2)
  })

  test('an acknowledgement answers within five seconds while the other is frozen, wherever that was', async () => {
    const promised = nothingPromised()
    const fresh: Arrival[] = []
    const unsubscribe = witness.onArrival((arrival) => void (arrival.to === 'ada' && fresh.push(arrival)))
    let up = [ann, bob]
    for (let i = 0; i < 4; i++) {
      // A burst for each, or a quick machine has paged them all before the last freeze.
      const burst = startBurst({ url: inTurns(() => up), witness, promised, name: `freezing-${i}`, events: 100 })
      fresh.length = 0
      await until('pages come again', () => fresh.length >= 10)
      // Wherever this happens to catch it.
      await later(15 * i)
      up = [bob]
      ann.freeze()
      const newest = fresh.slice(-10).map((one) => one.incidentId)
      const tooks = await Promise.all(newest.map((id) => acknowledge(bob, id)))
      for (const id of newest) promised.acknowledgements.set(id, Date.now())
      expect(Math.max(...tooks), 'milliseconds an acknowledgement took').toBeLessThan(5000)
      ann.thaw()
      up = [ann, bob]
      await burst.end()
    }
    unsubscribe()
    // A freeze counts as a crash: what it had in flight may be repeated.
    await reconcile({ api: bob.api, witness, promised, name: 'freezing', crashes: 4, timeoutMs: TAKEOVER_MS })
    await until('the thawed one works again', async () => (await fetch(`${ann.url}/readyz`)).ok)
  })

  test('one is frozen with pages in flight; the other takes over, and what the first then does changes nothing', async () => {
    const promised = nothingPromised()
    witness.answerAfter(new Promise<void>((resolve) => (answer = resolve)))
    const burst = startBurst({ url: () => ann.url, witness, promised, name: 'frozen', events: 20, acknowledgeEvery: 0 })
    await until('Ada has ten pages', () => arrivalsOf('frozen').length >= 10)
    ann.freeze()
    const frozenAt = Date.now()
    witness.answerAtOnce()
    const held = new Set(arrivalsOf('frozen').map((one) => one.key))
    await until('the other repeats what was in flight', () => [...held].every((key) => count(key) >= 2), { timeoutMs: TAKEOVER_MS })
    expect(Date.now() - frozenAt).toBeLessThan(TAKEOVER_MS)
    ann.thaw()
    answer()
    await burst.end()
    // What the other had sent meanwhile was held as well, without an answer: that is repeated too.
    const { repeats } = await reconcile({ api: bob.api, witness, promised, name: 'frozen', crashes: 2 })
    expect(repeats.length).toBeGreaterThanOrEqual(held.size)
    for (const key of held) expect(count(key)).toBe(2)
    await until('the thawed one works again', async () => (await fetch(`${ann.url}/readyz`)).ok)
  })

  test('one is killed with pages leased and none sent; the other sends them within thirty seconds', async () => {
    await ann.stop()
    ann = await start('ann', 'send.before_request:5')
    const promised = nothingPromised()
    let up = [ann, bob]
    const burst = startBurst({ url: inTurns(() => up), witness, promised, name: 'killed', events: 60 })
    await until('it is killed', () => !ann.isRunning())
    const killedAt = Date.now()
    up = [bob]
    await burst.sent
    await burst.end()
    const timeoutMs = TAKEOVER_MS + 5000
    const { pages } = await reconcile({ api: bob.api, witness, promised, name: 'killed', crashes: 1, timeoutMs })
    for (const incidentId of pages.keys()) {
      const first = witness.arrivals.find((one) => one.incidentId === incidentId && one.to === 'ada')
      expect(first!.at - killedAt, 'milliseconds after the kill').toBeLessThan(TAKEOVER_MS)
    }
  })

  /** So that the next story meets pages of its own only. */
  async function resolveAll(): Promise<void> {
    const isDone = async () => {
      const { items } = await bob.api.listIncidents({ query: { status: ['open'], limit: 50 } })
      await Promise.allSettled(items.map(({ id }) => bob.api.resolveIncident({ params: { id }, body: {} })))
      return items.length === 0
    }
    await until('all incidents are resolved', isDone, { timeoutMs: 50_000 })
  }

  async function acknowledge(node: Program, id: string): Promise<number> {
    const began = performance.now()
    await node.api.acknowledgeIncident({ params: { id }, body: {} })
    return performance.now() - began
  }

  test('after all of it, no two of their transactions have ever waited for each other in a ring', async () => {
    const client = new pg.Client(postgres.url)
    await client.connect()
    const { rows } = await client.query<{ deadlocks: string }>('select deadlocks from pg_stat_database where datname = current_database()')
    await client.end()
    expect(rows).toEqual([{ deadlocks: '0' }])
  })

  function arrivalsOf(name: string): Arrival[] {
    return witness.arrivals.filter((one) => one.page?.incident.title.startsWith(name))
  }

  function count(key: string): number {
    return witness.arrivals.filter((one) => one.key === key).length
  }
})
