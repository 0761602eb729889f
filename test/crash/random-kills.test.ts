import { setTimeout as later } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { type Burst, nothingPromised, startBurst } from './burst.ts'
import { makePlace, type Place } from './company.ts'
import { killPostgres, postgresOf } from './processes.ts'
import { killEverything, type Program, startProgram } from './program.ts'
import { reconcile } from './reconcile.ts'
import { startWitness, type Witness } from './witness.ts'

const SEED = Number(process.env['TOCSIN_CRASH_SEED'] ?? 20_261_121)
const KILLS = 3

let witness: Witness
let place: Place

beforeEach(async () => {
  witness = await startWitness()
  place = makePlace(witness)
})
afterEach(async () => {
  await killEverything()
  await witness.close()
  place.remove()
})
afterAll(killEverything)

test(`a node killed ${KILLS} times during a burst finds its PostgreSQL again and loses nothing (seed ${SEED})`, () =>
  killRepeatedly(async (program) => {
    const before = postgresOf(place.data)
    expect(before).toBeDefined()
    await program.kill()
    return () => expect(postgresOf(place.data), 'the orphaned PostgreSQL is used again').toBe(before)
  }))

test(`node and PostgreSQL killed together ${KILLS} times during a burst lose nothing (seed ${SEED})`, () =>
  killRepeatedly(async (program) => {
    await Promise.all([program.kill(), killPostgres(place.data)])
    return () => expect(postgresOf(place.data)).toBeDefined()
  }))

/** `kill` answers what must hold after the next start. */
async function killRepeatedly(kill: (program: Program) => Promise<() => void>): Promise<void> {
  const random = mulberry32(SEED)
  const promised = nothingPromised()
  const bursts: Burst[] = []
  let now: Program | undefined
  const start = () => startProgram({ data: place.data, config: place.config, env: witness.mailEnv })
  now = await start()
  for (let i = 0; i < KILLS; i++) {
    bursts.push(startBurst({ url: () => now?.url, witness, promised, name: `random-${i}`, events: 30 }))
    // The moment is what is tested here, not something to wait for.
    await later(20 + random() * 800)
    const dying = now
    now = undefined
    const check = await kill(dying)
    now = await start()
    check()
  }
  await Promise.all(bursts.map((burst) => burst.sent))
  await Promise.all(bursts.map((burst) => burst.end()))
  expect(promised.alerts.size).toBeGreaterThanOrEqual(15 * KILLS)
  await reconcile({ api: now.api, witness, promised, name: 'random', crashes: KILLS })
  expect(await now.stop()).toMatchObject({ code: 0 })
  expect(postgresOf(place.data)).toBeUndefined()
}

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
