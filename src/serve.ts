import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { hostname, uptime } from 'node:os'
import { join } from 'node:path'
import { type AppParts, createApp } from './app.ts'
import { greet, prepare, withPast } from './first-start.ts'
import { restartTransactionCount } from './modules/timeline/index.ts'
import { createDatabaseClock } from './platform/clock.ts'
import { type Database, openDatabase } from './platform/db.ts'
import { mayNot, mendOf, refuseUnfit } from './platform/db-fitness.ts'
import { DEADLINE_MS, STOP_MS, within } from './platform/deadlines.ts'
import { createEgress } from './platform/egress/index.ts'
import { type EmbeddedPostgres, EmbeddedPostgresRefusal, endEverything, startEmbeddedPostgres } from './platform/embedded-postgres/index.ts'
import { eventLoopWatch } from './platform/event-loop.ts'
import { claimInstallation, InstallationRefusal, noteSystemIdentifier } from './platform/installation.ts'
import { createLog, type Log } from './platform/log.ts'
import { createMailer } from './platform/mail.ts'
import { migrate, SchemaRefusal } from './platform/migrations.ts'
import { lookAround, pause, whereaboutsLoop } from './platform/pause.ts'
import { reserveWatch } from './platform/reserve.ts'
import { surroundings as aroundIt, hasScreen } from './platform/screen.ts'
import { loadSecretKey } from './platform/secret-key.ts'
import { createSecrets } from './platform/secrets.ts'
import { SettingRefusal, type Settings, shownSettings, unusedProxy } from './platform/settings.ts'
import { refuseAlone, standbyWatch } from './platform/standby.ts'

