import type { Instant } from '../../kernel/time.ts'
import type { DoorWord } from './kept.ts'
import type { Reading } from './source.ts'

/** One accepted body: who sent it, in which dialect, and how it read. */
export interface Accepted extends DoorWord {
  integration: string
  source: string
  receipt: string
  body: Buffer
  receivedAt: Instant
  reading: Reading
  refused: boolean
  /** So much of it stays once it is worked off: all unless said. */
  stays?: number
}
