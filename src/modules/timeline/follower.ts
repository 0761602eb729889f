import type { Instant } from '../../kernel/time.ts'
import type { Database, Sql, Transaction } from '../../platform/db.ts'
import type { Loop } from '../../platform/engine.ts'
import { beginToFollow, type Cursor, type Followed, holdCursor, moveCursor, readCursor, readFrom } from './store.ts'

/** Taken at once. */
export const FOLLOWED_MAX = 500

/**
 * Hands a follower's place to `step`, which reads on from there, and moves it behind what that answers; how many there were. Not
 * called where there is nothing to follow for.
 */
export type Place<Hold> = (step: (hold: Hold, from: Cursor) => Promise<Followed[]>) => Promise<number>

/** Follows the timeline: everything after its place, in one order, nothing skipped and nothing that may still be undone. */
export function follower<Hold extends { sql: Sql }>(parts: {
  name: string
  everyMs: number
  place: Place<Hold>
  take(hold: Hold, now: Instant, events: Followed[]): Promise<void>
}): Loop {
  const { name, everyMs, place, take } = parts
  return {
    name,
    everyMs,
    tick: (now) =>
      place(async (hold, from) => {
        const { events } = await readFrom(hold.sql, from, FOLLOWED_MAX)
        if (events.length > 0) await take(hold, now, events)
        return events
      }),
  }
}

/**
 * A place kept in the database under a name, that of the end where it is new. What is made of events and how far it came are one
 * transaction, of one node at a time: what goes wrong is taken again, what went well is not. What is to leave the house is queued
 * in it and sent by others, for a transaction that waits for somebody outside holds back everybody who follows.
 */
export function placeKeptAs(db: Database, name: string): Place<Transaction> {
  return async (step) => {
    const from = (await readCursor(db.sql, name)) ?? (await beginToFollow(db.sql, name))
    // As a rule nothing has happened, and nothing is written.
    if ((await readFrom(db.sql, from, 1)).events.length === 0) return 0
    return db.transaction(async (tx) => {
      const held = await holdCursor(tx.sql, name)
      if (!held) return 0
      const events = await step(tx, held)
      if (events.length > 0) await moveCursor(tx.sql, name, events.at(-1)!.cursor)
      return events.length
    })
  }
}
