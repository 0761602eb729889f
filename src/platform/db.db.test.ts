import pg from 'pg'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { type FaultyWire, layWire } from '../../test/world/faulty-wire.ts'
import { reasonsNotReady } from '../modules/installation/health.ts'
import { CommitUnknown, type Database, openDatabase } from './db.ts'

const DEADLINES = { connect: 1500, statement: 800, slack: 200 }
const CONNECTIONS = 4

let admin: pg.Client
let wire: FaultyWire
let db: Database
const database = `silence_${Math.random().toString(36).slice(2)}`

beforeAll(async () => {
  const { host, port, user } = inject('postgres')
  const founder = new pg.Client({ host, port, user, database: 'postgres' })
  await founder.connect()
  await founder.query(`create database ${database}`)
  await founder.end()
  admin = new pg.Client({ host, port, user, database })
  await admin.connect()
  await admin.query('create table notes (text text)')
})
afterAll(() => admin.end())

async function open(): Promise<void> {
  const { host, port, user } = inject('postgres')
  await admin.query('truncate notes')
  wire = await layWire({ path: `${host}/.s.PGSQL.${port}` })
  const connection = { host: '127.0.0.1', port: wire.port, user, database }
  // The embedded server takes nothing but its socket; the wire brings it there.
  db = openDatabase({ connection, log: pino({ level: 'silent' }), connectionsMax: CONNECTIONS, deadlines: DEADLINES })
  await warm()
}
afterEach(async () => {
  await wire.close()
  await db.close()
  vi.useRealTimers()
})

/** What is asked over a line that leads nowhere: one deadline passes once it is lost there, and no more. */
async function overSilence<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  vi.advanceTimersByTime(1)
  const lost = wire.lost()
  const asked = ask()
  await lost
  // The driver may have something to write still, and the line to begin its wait.
  await new Promise((turn) => setImmediate(turn))
  vi.advanceTimersByTime(DEADLINES.statement + DEADLINES.slack + 1)
  return asked
}

/** Every connection of the pool is there and has been used. */
async function warm(): Promise<void> {
  await Promise.all(Array.from({ length: CONNECTIONS }, () => db.sql`select pg_sleep(0.02)`))
}
const notes = async () => (await admin.query<{ text: string }>('select text from notes order by text')).rows.map(({ text }) => text)
const write = (text: string) => db.transaction(({ sql }) => sql`insert into notes values (${text})`)

describe('while deadlines pass when a test says so, and a busy machine is no silence,', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    return open()
  })

  test.each(['both', 'there', 'back'] as const)(
    'connections that lead nowhere (%s) cost one deadline, however many there are',
    async (way) => {
      wire.hush(way)
      const before = db.statements()
      await overSilence(() => write('once'))
      expect(await notes()).toEqual(['once'])
      // Begin, insert, commit, twice: only one of the silent connections was waited for.
      expect(db.statements() - before).toBe(6)
      expect(db.silentMs()).toBe(0)
    },
  )

  test('what only looks is asked again; of what writes alone nobody knows', async () => {
    wire.hush()
    expect(await overSilence(() => db.sql`select 1 as one`)).toEqual([{ one: 1 }])
    wire.hush('back')
    await expect(overSilence(() => db.sql`insert into notes values ('alone')`)).rejects.toBeInstanceOf(CommitUnknown)
    // It was: had it been run again, it would stand there twice.
    expect(await notes()).toEqual(['alone'])
  })

  test.each([
    ['before', []],
    ['after', ['paid']],
  ] as const)('a silence at the commit, %s it arrived: never run again, and said', async (when, there) => {
    const sprung = wire.hushAt('commit', when)
    await expect(overSilence(() => write('paid'))).rejects.toBeInstanceOf(CommitUnknown)
    await sprung
    expect(await notes()).toEqual(there)
    await write('next')
    expect(await notes()).toEqual(['next', ...there])
  })

  test('a connection lost between the last statement and the commit came to nothing, and is run again', async () => {
    let runs = 0
    await db.transaction(async ({ sql }) => {
      runs += 1
      const [row] = await sql<{ pid: number }>`select pg_backend_pid() as pid`
      await sql`insert into notes values ('kept')`
      if (runs > 1) return
      await admin.query('select pg_terminate_backend($1, 5000)', [row!.pid])
      // Its end has come as far as the pool.
      await expect.poll(() => sql`select 1`.catch(() => 'lost')).toBe('lost')
    })
    expect([runs, await notes()]).toEqual([2, ['kept']])
  })
})

describe('while time passes by itself,', () => {
  beforeEach(open)

  test('new connections silent as well: refused in time, readiness says for how long, and healed it goes on', async () => {
    wire.hushAll()
    await expect(write('lost')).rejects.toThrow()
    await expect(db.sql`select 1`).rejects.toThrow()
    const parts = { db, clock: { now: () => 0 }, engine: { health: () => [] }, reasons: async () => [] }
    expect(await reasonsNotReady(parts as never)).toEqual([expect.stringMatching(/^the database has not answered for \d+ s$/)])
    wire.heal()
    await write('healed')
    expect(await notes()).toEqual(['healed'])
    expect(await reasonsNotReady(parts as never)).toEqual([])
  })

  test('long work has its own limit, and a connection of its own the usual one', async () => {
    await db.transaction(({ sql }) => sql`select pg_sleep(1.2)`, { statementTimeoutMs: 5000 })
    const own = await db.connect()
    await own.query('select pg_sleep(1.2)', undefined, 5000)
    wire.hush()
    await expect(own.query('select 1')).rejects.toThrow(/has not answered/)
    await own.end()
  })

  test('a process that stood still itself blames nobody', async () => {
    // Straight to the server: the wire would stand still with us.
    const straight = openDatabase({ connection: { ...inject('postgres'), database }, log: pino({ level: 'silent' }), deadlines: DEADLINES })
    await straight.sql`select 1`
    const before = straight.statements()
    const asked = straight.sql<{ one: number }>`select 1 as one`
    // The question is on its way; then nothing is read until long after the answer has come.
    await new Promise((written) => setImmediate(written))
    const end = performance.now() + DEADLINES.statement + 3 * DEADLINES.slack
    while (performance.now() < end);
    expect(await asked).toEqual([{ one: 1 }])
    expect(straight.statements() - before).toBe(1)
    await straight.close()
  })
})
