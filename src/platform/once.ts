import { createHash } from 'node:crypto'
import { type Refusal, refuse } from '../kernel/result.ts'
import { type Clock, DAY, iso } from '../kernel/time.ts'
import type { Database, Sql } from './db.ts'

/**
 * Runs a write once per Idempotency-Key and caller, for 24 hours: a repeat gets the first answer. The same key with
 * another request is refused, and so is one whose first run is still under way.
 */
export function createOnce(db: Database, clock: Clock) {
  return async (
    { caller, key, fingerprint }: { caller: string; key: string; fingerprint: string },
    run: () => Promise<{ status: number; body: string }>,
  ): Promise<{ status: number; body: string } | Refusal> => {
    const print = createHash('sha256').update(fingerprint).digest('hex')
    const now = iso(clock.now())
    const [mine] = await db.sql`
      insert into platform_replies (caller, key, fingerprint, created_at) values (${caller}, ${key}, ${print}, ${now}::timestamptz)
      on conflict (caller, key) do nothing returning key`
    if (!mine) {
      const [known] = await db.sql<{ fingerprint: string; status: number | null; body: string | null }>`
        select fingerprint, status, body from platform_replies where caller = ${caller} and key = ${key}`
      if (known && known.fingerprint !== print)
        return refuse('key-reused', 'This Idempotency-Key was used for another request; make a new key for each request.')
      if (known?.status != null) return { status: known.status, body: known.body ?? '' }
      return refuse('in-progress', 'A request with this Idempotency-Key is still under way; try again in a moment.')
    }
    try {
      const reply = await run()
      // Server faults are not answers: the caller may try the same key again.
      if (reply.status >= 500) await forget(db.sql, caller, key)
      else
        await db.sql`update platform_replies set status = ${reply.status}, body = ${reply.body} where caller = ${caller} and key = ${key}`
      return reply
    } catch (error) {
      await forget(db.sql, caller, key).catch(() => {})
      throw error
    }
  }
}

async function forget(sql: Sql, caller: string, key: string): Promise<void> {
  await sql`delete from platform_replies where caller = ${caller} and key = ${key}`
}

/** Drops what is older than 24 hours. */
export async function forgetOldReplies(sql: Sql, now: number): Promise<void> {
  await sql`delete from platform_replies where created_at < ${iso(now - DAY)}::timestamptz`
}
