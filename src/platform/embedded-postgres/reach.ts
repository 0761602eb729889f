import { setTimeout as delay } from 'node:timers/promises'
import { type Binaries, findBinaries, removeOtherCopies, withLibraryLinks } from './binaries.ts'
import { createCluster, hasCluster } from './cluster.ts'
import { closeDataFolder, type DataFolder, removeUnfinished } from './data-folder.ts'
import { launch, type Outcome } from './launch.ts'
import type { Machine } from './machine.ts'
import { waitPatiently } from './poll.ts'
import { chooseRunner, handOver, type RootMode } from './privileges.ts'
import { EmbeddedPostgresRefusal, mendFor } from './refusal.ts'
import { ownerFor, type Runner } from './run-as.ts'
import type { Style } from './settings.ts'
import { lookForServer, type Server, type Sighting } from './sighting.ts'

/** What a server is looked for, or started, with. */
export interface Installation {
  folder: DataFolder
  machine: Machine
  packageFolder: string | undefined
  rootMode: RootMode | undefined
  style: Style
  /** Aborted when this run ends: nothing is started after that. */
  signal: AbortSignal
  log(line: string): void
}

/**
 * A server for this data folder that answers: the one that runs, or else a new one. After a crash the old server's
 * process or shared memory can linger for seconds, so a launch that fails because of them is tried again.
 */
export async function reachServer(installation: Installation, lastPort?: number): Promise<{ server: Server; reused: boolean }> {
  const { folder, signal } = installation
  const end = performance.now() + LINGERING_MS_MAX
  for (let port = lastPort; ; port = undefined) {
    const sighting = await afterBusy(installation)
    if (sighting.kind === 'running') return { server: sighting.server, reused: true }
    const outcome: Outcome = sighting.kind === 'silent' ? silence(sighting.pid) : await startServer(installation, sighting.deadPid, port)
    if (outcome.kind === 'ready') return { server: outcome.server, reused: false }
    if (!PASSING.test(outcome.trouble) || performance.now() > end) {
      throw new EmbeddedPostgresRefusal(
        `PostgreSQL does not start: ${outcome.trouble}. ${mendFor(outcome.trouble)} Its log is ${folder.log}.`,
      )
    }
    await delay(100, undefined, { signal })
  }
}

const LINGERING_MS_MAX = 15_000

/** Troubles that go by on their own: another server is starting or not quite gone, or somebody took the port. */
const PASSING =
  /lock file ".*"|shared memory block .* still in use|Address already in use|could not create any TCP\/IP sockets|does not answer/

function silence(pid: number): Outcome {
  return { kind: 'failed', trouble: `a server with process number ${pid} is running there but does not answer` }
}

async function afterBusy({ folder, style, signal, log }: Installation): Promise<Exclude<Sighting, { kind: 'busy' }>> {
  const look = async () => {
    const sighting = await lookForServer(folder, style)
    return sighting.kind === 'busy' ? undefined : sighting
  }
  return waitPatiently(look, { signal, log })
}

async function startServer(installation: Installation, deadPid: number | undefined, port: number | undefined): Promise<Outcome> {
  const { folder, style, signal, log } = installation
  const { binaries, runner } = await prepareCluster(installation)
  signal.throwIfAborted()
  const outcome = await launch({ folder, binaries, runner, style, deadPid, port, signal, log })
  if (outcome.kind === 'ready') await removeOtherCopies(binaries, folder)
  return outcome
}

/** Nothing is remembered from one start to the next: as whom and from where the server runs is decided by what is on disk. */
async function prepareCluster({
  folder,
  machine,
  packageFolder,
  rootMode,
  style,
  signal,
  log,
}: Installation): Promise<{ binaries: Binaries; runner: Runner }> {
  const found = await findBinaries(machine, packageFolder)
  const isThere = await hasCluster(folder, found)
  await removeUnfinished(folder)
  const linked = await withLibraryLinks(found, folder, log)
  const { binaries, runner } = await chooseRunner(linked, { folder, rootMode, log })
  await closeDataFolder(folder, ownerFor(runner).uid)
  if (isThere) {
    await handOver(folder.cluster, runner, log)
  } else {
    log(`Creating a database in ${folder.cluster}.`)
    await createCluster(folder, { binaries, runner, style, signal })
  }
  return { binaries, runner }
}
