import { createHash } from 'node:crypto'
import pg from 'pg'
import { CopyIn, copied } from './copy.ts'
import { type Asked, type Line, Silence, streamOf, watch } from './db-line.ts'
import { DEADLINE_MS, within } from './deadlines.ts'
import { wholeOf } from './fragment.ts'
import type { Log } from './log.ts'

/**
 * Runs one statement. Used as a tag: sql<Row>`select … where id = ${id}`; values are only ever bound, never spliced,
 * but for fragments, whose text is the program's own. Each text is prepared once per connection under a name of its own.
 */
export type Sql = <Row = unknown>(text: TemplateStringsArray, ...values: unknown[]) => Promise<Row[]>

/**
 * A transaction in progress; what waits for its commit is registered on it. Statements travel as they are asked for, in
 * order, without waiting for the answers of those before, so asking for several at once costs one journey.
 */
export interface Transaction {
  sql: Sql
  /** Which look this is, from 1. What the first took for granted, to be quick, and found otherwise, the next one makes sure of. */
  look: number
  /**
   * Nobody waits for the answer of this one statement before the commit: it travels with what comes next. Should it
   * fail, the transaction does.
   */
  unawaited(statement: Promise<unknown>): void
  /** Appends rows to a table: `copy('copy … from stdin', rows)`. The cheapest way in, and it looks at nothing that is there. */
  copy(text: string, rows: (string | number | boolean | null)[][]): Promise<void>
  /** Runs after a successful commit, never after a rollback: hints to loops, in-memory hand-overs. */
  afterCommit(hook: () => void): void
  /** Gives back what was reserved in memory when the transaction comes to nothing. */
  afterRollback(hook: () => void): void
}

export interface Database {
  /**
   * Statements outside a transaction, each its own. When the connection is lost, one that only looks is asked again over
   * another; of one that writes nobody knows whether it took effect (CommitUnknown).
   */
  sql: Sql
  /**
   * Runs `work` in one transaction. When the database refuses for a passing reason (serialisation, deadlock, lock
   * time-out, failover), or does not answer, the whole of `work` is run again, so it must touch nothing but the transaction.
   * Once its commit has been sent it is not, unless it is repeatable: CommitUnknown.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>, options?: TransactionOptions): Promise<T>
  /** A connection of its own, outside the pool and without its limits. The caller ends it. */
  connect(): Promise<Connection>
  /** The same database through a pool of its own, which looks for tables in these schemas, in this order. The caller closes it. */
  beside(schemas: readonly string[]): Database
  /** For how long the database has been asked without an answer; 0 while it answers. */
  silentMs(): number
  /** Statements sent since start: benchmarks and CI count them per alert. */
  statements(): number
  close(): Promise<void>
}

export interface Connection {
  /** Long work is listed in `deadlines.ts`; everything else is answered as soon as statements are. */
  query<Row = unknown>(text: string, values?: unknown[], limitMs?: number): Promise<{ rows: Row[] }>
  /** The number of the server's process, as the server greeted. */
  processId(): number | null
  end(): Promise<void>
}

export interface TransactionOptions {
  /** Milliseconds a statement may take; 5000 unless said. Long work is listed in `deadlines.ts`. */
  statementTimeoutMs?: number
  /** Keep one snapshot over several reads. */
  repeatableRead?: boolean
  /** Done twice it has happened once: it is run again also when nobody knows whether its commit took effect. */
  repeatable?: boolean
}

export interface DatabaseOptions {
  connection: pg.PoolConfig
  log: Log
  connectionsMax?: number
  /** Where tables are looked for; as the role has it, unless said. */
  schemas?: readonly string[]
  /** For tests: how long the database is waited for. */
  deadlines?: { connect: number; statement: number; slack: number }
}

/**
 * Session limits: a frozen client must not hold rows against an acknowledgement for longer than a person waits, and one that
 * is gone must not hold a connection. Set by a statement, which a pool in session mode carries, where it refuses options.
 * Plans are kept, and one made while tables were small would read all of them later. So nothing is left to plan but look-ups by
 * index, one after another and in its order: no scan from end to end, no bitmap that is sorted afterwards, no join that reads a
 * whole side. `npm run plans` proves it of every statement.
 */
const SESSION = Object.entries({
  client_encoding: "'UTF8'",
  statement_timeout: DEADLINE_MS.statement,
  idle_in_transaction_session_timeout: 2000,
  lock_timeout: 4000,
  TimeZone: 'UTC',
  synchronous_commit: 'on',
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
  tcp_keepalives_idle: 20,
  tcp_keepalives_interval: 5,
  tcp_keepalives_count: 3,
})
  .map(([name, value]) => `set ${name} = ${value}`)
  .join('; ')

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
/** A person waits for the answer: once more, and then they are told. */
const ATTEMPTS_WAITED_FOR = 2

/** Whether a transaction took effect is not known. */
export class CommitUnknown extends Error {}

