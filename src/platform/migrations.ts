import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { queueFor } from './advisory-lock.ts'
import { crashPoint } from './crash.ts'
import type { Connection, Database } from './db.ts'
import { DEADLINE_MS } from './deadlines.ts'

/** The start must stop here, with this one line; exit 2. */
export class SchemaRefusal extends Error {}

interface Migration {
  number: number
  name: string
  text: string
  checksum: string
}

/** Any number will do as long as every node uses the same. */
const LOCK = 7_465_126

/**
 * Brings the schema up to the files in `folder`, each in a transaction of its own, under a lock that nodes queue for.
 * A kill in the middle leaves the last whole step. Returns the schema's number.
 * Throws SchemaRefusal when the database is newer than this program or a file that was applied has changed since.
 */
export async function migrate(database: Database, folder: string): Promise<number> {
  const known = readMigrations(folder)
  const client = await database.connect()
  try {
    await client.query(`set statement_timeout = 0; set lock_timeout = 0`)
    await queueFor(client, LOCK, DEADLINE_MS.migration)
    await client.query(
      `create table if not exists platform_migrations (number int primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`,
    )
    const { rows } = await client.query<{ number: number; name: string; checksum: string }>(
      'select number, name, checksum from platform_migrations order by number',
    )
    checkHistory(rows, known)
    for (const migration of known.slice(rows.length)) await apply(client, migration)
    return known.at(-1)?.number ?? 0
  } finally {
    await client.end()
  }
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => /^\d{4}_\w+\.sql$/.test(name))
    .sort()
  return names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    return { number: Number(name.slice(0, 4)), name, text, checksum: createHash('sha256').update(text).digest('hex') }
  })
}

function checkHistory(applied: { number: number; name: string; checksum: string }[], known: Migration[]): void {
  for (const [i, row] of applied.entries()) {
    const mine = known[i]
    if (!mine || mine.number !== row.number)
      throw new SchemaRefusal(
        `The database has schema step ${row.name}, which this version does not know: it was written by a newer Tocsin. Start that version or a newer one.`,
      )
    if (mine.checksum !== row.checksum)
      throw new SchemaRefusal(
        `Schema step ${row.name} was changed after it had been applied to this database. Restore the original file; steps are never edited.`,
      )
  }
}

async function apply(client: Connection, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.text, undefined, DEADLINE_MS.migration)
    crashPoint(`migrate.step_${migration.number}`)
    crashPoint('migrate.step')
    await client.query('insert into platform_migrations (number, name, checksum) values ($1, $2, $3)', [
      migration.number,
      migration.name,
      migration.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw new Error(`Schema step ${migration.name} failed and was undone: ${(error as Error).message}`, { cause: error })
  }
}
