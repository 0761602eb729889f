import { constants } from 'node:fs'
import { open, realpath, stat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { type Refusal, refuse } from '../kernel/result.ts'
import { SECRET_VARIABLE, type SecretReference } from '../kernel/secret-reference.ts'
import { SECOND } from '../kernel/time.ts'

/** `not-allowed`: it may never be used. `missing`: it may, but is not there (yet). */
export type SecretRefusal = Refusal<'not-allowed' | 'missing'>

/** Turns a reference in a document into the secret. Whoever writes documents names nothing but secrets that were put there for them. */
export type SecretOf = (reference: SecretReference) => Promise<string | SecretRefusal>

const FILE_BYTES_MAX = 64 * 1024
/** A folder on a server that went away must not hold up a page: its next contact goes instead. */
const READ_MS = 2 * SECOND

export interface SecretPlaces {
  /** The one folder whose files may be named. */
  folder: string
  env: Record<string, string | undefined>
  /** Files that are never read for a document, wherever they stand: the server's own key and tokens. */
  apart: (string | null)[]
  unseal(sealed: string): string | undefined
}

export function createSecrets({ folder, env, apart, unseal }: SecretPlaces): SecretOf {
  return async (reference) => {
    if ('sealed' in reference)
      return (
        unseal(reference.sealed) ?? refuse('not-allowed', 'The sealed text was sealed with another key, or was changed; seal it again.')
      )
    if ('env' in reference) {
      const { env: name } = reference
      if (!SECRET_VARIABLE.test(name))
        return refuse('not-allowed', `The variable ‹${name.slice(0, 80)}› may not be read; name one that begins with TOCSIN_SECRET_.`)
      return env[name] || refuse('missing', `The server has no variable ${name}; set it and start the server again.`)
    }
    return Promise.race([fromFile(folder, apart, reference.file), tooLate(reference.file)])
  }
}

/**
 * Never waits for what is no file: a pipe without a writer, a device. What is checked is what was opened, so that nobody
 * can put something else in its place meanwhile.
 */
async function fromFile(folder: string, apart: (string | null)[], name: string): Promise<string | SecretRefusal> {
  const named = `The file ‹${name.slice(0, 200)}›`
  const path = resolve(folder, name)
  if (!isBelow(path, resolve(folder)) || name.includes('\0'))
    return refuse('not-allowed', `${named} is not in ${folder}; put it there and name it, such as { file: ntfy-token }.`)
  try {
    // Folders that are mounted, as Kubernetes does, are full of links; they may not lead out of the folder.
    const real = await realpath(path)
    if (!isBelow(real, await realpath(folder))) return refuse('not-allowed', `${named} is a link that leads out of ${folder}.`)
    if (!(await stat(real)).isFile()) return refuse('not-allowed', `${named} is not a regular file.`)
    const file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
    try {
      const is = await file.stat()
      if (!is.isFile()) return refuse('not-allowed', `${named} is not a regular file.`)
      if (await isOneOf(apart, is)) return refuse('not-allowed', `${named} belongs to the server itself.`)
      const { buffer, bytesRead } = await file.read(Buffer.alloc(FILE_BYTES_MAX + 1), 0, FILE_BYTES_MAX + 1, 0)
      if (bytesRead > FILE_BYTES_MAX) return refuse('not-allowed', `${named} is larger than 64 KB, which no secret is.`)
      const text = buffer.toString('utf8', 0, bytesRead).trim()
      return text === '' ? refuse('missing', `${named} is empty.`) : text
    } finally {
      await file.close()
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return refuse('missing', `${named} does not exist in ${folder}.`)
    return refuse('missing', `${named} cannot be read (${code ?? (error as Error).message}).`)
  }
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

async function isOneOf(paths: (string | null)[], { dev, ino }: { dev: number; ino: number }): Promise<boolean> {
  const all = await Promise.all(paths.map((path) => (path === null ? null : stat(path).catch(() => null))))
  return all.some((one) => one !== null && one.dev === dev && one.ino === ino)
}

function tooLate(name: string): Promise<SecretRefusal> {
  return new Promise((done) => {
    setTimeout(() => done(refuse('missing', `The file ‹${name.slice(0, 200)}› was not read within 2 s.`)), READ_MS).unref()
  })
}
