import type { Readable } from 'node:stream'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { ZodError, ZodType } from 'zod'
import { acceptedLanguage } from '../kernel/language.ts'
import { askedZone } from '../kernel/moment.ts'
import type { Permission, Thing } from '../kernel/permission.ts'
import { type Issue, isRefusal, type Refusal, refuse } from '../kernel/result.ts'
import { storable } from '../kernel/text.ts'
import type { Clock } from '../kernel/time.ts'
import { type ReadBytes, readBytes } from './body.ts'
import type { Ask, Caller, Contract, Handlers, Route, Write } from './contract.ts'
import { CommitUnknown, isPassing } from './db.ts'
import { within } from './deadlines.ts'
import type { Log } from './log.ts'
import type { KeepReply, Reply } from './replies.ts'
import { noJson } from './wrong-input.ts'

export interface RawRequest {
  method: string
  path: string
  params: Record<string, string>
  query: URLSearchParams
  headers: Record<string, string | string[] | undefined>
  /** As sent: packed, if it was. */
  body: Buffer
  /** The body as it comes: only of routes that stream. */
  stream?: Readable
  /** Why `body` is not all of it, and how long it was as far as it came: only of routes that take a part. */
  part?: { why: NonNullable<ReadBytes['cut']>; length: number }
  caller: Caller
  /** Why it is no request that could be routed; only of those astray. */
  broken?: string
  /** Called when the other side goes away: ends streams. */
  onClose(hook: () => void): void
}

export interface RawReply {
  status: number
  headers?: Record<string, string>
  body: string | Buffer | NodeJS.ReadableStream
}

/** A route outside the JSON API: vendors' doors, links, pages, streams. It declares its permission like any other. */
type BodyBytesMax = number | ((params: Record<string, string>) => Promise<number>)

export interface RawRoute {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS' | 'any'
  path: string
  permission: Permission
  /** Largest body in bytes as sent; 1 MB unless said. A function is asked before any of it is read, and never rejects. */
  bodyBytesMax?: BodyBytesMax
  /** How long it is asked who calls; then it is a stranger. Unless said, as long as the database takes; 0: nobody is asked. */
  callerWithinMs?: number
  /** A body that is larger, or breaks off, is handled all the same, as far as it came. */
  takesPart?: true
  /** Its body is handed over as it comes; whoever handles it sees to how much it is. */
  streams?: true
  /** Answers while the database is away, in the words its callers know; JSON unless said. */
  unavailable?: (request: Pick<RawRequest, 'method' | 'headers'>) => RawReply
  handle(request: RawRequest): Promise<RawReply>
}

export interface HttpServer {
  serve<C extends Contract>(contract: C, handlers: Handlers<C>): void
  raw(route: RawRoute): void
  /** Is told of requests that no route takes, and may answer them. */
  astray(handle: (request: RawRequest) => Promise<RawReply | undefined>): void
  /** What a route of the API answers to a GET with these headers, asked from within; undefined unless it answers 200. */
  look(path: string, headers: RawRequest['headers']): Promise<string | undefined>
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
  /** Does a write, and keeps its reply for the caller's Idempotency-Key. */
  keepReply: KeepReply
  /** How long a request may take to come in; as long as a slow line needs, unless a test has less. */
  patience?: { headersMs: number; requestMs: number; lookEveryMs: number }
  /** Checks replies against the contract; tests and development turn it on. */
  checkReplies: boolean
}

const BODY_BYTES_MAX = 1024 * 1024
const KEY_LETTERS_MAX = 255
const RETRY_AFTER_S = '5'

export const SECURITY_HEADERS: Record<string, string> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

/** A sender that dribbles is let go within these and the pause between two looks. */
const PATIENCE = { headersMs: 10_000, requestMs: 20_000, lookEveryMs: 10_000 }

