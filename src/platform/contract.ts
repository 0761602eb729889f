import type { z } from 'zod'
import type { Language } from '../kernel/language.ts'
import type { Permission } from '../kernel/permission.ts'
import type { Refusal } from '../kernel/result.ts'
import type { Instant } from '../kernel/time.ts'

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
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below /api/v1, with `{name}` for parameters. */
  path: string
  permission: Permission
  /** One sentence for the reference. */
  summary: string
  params?: Params
  query?: Query
  body?: Body
  reply: Reply
  /** Status of a success; 200 unless said. */
  status?: number
  refusals: Refusals
  /** The reply holds a secret that is shown once: it is not kept for repeats under an Idempotency-Key. */
  replyIsSecret?: boolean
  /** Served by a raw route of the same address, because its answer carries headers: it is documented here. */
  raw?: boolean
}

export function route<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Reply extends z.ZodType = z.ZodType,
  const Refusals extends Record<string, number> = Record<never, never>,
  const Rest extends { raw?: boolean } = Record<never, never>,
>(declared: Route<Params, Query, Body, Reply, Refusals> & Rest): Route<Params, Query, Body, Reply, Refusals> & Rest {
  return declared
}

export type Contract = Record<string, Route<any, any, any, any, any>>

/** Who is calling, as the front of the house established it. */
export interface Caller {
  kind: 'person' | 'token' | 'anonymous'
  /** The person's name, for kind `person` and for tokens that belong to one. */
  person?: string
  /** What to write as the actor: a person's name, or the token's label. */
  label: string
  permits(permission: Permission): boolean
}

export interface Input<R extends Route<any, any, any, any, any>> {
  params: R extends Route<infer P, any, any, any, any> ? z.output<P> : never
  query: R extends Route<any, infer Q, any, any, any> ? z.output<Q> : never
  body: R extends Route<any, any, infer B, any, any> ? z.output<B> : never
  caller: Caller
  /** In which sentences for people are to be answered, from Accept-Language. */
  language: Language
  now: Instant
}

export type ReplyOf<R> = R extends Route<any, any, any, infer Reply, any> ? z.input<Reply> : never
export type RefusalOf<R> = R extends Route<any, any, any, any, infer Refusals> ? Extract<keyof Refusals, string> : never

/** A handler may answer with a refusal only if its route lists it: the compiler checks. */
export type Handler<R extends Route<any, any, any, any, any>> = (input: Input<R>) => Promise<ReplyOf<R> | Refusal<RefusalOf<R>>>
export type Handlers<C extends Contract> = { [Name in keyof C as C[Name] extends { raw: true } ? never : Name]: Handler<C[Name]> }
