import { access, chmod, constants, mkdir, open, readdir, realpath, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { EmbeddedPostgresRefusal } from './refusal.ts'

/** Where things are: everything PostgreSQL keeps lies in the product's data folder, under names that begin with `pg`. */
export interface DataFolder {
  path: string
  cluster: string
  log: string
  password: string
}

/** Creates the folder if it is missing. Its real path is used from here on, so that a link to it leads to the same server. */
export async function openDataFolder(wanted: string): Promise<DataFolder> {
  const path = resolve(wanted)
  try {
    await mkdir(dirname(path), { recursive: true })
    await mkdir(path, { mode: 0o700 }).then(() => syncFolder(dirname(path)), unlessThere)
    await readdir(path)
    await access(path, constants.W_OK)
    return inside(await realpath(path))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new EmbeddedPostgresRefusal(`Cannot use ${path} as the data folder (${REASONS[code] ?? code}): choose another with --data.`)
  }
}

const REASONS: Record<string, string> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EEXIST: 'not a folder',
  ENOTDIR: 'not a folder',
  ENOSPC: 'no space left',
  EROFS: 'read-only',
}

function inside(path: string): DataFolder {
  return {
    path,
    cluster: join(path, 'pg'),
    log: join(path, 'pg.log'),
    password: join(path, 'pg.password'),
  }
}

/**
 * Closes the folder to everybody but its owner; where PostgreSQL runs as another user, that user may pass through but not
 * look around. A folder that we were only given (a volume in a cluster, writable through its group) is left as it is.
 */
export async function closeDataFolder(folder: DataFolder, serverUid: number): Promise<void> {
  const us = process.geteuid?.()
  const { uid, mode } = await stat(folder.path)
  if (us === undefined || (us !== 0 && us !== uid)) return
  const wanted = uid === serverUid ? 0o700 : 0o711
  if ((mode & 0o777) !== wanted) await chmod(folder.path, wanted)
}

/** A name for something that is still being made. It becomes real by a rename, so that a half-made thing is never taken for a whole one. */
export function unfinished(path: string): string {
  return `${path}.new-${process.pid}`
}

/** Removes what starts that were killed half-way have left; another start that is still at work keeps its things. */
export async function removeUnfinished(folder: DataFolder): Promise<void> {
  for (const name of await readdir(folder.path)) {
    const pid = Number(/^pg.*\.new-(\d+)$/.exec(name)?.[1])
    // Our own number is no sign of life: in a container every start may have the same one.
    if (pid && (pid === process.pid || !isAlive(pid))) await rm(join(folder.path, name), { recursive: true, force: true, maxRetries: 10 })
  }
}

/** A new or renamed entry survives a power cut only once the folder it is in has been synced. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
