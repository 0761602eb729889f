import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import pg from 'pg'
import type { Log } from './log.ts'

/**
 * Runs one statement. Used as a tag: sql<Row>`select … where id = ${id}`; values are only ever bound, never spliced,
 * and each text is prepared once per connection under a name of its own.
 */
export type Sql = <Row = unknown>(text: TemplateStringsArray, ...values: unknown[]) => Promise<Row[]>

/**
 * A transaction in progress; what waits for its commit is registered on it. Statements travel as they are asked for, in
 * order, without waiting for the answers of those before, so asking for several at once costs one journey.
 */
export interface Transaction {
  sql: Sql
  /**
   * Nobody waits for the answer of this one statement before the commit: it travels with what comes next. Should it
   * fail, the transaction does.
   */
  unawaited(statement: Promise<unknown>): void
  /** Runs after a successful commit, never after a rollback: hints to loops, in-memory hand-overs. */
  afterCommit(hook: () => void): void
  /** Gives back what was reserved in memory when the transaction comes to nothing. */
  afterRollback(hook: () => void): void
}

export interface Database {
  /** Statements outside a transaction, each its own. */
  sql: Sql
  /**
   * Runs `work` in one transaction. When the database refuses for a passing reason (serialisation, deadlock, lock
   * time-out, failover) the whole of `work` is run again, so it must touch nothing but the transaction.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** A connection of its own, outside the pool: LISTEN, long reads. The caller ends it. */
  connect(): Promise<pg.Client>
  /** Statements sent since start: benchmarks and CI count them per alert. */
  statements(): number
  close(): Promise<void>
}

export interface TransactionOptions {
  /** Milliseconds a statement may take; 5000 unless said. */
  statementTimeoutMs?: number
  /** Keep one snapshot over several reads. */
  repeatableRead?: boolean
}

export interface DatabaseOptions {
  connection: pg.PoolConfig
  log: Log
  connectionsMax?: number
}

/**
 * Session limits: a frozen client must not hold rows against an acknowledgement for longer than a person waits.
 * Sequential scans are priced out because plans are kept: one made while a table was empty would read all of it later.
 */
const SESSION =
  '-c statement_timeout=5000 -c idle_in_transaction_session_timeout=2000 -c lock_timeout=4000 -c TimeZone=UTC -c synchronous_commit=on -c enable_seqscan=off'

/** Passing faults: run again. 23505 is here because two nodes may open the same alert or incident at once; the second look sees the first. */
const RETRYABLE = new Set([
  '25P03',
  '40001',
  '40P01',
  '55P03',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
  '23505',
  'ECONNRESET',
  'EPIPE',
])
const ATTEMPTS_MAX = 4

/** Whether a transaction took effect is not known. */
export class CommitUnknown extends Error {}

/** The driver gives no code to a statement sent over a connection that was lost before. */
function codeOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  return code ?? (/is not queryable|Connection terminated/.test(message ?? '') ? '08006' : '')
}

function isLost(code: string): boolean {
  return /^(08|57P0)/.test(code) || code === 'ECONNRESET' || code === 'EPIPE'
}

