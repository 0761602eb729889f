import type { Query, QueryClient } from '@tanstack/query-core'
import type { HeardEvent } from './heard-event.ts'
import { knownIncident } from './known-incident.ts'
import { type Known, type Touch, touchedBy } from './touched.ts'

/** What a query says of itself when its screen shows who is paged next. */
export const SHOWS_NEXT = { showsNext: true }

/** What follows needs of the world around it. */
export interface Surroundings {
  now(): number
  later(ms: number, run: () => void): void
  /** From 0 to 1. */
  chance(): number
}

const BROWSER: Surroundings = { now: () => Date.now(), later: (ms, run) => void setTimeout(run, ms), chance: () => Math.random() }

export interface Follower {
  /** Puts what an event tells where it is shown, and asks again for what it does not tell. */
  hear(event: HeardEvent): void
  /** Asks again for whatever events tell of: some may have been missed. */
  lookAgain(): void
}

/** What comes together is asked for together. */
const GATHER_MS = 120
/** So many watch the same incident: they do not all ask in the same moment. */
const SPREAD_MS = 500
/** One screen asks again so often at most, whatever happens. */
export const EVERY_MS = 2000
/** Counts look at thousands of rows. */
export const COUNTS_EVERY_MS = 5000

const TOLD_OF = ['incidents', 'incident', 'why', 'alerts', 'alert', 'counts', 'teams']

export function createFollower(client: QueryClient, surroundings: Surroundings = BROWSER): Follower {
  const screens = createRounds(client, EVERY_MS, surroundings)
  const counts = createRounds(client, COUNTS_EVERY_MS, surroundings)
  const known: Known = {
    get me() {
      return client.getQueryData<{ person: { name: string } | null }>(['me'])?.person?.name
    },
    incidentOf: (name) => knownIncident(client, name),
  }

  function take(query: Query, { data, again }: Touch): void {
    const { status, fetchStatus, isInvalidated, dataUpdatedAt } = query.state
    // Of a look that failed the page says so, until there is another.
    const isPatched = data !== undefined && status === 'success'
    if (isPatched) client.setQueryData(query.queryKey, data, { updatedAt: dataUpdatedAt })
    // What is under way may have been read before this happened.
    const isOvertaken = data !== undefined && (!isPatched || fetchStatus === 'fetching')
    if (again === 'soon' || isOvertaken || (again === 'where-next-shows' && showsNext(query)))
      (query.queryKey[0] === 'counts' ? counts : screens).add(query)
    // Whoever comes to look at it later asks then.
    else if (again !== undefined || isInvalidated) query.invalidate()
  }

  return {
    hear(event) {
      const touched = client
        .getQueryCache()
        .getAll()
        .filter(({ state }) => state.data !== undefined || state.fetchStatus === 'fetching')
        // All of it as it was before any of it is changed.
        .map((query) => ({ query, touch: touchedBy(event, { key: query.queryKey, data: query.state.data }, known) }))
      for (const { query, touch } of touched) take(query, touch)
    },
    lookAgain: () =>
      void client.invalidateQueries({
        predicate: ({ queryKey: [kind, which] }) =>
          TOLD_OF.includes(String(kind)) || which === 'phone' || (kind === 'people' && which === 'one'),
      }),
  }
}

/** Who looks at it sees more than the row. */
function showsNext(query: Query): boolean {
  return query.observers.some(({ options }) => options.meta?.['showsNext'] === true)
}

/** Asks again in rounds, each some time after the one before. */
function createRounds(client: QueryClient, everyMs: number, { now, later, chance }: Surroundings) {
  const waiting = new Set<string>()
  let wentAt = Number.NEGATIVE_INFINITY
  let isPlanned = false

  function plan(): void {
    if (isPlanned || waiting.size === 0) return
    isPlanned = true
    later(Math.max(GATHER_MS, wentAt + everyMs - now()) + chance() * SPREAD_MS, go)
  }

  function go(): void {
    isPlanned = false
    wentAt = now()
    const asked = new Set(waiting)
    waiting.clear()
    // What is being asked already would answer an older question: it has its turn in the next round.
    for (const query of client.getQueryCache().findAll({ fetchStatus: 'fetching' }))
      if (asked.delete(query.queryHash)) waiting.add(query.queryHash)
    void client.invalidateQueries({ predicate: ({ queryHash }) => asked.has(queryHash) })
    plan()
  }

  return {
    add({ queryHash }: Query): void {
      waiting.add(queryHash)
      plan()
    },
  }
}
