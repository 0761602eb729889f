import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What a running server writes about itself into `postmaster.pid`. It is only ever read here: it is also PostgreSQL's own lock. */
export interface PostmasterFile {
  pid: number
  port: number
  socketFolder: string
  address: string
  status: string
}

/** Undefined when there is no file, so that no server runs. A file that is just being written has gaps. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(unlessMissing)
  if (text === undefined) return undefined
  const lines = text.split('\n').map((line) => line.trim())
  const [pid = '', , , port = '', socketFolder = '', address = '', , status = ''] = lines
  // A server in single-user mode writes its number with a minus.
  return { pid: Math.abs(Number(pid)), port: Number(port), socketFolder, address, status }
}

/** True only if that process is the server of this cluster: after a crash its number may have gone to anybody. */
export async function isPostmasterOf(cluster: string, pid: number): Promise<boolean> {
  if (!pid) return false
  if (process.platform === 'win32') return (await outputOf('tasklist', ['/FI', `PID eq ${pid}`, '/NH'])).includes('postgres.exe')
  if (process.platform !== 'linux') return (await outputOf('ps', ['-ww', '-o', 'command=', '-p', `${pid}`])).includes(` -D ${cluster} `)
  const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
  const folder = words[words.indexOf('-D') + 1]
  return words.some((word) => /(^|\/)postgres$/.test(word)) && folder !== undefined && (await isSameFolder(folder, cluster))
}

/** Compared by what is there, not by name: a bind mount or link gives one folder several names. */
export async function isSameFolder(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => stat(path, { bigint: true }).catch(() => undefined)))
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev
}

async function outputOf(command: string, args: string[]): Promise<string> {
  return new Promise((done) => {
    execFile(command, args, (error, output) => done(error ? '' : output))
  })
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
