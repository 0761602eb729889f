import { z } from 'zod'
import type { Reader } from '../kernel/moment.ts'
import type { Permission, Thing } from '../kernel/permission.ts'
import type { Refusal } from '../kernel/result.ts'
import { storable } from '../kernel/text.ts'
import type { Instant } from '../kernel/time.ts'
import type { Transaction, TransactionOptions } from './db.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Text that comes in from outside, at every border the same: what no database takes (NUL, half of a pair) is mended. */
export const text = z.string().overwrite(storable)
/** The same, with a sentence for where there is none. */
export const textOr = (error: string) => z.string({ error }).overwrite(storable)

const MOMENT = 'is a moment from 1900 to 2999, such as 2026-01-05T08:00:00Z'

/** A moment that comes in from outside: with an offset, and near enough that one can reckon with it. */
export const instant = z.iso.datetime({ offset: true, error: MOMENT, abort: true }).refine(isNear, { error: MOMENT })

export function isNear(written: string): boolean {
  return /^(?:19|2\d)\d\d-/.test(written)
}

/**
 * One route of the HTTP API, declared once: it validates the request, types the handler and the client, and prints
 * the OpenAPI document. `refusals` lists every expected "no" with its status.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
  Refusals extends Record<string, number> = Record<string, number>,
> {
  method: Method
  /** Below /api/v1, with `{name}` for parameters. */
  path: string
  permission: Permission
  /** Who leads a team may do it for what is that team's: the handler looks whose it is. */
  ofTeam?: true
  /** One sentence for the reference. */
  summary: string
  params?: Params
  query?: Query
  body?: Body
  reply: Reply
  /** Status of a success; 200 unless said. */
  status?: number
  refusals: Refusals
  /** The reply holds a secret that is shown once: for repeats under an Idempotency-Key it is kept sealed. */
  replyIsSecret?: boolean
  /** It only looks, although what it looks at comes in a body. */
  looks?: boolean
  /** Served by a raw route of the same address, because its answer carries headers: it is documented here. */
  raw?: boolean
  /** Its work is done by other routes. */
  asks?: boolean
}

export function route<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Reply extends z.ZodType = z.ZodType,
  const Refusals extends Record<string, number> = Record<never, never>,
  const Rest extends { method: Method; raw?: boolean; looks?: boolean; asks?: boolean } = { method: Method },
>(declared: Route<Params, Query, Body, Reply, Refusals> & Rest): Route<Params, Query, Body, Reply, Refusals> & Rest {
  return declared
}

export type Contract = Record<string, Route<any, any, any, any, any>>

/** Who is calling, as the front of the house established it. */
export interface Caller {
  kind: 'person' | 'token' | 'anonymous'
  /** Tells this caller from every other: an Idempotency-Key is theirs alone. */
  id: string
  /** What they were recognised by, for asking again about those who stay connected; none when it ends with the process. */
  credential?: { token: string } | { session: string }
  /** The person's name, for kind `person` and for tokens that belong to one. */
  person?: string
  /** Teams this person is in. */
  teams?: readonly string[]
  /** What to write as the actor: a person's name, or the token's label. */
  label: string
  /** Of everything, or of the thing that is asked about. */
  permits(permission: Permission, thing?: Thing): boolean
}

export interface Input<R extends Route<any, any, any, any, any>> {
  params: R extends Route<infer P, any, any, any, any> ? z.output<P> : never
  query: R extends Route<any, infer Q, any, any, any> ? z.output<Q> : never
  body: R extends Route<any, any, infer B, any, any> ? z.output<B> : never
  caller: Caller
  /** For whom sentences are to be answered, from Accept-Language and Time-Zone. */
  reader: Reader
  now: Instant
}

/** Asks another route in the name of the same caller, by its address below /api/v1; answered as it would answer them. */
export type Ask = (request: { method: Method; path: string; body?: unknown }) => Promise<{ status: number; body: unknown }>

export type ReplyOf<R> = R extends Route<any, any, any, infer Reply, any> ? z.input<Reply> : never
export type RefusalOf<R> = R extends Route<any, any, any, any, infer Refusals> ? Extract<keyof Refusals, string> : never

declare const kept: unique symbol
/** What a write answers. `write` alone makes one, so that no write route can do its work beside the transaction that keeps its reply. */
export interface Written<Answer> {
  readonly [kept]: Answer
}

/**
 * Does the work of a write in one transaction, in which the reply is kept as well when the caller sent an Idempotency-Key: a
 * crash leaves both or neither. `work` touches nothing but the transaction. `look` completes an answer, the first and each
 * repeat, with what only comes after the commit.
 */
export type Write = <Answer>(
  work: (tx: Transaction) => Promise<Answer>,
  options?: TransactionOptions & { look?: (reply: Exclude<Answer, Refusal>) => Promise<Exclude<Answer, Refusal>> },
) => Promise<Written<Answer>>

type Answer<R extends Route<any, any, any, any, any>> = ReplyOf<R> | Refusal<RefusalOf<R>>

/** A handler may answer with a refusal only if its route lists it, and one that writes only by `write`: the compiler checks. */
export type Handler<R extends Route<any, any, any, any, any>> = R extends { asks: true }
  ? (input: Input<R>, ask: Ask) => Promise<Answer<R>>
  : R extends { method: 'GET' } | { looks: true }
    ? (input: Input<R>) => Promise<Answer<R>>
    : (input: Input<R>, write: Write) => Promise<Written<Answer<R>>>
export type Handlers<C extends Contract> = { [Name in keyof C as C[Name] extends { raw: true } ? never : Name]: Handler<C[Name]> }
