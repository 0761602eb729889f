import { lookup as systemLookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import tls from 'node:tls'
import { type BlockedNetwork, createGuard, type Guard } from './networks.ts'

/** The one way out for every address a user may enter. Never follows a redirect, never throws: what went wrong is an answer. */
export type Request = (request: {
  method: 'POST' | 'PUT' | 'GET'
  url: string
  headers: Record<string, string>
  body: string | Buffer
  /** For everything together: DNS, connecting, TLS, the answer to its last byte. */
  timeoutMs: number
  /** 64 KB unless said; what comes after is not read. */
  maxReplyBytes?: number
}) => Promise<Reply>

/**
 * `whole` is false when the body was longer than asked for, cut, or still coming at the time-out. `unknown` tells whether the request may have been taken although no answer came. It is false only when nothing can have
 * been read by the other side: not allowed, no DNS, no connection, no TLS.
 */
export type Reply =
  | { kind: 'answered'; status: number; headers: Record<string, string>; body: string; whole?: boolean }
  | { kind: 'failed'; reason: string; unknown: boolean }

export interface Server {
  host: string
  port: number
  /** The operator set it up: it may stand in a private network. */
  isOurs: boolean
}

export interface Egress {
  request: Request
  /** What is wrong with an address about to be saved, as a sentence that names the mend; undefined when nothing can be seen without DNS. */
  checkUrl(url: string): string | undefined
  /** When the certificate ends that stands there, as it is and whoever vouches for it; undefined when none is to be had. */
  certificateEndsAt(server: Server, timeoutMs: number): Promise<number | undefined>
  /** Drops idle and busy connections. */
  close(): void
}

/** Every address of a host name. */
export type Resolve = (host: string) => Promise<string[]>

export interface EgressOptions {
  /** TOCSIN_EGRESS_ALLOW: networks that are reachable although they are private. */
  allow: string[]
  userAgent: string
  /** The variable of a proxy that is not used: whoever is behind one looks there first. */
  unusedProxy?: string | null
  resolve?: Resolve
}

const REPLY_BYTES_MAX = 64 * 1024
/** Below the 2 s of the most impatient common server (gunicorn; Node and Apache have 5 s): a free connection is ours to close. */
const IDLE_MS_MAX = 1500
/** Node's default of 250 ms gives up on hosts a satellite away. */
const NEXT_ADDRESS_AFTER_MS = 1000

export function createEgress({ allow, userAgent, unusedProxy = null, resolve = bySystem }: EgressOptions): Egress {
  const guard = createGuard(allow)
  const established = new WeakSet<Socket>()
  const lookup = guardedLookup(guard, shared(resolve))
  const options: http.AgentOptions = {
    keepAlive: true,
    maxSockets: 256,
    maxTotalSockets: 1024,
    // The connection used last is the one least likely to have been closed by the other side.
    scheduling: 'lifo',
    lookup,
    autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_AFTER_MS,
  }
  const plain = tuned(new http.Agent(options), 'connect', established)
  const secure = tuned(new https.Agent(options), 'secureConnect', established)

  const request: Request = async (wanted) => {
    const target = parse(wanted.url)
    if (typeof target === 'string') return failed(target)
    const host = hostOf(target)
    // Names are checked when they are resolved; Node does not ask for an address that stands there already.
    const blocked = isIP(host) ? blockedSentence(host, guard) : undefined
    if (blocked) return failed(blocked)
    try {
      return withProxy(await exchange(prepare(target, host, wanted), wanted, target.host, established))
    } catch {
      return failed('The address or a header holds characters that cannot be sent.')
    }
  }

  function prepare(target: URL, host: string, { method, headers, body }: Parameters<Request>[0]): http.ClientRequest {
    const tls = target.protocol === 'https:'
    return (tls ? https : http).request({
      agent: tls ? secure : plain,
      protocol: target.protocol,
      host,
      port: target.port || (tls ? 443 : 80),
      path: target.pathname + target.search,
      method,
      headers: { 'user-agent': userAgent, ...credentials(target), 'content-length': Buffer.byteLength(body), ...headers },
    })
  }

  function withProxy(reply: Reply): Reply {
    if (unusedProxy === null || reply.kind === 'answered' || reply.unknown || !NO_WAY_OUT.test(reply.reason)) return reply
    return { ...reply, reason: `${reply.reason}; ${unusedProxy} is set, and not used` }
  }

  function checkUrl(url: string): string | undefined {
    const target = parse(url)
    if (typeof target === 'string') return target
    return blockedSentence(hostOf(target), guard)
  }

  function close() {
    plain.destroy()
    secure.destroy()
  }

  function certificateEndsAt({ host, port, isOurs }: Server, timeoutMs: number): Promise<number | undefined> {
    if (!isOurs && blockedSentence(host, guard) !== undefined) return Promise.resolve(undefined)
    return new Promise((done) => {
      const socket = tls.connect({
        ...{ host, port, timeout: timeoutMs, rejectUnauthorized: false, ...(!isOurs && { lookup }) },
        ...(isIP(host) === 0 && { servername: host }),
      })
      const timer = setTimeout(() => socket.destroy(), timeoutMs)
      socket.once('secureConnect', () => {
        const at = Date.parse(socket.getPeerCertificate().valid_to)
        socket.destroy()
        done(Number.isNaN(at) ? undefined : at)
      })
      socket.on('timeout', () => socket.destroy())
      socket.on('error', () => {})
      socket.once('close', () => {
        clearTimeout(timer)
        done(undefined)
      })
    })
  }

  return { request, checkUrl, certificateEndsAt, close }
}

/** Sends the body, reads the answer; settles once, at the latest at the time-out. */
function exchange(
  outgoing: http.ClientRequest,
  { body, timeoutMs, maxReplyBytes = REPLY_BYTES_MAX }: Parameters<Request>[0],
  where: string,
  established: WeakSet<Socket>,
): Promise<Reply> {
  return new Promise((done) => {
    const timer = setTimeout(
      () => stop(`time-out: no ${mayHaveBeenTaken() ? 'answer' : 'connection'} within ${timeoutMs / 1000} s`),
      timeoutMs,
    )
    const chunks: Buffer[] = []
    let bytes = 0
    let reply: http.IncomingMessage | undefined
    let whole = false

    outgoing.on('error', (error) => stop(inWords(error, where)))
    outgoing.on('response', (incoming) => {
      reply = incoming
      incoming.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        bytes += chunk.length
        if (bytes > maxReplyBytes) stop()
      })
      incoming.on('end', () => {
        whole = bytes <= maxReplyBytes
        settle()
      })
      incoming.on('error', () => stop())
    })
    // The other side changed to a protocol nobody here speaks.
    outgoing.on('upgrade', (incoming, socket) => {
      reply = incoming
      socket.destroy()
      stop()
    })
    outgoing.end(body)

    function stop(reason = '') {
      settle(reason)
      outgoing.destroy()
    }

    /** Once the status is there it says how it went, even when the rest of the answer is cut or never ends. */
    function settle(reason = '') {
      clearTimeout(timer)
      if (!reply) return done({ kind: 'failed', reason, unknown: mayHaveBeenTaken() })
      done({ kind: 'answered', status: reply.statusCode!, headers: flat(reply.headers), body: text(chunks, maxReplyBytes), whole })
    }

    function mayHaveBeenTaken(): boolean {
      return !!outgoing.socket && established.has(outgoing.socket)
    }
  })
}

