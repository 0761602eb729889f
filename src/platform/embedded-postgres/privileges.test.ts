import { chmod, chown, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  canBecomeOrdinary,
  give,
  hasNamespaces,
  isRoot,
  NOBODY,
  packageCopy,
  query,
  refusalOf,
  reportOf,
  scratchFolder,
  start,
  startInChild,
  usedDataFolder,
} from '../../../test/world/scratch-postgres.ts'
import type { EmbeddedPostgres } from './index.ts'
import { closedFolder } from './privileges.ts'

const onLinux = process.platform === 'linux'

describe.runIf(isRoot && onLinux).concurrent('root', () => {
  test.runIf(hasNamespaces)('keeps the files, and the server has none of its special rights', async () => {
    const dataFolder = await usedDataFolder()
    const database = await start({ dataFolder })
    expect(await userOf(database)).toBe(0)
    expect(await readFile(`/proc/${database.pid}/status`, 'utf8')).toMatch(/^CapEff:\s*0+$/m)
    expect(await ownersIn(dataFolder)).toEqual({ '.': '0 700', pg: '0 700', 'pg-socket': '0 700', 'pg.log': '0 600' })
  })

  test('without user namespaces has nobody run it, then and ever after', async () => {
    const dataFolder = join(await scratchFolder(), 'data')
    const first = await start({ dataFolder, pretend: { rootMode: 'nobody' } })
    await query(first.connection, 'create table facts as select 42 as answer')
    expect(await userOf(first)).toBe(65534)
    expect(await ownersIn(dataFolder)).toEqual({ '.': '0 711', pg: '65534 700', 'pg-socket': '65534 700', 'pg.log': '65534 600' })
    await first.stop()
    const second = await start({ dataFolder })
    expect(await userOf(second)).toBe(65534)
    expect(await query(second.connection, 'select answer from facts')).toEqual([{ answer: 42 }])
  })

  test('hands its own cluster over to nobody where there are no user namespaces any more', async () => {
    const dataFolder = await usedDataFolder()
    await give(join(dataFolder, 'pg'), { uid: 0, gid: 0 })
    const database = await start({ dataFolder, pretend: { rootMode: 'nobody' } })
    expect(await userOf(database)).toBe(65534)
    expect(await query(database.connection, 'update facts set answer = 43 returning answer')).toEqual([{ answer: 43 }])
  })

  test('has the owner of a cluster run it, be it somebody else', async () => {
    const dataFolder = await usedDataFolder()
    await give(dataFolder, { uid: 12345, gid: 12345 })
    const database = await start({ dataFolder })
    expect(await userOf(database)).toBe(12345)
    expect(await ownersIn(dataFolder)).toMatchObject({ '.': '12345 700', pg: '12345 700', 'pg-socket': '12345 700' })
    expect(await query(database.connection, 'select answer from facts')).toEqual([{ answer: 42 }])
  })

  test('is told to choose another folder when nobody cannot pass through to this one', async () => {
    const closed = join(await scratchFolder(), 'closed')
    await mkdir(closed, { mode: 0o700 })
    const message = await refusalOf({ dataFolder: join(closed, 'data'), pretend: { rootMode: 'nobody' } })
    expect(message).toContain(`cannot pass through ${closed} to ${closed}/data: choose another folder with --data`)
    expect(await readdir(join(closed, 'data'))).toEqual([])
  })

  test('copies binaries that nobody cannot reach into the data folder', async () => {
    const closed = join(await scratchFolder(), 'closed')
    await mkdir(closed, { mode: 0o700 })
    const packageFolder = await packageCopy(closed)
    const dataFolder = await usedDataFolder()
    await give(join(dataFolder, 'pg'), NOBODY)
    const database = await start({ dataFolder, packageFolder })
    expect(await userOf(database)).toBe(65534)
    expect(await readFile(`/proc/${database.pid}/cmdline`, 'utf8')).toMatch(new RegExp(`^${dataFolder}/pg-binaries-.*/bin/postgres\0`))
    expect(await query(database.connection, 'select answer from facts')).toEqual([{ answer: 42 }])
  })
})

test.runIf(canBecomeOrdinary)('an ordinary user is told whose cluster it is, and leaves it alone', async () => {
  const dataFolder = await usedDataFolder()
  await chown(dataFolder, NOBODY.uid, NOBODY.gid)
  const { refusal } = await reportOf(startInChild({ dataFolder }, NOBODY))
  expect(refusal).toMatch(/belongs to another user \(number 0\): start as that user, or choose another folder with --data/)
})

test.each([
  ['its owner may enter', 0o700, 1000, 1000, undefined],
  ['its owner may not enter, though others may', 0o077, 1000, 1000, 'closed'],
  ['its group may enter', 0o710, 2000, 1000, undefined],
  ['its group may not enter, though others may', 0o701, 2000, 1000, 'closed'],
  ['others may pass through', 0o711, 2000, 2000, undefined],
  ['others may look but not enter', 0o744, 2000, 2000, 'closed'],
])('the way through a folder: %s', async (_, mode, uid, gid, closed) => {
  if (!isRoot) return
  const folder = await scratchFolder()
  const path = join(folder, 'house')
  await mkdir(join(path, 'room'), { recursive: true })
  await chown(path, 1000, 1000)
  await chmod(path, mode)
  expect(await closedFolder({ uid, gid }, join(path, 'room'))).toBe(closed && path)
})

async function userOf({ pid }: EmbeddedPostgres): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^Uid:\s*(\d+)/m.exec(status)?.[1])
}

async function ownersIn(dataFolder: string): Promise<Record<string, string>> {
  const owners: Record<string, string> = {}
  for (const name of ['.', ...(await readdir(dataFolder))]) {
    const { uid, mode } = await stat(join(dataFolder, name))
    owners[name] = `${uid} ${(mode & 0o777).toString(8)}`
  }
  return owners
}
