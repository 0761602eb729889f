import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makePlace, type Place } from './company.ts'
import { ADMIN_TOKEN, killEverything, type Program, startProgram } from './program.ts'
import { until } from './until.ts'
import { startWitness, type Witness } from './witness.ts'

let witness: Witness
let place: Place
let running: Program | undefined

beforeAll(async () => {
  witness = await startWitness()
  place = makePlace(witness)
})
afterEach(() => running?.kill())
afterAll(async () => {
  await killEverything()
  await witness.close()
  place.remove()
})

async function start(crashAt?: string): Promise<Program> {
  const env = { ...witness.mailEnv, ...(crashAt !== undefined && { TOCSIN_CRASH_AT: crashAt }) }
  running = await startProgram({ data: place.data, config: place.config, env })
  return running
}

/** Declares an incident under a key; undefined when no answer came. */
async function declare({ url }: Program, title: string): Promise<{ status: number; number: string } | undefined> {
  try {
    const reply = await fetch(`${url}/api/v1/incidents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'idempotency-key': title },
      body: JSON.stringify({ title, service: 'shop' }),
    })
    return { status: reply.status, number: ((await reply.json()) as { number: string }).number }
  } catch {
    return undefined
  }
}

test.for(['write.before_commit:3', 'write.after_commit:3', 'write.after_commit:9'])(
  'killed at %s, every write sent again under its key is answered at once, and was done once',
  async (point) => {
    const titles = Array.from({ length: 20 }, (_, i) => `${point.replaceAll(/\W/g, '_')}-${i}`)
    const doomed = await start(point)
    const before = await Promise.all(titles.map((title) => declare(doomed, title)))
    await until('the crash point is reached', () => !doomed.isRunning())
    expect(before.filter((one) => one === undefined).length).toBeGreaterThan(0)

    const program = await start()
    const after = await Promise.all(titles.map((title) => declare(program, title)))
    expect(after.map((one) => one?.status)).toEqual(titles.map(() => 201))
    for (const [i, one] of before.entries()) if (one) expect(one).toEqual(after[i])
    const { items } = await program.api.listIncidents({ query: { limit: 200, text: titles[0]!.slice(0, -1) } })
    expect(items.map(({ title, number }) => [title, number]).sort()).toEqual(titles.map((title, i) => [title, after[i]!.number]).sort())
  },
)