/** Where things stand beside the built program. */
export interface Places {
  migrations: string
  web: string
  readingWorker: string
  version: string
  /** Opens an address in a browser; false where that cannot be. */
  browse(url: string): Promise<boolean>
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
 * Starts everything, in order, serves until `stopped`, also while it starts, and stops everything. Throws a refusal when the
 * operator has to change something.
 */
export async function serve(settings: Settings, places: Places, stopped: AbortSignal): Promise<void> {
  if (stopped.aborted) return
  const log = createLog(settings.logLevel)
  const undo: Undo[] = []
  const asked = new Promise<void>((resolve) => stopped.addEventListener('abort', () => resolve()))
  // Held by the event loop: a step that waits for nothing Node knows of would end the program before it, as a fault.
  let last: NodeJS.Timeout | undefined
  stopped.addEventListener('abort', () => {
    last = setTimeout(leave, STOP_MS.everything)
  })
  const starting = start(settings, places, log, stopped, (step) => {
    undo.push(step)
    stopped.throwIfAborted()
  })
  try {
    await Promise.race([starting, asked])
    await asked
  } finally {
    const began = performance.now()
    // A start under way notices at its next step; what it has begun by then is undone all the same.
    await within(STOP_MS.start, 'The start', starting).catch(() => {})
    for (let step = undo.pop(); step; step = undo.pop())
      await step(performance.now() - began).catch((error) => log.error({ err: (error as Error).message }, 'a step of the stop failed'))
    clearTimeout(last)
  }
}

/** Undoes a step of the start; told how long the stop has taken already. */
type Undo = (sinceMs: number) => Promise<void>

function leave(): void {
  endEverything()
  process.exit(0)
}

async function start(settings: Settings, places: Places, log: Log, stopped: AbortSignal, undo: (step: Undo) => void): Promise<void> {
  const embedded =
    settings.databaseUrl === null
      ? await startEmbeddedPostgres({ dataFolder: settings.dataFolder, log: (line) => log.info(line), signal: stopped })
      : null
  if (embedded) undo((sinceMs) => embedded.stop(Math.max(500, STOP_MS.postgres - sinceMs)))
  else mkdirSync(settings.dataFolder, { recursive: true, mode: 0o700 })

  const db = openDatabase({ connection: connectionOf(settings, embedded), log, connectionsMax: 10 })
  undo(() => within(STOP_MS.rest, 'Leaving the database', db.close()))
  await reach(db, settings)
  const schema = await migrate(db, places.migrations).catch((error: Error & { cause?: { code?: string } }) => {
    // Its tables are somebody else's.
    if (settings.databaseUrl !== null && [(error as { code?: string }).code, error.cause?.code].includes('42501'))
      throw mayNot(databaseOf(settings.databaseUrl).name, databaseOf(settings.databaseUrl).user)
    throw error
  })

  const node = `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`
  const clock = createDatabaseClock({ db, node, log, monotonic: () => performance.now(), uptime: () => uptime() * 1000 })
  await clock.measure()
  clock.start()
  undo(async () => clock.stop())

  const secretKey = readKey(settings)
  const { moved } = await claimInstallation(db.sql, clock.now(), secretKey.fingerprint)
  if (moved) {
    await db.transaction((tx) => restartTransactionCount(tx.sql), { statementTimeoutMs: DEADLINE_MS.restart })
    await noteSystemIdentifier(db.sql)
  }

  const egress = createEgress({ allow: settings.egressAllow, userAgent: `Tocsin/${places.version}`, unusedProxy: unusedProxy(process.env) })
  undo(async () => egress.close())
  const mailer = settings.smtpUrl === null ? null : readMailer(settings)
  if (mailer) undo(async () => mailer.close())

  const lag = eventLoopWatch({ monotonic: () => performance.now() })
  undo(async () => lag.stop())
  const surroundings = [
    lag,
    ...(embedded ? [reserveWatch({ folder: settings.dataFolder })] : []),
    ...(settings.synchronousStandby ? [standbyWatch(db)] : []),
  ]

  const localToken = readLocalToken(settings.dataFolder)
  const url = { current: settings.url ?? `http://${printable(settings.listen.host)}:${settings.listen.port}` }
  const parts: AppParts = {
    db,
    clock,
    log,
    node,
    publicUrl: () => url.current,
    secretKey,
    egress,
    mailer,
    surroundings,
    adminToken: settings.adminToken,
    localToken,
    secretOf: createSecrets({
      folder: settings.secretsFolder,
      env: process.env,
      apart: [keyFileOf(settings), join(settings.dataFolder, 'local.token'), settings.adminTokenFile],
      unseal: (sealed) => secretKey.unseal(sealed, 'document'),
    }),
    checkReplies: false,
    web: places.web,
    readingWorker: places.readingWorker,
    version: places.version,
    settings: shownSettings(settings),
    schema,
    withPast: (now, put) => withPast(parts, now, put),
  }
  const app = createApp(parts)
  const whereabouts = { db, dataFolder: settings.dataFolder, isEmbedded: embedded !== null }
  await lookAround(whereabouts, clock.now(), moved)
  if (settings.paused === true) await pause(db.sql, clock.now(), 'asked')
  await app.pause.refresh()
  app.engine.add(
    whereaboutsLoop(whereabouts, async (because) => {
      log.error({ because }, 'paused: nobody is paged until an operator says go on')
      await app.pause.refresh()
    }),
  )
  if (embedded) await app.takeBackLeases(clock.now())
  await app.documents.fresh(db.sql)
  if (settings.paused === false) await app.resume(clock.now())
  await prepare({ app, parts, settings })
  stopped.throwIfAborted()

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
  undo(() => app.close())
  app.engine.start()
  noteAddress(settings.dataFolder, `http://${printable(settings.listen.host)}:${address.port}`)
  const { signIn } = await greet({ app, parts, url: url.current })
  if (!stopped.aborted && (settings.browser ?? hasScreen(aroundIt()))) await places.browse(signIn ?? url.current)
}

function connectionOf(settings: Settings, embedded: EmbeddedPostgres | null) {
  if (embedded) return embedded.connection
  // Today's meaning, said so that the driver does not warn of another to come.
  const connectionString = settings.databaseUrl!.replace(/([?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/, '$1verify-full')
  return { connectionString: /[?&]uselibpqcompat=true/.test(connectionString) ? settings.databaseUrl! : connectionString }
}

function databaseOf(address: string): { name: string; user: string } {
  const { pathname, username } = new URL(address)
  return { name: decodeURIComponent(pathname.slice(1)), user: decodeURIComponent(username) }
}

async function reach(db: Database, settings: Settings): Promise<void> {
  try {
    await db.sql`select 1`
  } catch (error) {
    if (settings.databaseUrl === null) throw error
    const { hostname: host, port, pathname } = new URL(settings.databaseUrl)
    const { message } = error as Error
    throw new SettingRefusal(
      `DATABASE_URL: the database ${pathname.slice(1)} at ${host}${port ? `:${port}` : ''} cannot be used: ${message.replace(/\.$/, '')}.${mendOf(error as Error)}`,
    )
  }
  if (settings.databaseUrl !== null) await refuseUnfit(db, databaseOf(settings.databaseUrl).name)
  if (settings.synchronousStandby) await refuseAlone(db.sql)
}

function readKey(settings: Settings) {
  if (settings.databaseUrl !== null && settings.secretKeyFile === null)
    throw new SettingRefusal(
      'TOCSIN_SECRET_KEY_FILE is required with DATABASE_URL: every node needs the same key. `openssl rand -hex 32 > key` makes one.',
    )
  try {
    return loadSecretKey(keyFileOf(settings), settings.secretKeyFile === null)
  } catch (error) {
    throw new SettingRefusal((error as Error).message)
  }
}

function keyFileOf({ secretKeyFile, dataFolder }: Settings): string {
  return secretKeyFile ?? join(dataFolder, 'secret.key')
}

function readMailer(settings: Settings) {
  try {
    return createMailer({ url: settings.smtpUrl!, from: settings.mailFrom ?? '', ownUrl: settings.url })
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

/** An address to listen on as a person can open it. */
function printable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
