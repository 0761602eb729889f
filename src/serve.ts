import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { type AppParts, createApp } from './app.ts'
import { greet, prepare } from './first-start.ts'
import { restartTransactionCount } from './modules/timeline/index.ts'
import { createDatabaseClock } from './platform/clock.ts'
import { type Database, openDatabase } from './platform/db.ts'
import { createEgress } from './platform/egress/index.ts'
import { type EmbeddedPostgres, EmbeddedPostgresRefusal, startEmbeddedPostgres } from './platform/embedded-postgres/index.ts'
import { claimInstallation, InstallationRefusal, noteSystemIdentifier } from './platform/installation.ts'
import { createLog, type Log } from './platform/log.ts'
import { createMailer } from './platform/mail.ts'
import { migrate, SchemaRefusal } from './platform/migrations.ts'
import { loadSecretKey } from './platform/secret-key.ts'
import { SettingRefusal, type Settings, shownSettings } from './platform/settings.ts'

/** Where things stand beside the built program. */
export interface Places {
  migrations: string
  web: string
  readingWorker: string
  version: string
}

/** Whether an error is a sentence for the operator (exit 2) rather than a fault. */
export function isStartRefusal(error: unknown): error is Error {
  return (
    error instanceof SettingRefusal ||
    error instanceof SchemaRefusal ||
    error instanceof InstallationRefusal ||
    error instanceof EmbeddedPostgresRefusal
  )
}

/**
 * Starts everything, in order, and answers how to stop it. Throws a refusal when the operator has to change something.
 */
export async function serve(settings: Settings, places: Places): Promise<{ url: string; stop(): Promise<void> }> {
  const log = createLog(settings.logLevel)
  const undo: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse())
      await step().catch((error) => log.error({ err: (error as Error).message }, 'a step of the stop failed'))
  }
  try {
    return { url: await start(settings, places, log, undo), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(settings: Settings, places: Places, log: Log, undo: (() => Promise<void>)[]): Promise<string> {
  const embedded =
    settings.databaseUrl === null ? await startEmbeddedPostgres({ dataFolder: settings.dataFolder, log: (line) => log.info(line) }) : null
  if (embedded) undo.push(() => embedded.stop())
  else mkdirSync(settings.dataFolder, { recursive: true, mode: 0o700 })

  const db = openDatabase({ connection: connectionOf(settings, embedded), log, connectionsMax: 10 })
  undo.push(() => db.close())
  await reach(db, settings)
  const schema = await migrate(db, places.migrations)

  const clock = createDatabaseClock(db, Date.now, () => performance.now())
  await clock.measure()
  clock.start()
  undo.push(async () => clock.stop())

  const secretKey = readKey(settings)
  const { moved } = await claimInstallation(db.sql, clock.now(), secretKey.fingerprint)
  if (moved) {
    await db.transaction((tx) => restartTransactionCount(tx.sql), { statementTimeoutMs: 600_000 })
    await noteSystemIdentifier(db.sql)
  }

  const egress = createEgress({ allow: settings.egressAllow, userAgent: `Tocsin/${places.version}` })
  undo.push(async () => egress.close())
  const mailer = settings.smtpUrl === null ? null : readMailer(settings)
  if (mailer) undo.push(async () => mailer.close())

  const localToken = readLocalToken(settings.dataFolder)
  const url = { current: settings.url ?? `http://${printable(settings.listen.host)}:${settings.listen.port}` }
  const parts: AppParts = {
    db,
    clock,
    log,
    node: `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`,
    publicUrl: () => url.current,
    secretKey,
    egress,
    mailer,
    adminToken: settings.adminToken,
    localToken,
    secretOf: (reference) => readSecret(reference, (sealed) => secretKey.unseal(sealed, 'document')),
    checkReplies: false,
    web: places.web,
    readingWorker: places.readingWorker,
    version: places.version,
    settings: shownSettings(settings),
    schema,
  }
  const app = createApp(parts)
  if (embedded) await app.takeBackLeases(clock.now())
  await app.documents.fresh(db.sql)
  await prepare({ app, parts, settings })

  const address = await app.http.listen(settings.listen.host, settings.listen.port).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE')
      throw new SettingRefusal(
        `${settings.listen.host}:${settings.listen.port} is in use; stop what listens there, or choose another with --listen.`,
      )
    if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL')
      throw new SettingRefusal(
        `${settings.listen.host}:${settings.listen.port} cannot be listened on (${error.code}); choose another with --listen.`,
      )
    throw error
  })
  if (settings.url === null) url.current = `http://${printable(settings.listen.host)}:${address.port}`
  parts.settings.listen = `${parts.settings.listen.replace(/:\d+$/, '')}:${address.port}`
  undo.push(() => app.close())
  app.engine.start()
  noteAddress(settings.dataFolder, `http://${printable(settings.listen.host)}:${address.port}`)
  await greet({ app, parts, url: url.current })
  return url.current
}

function connectionOf(settings: Settings, embedded: EmbeddedPostgres | null) {
  if (embedded) return embedded.connection
  return { connectionString: settings.databaseUrl! }
}

async function reach(db: Database, settings: Settings): Promise<void> {
  try {
    await db.sql`select 1`
  } catch (error) {
    if (settings.databaseUrl === null) throw error
    const { hostname: host, port, pathname } = new URL(settings.databaseUrl)
    throw new SettingRefusal(
      `DATABASE_URL: the database ${pathname.slice(1)} at ${host}${port ? `:${port}` : ''} cannot be used: ${(error as Error).message}.`,
    )
  }
}

function readKey(settings: Settings) {
  if (settings.databaseUrl !== null && settings.secretKeyFile === null)
    throw new SettingRefusal(
      'TOCSIN_SECRET_KEY_FILE is required with DATABASE_URL: every node needs the same key. `openssl rand -hex 32 > key` makes one.',
    )
  try {
    return loadSecretKey(settings.secretKeyFile ?? join(settings.dataFolder, 'secret.key'), settings.secretKeyFile === null)
  } catch (error) {
    throw new SettingRefusal((error as Error).message)
  }
}

function readMailer(settings: Settings) {
  try {
    return createMailer({ url: settings.smtpUrl!, from: settings.mailFrom ?? '' })
  } catch (error) {
    throw new SettingRefusal((error as Error).message)
  }
}

/** A token for the CLI on this machine; whoever may read the data folder may do everything anyway. */
function readLocalToken(dataFolder: string): string {
  const path = join(dataFolder, 'local.token')
  if (!existsSync(path)) writeFileSync(path, `tocsin_${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  chmodSync(path, 0o600)
  return readFileSync(path, 'utf8').trim()
}

/** Where the CLI on this machine finds the server. */
function noteAddress(dataFolder: string, url: string): void {
  writeFileSync(join(dataFolder, 'server.url'), `${url}\n`, { mode: 0o600 })
}

function readSecret(
  reference: { env: string } | { file: string } | { sealed: string },
  unseal: (sealed: string) => string | undefined,
): string | undefined {
  if ('env' in reference) return process.env[reference.env]
  if ('sealed' in reference) return unseal(reference.sealed)
  try {
    return readFileSync(reference.file, 'utf8').trim()
  } catch {
    return undefined
  }
}

/** An address to listen on as a person can open it. */
function printable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
