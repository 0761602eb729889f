import type { ReactNode } from 'react'
import type { Instant } from '../../../kernel/time.ts'
import type { Show } from '../../../modules/timeline/show.ts'
import type { PersonLook } from '../../parts/avatar.tsx'
import type { IconName } from '../../parts/icon-names.ts'
import type { NodeKind } from '../../parts/rope.tsx'

export interface TimelineEntry {
  id: string
  /** Its number on the timeline; what is on its way has none yet. */
  seq?: number
  at: Instant
  kind: NodeKind
  icon?: IconName | undefined
  /** Under what it is seen, beside the key moments. */
  show?: Exclude<Show, 'key'> | undefined
  /** Stands before the sentence: `Raj` acknowledged by phone. */
  who?: PersonLook | undefined
  what: ReactNode
  detail?: ReactNode
  /** Somebody's own words. */
  quote?: string | undefined
  /** Written by the viewer. */
  mine?: boolean | undefined
  /** When it was written down, where that was so much later that both moments count. */
  typedAt?: Instant | undefined
  /** The words it had before, oldest first. */
  before?: string[] | undefined
  deleted?: By | undefined
  redacted?: By | undefined
  mayEdit?: boolean | undefined
  mayDelete?: boolean | undefined
}

interface By {
  who: string
  reason?: string | undefined
}

export interface TimelineGap {
  from: Instant
  until: Instant
}

export interface Mending {
  onEdit: (seq: number, text: string) => void
  onDelete: (seq: number, reason: string) => void
}

/** What somebody is about to do with an entry. */
export interface Asked {
  does: 'edit' | 'delete'
  entry: TimelineEntry
}
