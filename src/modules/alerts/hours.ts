import { HOUR, type Instant } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import type { Documents } from '../documents/index.ts'
import { addHours } from './hours-store.ts'
import type { Accepted } from './inbox.ts'
import { Integration } from './integration.ts'

/** What came in by one integration within one hour of the clock. */
export interface IntegrationHour {
  integration: string
  hour: Instant
  events: number
  refused: number
  unparsed: number
  lastAt: Instant
  /** Where the last of them stand in the inbox, newest first. */
  recent: [position: number, index: number][]
}

/** As many of an hour's events can be looked at. */
export const RECENT_MAX = 20

export interface HourCounts {
  /** Notes one written group of bodies. Touches nothing but memory: it runs for each group commit. */
  note(position: number, bodies: Pick<Accepted, 'integration' | 'receivedAt' | 'reading' | 'refused'>[]): void
  /** Writes what was noted; answers how many hours that touched. */
  flush(): Promise<number>
}

/**
 * Counts events by integration and hour. They gather in memory and are written every few seconds in one statement, so
 * that counting costs nothing per alert; a crash loses the last few seconds of the figures, and no event.
 */
export function createHourCounts({ db, documents }: { db: Database; documents: Documents }): HourCounts {
  let gathered = new Map<string, IntegrationHour>()
  let writing: Promise<void> = Promise.resolve()

  return {
    note(position, bodies) {
      for (const [index, body] of bodies.entries()) noteOne(gathered, position, index, body)
    },
    // One after the other: whoever asks while figures are on their way wants to see those too.
    flush() {
      const mine = writing.then(write)
      writing = mine.then(
        () => {},
        () => {},
      )
      return mine
    },
  }

  async function write(): Promise<number> {
    if (gathered.size === 0) return 0
    const noted = gathered
    gathered = new Map()
    try {
      // One that was removed meanwhile leaves no figures behind.
      const snapshot = await documents.fresh(db.sql)
      const hours = [...noted.values()].filter(({ integration }) => snapshot.get(Integration, integration))
      if (hours.length > 0) await addHours(db.sql, hours)
      return hours.length
    } catch (error) {
      for (const [key, hour] of noted) gathered.set(key, together(hour, gathered.get(key)))
      throw error
    }
  }
}

function noteOne(
  gathered: Map<string, IntegrationHour>,
  position: number,
  index: number,
  { integration, receivedAt, reading, refused }: Pick<Accepted, 'integration' | 'receivedAt' | 'reading' | 'refused'>,
): void {
  const hour = Math.floor(receivedAt / HOUR) * HOUR
  const key = `${hour} ${integration}`
  let one = gathered.get(key)
  if (!one) {
    one = { integration, hour, events: 0, refused: 0, unparsed: 0, lastAt: receivedAt, recent: [] }
    gathered.set(key, one)
  }
  one.events += 1
  if (refused) one.refused += 1
  else if (reading.problems.length > 0) one.unparsed += 1
  one.lastAt = Math.max(one.lastAt, receivedAt)
  // Trimmed now and then, not each time: thousands come in a second.
  if (one.recent.push([position, index]) >= 50 * RECENT_MAX) one.recent = one.recent.slice(-RECENT_MAX)
}

function together(one: IntegrationHour, later: IntegrationHour | undefined): IntegrationHour {
  if (!later) return one
  return {
    ...one,
    events: one.events + later.events,
    refused: one.refused + later.refused,
    unparsed: one.unparsed + later.unparsed,
    lastAt: Math.max(one.lastAt, later.lastAt),
    recent: [...one.recent, ...later.recent],
  }
}

export function hoursLoop(counts: HourCounts): Loop {
  return {
    name: 'integration-hours',
    everyMs: 5000,
    async tick() {
      await counts.flush()
      // What was noted meanwhile has time until the next look.
      return 0
    },
  }
}