export function createHttpServer(options: HttpOptions): HttpServer {
  const { clock, log, authenticate, keepReply, checkReplies, patience = PATIENCE } = options
  const app: FastifyInstance = fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: patience.requestMs,
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    // Vendors' programs put slashes together as they like.
    routerOptions: { maxParamLength: 512, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    http: { headersTimeout: patience.headersMs, connectionsCheckingInterval: patience.lookEveryMs },
    // An address that cannot be decoded: no route has seen it, and its sender may be known all the same.
    frameworkErrors: (error, request, reply) => {
      const broken = { ...rawRequestOf(request as FastifyRequest, ANONYMOUS), broken: `The address cannot be read: ${error.message}` }
      void astray(broken).then((answer) =>
        answer ? sendRaw(reply as FastifyReply, answer) : send(reply as FastifyReply, 400, refuse('bad-request', error.message)),
      )
    },
    clientErrorHandler: (error, socket) => {
      const request = requestIn(error as Error & { rawPacket?: unknown })
      if (request) void astray(request)
      const status = CLIENT_ERRORS[error.code ?? ''] ?? '400 Bad Request'
      if (socket.writable) socket.write(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
      socket.destroy()
    },
  })
  app.removeAllContentTypeParsers()
  // Whatever a sender says its body is: who reads it finds out. The header itself may be nonsense, so the parser is not told.
  const saidTypes = new WeakMap<FastifyRequest['raw'], string | undefined>()
  app.addHook('onRequest', async ({ raw }) => {
    saidTypes.set(raw, raw.headers['content-type'])
    raw.headers['content-type'] = 'application/octet-stream'
  })
  app.addContentTypeParser('application/octet-stream', (request: FastifyRequest, body: Readable, done) => {
    const { streams, takesPart, bodyBytesMax = BODY_BYTES_MAX } = (request.routeOptions.config ?? {}) as BodyRules
    if (streams) {
      done(null, { ...NOTHING_READ, stream: body })
      return
    }
    const max = typeof bodyBytesMax === 'number' ? bodyBytesMax : bodyBytesMax(request.params as Record<string, string>)
    Promise.resolve(max)
      .then((bytesMax) => readBytes(body, bytesMax))
      .then((read) => {
        if (takesPart || read.cut === undefined) done(null, read)
        else done(read.cut === 'too-large' ? TOO_LARGE : BROKEN_OFF)
      }, done)
  })
  let astray: (request: RawRequest) => Promise<RawReply | undefined> = async () => undefined
  app.setNotFoundHandler(async (request, reply) => {
    const answer = await astray(rawRequestOf(request, ANONYMOUS))
    if (answer) return sendRaw(reply, answer)
    return send(reply, 404, refuse('not-found', `There is nothing at ${request.method} ${request.url.split('?')[0]}.`))
  })
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _request, reply) => {
    if (error.statusCode && error.statusCode < 500) {
      const named =
        error.statusCode === 413 ? refuse('too-large', 'The body is larger than this address takes.') : refuse('bad-request', error.message)
      return send(reply, error.statusCode, named)
    }
    if (isPassing(error)) return send(reply.header('retry-after', RETRY_AFTER_S), 503, unavailable(error))
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
        handler: (request, reply) => answer(route, handlers[name as keyof Handlers<C>] as AnyHandler, request, reply),
      })
    }
  }

  async function answer(route: Route, handler: AnyHandler, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const caller = await callerOf(request)
    if (isRefusal(caller)) return send(reply, 403, caller)
    const denied = deny(caller, route.permission, request, route.ofTeam && { anyTeam: true })
    if (denied) return send(reply, denied.status, denied.refusal)

    const issues: Issue[] = []
    const key = String(request.headers['idempotency-key'] ?? '')
    if (key.length > KEY_LETTERS_MAX) issues.push({ path: 'header.idempotency-key', message: `is longer than ${KEY_LETTERS_MAX} letters` })
    const params = check(route.params, request.params, 'path', issues)
    const query = check(route.query, request.query, 'query', issues)
    const raw = route.body ? parseJson((request.body as ReadBytes | undefined)?.bytes, issues) : undefined
    const body = issues.length > 0 ? undefined : check(route.body, raw, 'body', issues)
    if (issues.length > 0)
      return send(reply, 400, refuse('invalid', issues.map((issue) => `${issue.path}: ${issue.message}`).join('; '), issues))

    const { 'accept-language': languages, 'time-zone': zone } = request.headers
    const reader = { language: acceptedLanguage(languages), zone: askedZone(zone) }
    const ask: Ask = async ({ method, path, body: sent }) => {
      const { 'content-length': _, 'transfer-encoding': __, connection: ___, ...headers } = request.headers
      const asked = { method, url: `/api/v1${path}`, headers, ...(sent !== undefined && { payload: JSON.stringify(sent) }) }
      const { statusCode, payload } = await app.inject(asked)
      return { status: statusCode, body: JSON.parse(payload || '{}') as unknown }
    }
    const input = { params, query, body, caller, reader, now: clock.now() }
    const replyTo = (result: unknown): Reply => {
      if (isRefusal(result)) {
        // What another route refused is refused as it did.
        const { status, ...refusal } = result as Refusal & { status?: number }
        return { status: status ?? route.refusals[result.refusal] ?? 500, body: JSON.stringify(refusal) }
      }
      if (checkReplies) route.reply.parse(result)
      return { status: route.status ?? 200, body: JSON.stringify(result ?? {}) }
    }
    if (route.method === 'GET' || route.looks) {
      const { status, body: text } = replyTo(await handler(input, route.asks ? ask : noWrite))
      return sendJson(reply, status, text)
    }
    const repeatable =
      key === '' ? null : { caller: caller.id, key, fingerprint: fingerprintOf(request, raw), isSecret: route.replyIsSecret === true }
    const write: Write = async (work, { look, ...options } = {}) => {
      const kept = await keepReply(repeatable, async (tx) => replyTo(await work(tx)), options)
      const looked = look && !isRefusal(kept) && kept.status < 300 ? await look(JSON.parse(kept.body)).catch(() => undefined) : undefined
      return (looked === undefined ? kept : replyTo(looked)) as never
    }
    const outcome = (await handler(input, write)) as Awaited<ReturnType<KeepReply>>
    if (isRefusal(outcome)) return send(reply, outcome.refusal === 'in-progress' ? 409 : 422, outcome)
    return sendJson(reply, outcome.status, outcome.body)
  }

  function callerOf(request: FastifyRequest): Promise<Caller | Refusal> {
    return authenticate({ headers: request.headers, method: request.method })
  }

  function raw(route: RawRoute): void {
    declared.push({ method: route.method, path: route.path, permission: route.permission })
    const { streams, takesPart, bodyBytesMax, unavailable: away } = route
    app.route({
      method: route.method === 'any' ? METHODS : route.method,
      url: route.path,
      config: {
        ...(streams && { streams }),
        ...(takesPart && { takesPart }),
        ...(bodyBytesMax !== undefined && { bodyBytesMax }),
      } satisfies BodyRules,
      handler: async (request, reply) => {
        // Doors with their own credentials (keys, links) skip the look for a session: they ignore cookies by promise.
        const own = route.permission === 'key' || route.permission === 'link' || route.callerWithinMs === 0
        const ms = route.callerWithinMs
        const found = () =>
          ms === undefined ? callerOf(request) : within(ms, 'Asking who calls', callerOf(request)).catch(() => ANONYMOUS)
        const caller = own ? ANONYMOUS : await found()
        if (isRefusal(caller)) return send(reply, 403, caller)
        const denied = own ? undefined : deny(caller, route.permission, request)
        if (denied) return send(reply, denied.status, denied.refusal)
        try {
          return sendRaw(reply, await route.handle(rawRequestOf(request, caller)))
        } catch (error) {
          if (!away || !isPassing(error)) throw error
          return sendRaw(reply.header('retry-after', RETRY_AFTER_S), away(request))
        }
      },
    })
  }

  function rawRequestOf(request: FastifyRequest, caller: Caller): RawRequest {
    const [path, search] = split(request.url)
    const read: ReadBytes & { stream?: Readable } = (request.body as ReadBytes | undefined) ?? NOTHING_READ
    return {
      method: request.method,
      path,
      // As every text that comes in: what no database takes is mended.
      params: Object.fromEntries(
        Object.entries((request.params ?? {}) as Record<string, string>).map(([name, said]) => [name, storable(said)]),
      ),
      query: new URLSearchParams(search),
      headers: { ...request.headers, 'content-type': saidTypes.get(request.raw) },
      body: read.bytes,
      ...(read.stream && { stream: read.stream }),
      ...(read.cut && { part: { why: read.cut, length: read.length } }),
      caller,
      onClose: (hook) => request.raw.socket.once('close', hook),
    }
  }

  return {
    serve,
    raw,
    astray(handle) {
      astray = handle
    },
    async look(path, headers) {
      const { statusCode, body } = await app.inject({ method: 'GET', url: `/api/v1${path}`, headers })
      return statusCode === 200 ? body : undefined
    },
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

export const ANONYMOUS: Caller = {
  kind: 'anonymous',
  id: 'anonymous',
  label: 'anonymous',
  permits: (permission) => permission === 'public',
}
type AnyHandler = (input: unknown, write: Write | Ask) => Promise<unknown>
const NOTHING_READ: ReadBytes = { bytes: Buffer.alloc(0), length: 0 }
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const TOO_LARGE = Object.assign(new Error('The body is larger than this address takes.'), { statusCode: 413 })
const BROKEN_OFF = Object.assign(new Error('The body broke off.'), { statusCode: 400 })

const CLIENT_ERRORS: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** What is known of a request that is no HTTP: its first line, if it came. */
function requestIn({ message, rawPacket }: Error & { rawPacket?: unknown }): RawRequest | undefined {
  const line = /^([A-Z]{1,20}) (\S{1,2000}) HTTP\//.exec(Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1', 0, 2100) : '')
  if (!line) return undefined
  const [path, search] = split(line[2]!)
  const broken = `It is not HTTP as it should be: ${message}.`
  const rest = { params: {}, headers: {}, body: NOTHING_READ.bytes, caller: ANONYMOUS, onClose: () => {} }
  return { method: line[1]!, path, query: new URLSearchParams(search), ...rest, broken }
}

interface BodyRules {
  streams?: true
  takesPart?: true
  bodyBytesMax?: BodyBytesMax
}

function deny(
  caller: Caller,
  permission: Permission,
  { headers }: FastifyRequest,
  thing?: Thing,
): { status: number; refusal: Refusal } | undefined {
  if (permission === 'public' || caller.permits(permission, thing)) return undefined
  if (caller.kind === 'anonymous')
    return {
      status: 401,
      refusal: refuse(
        'not-signed-in',
        headers.authorization === undefined
          ? 'Sign in, or send `Authorization: Bearer <token>`. `tocsin login-link` makes a sign-in link.'
          : 'The token is refused: it was revoked, or is none of this server’s. Write it as `Authorization: Bearer <token>`.',
      ),
    }
  if (permission === 'own')
    return {
      status: 403,
      refusal: refuse('not-allowed', `This is about whoever asks, and ${caller.label} is nobody, or may only read. Sign in as the person.`),
    }
  return { status: 403, refusal: notAllowed(caller, permission) }
}

export function notAllowed(caller: Caller, permission: Permission): Refusal<'not-allowed'> {
  return refuse('not-allowed', `This needs the right ‹${permission}›, which ${caller.label} does not have. An admin can grant it.`)
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
  const text = body.toString('utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    issues.push({ path: 'body', message: noJson(text, (error as Error).message) })
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

function noWrite(): never {
  throw new Error('A route that only looks has written.')
}

function fingerprintOf({ method, url }: FastifyRequest, body: unknown): string {
  return `${method} ${url} ${JSON.stringify(body) ?? ''}`
}

function unavailable(error: Error): Refusal {
  return error instanceof CommitUnknown
    ? refuse(
        'unavailable',
        'The database went away while this was being saved, and nobody knows whether it was. Send it again with the same Idempotency-Key; without one, look first.',
      )
    : refuse('unavailable', 'The database does not answer. Nothing was changed; try again in a moment.')
}
