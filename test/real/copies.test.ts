import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makePlace, type Place } from '../crash/company.ts'
import { killEverything, type Program, startProgram } from '../crash/program.ts'
import { startWitness, type Witness } from '../crash/witness.ts'
import { type Postgres15, startPostgres15 } from './postgres-15.ts'
import { describeWith, POSTGRES_15 } from './tools.ts'

describeWith(
  [`${POSTGRES_15}/postgres`, `${POSTGRES_15}/pg_upgrade`],
  'databases that were copied, restored, upgraded or failed over',
  () => {
    let witness: Witness
    let place: Place
    let primary: Postgres15
    const others: Postgres15[] = []

    beforeAll(async () => {
      witness = await startWitness()
      place = makePlace(witness)
      writeFileSync(`${place.data}.key`, randomBytes(32).toString('hex'))
      primary = await startPostgres15()
      expect(await reasonAt(primary.url)).toBeUndefined()
    })
    afterEach(() => killEverything())
    afterAll(async () => {
      await killEverything()
      for (const one of [...others, primary]) await one?.stop()
      await witness?.close()
      place?.remove()
    })

    function start(url: string, data = place.data): Promise<Program> {
      const env = { ...witness.mailEnv, DATABASE_URL: url, TOCSIN_SECRET_KEY_FILE: `${place.data}.key` }
      return startProgram({ data, config: place.config, env })
    }

    /** Why a node that starts on it pauses. */
    async function reasonAt(url: string, data?: string): Promise<string | undefined> {
      const program = await start(url, data)
      const { paused } = await program.api.getPause()
      await program.stop()
      return paused?.reason
    }

    const anew = () => `${place.data}-${randomBytes(3).toString('hex')}`

    test('a restart of the server, and a node without memory, are no copies', async () => {
      await primary.restart()
      expect(await reasonAt(primary.url)).toBeUndefined()
      expect(await reasonAt(primary.url, anew())).toBeUndefined()
    })

    test('a promoted standby is no copy, for the node that knew the primary and for a new one', async () => {
      const standby = await primary.standby()
      others.push(standby)
      await standby.promote()
      expect(await reasonAt(standby.url)).toBeUndefined()
      expect(await reasonAt(standby.url, anew())).toBeUndefined()
      expect(await reasonAt(standby.url)).toBeUndefined()
    })

    test('a dump restored is, beside the original and elsewhere', async () => {
      const dump = join(primary.folder, 'dump.sql')
      primary.run('pg_dump', ['-f', dump, primary.url])
      for (const beside of [await primary.database('beside'), await elsewhere()]) {
        primary.run('psql', ['-q', '-v', 'ON_ERROR_STOP=1', '-f', dump, beside])
        expect(await reasonAt(beside, anew())).toBe('dump')
        // It stays so.
        expect(await reasonAt(beside, anew())).toBe('dump')
      }
    })

    async function elsewhere(): Promise<string> {
      const other = await startPostgres15()
      others.push(other)
      return other.url
    }

    test('a database made from it as a template is', async () => {
      expect(await reasonAt(await primary.database('copied', 'tocsin'), anew())).toBe('database-copied')
    })

    test('pg_upgrade is none', async () => {
      const upgraded = await primary.upgraded()
      others.push(upgraded)
      expect(await reasonAt(upgraded.url)).toBeUndefined()
      expect(await reasonAt(upgraded.url, anew())).toBeUndefined()
    })

    test('the files of the cluster copied are', async () => {
      const copied = await primary.copied()
      others.push(copied)
      expect(await reasonAt(copied.url, anew())).toBe('cluster-moved')
    })
  },
)
