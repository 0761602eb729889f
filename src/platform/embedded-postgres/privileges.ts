import { access, chown, readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Binaries, copyBinaries } from './binaries.ts'
import { closeDataFolder, type DataFolder } from './data-folder.ts'
import { EmbeddedPostgresRefusal, mendFor } from './refusal.ts'
import { type Account, ownerFor, type Runner, runAs } from './run-as.ts'

/** `nobody` leaves user namespaces out, as if this system did not have them. */
export type RootMode = 'namespace' | 'nobody'

/**
 * Decides as whom PostgreSQL runs, and from which copy of its binaries. What is on disk decides first: the owner of an
 * existing cluster runs it again. Only root has a choice, and this is the order in which it is tried:
 *
 * 1. a user namespace in which root is called nobody (`unshare`), if the cluster is new or root's;
 * 2. the user nobody, if the cluster is new or nobody's; a cluster of root's is handed over to nobody when there are no
 *    user namespaces any more, for example because the data folder was moved into a container;
 * 3. the same two once more with a copy of the binaries in the data folder, because the installed ones may lie where
 *    only root with its full rights can read them (another user's home folder, or /root for nobody).
 *
 * In a namespace root keeps its files but not its right to enter every folder; both ways need the data folder within reach.
 */
export async function chooseRunner(
  binaries: Binaries,
  { folder, rootMode, log }: { folder: DataFolder; rootMode: RootMode | undefined; log: (line: string) => void },
): Promise<{ runner: Runner; binaries: Binaries }> {
  if (process.geteuid?.() !== 0) return { runner: { kind: 'self' }, binaries }
  const candidates = await withinReach(folder, runnersForRoot(await clusterOwner(folder), rootMode, await nobody()))
  for (const runner of candidates) if ((await trial(runner, binaries)) === undefined) return { runner, binaries }

  const copy = await copyBinaries(binaries, folder, log)
  let failure = ''
  for (const runner of candidates) {
    await closeDataFolder(folder, ownerFor(runner).uid)
    failure = (await trial(runner, copy)) ?? ''
    if (!failure) return { runner, binaries: copy }
  }
  throw new EmbeddedPostgresRefusal(`PostgreSQL cannot be run on this system (${failure}). ${mendFor(failure)}`)
}

/** Only root can run another user's cluster. */
export async function refuseForeignCluster(folder: DataFolder): Promise<void> {
  const owner = await clusterOwner(folder)
  const us = process.geteuid?.()
  if (!owner || us === undefined || us === 0 || us === owner.uid) return
  throw new EmbeddedPostgresRefusal(
    `The database in ${folder.cluster} belongs to another user (number ${owner.uid}): start as that user, or choose another folder with --data.`,
  )
}

/** Gives the cluster to the user who will run it, if that changed. Only while no server runs on it; an interrupted one is simply done again. */
export async function handOver(cluster: string, runner: Runner, log: (line: string) => void): Promise<void> {
  const { uid, gid } = ownerFor(runner)
  if (process.geteuid?.() !== 0 || (await stat(cluster)).uid === uid) return
  log(`Giving the files in ${cluster} to user number ${uid}, who has to run PostgreSQL now.`)
  const give = async (path: string) => {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.isDirectory()) await give(join(path, entry.name))
      else await chown(join(path, entry.name), uid, gid)
    }
    // The folder goes last: as long as it is the old owner's, the next start knows that there is something left to do.
    await chown(path, uid, gid)
  }
  await give(cluster)
}

/** The first folder on the way to `path` that an account may not pass through; root's special rights do not count. */
export async function closedFolder(account: Account, path: string): Promise<string | undefined> {
  const parent = dirname(path)
  if (parent === path) return undefined
  const above = await closedFolder(account, parent)
  if (above) return above
  const { uid, gid, mode } = await stat(parent)
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
  return mode & bit ? undefined : parent
}

function runnersForRoot(owner: Account | undefined, rootMode: RootMode | undefined, nobody: Account): Runner[] {
  if (owner && owner.uid !== 0) return [{ kind: 'account', account: owner }]
  const namespace: Runner = { kind: 'namespace', shownAs: nobody }
  const account: Runner = { kind: 'account', account: nobody }
  if (rootMode === 'nobody') return [account]
  return rootMode === 'namespace' ? [namespace] : [namespace, account]
}

async function withinReach(folder: DataFolder, runners: Runner[]): Promise<Runner[]> {
  const reaching: Runner[] = []
  let closed = ''
  for (const runner of runners) {
    const blocked = await closedFolder(ownerFor(runner), folder.path)
    if (blocked) closed = blocked
    else reaching.push(runner)
  }
  if (reaching.length > 0) return reaching
  throw new EmbeddedPostgresRefusal(
    `PostgreSQL refuses to run as root, and without root's rights it cannot pass through ${closed} to ${folder.path}: choose another folder with --data, such as /var/lib/tocsin.`,
  )
}

/** Undefined if PostgreSQL runs this way; else what went wrong. */
async function trial(runner: Runner, binaries: Binaries): Promise<string | undefined> {
  const { code, output } = await runAs(runner, binaries.postgres, ['--version'])
  return code === 0 ? undefined : output.trim().split('\n').at(-1) || `exit code ${code}`
}

/** Undefined if there is no cluster yet; a folder that is closed to us surely holds one. */
async function clusterOwner(folder: DataFolder): Promise<Account | undefined> {
  const code = await access(join(folder.cluster, 'PG_VERSION')).catch((error: NodeJS.ErrnoException) => error.code)
  return code === 'ENOENT' ? undefined : stat(folder.cluster)
}

/** The account must be in /etc/passwd, because initdb asks for its name. */
async function nobody(): Promise<Account> {
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, uid, gid] = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(accounts) ?? []
  return { uid: Number(uid ?? 65534) >>> 0, gid: Number(gid ?? 65534) >>> 0 }
}
