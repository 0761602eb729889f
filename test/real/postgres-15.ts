import { execFileSync, spawn } from 'node:child_process'
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
  stop(): Promise<void>
}

/** A cluster of its own from the system's PostgreSQL 15, run as nobody where we are root, which it refuses. */
export async function startPostgres15(): Promise<Postgres15> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-postgres-15-'))
  const port = await freePort()
  const isRoot = process.getuid?.() === 0
  const how = { cwd: '/', ...(isRoot && { uid: NOBODY, gid: NOBODY }) }
  if (isRoot) chownSync(folder, NOBODY, NOBODY)
  const cluster = join(folder, 'cluster')
  execFileSync(join(POSTGRES_15, 'initdb'), ['-D', cluster, '-U', 'tocsin', '-A', 'trust', '-E', 'UTF8', '--locale=C'], {
    ...how,
    stdio: 'ignore',
  })
  const args = ['-D', cluster, '-h', '127.0.0.1', '-p', `${port}`, '-c', 'unix_socket_directories=']
  const server = spawn(join(POSTGRES_15, 'postgres'), args, { ...how, stdio: 'ignore' })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  await until('PostgreSQL 15 takes connections', async () => {
    const admin = new pg.Client({ host: '127.0.0.1', port, user: 'tocsin', database: 'postgres' })
    await admin.connect()
    await admin.query('create database tocsin')
    await admin.end()
    return true
  })
  return {
    url: `postgres://tocsin@127.0.0.1:${port}/tocsin`,
    async stop() {
      // Fast shutdown: connections are cut, everything is written.
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const NOBODY = 65_534
