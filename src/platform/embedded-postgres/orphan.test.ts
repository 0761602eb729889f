import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  copyOfData,
  killChild,
  killServer,
  query,
  reportOf,
  start,
  startInChild,
  usedDataFolder,
} from '../../../test/world/scratch-postgres.ts'
import { isPostmasterOf } from './postmaster-file.ts'

const others: ChildProcess[] = []
afterAll(() => {
  for (const child of others) child.kill('SIGKILL')
})

test.concurrent('when a Tocsin was killed, the next one goes on with the server it left behind, and can stop it', async () => {
  const dataFolder = await usedDataFolder()
  const child = startInChild({ dataFolder })
  const left = await reportOf(child)
  await query(left.connection, 'update facts set answer = answer + 1')
  // The whole process group: the server must not be in it, or a Ctrl-C in the terminal would end it as well.
  await killChild(child)
  if (process.platform === 'linux') expect(await readFile(`/proc/${left.pid}/environ`, 'utf8')).not.toContain('a-secret')
  const database = await start({ dataFolder })
  expect(database).toMatchObject({ reused: true, pid: left.pid, connection: left.connection })
  expect(await query(database.connection, 'select answer from facts')).toEqual([{ answer: 43 }])
  await database.stop()
  expect(await isPostmasterOf(join(dataFolder, 'pg'), left.pid)).toBe(false)
})

describe.concurrent('when a Tocsin and its server were killed', () => {
  let crashed: string
  beforeAll(async () => {
    crashed = await usedDataFolder()
    const child = startInChild({ dataFolder: crashed })
    const { connection } = await reportOf(child)
    await query(connection, 'update facts set answer = answer + 1')
    await killChild(child)
    await killServer(crashed)
  })

  test('a new server has all that was committed', async () => {
    const dataFolder = await copyOfData(crashed)
    const database = await start({ dataFolder })
    expect(database.reused).toBe(false)
    expect(await query(database.connection, 'select answer from facts')).toEqual([{ answer: 43 }])
  })

  test('and the number in postmaster.pid has gone to another process, that one is left alone', async () => {
    const dataFolder = await copyOfData(crashed)
    const bystander = spawn('sleep', ['60'])
    others.push(bystander)
    await nameInPostmasterFile(dataFolder, bystander.pid!)
    const database = await start({ dataFolder })
    expect(await query(database.connection, 'select answer from facts')).toEqual([{ answer: 43 }])
    await database.stop()
    expect(bystander).toMatchObject({ exitCode: null, signalCode: null })
  })

  test('and nobody has buried the dead process yet, the new server starts all the same', async () => {
    const dataFolder = await copyOfData(crashed)
    // The shell's child ends at once, and the program that takes the shell's place never asks for it.
    const shell = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'])
    others.push(shell)
    const [zombie] = (await once(shell.stdout!, 'data')) as [Buffer]
    await nameInPostmasterFile(dataFolder, Number(zombie))
    expect((await start({ dataFolder })).reused).toBe(false)
  })
})

test.concurrent('the server of the original is not taken for the server of a copied data folder', async () => {
  const original = await usedDataFolder()
  const database = await start({ dataFolder: original })
  await query(database.connection, 'checkpoint')
  const copy = await copyOfData(original)
  const second = await start({ dataFolder: copy })
  expect(second.reused).toBe(false)
  expect(await query(second.connection, 'show data_directory')).toEqual([{ data_directory: join(copy, 'pg') }])
  expect(await query(database.connection, 'show data_directory')).toEqual([{ data_directory: join(original, 'pg') }])
})

async function nameInPostmasterFile(dataFolder: string, pid: number): Promise<void> {
  const path = join(dataFolder, 'pg/postmaster.pid')
  await writeFile(path, (await readFile(path, 'utf8')).replace(/^\d+/, String(pid)))
}
