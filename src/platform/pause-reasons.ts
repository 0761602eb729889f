/** Why an installation is paused, worded. */
export const BECAUSE = {
  dump: 'its database was restored from a dump',
  older: 'its database is older than what this node last wrote to it: a backup was restored',
  'database-copied': 'its database is a copy of another in the same cluster',
  'folder-copied': 'its data folder is a copy, or was restored or moved to another disk',
  'cluster-moved': 'its database lies in another folder than it did: it was copied or moved',
  moved: 'its database was restored or moved',
  asked: 'it was started so',
} as const

export type PauseReason = keyof typeof BECAUSE

export const PAUSE_REASONS = Object.keys(BECAUSE) as [PauseReason, ...PauseReason[]]
