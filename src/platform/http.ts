import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { ZodError, ZodType } from 'zod'
import { acceptedLanguage } from '../kernel/language.ts'
import type { Permission } from '../kernel/permission.ts'
import { type Issue, isRefusal, type Refusal, refuse } from '../kernel/result.ts'
import type { Clock } from '../kernel/time.ts'
import type { Caller, Contract, Handlers, Route } from './contract.ts'
import type { Log } from './log.ts'

export interface RawRequest {
  method: string
  path: string
  params: Record<string, string>
  query: URLSearchParams
  headers: Record<string, string | string[] | undefined>
  /** As sent; inflate it with `inflated`. */
  body: Buffer
  caller: Caller
  /** Called when the other side goes away: ends streams. */
  onClose(hook: () => void): void
}

export interface RawReply {
  status: number
  headers?: Record<string, string>
  body: string | Buffer | NodeJS.ReadableStream
}

/** A route outside the JSON API: vendors' doors, links, pages, streams. It declares its permission like any other. */
export interface RawRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS'
  path: string
  permission: Permission
  /** Largest body in bytes as sent; 1 MB unless said. */
  bodyBytesMax?: number
  /** Answers a body that is larger. */
  tooLarge?: (request: { path: string; params: Record<string, string> }) => RawReply
  handle(request: RawRequest): Promise<RawReply>
}

export interface HttpServer {
  serve<C extends Contract>(contract: C, handlers: Handlers<C>): void
  raw(route: RawRoute): void
  /** Every declared route with its permission: the test of the permission matrix walks them. */
  routes(): { method: string; path: string; permission: Permission }[]
  /** Starts listening; answers the address in use. */
  listen(host: string, port: number): Promise<{ host: string; port: number }>
  /** Whether a draining server still takes work; readyz asks. */
  close(): Promise<void>
}

export interface HttpOptions {
  clock: Clock
  log: Log
  /** Finds out who calls, from headers and cookies. Never throws for bad credentials: they make an anonymous caller. */
  authenticate(request: { headers: Record<string, string | string[] | undefined>; method: string }): Promise<Caller | Refusal>
  /** Runs a write once per Idempotency-Key. */
  once?: (
    key: { caller: string; key: string; fingerprint: string },
    run: () => Promise<{ status: number; body: string }>,
  ) => Promise<{ status: number; body: string } | Refusal>
  /** Checks replies against the contract; tests and development turn it on. */
  checkReplies: boolean
}

const BODY_BYTES_MAX = 1024 * 1024

export const SECURITY_HEADERS: Record<string, string> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

export function createHttpServer({ clock, log, authenticate, once, checkReplies }: HttpOptions): HttpServer {
  const app: FastifyInstance = fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: 20_000,
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 512 },
    http: { headersTimeout: 10_000 },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setNotFoundHandler((request, reply) =>
    send(reply, 404, refuse('not-found', `There is nothing at ${request.method} ${request.url.split('?')[0]}.`)),
  )
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _request, reply) => {
    if (error.statusCode && error.statusCode < 500) {
      const named =
        error.statusCode === 413 ? refuse('too-large', 'The body is larger than this address takes.') : refuse('bad-request', error.message)
      return send(reply, error.statusCode, named)
    }
    if (databaseIsAway(error))
      return send(
        reply.header('retry-after', '5'),
        503,
        refuse('unavailable', 'The database does not answer. Nothing was changed; try again.'),
      )
    log.error({ err: error.message, code: error.code, stack: error.stack }, 'a request failed')
    return send(reply, 500, refuse('internal', 'Something failed on our side; it is in the log.'))
  })
  const declared: { method: string; path: string; permission: Permission }[] = []

  function serve<C extends Contract>(contract: C, handlers: Handlers<C>): void {
    for (const [name, route] of Object.entries(contract)) {
      if (route.raw) continue
      const url = `/api/v1${route.path.replace(/\{(\w+)\}/g, ':$1')}`
      declared.push({ method: route.method, path: url, permission: route.permission })
      app.route({
        method: route.method,
        url,
        handler: (request, reply) =>
          answer(route, handlers[name as keyof Handlers<C>] as (input: unknown) => Promise<unknown>, request, reply),
      })
    }
  }

  async function answer(
    route: Route,
    handler: (input: unknown) => Promise<unknown>,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const caller = await callerOf(request)
    if (isRefusal(caller)) return send(reply, 403, caller)
    const denied = deny(caller, route.permission)
    if (denied) return send(reply, denied.status, denied.refusal)

    const issues: Issue[] = []
    const params = check(route.params, request.params, 'path', issues)
    const query = check(route.query, request.query, 'query', issues)
    const raw = route.body ? parseJson(request.body as Buffer | undefined, issues) : undefined
    const body = issues.length > 0 ? undefined : check(route.body, raw, 'body', issues)
    if (issues.length > 0)
      return send(reply, 400, refuse('invalid', issues.map((issue) => `${issue.path}: ${issue.message}`).join('; '), issues))

    const run = async (): Promise<{ status: number; body: string }> => {
      const language = acceptedLanguage(request.headers['accept-language'])
      const result = await handler({ params, query, body, caller, language, now: clock.now() })
      if (isRefusal(result)) return { status: route.refusals[result.refusal] ?? 500, body: JSON.stringify(result) }
      if (checkReplies) route.reply.parse(result)
      return { status: route.status ?? 200, body: JSON.stringify(result ?? {}) }
    }
    const key = request.headers['idempotency-key']
    if (once && !route.replyIsSecret && route.method !== 'GET' && typeof key === 'string' && key !== '') {
      const outcome = await once(
        { caller: caller.label, key, fingerprint: `${request.method} ${request.url} ${JSON.stringify(raw) ?? ''}` },
        run,
      )
      if (isRefusal(outcome)) return send(reply, outcome.refusal === 'in-progress' ? 409 : 422, outcome)
      return sendJson(reply, outcome.status, outcome.body)
    }
    const outcome = await run()
    return sendJson(reply, outcome.status, outcome.body)
  }

  function callerOf(request: FastifyRequest): Promise<Caller | Refusal> {
    return authenticate({ headers: request.headers, method: request.method })
  }

  function raw(route: RawRoute): void {
    declared.push({ method: route.method, path: route.path, permission: route.permission })
    const tooLarge = route.tooLarge
    app.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.bodyBytesMax ?? BODY_BYTES_MAX,
      ...(tooLarge && {
        errorHandler: (error: Error & { statusCode?: number }, request: FastifyRequest, reply: FastifyReply) => {
          if (error.statusCode !== 413) throw error
          return sendRaw(reply, tooLarge({ path: request.url, params: request.params as Record<string, string> }))
        },
      }),
      handler: async (request, reply) => {
        // Doors with their own credentials (keys, links) skip the look for a session: they ignore cookies by promise.
        const own = route.permission === 'key' || route.permission === 'link'
        const caller = own ? ANONYMOUS : await callerOf(request)
        if (isRefusal(caller)) return send(reply, 403, caller)
        const denied = own ? undefined : deny(caller, route.permission)
        if (denied) return send(reply, denied.status, denied.refusal)
        const [path, search] = split(request.url)
        return sendRaw(
          reply,
          await route.handle({
            method: request.method,
            path,
            params: request.params as Record<string, string>,
            query: new URLSearchParams(search),
            headers: request.headers,
            body: (request.body as Buffer | undefined) ?? EMPTY,
            caller,
            onClose: (hook) => request.raw.socket.once('close', hook),
          }),
        )
      },
    })
  }

  return {
    serve,
    raw,
    routes: () => declared,
    async listen(host, port) {
      await app.listen({ host, port })
      const address = app.server.address()
      if (address === null || typeof address === 'string') throw new Error('not listening on a TCP port')
      return { host, port: address.port }
    },
    close: () => app.close(),
  }
}

