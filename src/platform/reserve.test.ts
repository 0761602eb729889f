import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Disk, RESERVE_BYTES, reserveWatch } from './reserve.ts'

/** A disk that others fill. */
function smallDisk(bytes: number) {
  const files = new Map<string, number>()
  const used = () => [...files.values()].reduce((sum, one) => sum + one, 0)
  const disk: Disk = {
    freeBytes: () => bytes - used(),
    exists: (path) => files.has(path),
    fill(path, size) {
      files.set(path, Math.min(size, bytes - used()))
      if (files.get(path) !== size) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    },
    remove: (path) => void files.delete(path),
  }
  return { disk, others: (size: number) => files.set('others', size) }
}

const look = (watch: ReturnType<typeof reserveWatch>) => watch.loops[0]!.tick()

test('when others have filled the disk, the reserve is given up and told of; with room again it is taken again', async () => {
  const { disk, others } = smallDisk(10 * RESERVE_BYTES)
  const watch = reserveWatch({ folder: '/data', disk })
  await look(watch)
  expect([disk.exists('/data/reserve'), watch.warnings()]).toEqual([true, []])
  others(9 * RESERVE_BYTES)
  expect(disk.freeBytes()).toBe(0)
  await look(watch)
  expect([disk.exists('/data/reserve'), disk.freeBytes()]).toEqual([false, RESERVE_BYTES])
  expect(watch.warnings()).toEqual([
    'the disk of /data is almost full: the reserve was given up to go on paging; make room, 269 MB at least',
  ])
  // Not taken back while it would be gone at once.
  others(8 * RESERVE_BYTES)
  await look(watch)
  expect(disk.exists('/data/reserve')).toBe(false)
  others(RESERVE_BYTES)
  await look(watch)
  expect([disk.exists('/data/reserve'), watch.warnings()]).toEqual([true, []])
})

test('a disk that fills up while the reserve is written keeps nothing of it', async () => {
  const { disk, others } = smallDisk(10 * RESERVE_BYTES)
  const watch = reserveWatch({ folder: '/data', disk: { ...disk, freeBytes: () => 5 * RESERVE_BYTES } })
  others(9.5 * RESERVE_BYTES)
  await look(watch)
  expect([disk.exists('/data/reserve'), watch.warnings()]).toEqual([false, [expect.stringContaining('almost full')]])
})

test('on a real disk it takes its space', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-reserve-'))
  try {
    await look(reserveWatch({ folder }))
    expect(statSync(join(folder, 'reserve')).blocks * 512).toBeGreaterThanOrEqual(RESERVE_BYTES)
    expect(existsSync(join(folder, 'reserve'))).toBe(true)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