/**
 * Node connects to exactly what this answers, so the address that was checked is the address that is used: a name that
 * resolves differently a moment later (DNS rebinding) changes nothing.
 */
function guardedLookup(guard: Guard, resolve: Resolve): LookupFunction {
  return (host, options, done) => {
    resolve(host).then(
      (addresses) => {
        const open = addresses.filter((address) => !guard.blocks(address)).map((address) => ({ address, family: isIP(address) }))
        const first = open[0]
        if (!first) return done(new Blocked(host, addresses[0] === undefined ? undefined : guard.blocks(addresses[0])), '')
        if (options.all) done(null, open)
        else done(null, first.address, first.family)
      },
      (error: Error) => done(error, ''),
    )
  }
}

class Blocked extends Error {
  constructor(host: string, block: BlockedNetwork | undefined) {
    super(block ? `${host} leads to ${block.what} (${block.cidr}). ${MEND}` : `DNS: ${host} has no address`)
  }
}

const MEND = 'Tocsin calls such an address only when it is started with its network in TOCSIN_EGRESS_ALLOW.'

/** One question for all who ask at the same moment: a storm must not queue up in the four threads that do DNS. */
function shared(resolve: Resolve): Resolve {
  const underWay = new Map<string, Promise<string[]>>()
  return (host) => {
    const known = underWay.get(host)
    if (known) return known
    const asked = resolve(host).finally(() => underWay.delete(host))
    underWay.set(host, asked)
    return asked
  }
}

function bySystem(host: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    systemLookup(host, { all: true, verbatim: true }, (error, found) => (error ? reject(error) : resolve(found.map((one) => one.address))))
  })
}

/** What Node's agents do not say in their types. */
interface Tunable {
  getName(options: { host?: string; port?: number | string }): string
  createConnection(options: unknown, done?: unknown): Socket
  keepSocketAlive(socket: Socket & { _httpMessage?: { res?: http.IncomingMessage } }): boolean
}

/**
 * Notes which connections are up (before that, nothing of a request can have been read) and closes idle ones before the
 * other side does. A request that meets a connection closed in that very moment is reported as `unknown`, not sent again:
 * a reset cannot tell "never read" from "read, then crashed", and pages are repeated under one idempotency key anyway.
 */
