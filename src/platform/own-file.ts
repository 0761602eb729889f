import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

/** No key and no token is larger. */
const BYTES_MAX = 64 * 1024

/**
 * Reads a file that the operator named, such as a key, at the start. Never waits for what is no file: a pipe without a writer
 * would hold up the start, and whoever wants to stop it, for ever. Throws with the end of a sentence that begins with the path.
 */
export function readOwnFile(path: string): string {
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    throw new Error(`cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
  try {
    if (!fstatSync(file).isFile()) throw new Error('is not a regular file')
    const buffer = Buffer.alloc(BYTES_MAX + 1)
    const bytes = readSync(file, buffer, 0, buffer.length, 0)
    if (bytes > BYTES_MAX) throw new Error('is larger than 64 KB')
    return buffer.toString('utf8', 0, bytes).trim()
  } finally {
    closeSync(file)
  }
}
