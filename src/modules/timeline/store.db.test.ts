import type { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../../../test/world/world.ts'
import type { Caller } from '../../platform/contract.ts'
import type { Transaction } from '../../platform/db.ts'
import { ANONYMOUS } from '../../platform/http.ts'
import { brokenAt } from './chain.ts'
import type { Entry } from './events.ts'
import { append, type Cursor, endOfTimeline, readChain, readFrom, readTimeline, restartTransactionCount } from './store.ts'
import { createLiveStream } from './stream.ts'

const liveParts = () => ({
  ...world.parts,
  describe: ({ event }: Entry) => event.data,
  stillMay: async (callers: Caller[]) => new Set(callers),
  readHearing: async () => () => true,
})

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

const note = (incidentId: Entry['incidentId'], text: string): Entry => ({
  incidentId,
  happenedAt: world.now(),
  actor: 'person:ada',
  event: { type: 'note.added', data: { text } },
})
const write = (tx: Transaction, incidentId: Entry['incidentId'], ...texts: string[]) =>
  append(
    tx,
    world.now(),
    texts.map((text) => note(incidentId, text)),
  )
const textOf = ({ event }: { event: Entry['event'] }) => (event.type === 'note.added' ? event.data.text : event.type)
/** What a follower sees of these incidents, in pages of three. */
async function follow(cursor: Cursor, ids: string[]): Promise<{ texts: string[]; cursor: Cursor }> {
  const texts: string[] = []
  for (let at = cursor; ; ) {
    const { events, cursor: next } = await readFrom(world.db.sql, at, 3)
    texts.push(...events.filter(({ incidentId }) => ids.includes(incidentId)).map(textOf))
    if (events.length === 0) return { texts, cursor: at }
    at = next
  }
}

/** The same, until so many have come: what others have begun on this database server holds followers back. */
async function followUntil(count: number, cursor: Cursor, ids: string[]): Promise<string[]> {
  const texts: string[] = []
  let at = cursor
  const more = async () => {
    const round = await follow(at, ids)
    at = round.cursor
    return texts.push(...round.texts)
  }
  await expect.poll(more, { timeout: 15_000, interval: 5 }).toBeGreaterThanOrEqual(count)
  return texts
}

test('facts written by many at once stand in one unbroken chain each', async () => {
  await Promise.all(
    Array.from({ length: 30 }, (_, i) => world.db.transaction((tx) => write(tx, i % 2 ? 'inc_a' : 'inc_b', `${i} one`, `${i} two`))),
  )
  for (const id of ['inc_a', 'inc_b'] as const) {
    const events = await readTimeline(world.db.sql, id, 0, 100)
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    expect(brokenAt(await readChain(world.db.sql, id))).toBeUndefined()
  }
})

test('a chain that somebody has changed in the database is found out', async () => {
  await world.db.transaction((tx) => write(tx, 'inc_c', 'one', 'two', 'three'))
  await world.db.sql`update timeline_events set data = '{"text":"2"}' where incident_id = 'inc_c' and seq = 2`
  expect(brokenAt(await readChain(world.db.sql, 'inc_c'))).toBe(2)
})

test('a follower waits for those who began before, and then sees everything once', async () => {
  const start = await endOfTimeline(world.db.sql)
  let commit = () => {}
  const mayCommit = new Promise<void>((resolve) => {
    commit = resolve
  })
  let written = () => {}
  const hasWritten = new Promise<void>((resolve) => {
    written = resolve
  })
  const slow = world.db.transaction(async (tx) => {
    await write(tx, 'inc_d', 'slow one', 'slow two')
    // Nobody waits for what is appended: this comes back behind it.
    await tx.sql`select 1`
    written()
    await mayCommit
  })
  await hasWritten
  await world.db.transaction((tx) => write(tx, 'inc_e', 'quick'))
  const early = await follow(start, ['inc_d', 'inc_e'])
  expect(early.texts).toEqual([])
  commit()
  await slow
  expect(await followUntil(3, early.cursor, ['inc_d', 'inc_e'])).toEqual(['slow one', 'slow two', 'quick'])
})

test('whatever the interleaving, a follower that looks again and again misses nothing and hears nothing twice', async () => {
  const start = await endOfTimeline(world.db.sql)
  const following = followUntil(200, start, ['inc_f0', 'inc_f1', 'inc_f2', 'inc_f3', 'inc_f4'])
  const expected: string[] = []
  for (let batch = 0; batch < 20; batch++)
    await Promise.all(
      Array.from({ length: 5 }, (_, i) => {
        const texts = [`${batch}.${i} a`, `${batch}.${i} b`]
        expected.push(...texts)
        return world.db.transaction((tx) => write(tx, `inc_f${i}`, ...texts))
      }),
    )
  expect((await following).toSorted()).toEqual(expected.toSorted())
})

test('a follower keeps the order when the count of transactions grows by a digit', async () => {
  const at = new Date(world.now()).toISOString()
  for (const xact of ['8', '9', '10', '11', '100'])
    await world.db.sql`
      insert into timeline_events (xact, incident_id, seq, happened_at, recorded_at, actor, type, data)
      values (${xact}::xid8, 'inc_i', ${Number(xact)}, ${at}::timestamptz, ${at}::timestamptz, 'system', 'note.added', ${`{"text":"${xact}"}`})`
  const { texts } = await follow({ xact: '0', position: 0 }, ['inc_i'])
  expect(texts).toEqual(['8', '9', '10', '11', '100'])
})

test('after a move to another database cursors begin at what was delivered last', async () => {
  await world.db.transaction((tx) => write(tx, 'inc_g', 'before the move'))
  const cursor = await endOfTimeline(world.db.sql)
  const [last] = await world.db.sql<{ position: number }>`select max(position) as position from timeline_events`
  await restartTransactionCount(world.db.sql)
  await world.db.transaction((tx) => write(tx, 'inc_g', 'after the move'))
  expect(cursor.xact).not.toBe('0')
  expect(await followUntil(1, { xact: '0', position: last!.position }, ['inc_g'])).toEqual(['after the move'])
})

/** A browser, as far as the stream sees it. */
function listenTo(stream: Readable): { texts(): string[]; last(): Cursor } {
  let heard = ''
  stream.on('data', (chunk) => {
    heard += String(chunk)
  })
  return {
    texts: () => [...heard.matchAll(/^data: .*"text":"([^"]*)"/gm)].map(([, text]) => text!),
    last() {
      const [, xact, position] = [...heard.matchAll(/^id: (\d+)-(\d+)$/gm)].at(-1)!
      return { xact: xact!, position: Number(position) }
    },
  }
}

test('browsers that come, go and come back while things happen hear everything once', async () => {
  const live = createLiveStream(liveParts())
  const first = await live.open(null, ANONYMOUS)
  const browser = listenTo(first)
  const later: ReturnType<typeof listenTo>[] = []
  const said: string[] = []
  for (let i = 0; i < 30; i++) {
    said.push(`${i}`)
    // Writing, telling, and coming back from the last thing heard, all at the same time.
    await Promise.all([
      world.db.transaction((tx) => write(tx, 'inc_h', `${i}`)),
      live.loops[0]!.tick(world.now()),
      (async () => {
        if (browser.texts().length === 0 || i % 3 > 0) return
        later.push(listenTo(await live.open(browser.last(), ANONYMOUS)))
      })(),
    ])
  }
  await expect
    .poll(
      async () => {
        await live.loops[0]!.tick(world.now())
        return [browser, ...later].every((one) => one.texts().at(-1) === '29')
      },
      { timeout: 15_000, interval: 5 },
    )
    .toBe(true)
  expect(browser.texts()).toEqual(said)
  for (const back of later) {
    const heard = back.texts()
    // From where it had been, which is somewhere in the middle, to the end.
    expect(heard).toEqual(said.slice(said.length - heard.length))
    expect(heard.length).toBeGreaterThan(0)
  }
  expect(later.length).toBeGreaterThan(0)
  live.close()
})

test('one who asks for what is not known any more is told to load anew', async () => {
  const live = createLiveStream(liveParts())
  const stream = await live.open({ xact: '1', position: 1 }, ANONYMOUS)
  expect(String(stream.read())).toContain('event: reload')
  live.close()
})

test('nobody hears what they may not, and goes on hearing the rest', async () => {
  const hears = (caller: Caller, incidentId: string) => caller.label === 'member' || incidentId !== 'inc_secret'
  const live = createLiveStream({ ...liveParts(), readHearing: async () => hears })
  const [member, other] = [
    listenTo(await live.open(null, { ...ANONYMOUS, label: 'member' })),
    listenTo(await live.open(null, { ...ANONYMOUS, label: 'other' })),
  ]
  await world.db.transaction((tx) => write(tx, 'inc_open', 'before'))
  await world.db.transaction((tx) => write(tx, 'inc_secret', 'hidden'))
  await world.db.transaction((tx) => write(tx, 'inc_open', 'after'))
  await expect
    .poll(async () => [await live.loops[0]!.tick(world.now()), other.texts().at(-1)].at(-1), { timeout: 15_000, interval: 5 })
    .toBe('after')
  expect(other.texts()).toEqual(['before', 'after'])
  expect(member.texts()).toEqual(['before', 'hidden', 'after'])
  live.close()
})
