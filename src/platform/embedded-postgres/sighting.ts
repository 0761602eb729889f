import { addressIn, answerAt, type Connection, connectionFor } from './connection.ts'
import type { DataFolder } from './data-folder.ts'
import { isPostmasterOf, readPostmasterFile } from './postmaster-file.ts'
import type { Style } from './settings.ts'

/** A server that can be reached. */
export interface Server {
  connection: Connection
  pid: number
}

/**
 * What there is to see of this cluster's server:
 * `running` it answers; `busy` it starts, recovers or stops, and will answer or be gone; `silent` it runs but cannot be
 * reached; `absent` there is none, though `postmaster.pid` may still name the process of one that died.
 */
export type Sighting =
  | { kind: 'running'; server: Server }
  | { kind: 'busy' }
  | { kind: 'silent'; pid: number }
  | { kind: 'absent'; deadPid: number | undefined }

/** Looks for a server that an earlier run left behind, or that another Tocsin uses. Harms nothing. */
export async function lookForServer(folder: DataFolder, style: Style): Promise<Sighting> {
  const file = await readPostmasterFile(folder.cluster)
  if (!file) return { kind: 'absent', deadPid: undefined }
  const address = addressIn(file, style)
  if (address) {
    const connection = await connectionFor(folder, style, address)
    const answer = await answerAt(connection, folder.cluster)
    if (answer === 'ours') return { kind: 'running', server: { connection, pid: file.pid } }
    if (answer === 'not-ready') return { kind: 'busy' }
  }
  // Nothing answers: either it is not that far yet, or it died, and its number may already be somebody else's.
  if (!(await isPostmasterOf(folder.cluster, file.pid))) return { kind: 'absent', deadPid: file.pid || undefined }
  return file.status === 'ready' ? { kind: 'silent', pid: file.pid } : { kind: 'busy' }
}
