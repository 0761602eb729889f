import { pino } from 'pino'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Database, openDatabase, type Transaction } from './db.ts'

let db: Database

beforeAll(async () => {
  db = openDatabase({ connection: { ...inject('postgres'), database: 'postgres' }, log: pino({ level: 'silent' }), connectionsMax: 1 })
})
afterAll(() => db.close())

const create = ({ sql }: Transaction) => sql`create temporary table copied (id int primary key, said text, is_told boolean) on commit drop`
const COPY = 'copy copied (id, said, is_told) from stdin'

test('whatever a text holds comes back as it was, among statements that travel with it', async () => {
  const said = ['', '\\N', '\\', '\\\\.', '\\.', 'a\tb', 'a\r\nb\n', 'Größe 🙂 "x" \'y\'', 'null', 'x'.repeat(200_000), null]
  const rows = await db.transaction(async (tx) => {
    tx.unawaited(create(tx))
    tx.unawaited(
      tx.copy(
        COPY,
        said.map((text, id) => [id, text, id % 2 === 0]),
      ),
    )
    tx.unawaited(tx.copy(COPY, []))
    return tx.sql`select said, is_told from copied order by id`
  })
  expect(rows).toEqual(said.map((text, id) => ({ said: text, is_told: id % 2 === 0 })))
})

test('one that fails takes its transaction along, and the connection is as good as before', async () => {
  const failing = db.transaction(async (tx) => {
    tx.unawaited(create(tx))
    tx.unawaited(
      tx.copy(COPY, [
        [1, 'once', true],
        [2, 'x'.repeat(100_000), true],
        [1, 'twice', true],
        [3, 'x'.repeat(100_000), true],
      ]),
    )
    tx.unawaited(tx.copy(COPY, [[4, 'behind', true]]))
    await tx.sql`select 1`
  })
  await expect(failing).rejects.toMatchObject({ code: '23505' })
  const malformed = db.transaction((tx) => tx.copy('copy nothing_of_that_name from stdin', [[1, 'x', true]]))
  await expect(malformed).rejects.toMatchObject({ code: '42P01' })
  expect(await db.sql`select 1 as one`).toEqual([{ one: 1 }])
})
