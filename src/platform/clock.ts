import { type Clock, type Instant, iso, SECOND } from '../kernel/time.ts'
import { type CommonTime, JUMP_MS, judge, lookedAt, takeOver, timeAt, troubleOf } from './common-time.ts'
import type { Database } from './db.ts'
import type { Log } from './log.ts'

export interface DatabaseClock extends Clock {
  /** Compares with the database's clock again. */
  measure(): Promise<void>
  /** Measures every 5 seconds until stopped. */
  start(): void
  stop(): void
}

export interface ClockParts {
  db: Pick<Database, 'sql'>
  /** Names this process. */
  node: string
  log: Log
  /** Milliseconds that no setting of a clock moves; they may leave out sleep. */
  monotonic(): number
  /** Milliseconds since the machine started, sleep included. */
  uptime(): number
}

const EVERY_MS = 5 * SECOND
const TRIES = 5

/**
 * This process's monotonic clock plus its distance to the database's, corrected by what nodes agreed on when that jumped. So all
 * nodes have one time, and neither a step of a machine's clock nor one of the database's fires anything early or holds it up.
 */
export function createDatabaseClock({ db, node, log, monotonic, uptime }: ClockParts): DatabaseClock {
  const bootedBefore = uptime() - monotonic()
  /** How long the machine has slept, as far as the database agrees. */
  let sleptMs = 0
  const elapsed = () => monotonic() + sleptMs
  /** What is added to the elapsed time to have the database's clock. */
  let distance: number | undefined
  let common: CommonTime = takeOver(null, 0, node)
  let latest: Instant = 0
  let timer: NodeJS.Timeout | undefined
  let measuring = false

  /** The database's clock and the agreement, with the moment it was read at. Answers that took long say too little. */
  async function read(): Promise<{ databaseNow: Instant; at: number; found: (CommonTime & { version: number }) | null }> {
    for (let tries = 1; ; tries++) {
      const before = monotonic()
      const [row] = await db.sql<Row>`
        select extract(epoch from clock_timestamp())::float8 * 1000 as now, version, extract(epoch from database_at)::float8 * 1000 as database_at, ahead_ms, node,
          extract(epoch from jumped_at)::float8 * 1000 as jumped_at, jumped_by_ms
        from (values (1)) as one(row) left join platform_clock on true`
      const after = monotonic()
      if (after - before < JUMP_MS / 2 || tries === TRIES)
        return { databaseNow: row!.now, at: (before + after) / 2, found: row!.version === null ? null : agreementOf(row!) }
    }
  }

  async function write(next: CommonTime, version: number | null): Promise<boolean> {
    const { databaseAt, aheadMs, jumped } = next
    const rows = await db.sql`
      insert into platform_clock (version, database_at, ahead_ms, node, jumped_at, jumped_by_ms)
      values (0, to_timestamp(${databaseAt}::float8 / 1000), ${aheadMs}, ${node}, to_timestamp(${jumped?.at ?? null}::float8 / 1000), ${jumped?.byMs ?? 0})
      on conflict (one_row) do update set version = platform_clock.version + 1, database_at = excluded.database_at, ahead_ms = excluded.ahead_ms,
        node = excluded.node, jumped_at = excluded.jumped_at, jumped_by_ms = excluded.jumped_by_ms
      where platform_clock.version = ${version}
      returning version`
    return rows.length > 0
  }

  /** Takes over what was found; answers false when another node wrote meanwhile and it has to be looked at again. */
  async function settle(): Promise<boolean> {
    const { databaseNow, at, found } = await read()
    if (distance === undefined || found === null) {
      const next = takeOver(found, databaseNow, node)
      if (!(await write(next, found?.version ?? null))) return false
      if (next.jumped !== null && next.jumped !== found?.jumped) told(next)
      common = next
      distance = databaseNow - at - sleptMs
      return true
    }
    countSleep(databaseNow - (at + sleptMs + distance))
    const finding = judge({ databaseNow: at + sleptMs + distance, common }, { databaseNow, common: found }, node)
    if (finding.kind === 'jumped') {
      if (!(await write(finding.common, found.version))) return false
      told(finding.common)
      common = finding.common
    } else {
      if (finding.kind === 'stood-still') log.warn({ lostMs: Math.round(finding.lostMs) }, 'this node stood still and catches up')
      common = found
      // One of the nodes says every few seconds that all is well; the others need not.
      if (databaseNow - found.databaseAt > EVERY_MS - SECOND) await write(lookedAt({ databaseNow, common: found }, node), found.version)
    }
    distance = databaseNow - at - sleptMs
    return true
  }

  /** The machine slept: that time has passed, if the database's clock says so too. */
  function countSleep(aheadMs: number): void {
    const sleep = uptime() - monotonic() - bootedBefore - sleptMs
    if (sleep < JUMP_MS || Math.abs(aheadMs - sleep) > JUMP_MS) return
    sleptMs += sleep
    log.warn({ sleptMs: Math.round(sleep) }, 'this machine slept, and Tocsin with it: what fell due meanwhile is late')
  }

  function told({ aheadMs, jumped }: CommonTime): void {
    log.error(
      { byMs: Math.round(jumped!.byMs), at: iso(jumped!.at), aheadMs: Math.round(aheadMs) },
      'the database’s clock jumped; our time goes on',
    )
  }

  async function measure(): Promise<void> {
    if (measuring) return
    measuring = true
    try {
      for (let tries = 1; !(await settle()) && tries < TRIES; tries++);
    } finally {
      measuring = false
    }
  }

  const databaseNow = () => elapsed() + (distance ?? 0)
  return {
    measure,
    start() {
      timer = setInterval(() => void measure().catch(() => {}), EVERY_MS)
      timer.unref()
    },
    stop: () => clearInterval(timer),
    now() {
      latest = Math.max(latest, Math.floor(timeAt(common, databaseNow())))
      return latest
    },
    trouble: () => troubleOf(common, databaseNow()),
  }
}

interface Row {
  now: number
  version: number | null
  database_at: number
  ahead_ms: number
  node: string
  jumped_at: number | null
  jumped_by_ms: number
}

function agreementOf({ version, database_at, ahead_ms, node, jumped_at, jumped_by_ms }: Row): CommonTime & { version: number } {
  const jumped = jumped_at === null ? null : { at: jumped_at, byMs: jumped_by_ms }
  return { version: version!, databaseAt: database_at, aheadMs: ahead_ms, node, jumped }
}
