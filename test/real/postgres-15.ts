import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { until } from '../crash/until.ts'
import { freePort } from './free-port.ts'
import { POSTGRES_15 } from './tools.ts'

export interface Postgres15 {
  /** As in DATABASE_URL. */
  url: string
  /** Where whoever runs the server may write. */
  folder: string
  /** One of PostgreSQL's programs, as whoever runs the server. */
  run(program: string, args: string[]): void
  restart(): Promise<void>
  /** Another database of the cluster, empty or a copy; answers its address. */
  database(name: string, template?: string): Promise<string>
  /** A standby that follows it. */
  standby(): Promise<Postgres15 & { promote(): Promise<void> }>
  /** What pg_upgrade makes of it; it is stopped for that and started again. */
  upgraded(): Promise<Postgres15>
  /** A copy of its files, under a server of its own. */
  copied(): Promise<Postgres15>
  pid: number
  stop(): Promise<void>
}

const NOBODY = 65_534

/** A cluster of its own from the system's PostgreSQL 15, run as nobody where we are root, which it refuses. */
export async function startPostgres15({ env }: { env?: Record<string, string> } = {}): Promise<Postgres15> {
  const postgres = await serve(makeFolder(), (cluster) => initdb(cluster), env)
  await postgres.database('tocsin')
  return postgres
}

const isRoot = process.getuid?.() === 0
const how = { cwd: '/', ...(isRoot && { uid: NOBODY, gid: NOBODY }) }

function run(program: string, args: string[], cwd = '/'): void {
  execFileSync(join(POSTGRES_15, program), args, {
    ...how,
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PGOPTIONS: '' },
  })
}

function initdb(cluster: string): void {
  run('initdb', ['-D', cluster, '-U', 'tocsin', '-A', 'trust', '-E', 'UTF8', '--locale=C'])
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-postgres-15-'))
  if (isRoot) chownSync(folder, NOBODY, NOBODY)
  return folder
}

async function serve(folder: string, make: (cluster: string) => void, env: Record<string, string> = {}): Promise<Postgres15> {
  const port = await freePort()
  const cluster = join(folder, 'cluster')
  make(cluster)
  let server: ChildProcess
  let ended: Promise<unknown>
  const admin = `postgres://tocsin@127.0.0.1:${port}/postgres`
  const url = `postgres://tocsin@127.0.0.1:${port}/tocsin`

  async function begin(): Promise<void> {
    const args = ['-D', cluster, '-h', '127.0.0.1', '-p', `${port}`, '-c', 'unix_socket_directories=']
    server = spawn(join(POSTGRES_15, 'postgres'), args, { ...how, stdio: 'ignore', env: { ...process.env, ...env } })
    ended = new Promise((resolve) => server.once('exit', resolve))
    await until('PostgreSQL 15 takes connections', () => ask('select 1'))
  }

  /** Fast shutdown: connections are cut, everything is written. */
  async function end(): Promise<void> {
    server.kill('SIGINT')
    await ended
  }

  async function ask(sql: string): Promise<unknown[]> {
    const client = new pg.Client(admin)
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }

  await begin()
  return {
    ...{ url, folder, run },
    async restart() {
      await end()
      await begin()
    },
    async database(name, template = 'template1') {
      await until('nobody uses the template', async () => (await ask(`create database ${name} template ${template}`)).length === 0)
      return url.replace(/[^/]+$/, name)
    },
    async standby() {
      const follower = await serve(makeFolder(), (to) => run('pg_basebackup', ['-D', to, '-d', admin, '-R', '-X', 'stream', '-c', 'fast']))
      const isThere = `select 1 from pg_stat_replication where state = 'streaming' and replay_lsn >= pg_current_wal_lsn() limit 1`
      return {
        ...follower,
        async promote() {
          await until('the standby has all', async () => (await ask(isThere)).length > 0)
          const client = new pg.Client(follower.url)
          await client.connect()
          await client.query('select pg_promote()')
          await client.end()
        },
      }
    },
    async upgraded() {
      await end()
      const next = makeFolder()
      const from = ['--old-datadir', cluster, '--old-bindir', POSTGRES_15, '--socketdir', next]
      const upgraded = await serve(next, (to) => {
        initdb(to)
        run('pg_upgrade', [...from, '--new-datadir', to, '--new-bindir', POSTGRES_15, '--username', 'tocsin'], next)
      })
      await begin()
      return upgraded
    },
    async copied() {
      await end()
      const copied = await serve(makeFolder(), (to) => execFileSync('cp', ['-a', cluster, to]))
      await begin()
      return copied
    },
    get pid() {
      return server.pid!
    },
    async stop() {
      await end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
