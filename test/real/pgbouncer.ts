import { spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../crash/until.ts'
import { freePort } from './free-port.ts'

export const PGBOUNCER = '/usr/sbin/pgbouncer'

/** PgBouncer before a database, in both modes: a database of its own name for each. */
export async function startPgbouncer(url: string): Promise<{ url(mode: 'session' | 'transaction'): string; stop(): Promise<void> }> {
  const { hostname, port: serverPort, pathname, username } = new URL(url)
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-pgbouncer-'))
  const port = await freePort()
  const isRoot = process.getuid?.() === 0
  const to = `host=${hostname} port=${serverPort} dbname=${pathname.slice(1)} user=${username}`
  const file = join(folder, 'pgbouncer.ini')
  writeFileSync(
    file,
    `[databases]
session = ${to} pool_mode=session
transaction = ${to} pool_mode=transaction
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
`,
  )
  if (isRoot) for (const path of [folder, file]) chownSync(path, 65_534, 65_534)
  const child = spawn(PGBOUNCER, ['-q', file], { stdio: 'ignore', ...(isRoot && { uid: 65_534, gid: 65_534 }) })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  await until('PgBouncer listens', () => {
    const probe = connect(port, '127.0.0.1')
    return new Promise<boolean>((done) => {
      probe.once('connect', () => done(true))
      probe.once('error', () => done(false))
    }).finally(() => probe.destroy())
  })
  return {
    url: (mode) => `postgres://${username}@127.0.0.1:${port}/${mode}`,
    async stop() {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
