import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { nothingPromised, type Promised, startBurst } from './burst.ts'
import { makePlace, type Place } from './company.ts'
import { postgresOf } from './processes.ts'
import { endOfProgram, killEverything, type Program, startProgram } from './program.ts'
import { checkAcknowledgements, type Reconciled, reconcile } from './reconcile.ts'
import { until } from './until.ts'
import { type Arrival, startWitness, type Witness } from './witness.ts'

// One installation lives through all of it: what one crash broke, the next would show.
let witness: Witness
let place: Place
let running: Program | undefined
/** Of the whole file. */
const all: Promised = nothingPromised()

beforeAll(async () => {
  witness = await startWitness()
  place = makePlace(witness)
})
afterEach(async () => {
  witness.answerAtOnce()
  await running?.kill()
})
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

interface Crashed extends Reconciled {
  promised: Promised
  program: Program
  /** What Ada had got when the first run died. */
  before: Arrival[]
}

/** A burst into a program that kills itself at the point, another start, and the books. `first` events arrive as pages before it. */
async function crashAndReconcile(crashAt: string, { first = 0 } = {}): Promise<Crashed> {
  const name = crashAt.replaceAll(/\W/g, '_')
  const promised = nothingPromised()
  const doomed = await start(crashAt)
  let now: Program | undefined = doomed
  const vanguard = startBurst({ url: () => now?.url, witness, promised, name: `${name}-first`, events: first })
  await until('the first pages arrive', () => arrivedOf(`${name}-first`) >= first)
  const burst = startBurst({ url: () => now?.url, witness, promised, name, events: 30 })
  const { signal } = await until('the crash point is reached', () => (doomed.isRunning() ? false : doomed.ended), { timeoutMs: 30_000 })
  expect(signal).toBe('SIGKILL')
  now = undefined
  const before = witness.arrivals.filter(({ by, page }) => by === 'webhook' && page?.incident.title.startsWith(name))
  witness.answerAtOnce()
  now = await start()
  await Promise.all([vanguard.sent, burst.sent])
  await Promise.all([vanguard.end(), burst.end()])
  // Half of the senders try again until they are answered, so at least these were.
  expect(promised.alerts.size).toBeGreaterThanOrEqual(15)
  const books = await reconcile({ api: now.api, witness, promised, name, crashes: 1 })
  for (const [id, at] of promised.acknowledgements) all.acknowledgements.set(id, at)
  // So that the next crash meets pages of its own, not of these.
  const left = [...books.pages.keys()].filter((id) => !promised.acknowledgements.has(id) && !promised.unanswered.has(id))
  for (const id of left) await now.api.resolveIncident({ params: { id }, body: {} })
  return { ...books, promised, program: now, before }
}

function arrivedOf(name: string): number {
  return new Set(witness.arrivals.flatMap(({ page }) => (page?.incident.title.startsWith(name) ? [page.incident.id] : []))).size
}

// First, for it wants a fresh folder.
test('killed in the middle of the migrations, the next starts carry on where it stopped', async () => {
  const options = { data: place.data, config: place.config, env: { ...witness.mailEnv, TOCSIN_CRASH_AT: 'migrate.step:1' } }
  expect(await endOfProgram(options)).toMatchObject({ signal: 'SIGKILL' })
  expect(postgresOf(place.data)).toBeDefined()
  const program = await start()
  expect((await fetch(`${program.url}/readyz`)).status).toBe(200)
})

test.for([
  'ingest.before_insert:6',
  'ingest.after_insert:6',
  'ingest.after_commit_before_202:6',
  'engine.after_claim:3',
  'engine.before_commit:1',
  'engine.after_commit:2',
  'send.before_request:6',
])('killed at %s, everything promised is kept', async (point) => {
  await crashAndReconcile(point)
})

test('killed between request and response, the sends in flight are repeated and say so', async () => {
  // Nobody answers while the first run lives, so that everything it sends is in flight when it dies.
  witness.answerAfter(new Promise(() => {}))
  const { repeats, promised, before } = await crashAndReconcile('send.after_request_before_response:40', { first: 10 })
  const again = new Set(repeats.map(({ key }) => key))
  const left = before.filter(({ incidentId: id }) => !promised.acknowledgements.has(id) && !promised.unanswered.has(id))
  expect(left.length).toBeGreaterThan(0)
  expect(left.filter(({ key }) => !again.has(key))).toEqual([])
})

test('killed between response and record, the page is repeated and says so', async () => {
  const { repeats } = await crashAndReconcile('send.after_response_before_record:10')
  expect(repeats.length).toBeGreaterThan(0)
})

test('killed between an acknowledgement and its answer, it is kept all the same', async () => {
  const { promised, program } = await crashAndReconcile('ack.after_commit:3')
  const incidents = await Promise.all([...promised.unanswered].map((id) => program.api.getIncident({ params: { id } })))
  expect(incidents.filter((incident) => incident.acknowledgedBy === 'ada').length).toBeGreaterThan(0)
})

test('after all these crashes nothing of it is lost, and nobody was paged for what somebody had', async () => {
  const program = await start()
  await checkAcknowledgements(program.api, witness, all)
  expect(all.acknowledgements.size).toBeGreaterThan(10)
  expect(await program.stop()).toMatchObject({ code: 0 })
  expect(postgresOf(place.data)).toBeUndefined()
})
