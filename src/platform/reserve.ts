import { closeSync, existsSync, fsyncSync, openSync, statfsSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { SECOND } from '../kernel/time.ts'
import { type Room, room } from './room.ts'

/** Enough for a night of pages: rows and log of some hundred thousand. */
export const RESERVE_BYTES = 64 * 1024 * 1024
/** Below this the database is about to stop writing. */
const TIGHT_BYTES = RESERVE_BYTES / 2

/** The disk, as far as a reserve needs it; a test has one that is full. */
export interface Disk {
  freeBytes(): number
  exists(path: string): boolean
  /** Takes the space for good: written, and on disk. Throws when there is none. */
  fill(path: string, bytes: number): void
  remove(path: string): void
}

/**
 * Space kept beside the embedded database and given up when the disk is full: what is left goes to paging, and whoever has to
 * make room is told before nothing goes at all. Taken again once there is room.
 */
export function reserveWatch({ folder, disk = diskOf(folder) }: { folder: string; disk?: Disk }) {
  const path = join(folder, 'reserve')
  let trouble: string | null = null

  function look(): void {
    const free = disk.freeBytes()
    const isThere = disk.exists(path)
    if (isThere && free < TIGHT_BYTES) disk.remove(path)
    else if (!isThere && free > 4 * RESERVE_BYTES)
      try {
        disk.fill(path, RESERVE_BYTES)
      } catch {
        disk.remove(path)
      }
    trouble = disk.exists(path)
      ? null
      : `the disk of ${folder} is almost full: the reserve was given up to go on paging; make room, ${Math.ceil((4 * RESERVE_BYTES) / 1e6)} MB at least`
  }

  return room({
    loops: [
      {
        name: 'reserve',
        everyMs: 5 * SECOND,
        async tick() {
          look()
          return 0
        },
      },
    ],
    warnings: () => (trouble === null ? [] : [trouble]),
  } satisfies Room)
}

function diskOf(folder: string): Disk {
  return {
    freeBytes() {
      const { bavail, bsize } = statfsSync(folder)
      return bavail * bsize
    },
    exists: existsSync,
    fill(path, bytes) {
      const file = openSync(path, 'w', 0o600)
      try {
        // Not zeros: a file system that packs them would give nothing back.
        const piece = Buffer.alloc(1024 * 1024, Array.from({ length: 4093 }, (_, i) => String.fromCharCode(i % 256)).join(''), 'latin1')
        for (let written = 0; written < bytes; written += piece.length) writeSync(file, piece)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
    },
    remove(path) {
      if (existsSync(path)) unlinkSync(path)
    },
  }
}
