import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Stage, setStage } from '../../test/world/stage.ts'
import { type Connection, type Database, openDatabase } from './db.ts'
import { migrate } from './migrations.ts'

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
})
afterAll(() => stage.close())

/** Everything that a schema is made of, as the database itself writes it. */
async function schemaOf(db: Database): Promise<string[]> {
  const { rows } = await onOne(db, ({ query }) =>
    query<{ line: string }>(`
      select format('%s.%s %s %s %s', table_name, column_name, data_type, is_nullable, column_default) as line
        from information_schema.columns where table_schema = 'public'
      union all select indexdef from pg_indexes where schemaname = 'public'
      union all select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace
      union all select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
      union all select format('step %s %s', number, name) from platform_migrations
      order by 1`),
  )
  return rows.map(({ line }) => line)
}

async function onOne<Answer>(db: Database, work: (connection: Connection) => Promise<Answer>): Promise<Answer> {
  const connection = await db.connect()
  try {
    return await work(connection)
  } finally {
    await connection.end()
  }
}

/** The same database for a node that is killed when all of a step is done but its commit. */
function killedAt(step: number, db: Database): Database {
  return {
    ...db,
    async connect() {
      const connection = await db.connect()
      return {
        ...connection,
        async query(text, values, limitMs) {
          if (text.startsWith('insert into platform_migrations') && values?.[0] === step)
            await onOne(db, ({ query }) => query('select pg_terminate_backend($1, 5000)', [connection.processId()]))
          return connection.query(text, values, limitMs)
        },
      }
    },
  }
}

test('killed in the middle of each step once, every next start goes on, and the schema is what it is without', {
  timeout: 120_000,
}, async () => {
  const steps = readdirSync('migrations').flatMap((name) => (/^\d{4}_\w+\.sql$/.test(name) ? [Number(name.slice(0, 4))] : []))
  const name = `killed_${process.hrtime.bigint()}`
  const admin = await stage.world.db.connect()
  await admin.query(`create database ${name} template template0`)
  const db = openDatabase({ connection: { ...inject('postgres'), database: name }, log: stage.world.parts.log })
  try {
    for (const step of steps) {
      await expect(migrate(killedAt(step, db), 'migrations'), `step ${step}`).rejects.toThrow('failed and was undone')
      const { rows } = await onOne(db, ({ query }) => query<{ number: number }>('select number from platform_migrations order by number'))
      expect(rows.map(({ number }) => number)).toEqual(steps.filter((one) => one < step))
    }
    expect(await migrate(db, 'migrations')).toBe(Math.max(...steps))
    expect(await schemaOf(db)).toEqual(await schemaOf(stage.world.db))
  } finally {
    await db.close()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
  }
})
