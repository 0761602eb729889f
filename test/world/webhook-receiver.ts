import { createHmac, timingSafeEqual } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { selfSigned } from './self-signed.ts'
import { arrivals } from './waiting.ts'

/** A program that gets pages: records what comes, checks the signature, and fails in every way a receiver can. */
export interface WebhookReceiver {
  /** `http://127.0.0.1:<port>/hook` */
  url: string
  port: number
  /** Everything received so far, oldest first; also what was then left unanswered. */
  requests: ReceivedRequest[]
  /** How to treat requests from now on; a function decides once each has been read. */
  behave(how: Behaviour | ((request: ReceivedRequest) => Behaviour)): void
  waitFor(fits: (request: ReceivedRequest) => boolean, options?: { timeoutMs?: number }): Promise<ReceivedRequest>
  /** How many connections have been opened so far. */
  connections(): number
  /** Closes the port: new connections are refused. */
  stopListening(): Promise<void>
  close(): Promise<void>
}

export type Behaviour =
  /** `after` holds the answer back until the test says so. */
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body?: string; after?: Promise<unknown> }
  /** Takes the request and never answers. */
  | { kind: 'hang' }
  /** Takes the request and closes the connection without an answer. */
  | { kind: 'cut' }
  /** Closes the connection as soon as the headers are there, with the body still on its way. */
  | { kind: 'cut-mid-request' }
  /** Answers a status and half of the promised body, then closes the connection. */
  | { kind: 'cut-mid-answer'; status: number }
  /** Answers a status and a body that never ends. */
  | { kind: 'endless'; status: number }
  /** Answers a status, the first bytes of a body, then nothing. */
  | { kind: 'stall'; status: number }
  /** Answers bytes that are not HTTP. */
  | { kind: 'gibberish'; bytes: string }

export interface ReceivedRequest {
  method: string
  path: string
  headers: http.IncomingHttpHeaders
  raw: Buffer
  /** The parsed body; undefined when it is not JSON. */
  json: PageMessage | undefined
  /** Against the secret given at the start. */
  signature: 'none' | 'right' | 'wrong'
}

/** The body as the product's documentation promises it, written down here a second time on purpose. */
export interface PageMessage extends Partial<OnePage> {
  type: 'page' | 'pages'
  person: { name: string; displayName: string }
  pages?: OnePage[]
}

export interface OnePage {
  page: { id: string; level: number; attempt: number; reason: string; possiblyDuplicate: boolean; ifNobodyActs?: string }
  incident: {
    id: string
    number: string
    title: string
    severity: number
    status: string
    service: string | null
    url: string
    startedAt: string
  }
  alerts: { count: number; newest: { dedupKey: string; title: string; labels: Record<string, string> }[] }
  actions: { acknowledge: string; resolve: string; escalate: string }
}

export async function startWebhookReceiver(options: { secret?: string; tls?: boolean; port?: number } = {}): Promise<WebhookReceiver> {
  let how: Behaviour | ((request: ReceivedRequest) => Behaviour) = { kind: 'answer', status: 200, body: 'ok' }
  const received = arrivals<ReceivedRequest>((request) => `${request.method} ${request.path} ${request.raw.toString().slice(0, 200)}`)
  const open = new Set<Socket>()
  let opened = 0

  const onRequest: http.RequestListener = async (incoming, outgoing) => {
    const request = headOf(incoming)
    if (typeof how === 'object' && how.kind === 'cut-mid-request') {
      received.told(request)
      incoming.socket.destroy()
      return
    }
    const raw = await bodyOf(incoming)
    // The sender went away before its last byte: nothing was received.
    if (!raw) return
    request.raw = raw
    request.json = parsed(request.raw)
    request.signature = signatureOf(request, options.secret)
    const decided = typeof how === 'function' ? how(request) : how
    received.told(request)
    await carryOut(decided, outgoing)
  }

  const server = options.tls ? https.createServer(selfSigned(), onRequest) : http.createServer(onRequest)
  // A connection is closed by the test or by the product, never by chance.
  server.keepAliveTimeout = 60_000
  server.on('connection', (socket: Socket) => {
    opened++
    open.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => open.delete(socket))
  })
  await new Promise<void>((done) => server.listen(options.port ?? 0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo

  async function stopListening() {
    if (!server.listening) return
    const closed = new Promise<void>((done) => server.close(() => done()))
    for (const socket of open) socket.destroy()
    await closed
  }

  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}/hook`,
    port,
    requests: received.all,
    behave: (next) => {
      how = next
    },
    waitFor: received.waitFor,
    connections: () => opened,
    stopListening,
    close: stopListening,
  }
}

function headOf(incoming: http.IncomingMessage): ReceivedRequest {
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    headers: incoming.headers,
    raw: Buffer.alloc(0),
    json: undefined,
    signature: 'none',
  }
}

async function bodyOf(incoming: http.IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks)
  } catch {
    return undefined
  }
}

async function carryOut(how: Behaviour, outgoing: http.ServerResponse): Promise<void> {
  switch (how.kind) {
    case 'answer':
      await how.after
      outgoing.writeHead(how.status, how.headers)
      outgoing.end(how.body ?? '')
      return
    case 'hang':
      return
    case 'cut':
    case 'cut-mid-request':
      outgoing.socket?.destroy()
      return
    case 'cut-mid-answer':
      outgoing.writeHead(how.status, { 'content-length': '1000' })
      outgoing.write('the first half', () => outgoing.socket?.destroy())
      return
    case 'endless':
      outgoing.writeHead(how.status)
      pour(outgoing)
      return
    case 'stall':
      outgoing.writeHead(how.status)
      outgoing.write('the first bytes')
      return
    case 'gibberish':
      outgoing.socket?.end(how.bytes)
      return
    default:
      throw new Error(`Unhandled behaviour: ${JSON.stringify(how satisfies never)}`)
  }
}

function pour(outgoing: http.ServerResponse): void {
  const block = 'all work and no play '.repeat(1000)
  const more = () => {
    while (!outgoing.destroyed && outgoing.write(block));
  }
  outgoing.on('drain', more)
  more()
}

/** Worked out from the documentation alone: hex HMAC-SHA256 of the bytes as they came, after `v1=`. */
function signatureOf({ headers, raw }: ReceivedRequest, secret: string | undefined): ReceivedRequest['signature'] {
  const sent = headers['x-tocsin-signature']
  if (sent === undefined) return 'none'
  const right = Buffer.from(
    `v1=${createHmac('sha256', secret ?? '')
      .update(raw)
      .digest('hex')}`,
  )
  const given = Buffer.from(String(sent))
  return given.length === right.length && timingSafeEqual(given, right) ? 'right' : 'wrong'
}

function parsed(raw: Buffer): PageMessage | undefined {
  try {
    return JSON.parse(raw.toString('utf8'))
  } catch {
    return undefined
  }
}
