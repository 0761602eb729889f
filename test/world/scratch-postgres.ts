import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, lchown, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, vi } from 'vitest'
import type { Connection } from '../../src/platform/embedded-postgres/connection.ts'
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.ts'
import { packageNameFor, thisMachine } from '../../src/platform/embedded-postgres/machine.ts'
import { pollUntil } from '../../src/platform/embedded-postgres/poll.ts'
import { isPostmasterOf, readPostmasterFile } from '../../src/platform/embedded-postgres/postmaster-file.ts'
import { closedFolder } from '../../src/platform/embedded-postgres/privileges.ts'
import { type Account, runAs } from '../../src/platform/embedded-postgres/run-as.ts'

// For tests: folders, servers and processes that are gone when the tests of a file are over. The limits leave room for a
// busy disk: the tests take a second each, but initdb alone syncs a thousand files.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

/** Only root can try the ways in which root runs PostgreSQL. */
export const isRoot = process.geteuid?.() === 0

export const NOBODY: Account = { uid: 65534, gid: 65534 }

/** Running as somebody else in a test, as most people run the product; the checkout must be readable for everybody. */
export const canBecomeOrdinary = isRoot && !(await closedFolder(NOBODY, fileURLToPath(import.meta.url)))

/** Some systems and most containers do not let root make user namespaces. */
export const hasNamespaces = isRoot && (await runAs({ kind: 'namespace', shownAs: NOBODY }, 'true', [])).code === 0

const folders: string[] = []
const started: EmbeddedPostgres[] = []
const children: ChildProcess[] = []

afterAll(async () => {
  for (const child of children.splice(0)) if (child.pid && child.exitCode === null) killGroup(child.pid)
  for (const database of started.splice(0)) await database.stop()
  for (const folder of folders.splice(0)) {
    for (const name of await readdir(folder)) await killServer(join(folder, name))
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
})

/** A new folder that everybody may pass through, as /var/lib is. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'embedded-postgres-test-'))
  await chmod(folder, 0o755)
  folders.push(folder)
  return folder
}

export type Start = Partial<EmbeddedPostgresOptions> & { dataFolder: string }

/** A data folder in which a table `facts` with the answer 42 was left by an earlier run. Copied, because initdb takes a second. */
export async function usedDataFolder(): Promise<string> {
  template ??= makeTemplate()
  return copyOfData(await template)
}

/** The cluster, as somebody would copy it who does not know that there is more to it. */
export async function copyOfData(dataFolder: string): Promise<string> {
  const copy = join(await scratchFolder(), 'data')
  await mkdir(copy, { mode: 0o700 })
  await copyFolder(join(dataFolder, 'pg'), join(copy, 'pg'))
  return copy
}

/** Five times as fast as Node's own for a thousand small files. */
async function copyFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-Rp', from, to])
}

let template: Promise<string> | undefined

async function makeTemplate(): Promise<string> {
  const dataFolder = join(await scratchFolder(), 'data')
  const database = await start({ dataFolder })
  await query(database.connection, 'create table facts as select 42 as answer')
  await database.stop()
  return dataFolder
}

/** As the product does it, only less patient with another run on the same folder. */
export async function start(options: Start): Promise<EmbeddedPostgres> {
  const database = await startEmbeddedPostgres({ log: () => {}, ...options, pretend: { lockWaitMs: 300, ...options.pretend } })
  started.push(database)
  return database
}

/** Why a start was refused; fails if it was not. */
export async function refusalOf(options: Start): Promise<string> {
  const error = await start(options).then(
    () => new Error('the start was not refused'),
    (reason) => reason as Error,
  )
  if (error.name !== 'EmbeddedPostgresRefusal') throw error
  return error.message
}

export async function query(connection: Connection, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ ...connection })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** A Tocsin of its own in another process, in its own process group, which the test may kill at any time. */
export function startInChild(options: Start, as: { uid?: number; gid?: number } = {}): ChildProcess {
  const program = `
    import { runnerImport } from 'vite'
    const { module } = await runnerImport(process.env.FRONT_DOOR)
    const database = await module.startEmbeddedPostgres({ ...JSON.parse(process.env.OPTIONS), log: () => {} }).catch((error) => {
      process.stdout.write(JSON.stringify({ refusal: error.message }) + '\\n')
      process.exit(2)
    })
    process.stdout.write(JSON.stringify({ connection: database.connection, pid: database.pid, reused: database.reused }) + '\\n')
    process.stdin.once('data', () => database.stop().then(() => process.exit(0)))
  `
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: dirname(fileURLToPath(import.meta.url)),
    env: {
      ...process.env,
      FRONT_DOOR: fileURLToPath(new URL('../../src/platform/embedded-postgres/index.ts', import.meta.url)),
      OPTIONS: JSON.stringify(options),
      TOCSIN_ADMIN_TOKEN: 'a-secret',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
    ...as,
  })
  children.push(child)
  return child
}

export interface ChildReport {
  connection: Connection
  pid: number
  reused: boolean
  refusal?: string
}

/** What the other Tocsin says once it has started, or was refused. */
export async function reportOf(child: ChildProcess): Promise<ChildReport> {
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  return JSON.parse(line.toString()) as ChildReport
}

/** Everything in the child's process group, which is also what a Ctrl-C in its terminal would reach. */
export async function killChild(child: ChildProcess): Promise<void> {
  killGroup(child.pid!)
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
}

/** Asks the child to stop its database and go; resolves with its exit code. */
export async function stopChild(child: ChildProcess): Promise<number> {
  child.stdin!.write('stop\n')
  const [code] = (await once(child, 'exit')) as [number]
  return code
}

/** Gives a folder and all that is in it to somebody. */
export async function give(path: string, { uid, gid }: Account): Promise<void> {
  await chown(path, uid, gid)
  for (const name of await readdir(path, { recursive: true })) await lchown(join(path, name), uid, gid)
}

/** As a crash would: the server's own processes follow it on their own. */
export async function killServer(dataFolder: string): Promise<void> {
  const cluster = join(dataFolder, 'pg')
  const pid = (await readPostmasterFile(cluster).catch(() => undefined))?.pid
  if (!pid || !(await isPostmasterOf(cluster, pid))) return
  process.kill(pid, 'SIGKILL')
  await pollUntil(async () => !(await isPostmasterOf(cluster, pid)) || undefined, { everyMs: 5, forMs: 5000 })
}

/** The installed package again, without any links between its libraries. */
export async function packageCopy(into: string): Promise<string> {
  const installed = dirname(dirname(createRequire(import.meta.url).resolve(packageNameFor(thisMachine()))))
  const copy = join(into, 'package')
  await copyFolder(installed, copy)
  for (const { target } of await linksOf(copy)) await rm(join(copy, target), { force: true })
  return copy
}

export async function linksOf(packageFolder: string): Promise<{ source: string; target: string }[]> {
  return JSON.parse(await readFile(join(packageFolder, 'native/pg-symlinks.json'), 'utf8'))
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}