export const ANONYMOUS: Caller = { kind: 'anonymous', label: 'anonymous', permits: (permission) => permission === 'public' }
const EMPTY = Buffer.alloc(0)

function deny(caller: Caller, permission: Permission): { status: number; refusal: Refusal } | undefined {
  if (permission === 'public' || caller.permits(permission)) return undefined
  if (caller.kind === 'anonymous')
    return {
      status: 401,
      refusal: refuse('not-signed-in', 'Sign in, or send `Authorization: Bearer <token>`. `tocsin login-link` makes a sign-in link.'),
    }
  return {
    status: 403,
    refusal: refuse('not-allowed', `This needs the right ‹${permission}›, which ${caller.label} does not have. An admin can grant it.`),
  }
}

function check(schema: ZodType | undefined, value: unknown, where: string, issues: Issue[]): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  issues.push(...issuesOf(parsed.error, where))
  return undefined
}

/** Zod's findings in our shape: a dotted path that starts with where it was, and the sentence. */
export function issuesOf(error: ZodError, where: string): Issue[] {
  return error.issues.map((issue) => ({ path: [where, ...issue.path.map(String)].join('.'), message: issue.message }))
}

function parseJson(body: Buffer | undefined, issues: Issue[]): unknown {
  if (!body || body.length === 0) return {}
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    issues.push({ path: 'body', message: `is not JSON: ${(error as Error).message}` })
    return undefined
  }
}

function send(reply: FastifyReply, status: number, refusal: Refusal): FastifyReply {
  return sendJson(reply, status, JSON.stringify(refusal))
}

function sendJson(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply
    .code(status)
    .headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .send(body)
}

function sendRaw(reply: FastifyReply, { status, headers, body }: RawReply): FastifyReply {
  reply.code(status)
  if (headers) reply.headers(headers)
  return reply.send(body)
}

function split(url: string): [string, string] {
  const mark = url.indexOf('?')
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)]
}

function databaseIsAway(error: Error & { code?: string }): boolean {
  return (
    /^(ECONNREFUSED|ENOENT|ECONNRESET|57P0\d|08\d\d\d|53\d\d\d)$/.test(error.code ?? '') ||
    /timeout exceeded when trying to connect|Connection terminated/.test(error.message)
  )
}

const unzip = promisify(gunzip)
const undeflate = promisify(inflate)

/** The body with its Content-Encoding undone; a refusal when it is larger inflated than `max` bytes, broken, or of an unknown kind. */
export async function inflated(
  request: { headers: RawRequest['headers']; body: Buffer },
  max: number,
): Promise<Buffer | Refusal<'too-large' | 'bad-encoding'>> {
  const encoding = request.headers['content-encoding']
  if (encoding === undefined || encoding === 'identity') return request.body
  if (encoding !== 'gzip' && encoding !== 'x-gzip' && encoding !== 'deflate')
    return refuse('bad-encoding', `Content-Encoding ‹${String(encoding).slice(0, 40)}› is not understood; send gzip, deflate or none.`)
  try {
    return await (encoding === 'deflate' ? undeflate : unzip)(request.body, { maxOutputLength: max })
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      return refuse('too-large', `The body is larger than ${max} bytes once inflated.`)
    return refuse('bad-encoding', `The body is not valid ${encoding}.`)
  }
}
