import type { z } from 'zod'
import type { Issue } from '../kernel/result.ts'
import type { Contract, Route } from './contract.ts'

/** A refused or failed call, with the refusal's stable name and its sentence. */
export class ApiError extends Error {
  readonly status: number
  readonly refusal: string
  readonly issues: Issue[]
  constructor(status: number, refusal: string, message: string, issues: Issue[] = []) {
    super(message)
    this.status = status
    this.refusal = refusal
    this.issues = issues
  }
}

type In<S> = S extends z.ZodType ? z.input<S> : undefined
type Part<Name extends string, S> = S extends z.ZodUndefined ? unknown : { [K in Name]: In<S> }
type Argument<R> =
  R extends Route<infer P, infer Q, infer B, any, any>
    ? Part<'params', P> & (Q extends z.ZodUndefined ? unknown : { query?: In<Q> }) & Part<'body', B>
    : never
type Replied<R> = R extends Route<any, any, any, infer Reply, any> ? z.output<Reply> : never

export type Client<C extends Contract> = {
  [Name in keyof C]: (
    ...input: Record<never, never> extends Argument<C[Name]> ? [input?: Argument<C[Name]> & Options] : [input: Argument<C[Name]> & Options]
  ) => Promise<Replied<C[Name]>>
}

interface Options {
  idempotencyKey?: string
  signal?: AbortSignal
}

export interface ClientOptions {
  /** Where the server is, without a trailing slash; empty in the browser. */
  baseUrl: string
  token?: string
  /** In which sentences for people are wanted. */
  language?: string
  /** By whose clock moments in them are to be said. */
  zone?: () => string
  fetch?: typeof fetch
}

/** The contract turned inside out: one typed function per route, for web, CLI and tests. */
export function createClient<C extends Contract>(contract: C, options: ClientOptions): Client<C> {
  const calls: Record<string, unknown> = {}
  for (const [name, route] of Object.entries(contract)) calls[name] = (input: AnyInput = {}) => call(route, input, options)
  return calls as Client<C>
}

interface AnyInput extends Options {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
}

async function call(
  route: Route,
  input: AnyInput,
  { baseUrl, token, language, zone, fetch: send = fetch }: ClientOptions,
): Promise<unknown> {
  const path = route.path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(input.params?.[key])))
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(input.query ?? {}))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) query.append(key, String(one))
  const search = query.size > 0 ? `?${query}` : ''
  const response = await send(`${baseUrl}/api/v1${path}${search}`, {
    method: route.method,
    headers: {
      accept: 'application/json',
      ...(route.body && { 'content-type': 'application/json' }),
      ...(language && { 'accept-language': language }),
      ...(zone && { 'time-zone': zone() }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(input.idempotencyKey && { 'idempotency-key': input.idempotencyKey }),
    },
    ...(route.body && { body: JSON.stringify(input.body ?? {}) }),
    ...(input.signal && { signal: input.signal }),
  })
  const text = await response.text()
  const reply = parse(text)
  if (response.ok) return reply
  const refused = reply as { refusal?: string; message?: string; issues?: Issue[] } | undefined
  throw new ApiError(
    response.status,
    refused?.refusal ?? 'failed',
    refused?.message ?? `The server answered ${response.status}.`,
    refused?.issues,
  )
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