export function openDatabase({ connection, log, connectionsMax = 10 }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    ...connection,
    max: connectionsMax,
    options: SESSION,
    types: { getTypeParser },
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 60_000,
    pipeline: true,
  })
  // Without a listener an idle connection lost in a database restart would end the process.
  pool.on('error', (error) => log.warn({ code: (error as { code?: string }).code }, 'an idle database connection was lost'))
  // The same for one that is lost between two statements of a transaction; its next statement fails and says so.
  pool.on('connect', (client) =>
    client.on('error', (error) => log.warn({ code: (error as { code?: string }).code }, 'a database connection was lost')),
  )
  let count = 0

  const on =
    (client: pg.Pool | pg.PoolClient): Sql =>
    async <Row>(text: TemplateStringsArray, ...values: unknown[]) => {
      count += 1
      const result = await client.query({ ...prepared(text), values })
      return result.rows as Row[]
    }

  async function transaction<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(work, options)
      } catch (error) {
        const code = codeOf(error)
        // Lock time-outs get one more try only: a person waits for the answer.
        if (!RETRYABLE.has(code) || attempt >= (code === '55P03' ? 2 : ATTEMPTS_MAX)) throw error
        log.debug({ code, attempt }, 'a transaction is run again')
      }
    }
  }

  async function once<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions): Promise<T> {
    const client = await pool.connect()
    // What transactions ask is looked up by index whatever the values are: one plan will do, where five trials would each cost
    // the first pages after a start some milliseconds. Lists, outside transactions, are planned by their filters.
    const hooks: (() => void)[] = []
    const undo: (() => void)[] = []
    /** Every statement, in order: the first that failed says why the transaction did. */
    const sent: Promise<unknown>[] = []
    let broken: Error | undefined
    let committing = false
    const send = <Result>(statement: Promise<Result>): Promise<Result> => {
      statement.catch(() => {})
      sent.push(statement)
      return statement
    }
    const plain = on(client)
    const sql: Sql = (text, ...values) => {
      if (committing) throw new Error('A statement came after the end of its transaction.')
      together(client)
      return send(plain(text, ...values))
    }
    try {
      count += 2
      together(client)
      send(
        client.query(
          `begin${options.repeatableRead ? ' isolation level repeatable read' : ''}; set local plan_cache_mode = force_generic_plan`,
        ),
      )
      if (options.statementTimeoutMs !== undefined)
        send(client.query(`set local statement_timeout = ${Math.round(options.statementTimeoutMs)}`))
      const value = await work({
        sql,
        unawaited: (statement) => void statement.catch(() => {}),
        afterCommit: (hook) => hooks.push(hook),
        afterRollback: (hook) => undo.push(hook),
      })
      committing = true
      together(client)
      const commit = client.query('commit')
      await Promise.all([...sent, commit])
      for (const hook of hooks) hook()
      return value
    } catch (error) {
      for (const hook of undo) hook()
      const ended = client.query('rollback')
      const failed = (await Promise.allSettled(sent)).find((one) => one.status === 'rejected')
      await ended.catch((lost: Error) => {
        broken = lost
      })
      const reason = codeOf(error) === '' ? error : (failed?.reason ?? error)
      // A connection lost during commit: nobody knows whether it took effect, so it is not run again here. What must not be
      // lost is claimed by leases and comes round again; callers hear that the outcome is unknown.
      if (committing && isLost(codeOf(reason)))
        throw new CommitUnknown('The connection was lost during commit; the outcome is unknown.', { cause: reason })
      throw reason
    } finally {
      client.release(broken)
    }
  }

  return {
    sql: on(pool),
    transaction,
    async connect() {
      const client = new pg.Client({ ...connection, types: { getTypeParser } })
      client.on('error', (error) => log.warn({ code: (error as { code?: string }).code }, 'a dedicated database connection was lost'))
      await client.connect()
      return client
    },
    statements: () => count,
    close: () => pool.end(),
  }
}

/** Holds the connection's writes back until this turn of the event loop has asked for everything: one write, one waking of the server. */
function together(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

const preparedByText = new WeakMap<TemplateStringsArray, { name: string; text: string }>()
const namesByText = new Map<string, string>()

function prepared(strings: TemplateStringsArray): { name: string; text: string } {
  let statement = preparedByText.get(strings)
  if (!statement) {
    const text = strings.reduce((sofar, part, i) => `${sofar}$${i}${part}`)
    let name = namesByText.get(text)
    if (!name) {
      name = `t_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
      namesByText.set(text, name)
    }
    statement = { name, text }
    preparedByText.set(strings, statement)
  }
  return statement
}

const { builtins } = pg.types

/** Every type the product reads, decided once: whole numbers as numbers, moments as epoch milliseconds, dates as text. */
function getTypeParser(oid: number, format?: string): (value: string) => unknown {
  if (format !== 'binary') {
    switch (oid) {
      case builtins.INT8:
      case builtins.NUMERIC:
        return Number
      case builtins.TIMESTAMPTZ:
        return parseTimestamp
      case builtins.DATE:
      case builtins.INTERVAL:
        return String
    }
  }
  return pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown
}

/** `2026-11-20 03:11:07.123+00` (the session is in UTC) to epoch milliseconds. */
function parseTimestamp(text: string): number {
  return Date.parse(`${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, 'Z')}`)
}