/** Thrown in a transaction that is to be run again. */
export class LookAgain extends Error {
  readonly code = '40001'
}

/**
 * Whether the database, not what was asked of it, was at fault: away, failing over, overloaded, out of space, or held up by
 * others for too long. All of it passes, and whoever asked is told so.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof CommitUnknown) return true
  const { syscall, message } = error as { syscall?: string; message?: string }
  return (
    /^(08...|25006|25P0[34]|28...|3D000|40...|53...|55P03|57...|58...|E(CONN|HOST|NET)\w+|EPIPE|ETIMEDOUT)$/.test(codeOf(error)) ||
    /^(connect|getaddrinfo)$/.test(syscall ?? '') ||
    /timeout exceeded when trying to connect|Cannot use a pool after calling end/.test(message ?? '')
  )
}

/** The driver gives no code to a statement sent over a connection that was lost before. */
function codeOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  return code ?? (/is not queryable|Connection terminated/.test(message ?? '') ? '08006' : '')
}

function isLost(code: string): boolean {
  return /^(08|57P0)/.test(code) || code === 'ECONNRESET' || code === 'EPIPE'
}

export function openDatabase({ connection, log, connectionsMax = 10, schemas, deadlines = DEADLINE_MS }: DatabaseOptions): Database {
  const session =
    schemas === undefined ? SESSION : `${SESSION}; set search_path = ${schemas.map((one) => pg.escapeIdentifier(one)).join(', ')}`
  const lines = new WeakMap<pg.ClientBase, Line>()
  /** When a connection fell silent last: those not heard since then may lead nowhere as well. */
  let suspectedAt = Number.NEGATIVE_INFINITY
  let askedInVainAt: number | undefined
  const watcher = {
    onAsked: () => {
      askedInVainAt ??= performance.now()
    },
    onHeard: () => {
      askedInVainAt = undefined
    },
    onSilence: (since: number) => {
      suspectedAt = Math.max(suspectedAt, since)
    },
  }
  const warn = (what: string) => (error: Error) => log.warn({ code: (error as { code?: string }).code, err: error.message }, what)
  const reach = {
    ...connection,
    ...{ types: { getTypeParser }, keepAlive: true, keepAliveInitialDelayMillis: 10_000, connectionTimeoutMillis: deadlines.connect },
  }
  const pool = new pg.Pool({
    ...reach,
    max: connectionsMax,
    idleTimeoutMillis: 60_000,
    pipeline: true,
    async onConnect(client: pg.ClientBase) {
      // Without a listener a connection lost between two statements would end the process; the next statement says so.
      client.on('error', warn('a database connection was lost'))
      const line = watch(client, watcher)
      lines.set(client, line)
      await line.ask(session, deadlines.connect)
    },
  })
  // The same for one that is lost while nobody uses it.
  pool.on('error', warn('an idle database connection was lost'))
  let count = 0

  /** A connection that can be trusted. One that has not been heard since another fell silent is left for a new one. */
  async function lend(): Promise<{ client: pg.PoolClient; line: Line }> {
    watcher.onAsked()
    for (;;) {
      const client = await pool.connect().catch((error: Error) => {
        throw /timeout/.test(error.message) ? new Error(NO_CONNECTION, { cause: error }) : error
      })
      const line = lines.get(client)!
      if (line.heardAt() >= suspectedAt) return { client, line }
      line.cut()
      client.release(true)
    }
  }

  async function alone<Row>(query: pg.QueryConfig): Promise<Row[]> {
    const { client, line } = await lend()
    count += 1
    try {
      return (await line.ask<pg.QueryResult>(query, deadlines.statement + deadlines.slack)).rows as Row[]
    } catch (error) {
      if (ONLY_LOOKS.test(query.text) || !isLost(codeOf(error))) throw error
      throw new CommitUnknown('The connection was lost before the answer; the outcome is unknown.', { cause: error })
    } finally {
      client.release(line.lost())
    }
  }

  const sql: Sql = async <Row>(text: TemplateStringsArray, ...values: unknown[]) => {
    const query = prepared(text, values)
    try {
      return await alone<Row>(query)
    } catch (error) {
      if (!ONLY_LOOKS.test(query.text) || !isLost(codeOf(error))) throw error
      return alone<Row>(query)
    }
  }

  async function transaction<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    let unknown: CommitUnknown | undefined
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(work, options, attempt)
      } catch (error) {
        if (error instanceof CommitUnknown) unknown = error
        const code = codeOf(error)
        const again = error === unknown ? options.repeatable : RETRYABLE.has(code)
        // Lock time-outs and silence have been waited for.
        const attemptsMax = code === '55P03' || error instanceof Silence ? ATTEMPTS_WAITED_FOR : ATTEMPTS_MAX
        // What may have happened is not denied by a later fault.
        if (!again || attempt >= attemptsMax) throw unknown && isPassing(error) ? unknown : error
        log.debug({ code, attempt }, 'a transaction is run again')
      }
    }
  }

  async function once<T>(work: (tx: Transaction) => Promise<T>, options: TransactionOptions, look: number): Promise<T> {
    const { client, line } = await lend()
    const limitMs = (options.statementTimeoutMs ?? deadlines.statement) + deadlines.slack
    const hooks: (() => void)[] = []
    const undo: (() => void)[] = []
    /** Every statement, in order: the first that failed says why the transaction did. */
    const sent: Promise<unknown>[] = []
    let failedFirst: unknown
    let committing = false
    const send = <Result>(query: Asked): Promise<Result> => {
      together(client)
      const statement = line.ask<Result>(query, limitMs)
      statement.catch((error) => {
        failedFirst ??= error
      })
      sent.push(statement)
      return statement
    }
    const ask: Sql = async <Row>(text: TemplateStringsArray, ...values: unknown[]) => {
      if (committing) throw new Error('A statement came after the end of its transaction.')
      count += 1
      return (await send<pg.QueryResult>(prepared(text, values))).rows as Row[]
    }
    try {
      count += 2
      // What transactions ask is looked up by index whatever the values are: one plan will do, where five trials would each cost
      // the first pages after a start some milliseconds. Lists, outside transactions, are planned by their filters.
      void send(`begin${options.repeatableRead ? ' isolation level repeatable read' : ''}; set local plan_cache_mode = force_generic_plan`)
      if (options.statementTimeoutMs !== undefined) void send(`set local statement_timeout = ${Math.round(options.statementTimeoutMs)}`)
      const value = await work({
        sql: ask,
        look,
        async copy(text, rows) {
          if (committing) throw new Error('A statement came after the end of its transaction.')
          count += 1
          const whole = Buffer.from(rows.map(copied).join(''))
          await send((answer) => new CopyIn(text, whole, answer))
        },
        unawaited: (statement) => void statement.catch(() => {}),
        afterCommit: (hook) => hooks.push(hook),
        afterRollback: (hook) => undo.push(hook),
      })
      // Lost, or a statement refused, before its commit was sent: it certainly came to nothing. The refusal of a server that ends the
      // connection is heard before the connection's end.
      const failed = failedFirst ?? line.lost()
      if (failed !== undefined) throw failed
      committing = true
      void send('commit')
      await Promise.all(sent)
      for (const hook of hooks) hook()
      return value
    } catch (error) {
      for (const hook of undo) hook()
      if (!line.lost()) await line.ask('rollback', limitMs).catch(() => {})
      const failed = (await Promise.allSettled(sent)).find((one) => one.status === 'rejected')
      const reason = codeOf(error) === '' ? error : (failed?.reason ?? error)
      // A connection lost during commit: nobody knows whether it took effect, so it is not run again here. What must not be
      // lost is claimed by leases and comes round again; callers hear that the outcome is unknown.
      if (committing && isLost(codeOf(reason)))
        throw new CommitUnknown('The connection was lost during commit; the outcome is unknown.', { cause: reason })
      throw reason
    } finally {
      client.release(line.lost())
    }
  }

  return {
    sql,
    transaction,
    async connect() {
      const client = new pg.Client(reach)
      client.on('error', warn('a dedicated database connection was lost'))
      await client.connect()
      const line = watch(client, watcher)
      return {
        query: (text, values, limitMs = deadlines.statement) => line.ask({ text, ...(values && { values }) }, limitMs + deadlines.slack),
        processId: () => (client as unknown as { processID: number | null }).processID,
        end: () => within(deadlines.slack, 'Taking leave of the database', client.end()).catch(line.cut),
      }
    },
    beside: (schemas) => openDatabase({ connection, log, connectionsMax: 4, schemas, deadlines }),
    silentMs: () => (askedInVainAt === undefined ? 0 : performance.now() - askedInVainAt),
    statements: () => count,
    close: () => pool.end(),
  }
}

/** Whoever asked has waited long enough; a transaction is not run again for it. */
const NO_CONNECTION = 'timeout exceeded when trying to connect'

/** Asked twice, it does no harm. */
const ONLY_LOOKS = /^\s*select\b/i

/** Holds the connection's writes back until this turn of the event loop has asked for everything: one write, one waking of the server. */
function together(client: pg.PoolClient): void {
  const stream = streamOf(client)
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/** Texts without fragments, which are most, are put together once. */
const preparedByText = new WeakMap<TemplateStringsArray, { name: string; text: string }>()
const namesByText = new Map<string, string>()

function prepared(strings: TemplateStringsArray, bound: unknown[]): { name: string; text: string; values: unknown[] } {
  const known = preparedByText.get(strings)
  if (known) return { ...known, values: bound }
  const { texts, values } = wholeOf(strings, bound)
  const text = texts.reduce((sofar, part, i) => `${sofar}$${i}${part}`)
  let name = namesByText.get(text)
  if (!name) {
    name = `t_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`
    namesByText.set(text, name)
  }
  if (values === bound) preparedByText.set(strings, { name, text })
  return { name, text, values }
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
