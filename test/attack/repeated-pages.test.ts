import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { nothingPromised, startBurst } from '../crash/burst.ts'
import { makePlace, type Place } from '../crash/company.ts'
import { killEverything, type Program, startProgram } from '../crash/program.ts'
import { reconcile } from '../crash/reconcile.ts'
import { until } from '../crash/until.ts'
import { type Arrival, startWitness, type Witness } from '../crash/witness.ts'
import { sized } from './size.ts'

// What a crash costs the people who are paged: a page that arrives twice wakes twice.

/** Kills of each kind. */
const KILLS = sized(1, 20)
const EVENTS = 30
const LIMIT = { timeout: sized(120_000, 3_600_000) }

/** Where the program kills itself: at one of its first so many passings there, each in turn. */
const POINTS: { point: string; passings: number; how: 'and everybody answers' | 'while nobody answers' }[] = [
  { point: 'ingest.before_insert', passings: 6, how: 'and everybody answers' },
  { point: 'ingest.after_insert', passings: 6, how: 'and everybody answers' },
  { point: 'ingest.after_commit_before_202', passings: 6, how: 'and everybody answers' },
  { point: 'engine.after_claim', passings: 3, how: 'and everybody answers' },
  { point: 'engine.before_commit', passings: 1, how: 'and everybody answers' },
  { point: 'engine.after_commit', passings: 2, how: 'and everybody answers' },
  { point: 'send.before_request', passings: 20, how: 'and everybody answers' },
  { point: 'send.after_request_before_response', passings: 20, how: 'and everybody answers' },
  // Nobody answers while it lives, so that all it sends is in flight when it dies: the most that one crash can repeat.
  { point: 'send.after_request_before_response', passings: 40, how: 'while nobody answers' },
  { point: 'send.after_response_before_record', passings: 20, how: 'and everybody answers' },
  { point: 'ack.after_commit', passings: 3, how: 'and everybody answers' },
]

let witness: Witness
let place: Place
let running: Program | undefined
/** What docs/reliability.md tells of it. */
const table: unknown[][] = []

beforeAll(async () => {
  witness = await startWitness()
  place = makePlace(witness)
})
afterEach(async () => {
  witness.answerAtOnce()
  await running?.kill()
})
afterAll(async () => {
  process.stdout.write(
    `point | | kills | repeated | most by one kill | shown twice | unmarked\n${table.map((row) => row.join(' | ')).join('\n')}\n`,
  )
  await killEverything()
  await witness.close()
  place.remove()
})

async function start(crashAt?: string): Promise<Program> {
  const env = { ...witness.mailEnv, ...(crashAt !== undefined && { TOCSIN_CRASH_AT: crashAt }) }
  running = await startProgram({ data: place.data, config: place.config, env })
  return running
}

/** Kills it at the point during a burst, starts it again, and counts what its receivers got of that burst. */
async function kill(name: string, crashAt: string, isHeld: boolean): Promise<Cost> {
  const promised = nothingPromised()
  if (isHeld) witness.answerAfter(new Promise(() => {}))
  const doomed = await start(crashAt)
  let now: Program | undefined = doomed
  const burst = startBurst({ url: () => now?.url, witness, promised, name, events: EVENTS })
  await until('the crash point is reached', () => !doomed.isRunning(), { timeoutMs: 60_000 })
  expect((await doomed.ended).signal).toBe('SIGKILL')
  now = undefined
  witness.answerAtOnce()
  now = await start()
  await burst.sent
  await burst.end()
  const { pages } = await reconcile({ api: now.api, witness, promised, name, crashes: 1, timeoutMs: 60_000 })
  // So that the next one meets pages of its own.
  for (const id of pages.keys()) await now.api.resolveIncident({ params: { id }, body: {} }).catch(() => {})
  await now.kill()
  return costOf(witness.arrivals.filter(({ incidentId }) => pages.has(incidentId)))
}

interface Cost {
  /** Attempts at pages after the first of each, by whatever channel. */
  repeated: number
  /** What a receiver that drops a key it has had shows twice all the same: another page to the same contact for the same level. */
  shownTwice: number
  /** Attempts after the first that do not say that they may be repeats. */
  unmarked: number
}

function costOf(arrivals: Arrival[]): Cost {
  const shown = repeated(arrivals, ({ by, key }) => `${by} ${key}`).first.filter(({ page }) => page !== undefined)
  return {
    repeated: repeated(arrivals, ({ by, key }) => `${by} ${key}`).again,
    shownTwice: repeated(shown, ({ to, incidentId, page }) => `${to} ${incidentId} ${page!.page.level}`).again,
    // The last to arrive may be the first that left, so of several attempts one may be unmarked, whichever it is.
    unmarked: repeated(
      arrivals.filter(({ possiblyDuplicate }) => !possiblyDuplicate),
      ({ by, key }) => `${by} ${key}`,
    ).again,
  }
}

function repeated(arrivals: Arrival[], nameOf: (arrival: Arrival) => string): { first: Arrival[]; again: number } {
  const seen = new Set<string>()
  const first = arrivals.filter((one) => !seen.has(nameOf(one)) && seen.add(nameOf(one)))
  return { first, again: arrivals.length - first.length }
}

test.for(POINTS.map((one, i) => ({ ...one, i })))(
  'killed at $point $how, a page is shown twice at most once, and no repeat is unmarked',
  LIMIT,
  async ({ point, passings, how, i }) => {
    const costs: Cost[] = []
    for (let n = 0; n < KILLS; n++)
      costs.push(await kill(`k${i}_${n}`, `${point}:${1 + ((n * 7 + 3) % passings)}`, how === 'while nobody answers'))
    const sum = (what: keyof Cost) => costs.reduce((all, cost) => all + cost[what], 0)
    table.push([point, how, KILLS, sum('repeated'), Math.max(...costs.map((one) => one.repeated)), sum('shownTwice'), sum('unmarked')])
    expect(costs.filter(({ shownTwice }) => shownTwice > 1)).toEqual([])
    expect(sum('unmarked')).toBe(0)
  },
)
