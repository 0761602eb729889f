import { type FileHandle, open, stat, truncate, writeFile } from 'node:fs/promises'
import type { Account } from './run-as.ts'

const BYTES_MAX = 5 * 1024 * 1024
const BYTES_KEPT = 256 * 1024

/** The file the server writes to, open for appending and readable for its owner only, with the place where this run's lines begin. */
export async function openServerLog(path: string, owner: Account): Promise<{ handle: FileHandle; begin: number }> {
  await boundServerLog(path)
  const handle = await open(path, 'a', 0o600)
  const { uid, size } = await handle.stat()
  if (process.geteuid?.() === 0 && uid !== owner.uid) await handle.chown(owner.uid, owner.gid)
  return { handle, begin: size }
}

/**
 * Empties a log that has grown too large; its end is kept beside it. Works while the server writes, because it only ever
 * appends; a line written in between may be lost.
 */
export async function boundServerLog(path: string): Promise<void> {
  const size = await sizeOf(path)
  if (size <= BYTES_MAX) return
  await writeFile(`${path}.1`, await textFrom(path, size - BYTES_KEPT), { mode: 0o600 })
  await truncate(path)
}

/** The last line that says what went wrong, without its time stamp. */
export async function lastTrouble(path: string, begin: number): Promise<string> {
  const size = await sizeOf(path)
  return troubleIn(await textFrom(path, Math.max(begin, size - BYTES_KEPT)))
}

/** Of a program's output the last line that tells of an error, or else its last line at all. */
export function troubleIn(output: string): string {
  // Clients that were sent away leave a line that looks like a reason.
  const lines = output.split('\n').filter((line) => line.trim() && !/FATAL: {2}(the database system is|terminating connection)/.test(line))
  const line = lines.findLast((each) => /\b(PANIC|FATAL|ERROR|error):/.test(each)) ?? lines.at(-1) ?? 'it left no message'
  return line.replace(/^.*\d{4}-\d\d-\d\d [\d:.]+ \w+ \[\d+\] /, '').trim()
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}

/** At most as much as is kept of a log. */
async function textFrom(path: string, begin: number): Promise<string> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(BYTES_KEPT), position: begin })
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await handle.close()
  }
}
