import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  killChild,
  packageCopy,
  query,
  refusalOf,
  reportOf,
  scratchFolder,
  start,
  startInChild,
} from '../../../test/world/scratch-postgres.ts'
import { pollUntil } from './poll.ts'

test.concurrent('a first start that is killed half-way leaves nothing in the way of the next', async () => {
  const dataFolder = join(await scratchFolder(), 'data')
  const child = startInChild({ dataFolder })
  const halfWay = async () => {
    const draft = (await readdir(dataFolder).catch(() => [])).find((name) => name.startsWith('pg.new-'))
    return draft && (await readdir(join(dataFolder, draft, 'base')).catch(() => [])).length > 0 ? draft : undefined
  }
  expect(await pollUntil(halfWay, { everyMs: 2, forMs: 30_000 })).toBe(`pg.new-${child.pid}`)
  await killChild(child)
  expect(await readdir(dataFolder)).not.toContain('pg')
  const database = await start({ dataFolder })
  expect(await query(database.connection, 'select 1 as one')).toEqual([{ one: 1 }])
  expect((await readdir(dataFolder)).sort()).toEqual(['pg', 'pg-socket', 'pg.log'])
})

test.concurrent('of two first starts at the same moment one wins, on a sound database', async () => {
  const dataFolder = join(await scratchFolder(), 'data')
  const children = [startInChild({ dataFolder, pretend: { lockWaitMs: 300 } }), startInChild({ dataFolder, pretend: { lockWaitMs: 300 } })]
  const reports = await Promise.all(children.map(reportOf))
  expect(reports.filter(({ refusal }) => refusal?.startsWith('Another Tocsin'))).toHaveLength(1)
  const winner = reports.find(({ refusal }) => !refusal)!
  expect(await query(winner.connection, 'select 1 as one')).toEqual([{ one: 1 }])
  expect((await readdir(dataFolder)).sort()).toEqual(['pg', 'pg-socket', 'pg.log'])
  await Promise.all(children.map(killChild))
})

test.concurrent('when the disk is full, the operator reads so in one line and nothing half-made stays', async () => {
  const folder = await scratchFolder()
  const packageFolder = await packageCopy(folder)
  const complaint = 'initdb: error: could not write to file "pg_wal/xlogtemp.7": No space left on device'
  await writeFile(
    join(packageFolder, 'native/bin/initdb'),
    `#!/bin/sh\nmkdir "$2/base"\necho '${complaint}'\necho 'initdb: removing contents'\nexit 1\n`,
  )
  const dataFolder = join(folder, 'data')
  const message = await refusalOf({ dataFolder, packageFolder })
  expect(message).toBe(`The database could not be created in ${dataFolder}: ${complaint}. Free some space and start again.`)
  expect(await readdir(dataFolder)).toEqual([])
})

test.concurrent('a pg folder with other things in it is not touched', async () => {
  const dataFolder = join(await scratchFolder(), 'data')
  await mkdir(join(dataFolder, 'pg'), { recursive: true })
  await writeFile(join(dataFolder, 'pg/letters.txt'), 'Dear Ada')
  expect(await refusalOf({ dataFolder })).toMatch(/pg is not empty and not a PostgreSQL cluster: move it away/)
  expect(await readdir(join(dataFolder, 'pg'))).toEqual(['letters.txt'])
})

test.concurrent('a file where the data folder should be is named', async () => {
  const path = join(await scratchFolder(), 'data')
  await writeFile(path, '')
  expect(await refusalOf({ dataFolder: path })).toBe(`Cannot use ${path} as the data folder (not a folder): choose another with --data.`)
})