function tuned<Agent extends http.Agent>(agent: Agent, up: 'connect' | 'secureConnect', established: WeakSet<Socket>): Agent {
  const tunable = agent as unknown as Tunable
  const connect = tunable.createConnection
  tunable.createConnection = (options, done) => {
    const socket = connect.call(agent, options, done)
    socket.once(up, () => established.add(socket))
    return socket
  }
  // All other options are the same for every request; the default name lists two dozen of them.
  tunable.getName = (options) => `${options.host}:${options.port}`
  tunable.keepSocketAlive = (socket) => {
    const hintSeconds = /timeout=(\d+)/.exec(String(socket._httpMessage?.res?.headers['keep-alive']))?.[1]
    const idleMs = hintSeconds ? Math.min(IDLE_MS_MAX, Number(hintSeconds) * 1000 - 500) : IDLE_MS_MAX
    if (idleMs <= 0) return false
    socket.setTimeout(idleMs)
    socket.unref()
    return true
  }
  return agent
}

/** Ports no web server listens on, where a POST could be read as another protocol's commands (mail, IRC, printers…): browsers' list, shortened. */
const OTHER_PROTOCOLS = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110, 111, 113, 115, 117,
  119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636,
  989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6697, 10080,
])

/** The parts of the address, or what is wrong with it. Never repeats the address: its path may be a secret. */
function parse(url: string): URL | string {
  if (!URL.canParse(url)) return 'This is not a web address. Write it like https://example.org/hook.'
  const target = new URL(url)
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    return `An address starts with https:// or http://, not with ${target.protocol}.`
  }
  if (OTHER_PROTOCOLS.has(Number(target.port)))
    return `Port ${target.port} belongs to another protocol than HTTP. Let the receiver listen on another port.`
  return target
}

/** Without the brackets of IPv6 and the dot of a rooted name. */
function hostOf(target: URL): string {
  const host = target.hostname
  return host.startsWith('[') ? host.slice(1, -1) : host.replace(/\.$/, '')
}

function blockedSentence(host: string, guard: Guard): string | undefined {
  const addresses = isIP(host) ? [host] : (WELL_KNOWN.find(([name]) => name.test(host))?.[1] ?? [])
  const blocks = addresses.map((address) => guard.blocks(address))
  const block = blocks.every((one) => one !== undefined) ? blocks[0] : undefined
  return block && `${host} is ${block.what} (${block.cidr}). ${MEND}`
}

/** Names whose address is known without asking. */
const WELL_KNOWN: [RegExp, string[]][] = [
  [/(^|\.)localhost$/, ['127.0.0.1', '::1']],
  [/^(localhost\.localdomain|ip6-localhost|ip6-loopback)$/, ['127.0.0.1', '::1']],
  [/^metadata(\.google\.internal)?$/, ['169.254.169.254']],
  [/^instance-data(\.ec2\.internal)?$/, ['169.254.169.254']],
]

function inWords(error: Error & { code?: string }, where: string): string {
  const code = error.code ?? ''
  if (error instanceof Blocked) return error.message
  if (code === 'ENOTFOUND' || code === 'ENODATA') return `DNS: ${where} has no address`
  if (code.startsWith('EAI_') || code === 'ESERVFAIL' || code === 'ETIMEOUT') return `DNS: no answer about ${where} (${code})`
  if (code === 'ECONNREFUSED') return `${where} refused the connection`
  if (['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EHOSTDOWN'].includes(code))
    return `${where} cannot be reached (${code})`
  if (SELF_MADE.has(code)) return `TLS: ${where} has a certificate nobody vouches for (${code}); give its authority in NODE_EXTRA_CA_CERTS`
  if (code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL') || code.startsWith('CERT_') || code === 'EPROTO')
    return `TLS: ${where} (${code})`
  if (code.startsWith('HPE_')) return `${where} answered something that is not HTTP (${code})`
  if (code === 'ECONNRESET' || code === 'EPIPE') return `${where} cut the connection`
  return `${where}: ${code || error.name}`
}

/** What it looks like where the only way out is a proxy. */
const NO_WAY_OUT = /^DNS: |refused the connection|cannot be reached|^time-out: no connection/

const SELF_MADE = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
])

function failed(reason: string): Reply {
  return { kind: 'failed', reason, unknown: false }
}

function flat(headers: http.IncomingHttpHeaders): Record<string, string> {
  const result: Record<string, string> = Object.create(null)
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) result[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return result
}

function text(chunks: Buffer[], bytesMax: number): string {
  const first = chunks[0]
  if (!first) return ''
  return (chunks.length === 1 ? first : Buffer.concat(chunks)).subarray(0, bytesMax).toString('utf8')
}

function credentials({ username, password }: URL): Record<string, string> {
  if (!username && !password) return {}
  return { authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}` }
}
