import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOfProgram, killEverything, startProgram } from '../crash/program.ts'
import { selfSigned } from '../world/self-signed.ts'
import { PGBOUNCER, startPgbouncer } from './pgbouncer.ts'
import { type Postgres15, startPostgres15 } from './postgres-15.ts'
import { describeWith, POSTGRES_15 } from './tools.ts'

describeWith([`${POSTGRES_15}/postgres`, PGBOUNCER], 'a database that cannot carry it is found at the start', () => {
  let postgres: Postgres15
  let bouncer: Awaited<ReturnType<typeof startPgbouncer>>
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tocsin-unfit-'))
    if (process.getuid?.() === 0) chownSync(folder, 65_534, 65_534)
    writeFileSync(join(folder, 'key'), 'a'.repeat(64))
    postgres = await startPostgres15()
    bouncer = await startPgbouncer(postgres.url)
    await as(`create database latin encoding 'LATIN1' template template0`)
    await as('create role plain login')
    await as('create database notmine')
  })
  afterAll(async () => {
    await killEverything()
    await bouncer?.stop()
    await postgres?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function as(...statements: string[]): Promise<void> {
    const client = new pg.Client(postgres.url)
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }
  const options = (DATABASE_URL: string) => ({
    data: join(folder, 'data'),
    env: { DATABASE_URL, TOCSIN_SECRET_KEY_FILE: join(folder, 'key') },
  })
  const at = (change: (url: URL) => void) => {
    const url = new URL(postgres.url)
    change(url)
    return url.href
  }

  test.each([
    ['a transaction pooler', () => bouncer.url('transaction'), /transaction pooler.*session mode/],
    ['a database in LATIN1', () => at((url) => (url.pathname = '/latin')), /latin is in LATIN1.*createdb -E UTF8/],
    [
      'a role that may not create tables',
      () =>
        at((url) => {
          url.pathname = '/notmine'
          url.username = 'plain'
        }),
      /the role plain may not create tables in notmine.*alter database notmine owner to plain/,
    ],
    ['a server without TLS', () => at((url) => url.searchParams.set('sslmode', 'require')), /does not support SSL.*sslmode=disable/],
  ] as const)('%s: one line, the mend, exit 2', async (_what, url, line) => {
    const { code, stderr } = await endOfProgram(options(url()))
    expect(stderr).toMatch(/^DATABASE_URL[^\n]*\n$/)
    expect(stderr).toMatch(line)
    expect(code).toBe(2)
  })

  test('a certificate of a private authority: one line without warnings, and each of its mends holds', async () => {
    const { key, cert } = selfSigned()
    for (const [name, text] of [
      ['server.key', key],
      ['server.crt', cert],
    ] as const) {
      writeFileSync(join(folder, name), text, { mode: 0o600 })
      if (process.getuid?.() === 0) chownSync(join(folder, name), 65_534, 65_534)
    }
    await as(
      `alter system set ssl_cert_file = '${folder}/server.crt'`,
      `alter system set ssl_key_file = '${folder}/server.key'`,
      'alter system set ssl = on',
      'select pg_reload_conf()',
    )
    const withMode = (mode: string) => at((url) => url.searchParams.set('sslmode', mode))
    await expect
      .poll(async () => (await endOfProgram(options(withMode('require')))).stderr)
      .toMatch(/^DATABASE_URL[^\n]*NODE_EXTRA_CA_CERTS[^\n]*sslmode=no-verify[^\n]*\n$/)
    const program = await startProgram(options(withMode('no-verify')))
    expect(await program.stop()).toMatchObject({ code: 0, stderr: '' })
  })

  test('a pool in session mode carries it', async () => {
    const program = await startProgram(options(bouncer.url('session')))
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200)
    expect(await program.stop()).toMatchObject({ code: 0, stderr: '' })
  })
})
