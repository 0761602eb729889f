import { type Instant, MINUTE } from '../kernel/time.ts'
import type { PauseReason } from './pause-reasons.ts'

/** Where data lies, by signs that a copy of it does not carry along. */
export interface Whereabouts {
  /** Of the cluster: made by initdb, kept by every copy of its files. */
  systemIdentifier: string
  /** Rises when a standby is promoted, or a backup was recovered to a moment. */
  timeline: number
  /** The database within its cluster; pg_upgrade keeps it. */
  database: number
  /** The cluster's folder as its server names it, where we may read that. */
  clusterFolder: string | null
  /** Of the embedded database: which files these are, not what they are called. */
  files: FileMark[] | null
}

/** A file as its file system knows it: two files that exist at once never share a number, nor one that is gone its birth. */
export interface FileMark {
  inode: string
  /** Null where the file system does not tell. */
  born: string | null
}

export interface Known {
  installation: string
  /** Null until noted: after a first start, and after an operator said that all is well. */
  seen: Whereabouts | null
  writtenAt: Instant
}

export interface Found {
  whereabouts: Whereabouts
  /** The row is the very one that we wrote, not one that a restored dump wrote with the same content. */
  isOurRow: boolean
  /** What this node wrote down beside the database when it was last at work. */
  memory: { installation: string; writtenAt: Instant } | null
}

/** A promoted standby may lack seconds; what lacks more than this is an older state. */
const LACKING_MS = 10 * MINUTE

/** Why this is not the data that was last at work, or not where it was; null when it is. Decision 0014 has the table. */
export function strangeness({ installation, seen, writtenAt }: Known, { whereabouts: here, isOurRow, memory }: Found): PauseReason | null {
  if (!isOurRow) return 'dump'
  if (memory?.installation === installation && memory.writtenAt - writtenAt > LACKING_MS) return 'older'
  if (seen === null) return null
  if (seen.database !== here.database) return 'database-copied'
  if (seen.files !== null && here.files !== null) return areSame(seen.files, here.files) ? null : 'folder-copied'
  // A cluster with another identity was upgraded, or the row would not be ours; on another timeline a standby took over.
  const isSameServer = seen.systemIdentifier === here.systemIdentifier && seen.timeline === here.timeline
  const moved = seen.clusterFolder !== null && here.clusterFolder !== null && seen.clusterFolder !== here.clusterFolder
  return isSameServer && moved ? 'cluster-moved' : null
}

function areSame(before: FileMark[], now: FileMark[]): boolean {
  const isSame = (a: FileMark, b: FileMark | undefined) => a.inode === b?.inode && (a.born === null || b.born === null || a.born === b.born)
  return before.length === now.length && before.every((mark, i) => isSame(mark, now[i]))
}
