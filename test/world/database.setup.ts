import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { pino } from 'pino'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../../src/platform/db.ts'
import { startEmbeddedPostgres } from '../../src/platform/embedded-postgres/index.ts'
import { migrate } from '../../src/platform/migrations.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { host: string; port: number; user: string }
  }
}

/** One server a run, one migrated template; each test file clones it (see world.ts). */
export default async function setup(project: TestProject) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'tocsin-test-'))
  const server = await startEmbeddedPostgres({ dataFolder, log: () => {} })
  const { host, port, user } = server.connection
  const admin = new pg.Client({ host, port, user, database: 'postgres' })
  await admin.connect()
  await admin.query('create database template_tocsin')
  await admin.end()
  const db = openDatabase({ connection: { host, port, user, database: 'template_tocsin' }, log: pino({ level: 'silent' }) })
  await migrate(db, 'migrations')
  await db.close()
  project.provide('postgres', { host, port, user })
  return async () => {
    await server.stop()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}
