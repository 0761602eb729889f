import { createHash } from 'node:crypto'
import { chmod, chown, lstat, mkdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type DataFolder, unlessThere } from './data-folder.ts'
import { EmbeddedPostgresRefusal } from './refusal.ts'
import { ownerFor, type Runner } from './run-as.ts'
import { SOCKET_PORT } from './settings.ts'

/** The folder of the server's socket, open to nobody but the user who runs the server: whoever reaches the socket is let in. */
export async function openSocketFolder(folder: DataFolder, runner: Runner): Promise<string> {
  const path = socketFolderFor(folder.path)
  await mkdir(path, { mode: 0o700 }).catch(unlessThere)
  const { uid, gid } = ownerFor(runner)
  const there = await lstat(path)
  // The short folder's name can be guessed, and in /tmp anybody could have been there before us.
  if (!there.isDirectory() || (there.uid !== uid && there.uid !== process.geteuid?.())) {
    throw new EmbeddedPostgresRefusal(
      `${path} is needed for PostgreSQL's socket, but belongs to somebody else: remove it, or choose a shorter path with --data.`,
    )
  }
  if (there.uid !== uid) await chown(path, uid, gid)
  if ((there.mode & 0o777) !== 0o700) await chmod(path, 0o700)
  return path
}

/** Inside the data folder, unless its path is too long for a socket; then in /tmp, under a name that the next start finds again. */
export function socketFolderFor(dataFolder: string): string {
  const path = join(dataFolder, 'pg-socket')
  if (Buffer.byteLength(join(path, `.s.PGSQL.${SOCKET_PORT}`)) <= SOCKET_PATH_BYTES_MAX) return path
  return join('/tmp', `tocsin-${createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)}`)
}

/** Leaves nothing in /tmp behind. Harmless while somebody else uses it, because then it is not empty. */
export async function removeShortSocketFolder(folder: DataFolder): Promise<void> {
  const path = socketFolderFor(folder.path)
  if (!path.startsWith(folder.path)) await rmdir(path).catch(() => {})
}

/** 107 on Linux, 103 on macOS. */
const SOCKET_PATH_BYTES_MAX = 103
