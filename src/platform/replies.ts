import { createHash } from 'node:crypto'
import { type Refusal, refuse } from '../kernel/result.ts'
import { type Clock, DAY, type Instant, iso } from '../kernel/time.ts'
import { crashPoint } from './crash.ts'
import type { Database, Sql, Transaction, TransactionOptions } from './db.ts'
import type { SecretKey } from './secret-key.ts'

export interface Reply {
  status: number
  body: string
}

/** A write that its caller may send again: by whom, under which name, and what it asks for. */
export interface Repeatable {
  caller: string
  key: string
  fingerprint: string
  /** The reply holds a secret: it is kept sealed. */
  isSecret: boolean
}

/** Does a write in one transaction. */
export type KeepReply = (
  request: Repeatable | null,
  work: (tx: Transaction) => Promise<Reply>,
  options?: TransactionOptions,
) => Promise<Reply | Refusal<'key-reused' | 'in-progress'>>

export const REPLIES_KEPT_MS = DAY

/**
 * Runs a write once per Idempotency-Key and caller, for 24 hours: a repeat gets the first answer. The reply is kept in the
 * transaction of the work, so whatever ends between them leaves both or neither; and who runs it is told by a lock that ends
 * with the transaction, so nothing is under way for longer than its owner's connection.
 */
export function createKeepReply({ db, clock, secretKey }: { db: Database; clock: Clock; secretKey: SecretKey }): KeepReply {
  return async (request, work, options) => {
    if (request === null) return db.transaction(work, options)
    const { caller, key, isSecret } = request
    const place = `reply ${caller} ${key}`
    const print = createHash('sha256').update(request.fingerprint).digest('hex')
    let tries = 0
    const reply = await db.transaction(
      async (tx) => {
        // Run again after a fault, it waits for the end of the connection that was lost: only then is it known what it did.
        const waits = tries++ > 0
        const [mine, known] = await Promise.all([
          waits ? lock(tx.sql, place) : tryLock(tx.sql, place),
          find(tx.sql, caller, key, clock.now()),
        ])
        if (known && known.fingerprint !== print)
          return refuse('key-reused', 'This Idempotency-Key was used for another request; make a new key for each request.')
        if (known) return { status: known.status, body: (isSecret ? secretKey.unseal(known.body, place) : known.body) ?? '{}' }
        if (!mine) return refuse('in-progress', 'A request with this Idempotency-Key is still under way; try again in a moment.')
        const reply = await work(tx)
        const kept = { ...reply, body: isSecret ? secretKey.seal(reply.body, place) : reply.body }
        // A fault of ours is no answer: the same request may be tried again.
        if (reply.status < 500) await keep(tx.sql, clock.now(), { caller, key, print }, kept)
        crashPoint('write.before_commit')
        return reply
      },
      { ...options, repeatable: true },
    )
    crashPoint('write.after_commit')
    return reply
  }
}

/** Asked for together with what is known, and answered before it: what the holder kept is then seen. */
async function tryLock(sql: Sql, place: string): Promise<boolean> {
  const [row] = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${place}, 0)) as mine`
  return row!.mine
}

async function lock(sql: Sql, place: string): Promise<true> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${place}, 0))`
  return true
}

/** A row without a status was left by an older version that was interrupted: nothing is known of what it did. */
async function find(sql: Sql, caller: string, key: string, now: Instant) {
  const [row] = await sql<{ fingerprint: string; status: number; body: string }>`
    select fingerprint, status, body from platform_replies
    where caller = ${caller} and key = ${key} and status is not null and created_at > ${iso(now - REPLIES_KEPT_MS)}::timestamptz`
  return row
}

async function keep(sql: Sql, now: Instant, { caller, key, print }: { caller: string; key: string; print: string }, reply: Reply) {
  await sql`
    insert into platform_replies (caller, key, fingerprint, status, body, created_at)
    values (${caller}, ${key}, ${print}, ${reply.status}, ${reply.body}, ${iso(now)}::timestamptz)
    on conflict (caller, key) do update set fingerprint = excluded.fingerprint, status = excluded.status, body = excluded.body,
      created_at = excluded.created_at`
}

export async function forgetReplies(sql: Sql, before: Instant, rows: number): Promise<number> {
  const gone = await sql`
    delete from platform_replies where ctid = any(array(
      select ctid from platform_replies where created_at < ${iso(before)}::timestamptz order by created_at limit ${rows})) returning 1`
  return gone.length
}
