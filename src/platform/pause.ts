import { randomUUID } from 'node:crypto'
import { lstat, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Instant, iso, MINUTE, SECOND } from '../kernel/time.ts'
import type { Database, Sql, Transaction } from './db.ts'
import type { Loop } from './engine.ts'
import { BECAUSE, type PauseReason } from './pause-reasons.ts'
import { type FileMark, type Found, type Known, strangeness, type Whereabouts } from './whereabouts.ts'

export interface Paused {
  since: Instant
  reason: PauseReason
  /** Completes "This Tocsin is paused: …". */
  because: string
}

/** Whether this installation holds its pages back until an operator says go on, as every node of it last read. */
export interface Pause {
  current(): Paused | null
  refresh(): Promise<void>
  /**
   * Pages may leave again once `tx` has committed, and `then` is called; where the data is from now on is noted anew. Answers
   * whether it was paused: of several that end it at once one does.
   */
  end(tx: Transaction, now: Instant, then: () => void): Promise<boolean>
  loop: Loop
  /** The loop as it is to run: at rest during a pause, if it rests in one. */
  resting(loop: Loop): Loop
}

export function createPause(db: Database): Pause {
  let current: Paused | null = null
  async function refresh(): Promise<void> {
    const [row] = await db.sql<{ since: Instant | null; reason: PauseReason | null }>`
      select paused_at as since, paused_because as reason from platform_whereabouts`
    const { since = null, reason = null } = row ?? {}
    current = since === null || reason === null ? null : { since, reason, because: BECAUSE[reason] }
  }
  return {
    current: () => current,
    refresh,
    async end(tx, now, then) {
      const ended = await tx.sql`
        update platform_whereabouts set paused_at = null, paused_because = null, told_at = null, seen = null,
          written_by = pg_current_xact_id(), written_at = ${iso(now)}::timestamptz
        where paused_at is not null returning 1`
      tx.afterCommit(() => {
        current = null
        then()
      })
      return ended.length > 0
    },
    loop: { name: 'pause', everyMs: 2 * SECOND, tick: () => refresh().then(() => 0) },
    resting: (loop) =>
      loop.restsInPause
        ? {
            ...loop,
            tick: async (now) => (current === null ? loop.tick(now) : 0),
            nextAt: async () => (current === null ? ((await loop.nextAt?.()) ?? null) : null),
          }
        : loop,
  }
}

/** Whether it is, and stays so until the transaction ends. */
export async function staysPaused(sql: Sql): Promise<boolean> {
  const rows = await sql`select 1 from platform_whereabouts where paused_at is not null for share`
  return rows.length > 0
}

/** Holds everything back, as an operator asked or because this is a copy. The signs stay as they were noted. */
export async function pause(sql: Sql, now: Instant, reason: PauseReason): Promise<void> {
  await sql`
    update platform_whereabouts set paused_at = ${iso(now)}::timestamptz, paused_because = ${reason}, told_at = null,
      written_by = pg_current_xact_id(), written_at = ${iso(now)}::timestamptz
    where paused_at is null`
}

export interface WhereaboutsParts {
  db: Database
  dataFolder: string
  /** Whether the database lies in the data folder. */
  isEmbedded: boolean
}

/**
 * Compares where the data is with where it was, and pauses if it is a copy; else notes that it is at work here, in the database
 * and beside it. Answers why it paused. `isStrange` is what an older version, which noted no signs, knew.
 */
