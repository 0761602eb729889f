import { type AddressInfo, createServer } from 'node:net'
import type { Binaries } from './binaries.ts'
import { connectionFor } from './connection.ts'
import type { DataFolder } from './data-folder.ts'
import { endWithUs, kill } from './last-resort.ts'
import { pollUntil, waitPatiently } from './poll.ts'
import { readPostmasterFile } from './postmaster-file.ts'
import { ownerFor, type Runner, spawnAs } from './run-as.ts'
import { lastTrouble, openServerLog } from './server-log.ts'
import { SOCKET_PORT, type Style, serverArguments } from './settings.ts'
import type { Server } from './sighting.ts'
import { openSocketFolder } from './socket-folder.ts'

/** Everything a launch needs to know. */
export interface Launch {
  folder: DataFolder
  binaries: Binaries
  runner: Runner
  style: Style
  /** A process that `postmaster.pid` names although it is not the server any more. */
  deadPid: number | undefined
  /** On Windows: the port of the run before, so that a pool that knows it finds the server again. */
  port: number | undefined
  signal: AbortSignal
  log(line: string): void
}

export type Outcome = { kind: 'ready'; server: Server } | { kind: 'failed'; trouble: string }

/** Starts the server and waits until it takes connections, however long the recovery after a crash may be. */
export async function launch(wanted: Launch): Promise<Outcome> {
  return wanted.style === 'windows' ? launchWithPgCtl(wanted) : launchDirectly(wanted)
}

/**
 * The server gets a process group of its own: in ours a Ctrl-C in the terminal would end it while we still work with it.
 * It does not keep us alive either; one that outlives us is found by the next start.
 */
async function launchDirectly({ folder, binaries, runner, deadPid, signal, log }: Launch): Promise<Outcome> {
  const host = await openSocketFolder(folder, runner)
  const { handle, begin } = await openServerLog(folder.log, ownerFor(runner))
  const args = ['-D', folder.cluster, ...serverArguments({ style: 'posix', socketFolder: host, port: SOCKET_PORT })]
  const child = spawnAs(runner, binaries.postgres, args, {
    stdio: ['ignore', handle.fd, handle.fd],
    detached: true,
    // PostgreSQL takes any living process with the number in postmaster.pid for the old server, except its launcher's;
    // this names the one of which we know better. Its other guard, the shared memory block, stays in force.
    env: deadPid ? { PG_GRANDPARENT_PID: String(deadPid) } : {},
  })
  let ended: string | undefined
  const gone = child.pid === undefined ? () => {} : endWithUs(child.pid)
  child.once('exit', () => {
    ended = ''
    gone()
  })
  child.once('error', (error) => {
    ended = error.message
  })
  child.unref()
  await handle.close()
  const look = async () => ended ?? ((await isReady(folder, child.pid)) || undefined)
  const ready = await waitPatiently(look, { signal, log }).catch(async (aborted) => {
    // It may not have said yet who it is: only we know that it is there.
    child.kill('SIGINT')
    if ((await pollUntil(() => ended, { everyMs: 10, forMs: ABORTED_MS })) === undefined) kill(child.pid!)
    throw aborted
  })
  if (ready !== true) return { kind: 'failed', trouble: ready || (await lastTrouble(folder.log, begin)) }
  return { kind: 'ready', server: { connection: await connectionFor(folder, 'posix', { host, port: SOCKET_PORT }), pid: child.pid! } }
}

/** How long a server that is just starting may take to stop. */
const ABORTED_MS = 1500

async function isReady(folder: DataFolder, pid: number | undefined): Promise<boolean> {
  const file = await readPostmasterFile(folder.cluster)
  return file?.pid === pid && file?.status === 'ready'
}

/**
 * On Windows: pg_ctl gives up an administrator's rights, which the server refuses to run with, and is needed to stop it.
 * Its exit is waited for, not the end of its output, which the server inherits and keeps open.
 */
async function launchWithPgCtl({ folder, binaries, runner, port, signal, log }: Launch): Promise<Outcome> {
  const { handle, begin } = await openServerLog(folder.log, ownerFor(runner))
  await handle.close()
  const host = '127.0.0.1'
  const wanted = port ?? (await freePort(host))
  const settings = serverArguments({ style: 'windows', socketFolder: '', port: wanted })
  const args = ['start', '-w', '-t', '600', '-s', '-D', folder.cluster, '-l', folder.log, '-o', settings.join(' ')]
  let code: number | null | undefined
  const child = spawnAs(runner, binaries.pgCtl, args, { stdio: 'ignore' })
  child.once('exit', (exitCode) => {
    code = exitCode
  })
  child.once('error', () => {
    code = null
  })
  await waitPatiently(() => code !== undefined || undefined, { signal, log })
  const file = await readPostmasterFile(folder.cluster)
  if (code !== 0 || !file) return { kind: 'failed', trouble: await lastTrouble(folder.log, begin) }
  return { kind: 'ready', server: { connection: await connectionFor(folder, 'windows', { host, port: wanted }), pid: file.pid } }
}

/** Somebody else may take it before the server does; the launch then fails, and the next attempt asks for another. */
async function freePort(host: string): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done, fail) => probe.once('error', fail).listen(0, host, done))
  const { port } = probe.address() as AddressInfo
  await new Promise((done) => probe.close(done))
  return port
}
