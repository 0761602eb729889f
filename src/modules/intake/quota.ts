import { DAY, type Instant } from '../../kernel/time.ts'

/** How many bytes are kept of one day, UTC: by each integration, and by all together. */
export interface DayQuota {
  each: number
  all: number
}

/** How bodies that come now are kept once they are worked off. They are read and acted on all the same. */
export type Keeping = 'whole' | 'first-part' | 'counted'

/** Of a body beyond the quota this much: enough to see who sent what. */
const FIRST_PART_BYTES = 4096
/** First parts add up as well: beyond so much of the quota bodies are counted and no more. */
const FIRST_PARTS_UP_TO = 1.25

/** What is kept of the day that runs. */
export interface DaySum {
  add(integration: string, at: Instant, bytes: number): void
  /** Of the quota, its own or that of all, whichever is nearer its end: 1 is all of it. */
  share(integration: string, now: Instant): number
  /** Who is over it. */
  over(now: Instant): { integrations: string[]; all: boolean }
  /** What all nodes have written down of a day, and what this one has not yet. */
  set(at: Instant, kept: Map<string, number>): void
}

export interface DayKept extends DaySum {
  /** Takes note of a body; answers how much of it stays. */
  note(integration: string, at: Instant, bytes: number, copies: number): number
  keeping(integration: string, now: Instant): Keeping
}

/** Counts what is kept of the bodies of the day that runs. */
export function createDayKept(quota: DayQuota): DayKept {
  const sum = createDaySum(quota)
  function keeping(integration: string, now: Instant): Keeping {
    const share = sum.share(integration, now)
    return share < 1 ? 'whole' : share < FIRST_PARTS_UP_TO ? 'first-part' : 'counted'
  }
  return {
    ...sum,
    keeping,
    note(integration, at, bytes, copies) {
      const how = keeping(integration, at)
      const stays = how === 'whole' ? bytes : how === 'first-part' ? Math.min(bytes, FIRST_PART_BYTES) : 0
      sum.add(integration, at, stays * copies)
      return stays
    },
  }
}

export function createDaySum(quota: DayQuota): DaySum {
  let day = 0
  let kept = new Map<string, number>()
  let all = 0

  function turnTo(at: Instant): void {
    const its = Math.floor(at / DAY)
    if (its > day) {
      day = its
      kept = new Map()
      all = 0
    }
  }

  return {
    add(integration, at, bytes) {
      turnTo(at)
      kept.set(integration, (kept.get(integration) ?? 0) + bytes)
      all += bytes
    },
    share(integration, now) {
      turnTo(now)
      return Math.max((kept.get(integration) ?? 0) / quota.each, all / quota.all)
    },
    over(now) {
      turnTo(now)
      return { integrations: [...kept].filter(([, bytes]) => bytes >= quota.each).map(([name]) => name), all: all >= quota.all }
    },
    set(at, now) {
      turnTo(at)
      if (Math.floor(at / DAY) < day) return
      kept = now
      all = [...now.values()].reduce((sum, bytes) => sum + bytes, 0)
    },
  }
}
