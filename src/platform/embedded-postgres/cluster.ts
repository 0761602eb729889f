import { randomBytes } from 'node:crypto'
import { chown, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Binaries, giveWay } from './binaries.ts'
import { USER } from './connection.ts'
import { type DataFolder, syncFolder, unfinished, unlessThere } from './data-folder.ts'
import { EmbeddedPostgresRefusal, mendFor } from './refusal.ts'
import { ownerFor, type Runner, runAs } from './run-as.ts'
import { troubleIn } from './server-log.ts'
import type { Style } from './settings.ts'

/** True if there is a cluster that these binaries can run; false if there is none yet; anything else is refused. */
export async function hasCluster(folder: DataFolder, binaries: Binaries): Promise<boolean> {
  const version = await readFile(join(folder.cluster, 'PG_VERSION'), 'utf8').catch(unlessMissing)
  if (version === undefined) return refuseStrangers(folder)
  if (Number(version) === binaries.major) return true
  throw new EmbeddedPostgresRefusal(
    `The database in ${folder.cluster} was written by PostgreSQL ${version.trim()}, and this version brings PostgreSQL ${binaries.major}: ` +
      'go back to the version that wrote it and make a backup to restore here, or choose another folder with --data.',
  )
}

/**
 * Creates the cluster under another name first, so that a start that is killed half-way leaves nothing that looks like a
 * database. initdb syncs what it wrote: without that a power cut after the first start loses everything.
 */
export async function createCluster(
  folder: DataFolder,
  { binaries, runner, style, signal }: { binaries: Binaries; runner: Runner; style: Style; signal: AbortSignal },
): Promise<void> {
  if (style === 'windows') await makePassword(folder)
  const draft = unfinished(folder.cluster)
  await runInitdb(draft, { binaries, runner, access: accessFor(style, folder), characters: characterTypes(), signal })
  await rename(draft, folder.cluster).catch((error) => giveWay(error, draft))
  await syncFolder(folder.path)
}

async function runInitdb(
  draft: string,
  { characters, ...how }: { binaries: Binaries; runner: Runner; access: string[]; characters: string[]; signal: AbortSignal },
): Promise<void> {
  const { binaries, runner, access, signal } = how
  signal.throwIfAborted()
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  const { uid, gid } = ownerFor(runner)
  if (runner.kind === 'account') await chown(draft, uid, gid)
  const [characterType = 'C', ...others] = characters
  const args = [
    '-D',
    draft,
    ...['--username', USER, '--encoding', 'UTF8', '--data-checksums', '--no-instructions'],
    // Sorts and compares alike on every system and in every version: an index never has to be rebuilt for a new glibc.
    ...['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    // What full-text and trigram search take for a letter; under C that would be ASCII only.
    ...['--lc-ctype', characterType],
    ...access,
  ]
  const { code, output } = await runAs(runner, binaries.initdb, args, signal)
  if (code === 0) return
  await rm(draft, { recursive: true, force: true })
  signal.throwIfAborted()
  if (/invalid locale/i.test(output) && others.length > 0) return runInitdb(draft, { ...how, characters: others })
  const trouble = troubleIn(output)
  throw new EmbeddedPostgresRefusal(`The database could not be created in ${dirname(draft)}: ${trouble}. ${mendFor(trouble)}`)
}

/** Whoever reaches the socket is its owner, and nothing else is answered; a port is open to every user of the computer, so there it takes a password. */
function accessFor(style: Style, folder: DataFolder): string[] {
  return style === 'windows' ? ['--auth', 'scram-sha-256', '--pwfile', folder.password] : ['--auth-local', 'trust', '--auth-host', 'reject']
}

/** The first that this system knows is used. */
function characterTypes(): string[] {
  if (process.platform === 'darwin') return ['en_US.UTF-8', 'C']
  return process.platform === 'linux' ? ['C.UTF-8', 'C'] : ['C']
}

/** Kept if there is one already: another start may be creating the cluster with it at this moment. */
async function makePassword(folder: DataFolder): Promise<void> {
  const handle = await open(folder.password, 'wx', 0o600).catch(unlessThere)
  if (!handle) return
  try {
    await handle.writeFile(`${randomBytes(24).toString('base64url')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** An empty `pg` folder is filled; one with other things in it is not ours to touch. */
async function refuseStrangers(folder: DataFolder): Promise<false> {
  const entries = (await readdir(folder.cluster).catch(unlessMissing)) ?? []
  if (entries.length === 0) return false
  throw new EmbeddedPostgresRefusal(
    `${folder.cluster} is not empty and not a PostgreSQL cluster: move it away, or choose another folder with --data.`,
  )
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