export async function lookAround(
  { db, dataFolder, isEmbedded }: WhereaboutsParts,
  now: Instant,
  isStrange = false,
): Promise<PauseReason | null> {
  const files = isEmbedded ? await marksIn(dataFolder) : null
  const memory = await recall(dataFolder)
  const outcome = await db.transaction(async ({ sql }) => {
    await sql`
      insert into platform_whereabouts (installation, written_by, written_at)
      values (${randomUUID()}, pg_current_xact_id(), ${iso(now)}::timestamptz) on conflict do nothing`
    const [row] = await sql<Omit<Known, 'seen'> & { seen: string | null; isOurRow: boolean; isPaused: boolean; isNew: boolean }>`
      select installation, seen, written_at as "writtenAt", xmin = written_by::xid as "isOurRow", paused_at is not null as "isPaused",
        written_by = pg_current_xact_id() as "isNew" from platform_whereabouts for update`
    if (row!.isPaused) return { reason: null }
    const whereabouts = { ...(await readServer(sql)), files }
    const known = { ...row!, seen: row!.seen === null ? null : (JSON.parse(row!.seen) as Whereabouts) }
    const reason = isStrange && row!.isNew ? 'moved' : strangeness(known, { whereabouts, isOurRow: row!.isOurRow, memory })
    if (reason !== null) await pause(sql, now, reason)
    else
      await sql`
        update platform_whereabouts set seen = ${JSON.stringify(whereabouts)}, written_by = pg_current_xact_id(), written_at = ${iso(now)}::timestamptz`
    return { reason, installation: row!.installation }
  })
  if (outcome.reason === null && outcome.installation !== undefined)
    await remember(dataFolder, { installation: outcome.installation, writtenAt: now })
  return outcome.reason
}

/** A running node looks too: behind one address a database may be put back to an older state. */
export function whereaboutsLoop(parts: WhereaboutsParts, onPaused: (because: string) => Promise<void>): Loop {
  return {
    name: 'whereabouts',
    everyMs: MINUTE,
    async tick(now) {
      const reason = await lookAround(parts, now)
      if (reason !== null) await onPaused(BECAUSE[reason])
      return 0
    },
  }
}

/** Who still has to hear of the pause, once in its course. */
export async function readUntold(sql: Sql): Promise<boolean> {
  const rows = await sql`select 1 from platform_whereabouts where paused_at is not null and told_at is null`
  return rows.length > 0
}

export async function noteTold(sql: Sql, now: Instant): Promise<void> {
  const at = iso(now)
  await sql`
    update platform_whereabouts set told_at = ${at}::timestamptz, written_by = pg_current_xact_id(), written_at = ${at}::timestamptz`
}

async function readServer(sql: Sql): Promise<Omit<Whereabouts, 'files'>> {
  const [row] = await sql<Omit<Whereabouts, 'files'>>`
    select (select system_identifier::text from pg_control_system()) as "systemIdentifier",
      ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int as timeline,
      (select oid::int8 from pg_database where datname = current_database()) as database,
      (select setting from pg_settings where name = 'data_directory') as "clusterFolder"`
  return row!
}

/**
 * Which files these are. The link is for a copy that is written over the original, file by file: the others keep their numbers
 * then, but a link is made anew.
 */
async function marksIn(dataFolder: string): Promise<FileMark[]> {
  const link = join(dataFolder, 'installation')
  // Windows may refuse links: the other two will do.
  await symlink(randomUUID(), link).catch(() => {})
  const paths = [join(dataFolder, 'pg'), join(dataFolder, 'pg/global/pg_control'), link]
  const all = (await Promise.all(paths.map((path) => lstat(path, { bigint: true }).catch(() => undefined)))).filter(
    (stats) => stats !== undefined,
  )
  // Where a system does not tell the birth of files, it answers their last change; these were all changed since, but for the link.
  const areBirthsTold = all.some(({ birthtimeNs, ctimeNs }) => birthtimeNs > 0n && birthtimeNs !== ctimeNs)
  return all.map(({ ino, birthtimeNs }) => ({ inode: `${ino}`, born: areBirthsTold ? `${birthtimeNs}` : null }))
}

const memoryIn = (dataFolder: string) => join(dataFolder, 'at-work.json')

async function recall(dataFolder: string): Promise<Found['memory']> {
  try {
    return JSON.parse(await readFile(memoryIn(dataFolder), 'utf8')) as NonNullable<Found['memory']>
  } catch {
    return null
  }
}

/** What is kept beside the database is an aid: a full disk must not stop anything. */
async function remember(dataFolder: string, memory: NonNullable<Found['memory']>): Promise<void> {
  const draft = `${memoryIn(dataFolder)}.new`
  await writeFile(draft, JSON.stringify(memory), { mode: 0o600 })
    .then(() => rename(draft, memoryIn(dataFolder)))
    .catch(() => {})
}
