import { DAY, HOUR, type Instant } from '../../kernel/time.ts'
import type { Database } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import { Integration } from '../catalog/index.ts'
import type { Documents } from '../documents/index.ts'
import type { Accepted } from './accepted.ts'
import { addHours, type IntegrationHour, type KeptSince, RECENT_MAX, readKeptSince } from './hours-store.ts'
import { createDayKept, createDaySum, type DayKept, type DayQuota, type DaySum } from './quota.ts'

/** Of one day. */
export interface DayQuotas {
  bodies: DayQuota
  alerts: DayQuota
}

type Noted = Pick<Accepted, 'integration' | 'receivedAt' | 'reading' | 'refused' | 'body' | 'stays'>

export interface HourCounts {
  /** Notes one written group of bodies, and on each how much of it stays. Touches nothing but memory: it runs for each group commit. */
  note(position: number, bodies: Noted[]): void
  /** Writes what was noted; answers how many hours that touched. */
  flush(): Promise<number>
  /** The same of new alerts that were taken in. */
  noteAlerts(integration: string, receivedAt: Instant, bytes: number): void
  /** What is kept of the bodies of the day that runs. */
  day: DayKept
  /** The same of new alerts and what follows them. */
  alertsOfDay: DaySum
  /** Looks at what other nodes have kept of it, too. */
  readDay(now: Instant): Promise<void>
}

/**
 * Counts events by integration and hour. They gather in memory and are written every few seconds in one statement, so
 * that counting costs nothing per alert; a crash loses the last few seconds of the figures, and no event.
 */
export function createHourCounts({ db, documents, quotas }: { db: Database; documents: Documents; quotas: DayQuotas }): HourCounts {
  const day = createDayKept(quotas.bodies)
  const alertsOfDay = createDaySum(quotas.alerts)
  let gathered = new Map<string, IntegrationHour>()
  let writing: Promise<void> = Promise.resolve()

  return {
    note(position, bodies) {
      for (const [index, body] of bodies.entries()) {
        // What is odd in it is kept beside it once more.
        const copies = body.reading.problems.length > 0 ? 2 : 1
        const stays = day.note(body.integration, body.receivedAt, body.body.length, copies)
        if (stays < body.body.length) body.stays = stays
        noteOne(gathered, position, index, body, stays * copies)
      }
    },
    noteAlerts(integration, receivedAt, bytes) {
      alertsOfDay.add(integration, receivedAt, bytes)
      hourOf(gathered, integration, receivedAt).alertBytes += bytes
    },
    day,
    alertsOfDay,
    readDay: (now) =>
      inTurn(async () => {
        const rows = await readKeptSince(db.sql, Math.floor(now / DAY) * DAY)
        for (const one of gathered.values()) if (Math.floor(one.hour / DAY) === Math.floor(now / DAY)) rows.push(one)
        day.set(now, sumOf(rows, 'bytes'))
        alertsOfDay.set(now, sumOf(rows, 'alertBytes'))
      }),
    flush: () => inTurn(write),
  }

  /** One after the other: whoever asks while figures are on their way wants to see those too. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = writing.then(work)
    writing = mine.then(
      () => {},
      () => {},
    )
    return mine
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
  { integration, receivedAt, reading, refused }: Noted,
  bytes: number,
): void {
  const one = hourOf(gathered, integration, receivedAt)
  one.events += 1
  one.bytes += bytes
  if (refused) one.refused += 1
  else if (reading.problems.length > 0) one.unparsed += 1
  one.lastAt = Math.max(one.lastAt, receivedAt)
  // Trimmed now and then, not each time: thousands come in a second.
  if (one.recent.push([position, index]) >= 50 * RECENT_MAX) one.recent = one.recent.slice(-RECENT_MAX)
}

function hourOf(gathered: Map<string, IntegrationHour>, integration: string, receivedAt: Instant): IntegrationHour {
  const hour = Math.floor(receivedAt / HOUR) * HOUR
  const key = `${hour} ${integration}`
  let one = gathered.get(key)
  if (!one) {
    one = { integration, hour, events: 0, refused: 0, unparsed: 0, bytes: 0, alertBytes: 0, lastAt: receivedAt, recent: [] }
    gathered.set(key, one)
  }
  return one
}

function sumOf(rows: KeptSince[], what: 'bytes' | 'alertBytes'): Map<string, number> {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(row.integration, (sums.get(row.integration) ?? 0) + row[what])
  return sums
}

function together(one: IntegrationHour, later: IntegrationHour | undefined): IntegrationHour {
  if (!later) return one
  return {
    ...one,
    events: one.events + later.events,
    refused: one.refused + later.refused,
    unparsed: one.unparsed + later.unparsed,
    bytes: one.bytes + later.bytes,
    alertBytes: one.alertBytes + later.alertBytes,
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
