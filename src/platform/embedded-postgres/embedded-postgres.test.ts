import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { isRoot, killServer, query, refusalOf, scratchFolder, start, usedDataFolder } from '../../../test/world/scratch-postgres.ts'
import type { EmbeddedPostgres } from './index.ts'
import { pollUntil } from './poll.ts'
import { isPostmasterOf } from './postmaster-file.ts'
import { socketFolderFor } from './socket-folder.ts'

const DEEP = join('a-folder-with-a-rather-long-name', 'in-another-folder-with-a-rather-long-name', 'under-a-third-one', 'data')
const SOON = { everyMs: 20, forMs: 30_000 }

describe('a first start', () => {
  const lines: string[] = []
  let dataFolder: string
  let database: EmbeddedPostgres
  beforeAll(async () => {
    dataFolder = join(await scratchFolder(), 'not/there/yet')
    database = await start({ dataFolder, log: (line) => lines.push(line) })
  })

  test('ends with an empty database that answers', async () => {
    expect(database).toMatchObject({
      reused: false,
      connection: { host: join(dataFolder, 'pg-socket'), database: 'tocsin', user: 'tocsin' },
    })
    expect(await query(database.connection, "select count(*)::int as tables from pg_tables where schemaname = 'public'")).toEqual([
      { tables: 0 },
    ])
  })

  test('lets nobody else into the folder', async () => {
    for (const name of ['.', 'pg', 'pg-socket']) expect(((await stat(join(dataFolder, name))).mode & 0o777).toString(8)).toBe('700')
    expect(((await stat(join(dataFolder, 'pg.log'))).mode & 0o777).toString(8)).toBe('600')
  })

  test('turns nothing off that keeps what was committed, and listens on no network', async () => {
    const shown = await query(
      database.connection,
      `select name, setting from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums',
        'listen_addresses', 'TimeZone', 'server_encoding', 'jit', 'max_connections', 'unix_socket_permissions')`,
    )
    expect(Object.fromEntries(shown.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      data_checksums: 'on',
      listen_addresses: '',
      TimeZone: 'UTC',
      server_encoding: 'UTF8',
      jit: 'off',
      max_connections: '60',
      unix_socket_permissions: '0700',
    })
  })

  test('knows letters beyond ASCII', async () => {
    await query(database.connection, 'create extension pg_trgm')
    const [row] = await query(
      database.connection,
      "select upper('é') as upper, show_trgm('ünal') <> show_trgm('nal') as counted, 'Ünal' > 'Z' as after",
    )
    expect(row).toEqual({ upper: 'É', counted: true, after: true })
  })

  test('keeps a second Tocsin out, and tells how to run several', async () => {
    const message = await refusalOf({ dataFolder })
    expect(message).toContain(`Another Tocsin is running on ${dataFolder}`)
    expect(message).toMatch(/--data.*DATABASE_URL/)
    expect(await query(database.connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('does not write into the log what senders wrote', async () => {
    await expect(query(database.connection, "select 1 / 0 as result, 'a-secret'")).rejects.toThrow('division by zero')
    const log = await readFile(join(dataFolder, 'pg.log'), 'utf8')
    expect(log).toContain('division by zero')
    expect(log).not.toContain('a-secret')
  })

  test('opens a lost lock connection again, and locks again', async () => {
    const [before] = await lockConnections(database)
    await query(database.connection, `select pg_terminate_backend(${before})`)
    const after = await pollUntil(async () => (await lockHolders(database)).find((pid) => pid !== before), SOON)
    expect(after).toBeDefined()
    expect(await refusalOf({ dataFolder })).toContain('Another Tocsin')
  })

  test('starts a server that died again, where the pool looks for it', async () => {
    await query(database.connection, 'create table facts as select 42 as answer')
    const before = database.pid
    await killServer(dataFolder)
    const answer = await pollUntil(() => query(database.connection, 'select answer from facts').catch(() => undefined), SOON)
    expect(answer).toEqual([{ answer: 42 }])
    expect(await pollUntil(() => database.pid !== before || undefined, SOON)).toBe(true)
    expect(lines.join('\n')).toMatch(/was lost.*\n.*locked again/)
  })
})

describe.concurrent('a later start', () => {
  test('after a clean stop finds everything again, and the stop left no process', async () => {
    const dataFolder = await usedDataFolder()
    const first = await start({ dataFolder })
    await query(first.connection, 'update facts set answer = answer + 1')
    await Promise.all([first.stop(), first.stop()])
    expect(() => process.kill(first.pid, 0)).toThrow('ESRCH')
    const second = await start({ dataFolder })
    expect(second.reused).toBe(false)
    expect(await readFile(join(dataFolder, 'pg.log'), 'utf8')).not.toMatch(/immediate shutdown|not properly shut down/)
    expect(await query(second.connection, 'select answer from facts')).toEqual([{ answer: 43 }])
  })

  test('that comes while the earlier run is leaving waits for it and starts the server again', async () => {
    const dataFolder = await usedDataFolder()
    const leaving = await start({ dataFolder })
    const coming = start({ dataFolder, pretend: { lockWaitMs: 10_000 } })
    const isWaiting = async () => (await lockConnections(leaving)).length === 2 || undefined
    expect(await pollUntil(isWaiting, SOON)).toBe(true)
    await leaving.stop()
    const database = await coming
    expect(database.pid).not.toBe(leaving.pid)
    expect(await query(database.connection, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('that PostgreSQL refuses says why in one line', async () => {
    const dataFolder = await folderWithVersion('18\n')
    const message = await refusalOf({ dataFolder })
    expect(message).toMatch(/^PostgreSQL does not start: .*could not access the server configuration file.*pg\.log\.$/)
    expect(message).not.toContain('\n')
  })

  test('refuses a cluster of another major version', async () => {
    expect(await refusalOf({ dataFolder: await folderWithVersion('17\n') })).toMatch(
      /written by PostgreSQL 17, and this version brings PostgreSQL 18/,
    )
  })
})

describe('the log', () => {
  test('a log that has grown too large is emptied at the start, and its end kept', async () => {
    const dataFolder = await usedDataFolder()
    const log = join(dataFolder, 'pg.log')
    await writeFile(log, `${'x'.repeat(6 * 1024 * 1024)}the last line\n`)
    await start({ dataFolder })
    expect((await stat(log)).size).toBeLessThan(10_000)
    expect(await readFile(log, 'utf8')).toContain('ready to accept connections')
    expect((await stat(`${log}.1`)).size).toBeLessThan(1024 * 1024)
    expect(await readFile(`${log}.1`, 'utf8')).toMatch(/the last line\n$/)
  })
})

describe('the socket', () => {
  test('a data folder too deep for a socket gets a short folder for it, which the stop removes', async () => {
    const dataFolder = join(await scratchFolder(), DEEP)
    await mkdir(dirname(dataFolder), { recursive: true })
    await rename(await usedDataFolder(), dataFolder)
    const database = await start({ dataFolder })
    const { host } = database.connection
    expect(host).toMatch(/^\/tmp\/tocsin-[0-9a-f]{16}$/)
    expect((await stat(host)).mode & 0o777).toBe(0o700)
    expect(await query(database.connection, 'select answer from facts')).toEqual([{ answer: 42 }])
    await database.stop()
    await expect(stat(host)).rejects.toThrow('ENOENT')
  })

  test.runIf(isRoot)('a short folder that somebody else made first is not used', async () => {
    const dataFolder = await folderWithVersion('18\n', DEEP)
    const host = socketFolderFor(dataFolder)
    await mkdir(host)
    onTestFinished(() => rm(host, { recursive: true }))
    await chown(host, 4321, 4321)
    expect(await refusalOf({ dataFolder })).toContain(`${host} is needed for PostgreSQL's socket, but belongs to somebody else: remove it`)
  })
})

test('the way used on Windows, tried here: a port of this computer, a password, and pg_ctl', async () => {
  const dataFolder = join(await scratchFolder(), 'data')
  const first = await start({ dataFolder, pretend: { style: 'windows' } })
  expect(first.connection).toMatchObject({ host: '127.0.0.1', password: (await readFile(join(dataFolder, 'pg.password'), 'utf8')).trim() })
  expect((await stat(join(dataFolder, 'pg.password'))).mode & 0o777).toBe(0o600)
  await expect(query({ ...first.connection, password: 'guessed' }, 'select 1')).rejects.toThrow('password authentication failed')
  expect(await query(first.connection, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }])
  expect(await refusalOf({ dataFolder, pretend: { style: 'windows' } })).toContain('Another Tocsin')
  await query(first.connection, 'create table facts as select 42 as answer')
  await first.stop()
  expect(await isPostmasterOf(join(dataFolder, 'pg'), first.pid)).toBe(false)
  const second = await start({ dataFolder, pretend: { style: 'windows' } })
  expect(await query(second.connection, 'select answer from facts')).toEqual([{ answer: 42 }])
})

/** A folder that looks like one with a cluster, as far as a start looks before it runs PostgreSQL. */
async function folderWithVersion(version: string, name = 'data'): Promise<string> {
  const dataFolder = join(await scratchFolder(), name)
  await mkdir(join(dataFolder, 'pg'), { recursive: true, mode: 0o700 })
  await writeFile(join(dataFolder, 'pg/PG_VERSION'), version)
  return dataFolder
}

async function lockConnections({ connection }: EmbeddedPostgres): Promise<number[]> {
  const rows = await query(connection, "select pid from pg_stat_activity where application_name = 'tocsin lock'")
  return rows.map(({ pid }) => pid as number)
}

async function lockHolders({ connection }: EmbeddedPostgres): Promise<number[]> {
  const rows = await query(connection, "select pid from pg_locks where locktype = 'advisory' and granted")
  return rows.map(({ pid }) => pid as number)
}
