import { findBinaries } from './binaries.ts'
import { kill } from './last-resort.ts'
import { pollUntil } from './poll.ts'
import { isPostmasterOf, readPostmasterFile } from './postmaster-file.ts'
import { chooseRunner } from './privileges.ts'
import type { Installation } from './reach.ts'
import { runAs } from './run-as.ts'
import { removeShortSocketFolder } from './socket-folder.ts'

/** Stops the cluster's server, whoever started it, and resolves when its process is gone. */
export async function shutDown(installation: Installation, fastMs = FAST_MS): Promise<void> {
  const { folder, style, log } = installation
  const pid = (await readPostmasterFile(folder.cluster))?.pid
  if (!pid || !(await isPostmasterOf(folder.cluster, pid))) return
  const isGone = style === 'windows' ? await stopWithPgCtl(installation, pid) : await stopWithSignals(installation, pid, fastMs)
  if (!isGone) log(`PostgreSQL (process ${pid}) did not stop; it is left running and will be used by the next start.`)
  await removeShortSocketFolder(folder)
}

/** Fast: whoever is connected is sent away, and what is in memory is written out. */
const FAST_MS = 8000
/** Immediate: the next start replays the log; nothing that was committed is lost. */
const IMMEDIATE_MS = 500
/** Killed, as one that stands still has to be. */
const KILLED_MS = 500

async function stopWithSignals({ folder }: Installation, pid: number, fastMs: number): Promise<boolean> {
  process.kill(pid, 'SIGINT')
  if (await isGoneWithin(fastMs, folder.cluster, pid)) return true
  if (await isPostmasterOf(folder.cluster, pid)) process.kill(pid, 'SIGQUIT')
  if (await isGoneWithin(IMMEDIATE_MS, folder.cluster, pid)) return true
  if (await isPostmasterOf(folder.cluster, pid)) kill(pid)
  return isGoneWithin(KILLED_MS, folder.cluster, pid)
}

async function isGoneWithin(forMs: number, cluster: string, pid: number): Promise<boolean> {
  const gone = await pollUntil(async () => !(await isPostmasterOf(cluster, pid)) || undefined, { everyMs: 10, forMs })
  return gone ?? false
}

/** Windows has no signals that a server could answer to; pg_ctl talks to it in another way. */
async function stopWithPgCtl({ folder, machine, packageFolder, rootMode, log }: Installation, pid: number): Promise<boolean> {
  const { runner, binaries } = await chooseRunner(await findBinaries(machine, packageFolder), { folder, rootMode, log })
  for (const [mode, ms] of [['fast', FAST_MS] as const, ['immediate', FAST_MS] as const]) {
    const { code } = await runAs(runner, binaries.pgCtl, ['stop', '-w', '-t', String(ms / 1000), '-s', '-m', mode, '-D', folder.cluster])
    if (code === 0) break
  }
  return !(await isPostmasterOf(folder.cluster, pid))
}
