import { readFileSync } from 'node:fs'
import pg from 'pg'
import { pino } from 'pino'
import { inject } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { type App, type AppParts, createApp } from '../../src/app.ts'
import { contract } from '../../src/contract.ts'
import { withPast } from '../../src/first-start.ts'
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../src/kernel/time.ts'
import { Integration } from '../../src/modules/catalog/index.ts'
import { writeDocuments } from '../../src/modules/documents/index.ts'
import { type Client, createClient } from '../../src/platform/client.ts'
import { type Database, openDatabase } from '../../src/platform/db.ts'
import { createEgress } from '../../src/platform/egress/index.ts'
import { claimInstallation } from '../../src/platform/installation.ts'
import { createMailer } from '../../src/platform/mail.ts'
import { secretKeyFrom } from '../../src/platform/secret-key.ts'
import { createSecrets } from '../../src/platform/secrets.ts'
import { type KeepSettings, readSettings, shownSettings } from '../../src/platform/settings.ts'
import { impatient } from './impatience.ts'
import { watchLocks } from './lock-order.ts'
import { layWire, type Wire } from './wire.ts'

export const ADMIN_TOKEN = 'an-admin-token-of-the-test-world-0123456789'

export interface World {
  app: App
  /** What the app is made of: for starting it as the program does. */
  parts: AppParts
  db: Database
  /** Where it was asked for. */
  wire: Wire | undefined
  baseUrl: string
  api: Client<typeof contract>
  now(): Instant
  /** Lets time go by, in steps small enough that nothing is late, with everything due done at each. */
  pass(time: { days?: number; hours?: number; minutes?: number; seconds?: number }): Promise<void>
  /** Does everything that is due now. */
  settle(): Promise<void>
  /** Configuration documents, as YAML. */
  configure(yaml: string): Promise<void>
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: unknown; text: string }>
  close(): Promise<void>
}

export interface WorldOptions {
  now?: string
  smtpUrl?: string
  /** The built worker that reads large bodies; without it they are read in this process. */
  readingWorker?: string
  dialects?: AppParts['dialects']
  /** What is kept otherwise than an installation keeps it. */
  keep?: Partial<KeepSettings>
  /** How far one step of `pass` goes. */
  stepSeconds?: number
  /** A wire between the product and its database, to cut. */
  isWired?: boolean
  /** Takes every line of the log. */
  logged?: (line: string) => void
  /** Addresses that hang: nobody really waits for them, but on the world's clock it is the whole time-out. */
  hangs?: (url: string) => boolean
}

/** The whole product over real HTTP and a real database of its own, with a clock that only `pass` moves. */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const { host, port, user } = inject('postgres')
  const database = `world_${Math.random().toString(36).slice(2)}`
  const admin = new pg.Client({ host, port, user, database: 'postgres' })
  await admin.connect()
  await admin.query(`create database ${database} template template_tocsin`)
  const log = options.logged
    ? pino({ level: 'trace' }, { write: options.logged })
    : pino({ level: process.env['TOCSIN_LOG_LEVEL'] ?? 'silent' })
  const wire = options.isWired ? await layWire({ host, port }) : undefined
  const connection = { ...(wire ? { host: '127.0.0.1', port: wire.port } : { host, port }), user, database }
  const db = watchLocks(openDatabase({ connection, log, connectionsMax: 6 }))

  let now = Date.parse(options.now ?? '2026-11-20T03:11:00Z')
  const clock = { now: () => now }
  const secretKey = secretKeyFrom('a secret key for the test world, long enough')
  await claimInstallation(db.sql, now, secretKey.fingerprint)
  const guarded = createEgress({ allow: ['127.0.0.0/8'], userAgent: 'Tocsin test' })
  const moveTo = (at: Instant) => {
    now = Math.max(now, at)
  }
  const egress = options.hangs === undefined ? guarded : impatient(guarded, options.hangs, { ...clock, moveTo })
  const mailer = options.smtpUrl === undefined ? null : createMailer({ url: options.smtpUrl, from: 'tocsin@example.test' })
  const settings = shownSettings(readSettings({}, {}))
  const parts: AppParts = {
    db,
    clock,
    log,
    node: 'node-under-test',
    publicUrl: () => 'http://tocsin.test',
    web: 'dist/web',
    readingWorker: options.readingWorker ?? null,
    ...(options.dialects && { dialects: options.dialects }),
    version: 'test',
    settings: { ...settings, keep: { ...settings.keep, ...options.keep } },
    schema: 0,
    secretKey,
    egress,
    mailer,
    surroundings: [],
    adminToken: ADMIN_TOKEN,
    localToken: null,
    secretOf: createSecrets({
      folder: 'test/world',
      env: process.env,
      apart: [],
      unseal: (sealed) => secretKey.unseal(sealed, 'document'),
    }),
    checkReplies: true,
    withPast: (at, put) => withPast(parts, at, put),
  }
  const app = createApp(parts)
  const address = await app.http.listen('127.0.0.1', 0)
  const baseUrl = `http://127.0.0.1:${address.port}`

  async function pass({
    days = 0,
    hours = 0,
    minutes = 0,
    seconds = 0,
  }: {
    days?: number
    hours?: number
    minutes?: number
    seconds?: number
  }): Promise<void> {
    const end = now + days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND
    while (now < end) {
      now = Math.min(end, now + (options.stepSeconds ?? 1) * SECOND)
      await app.engine.settle()
    }
  }

  return {
    app,
    parts,
    db,
    wire,
    baseUrl,
    api: createClient(contract, { baseUrl, token: ADMIN_TOKEN }),
    now: () => now,
    pass,
    settle: () => app.engine.settle(),
    async configure(yaml) {
      const changes = parseAllDocuments(yaml).map((document) => {
        const { kind, metadata, spec } = document.toJS() as { kind: string; metadata: { name: string }; spec: unknown }
        return {
          kind,
          name: metadata.name,
          spec: kind === 'Integration' ? Integration.schema.parse(spec) : spec,
          origin: { kind: 'api' as const },
        }
      })
      await db.transaction((tx) => writeDocuments(tx.sql, now, 'system', changes))
    },
    async post(path, body, headers = {}) {
      const response = await fetch(`${baseUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      const text = await response.text()
      await app.engine.settle()
      return { status: response.status, text, body: parse(text) }
    },
    async close() {
      await app.close()
      egress.close()
      await db.close()
      await wire?.close()
      await admin.query(`drop database ${database} with (force)`)
      await admin.end()
    },
  }
}

/** Ada and Lin behind one service; their webhooks ring the phones on a port. */
export function twoPeople(port = 9911): string {
  return readFileSync('test/world/two-people.yaml', 'utf8').replaceAll('127.0.0.1:9911', `127.0.0.1:${port}`)
}

export function exampleConfiguration(name: string): string {
  return readFileSync(`examples/${name}`, 'utf8')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
