import http from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { arrivals } from './waiting.ts'

/**
 * An ntfy server as its documentation and sources describe publishing in JSON: POST to the root, the same checks in the same
 * words and codes, and nothing it would not do.
 */
export interface NtfyServer {
  /** `http://127.0.0.1:<port>`; a topic is one name after it. */
  url: string
  notifications: Notification[]
  behave(how: NtfyBehaviour): void
  waitFor(fits: (notification: Notification) => boolean, options?: { timeoutMs?: number }): Promise<Notification>
  /** Does what a phone does when a button is tapped; answers the status of an `http` button's request. */
  tap(notification: Notification, label: string): Promise<number>
  close(): Promise<void>
}

export type NtfyBehaviour =
  | { kind: 'take' }
  /** For example 429, code 42901, or 507. */
  | { kind: 'refuse'; status: number; code: number; error: string; headers?: Record<string, string> }
  /** Takes the message and never answers. */
  | { kind: 'hang' }

export interface Notification {
  topic: string
  title: string
  message: string
  priority: number
  tags: string[]
  click: string
  actions: NotificationAction[]
  sequenceId: string
  /** The access token it came with. */
  token: string | undefined
}

export interface NotificationAction {
  action: 'view' | 'http' | 'broadcast'
  label: string
  url: string
  method: string
  headers: Record<string, string>
  body: string
  clear: boolean
}

interface Refused {
  status: number
  code: number
  error: string
}

export async function startNtfyServer(options: { token?: string } = {}): Promise<NtfyServer> {
  let how: NtfyBehaviour = { kind: 'take' }
  const received = arrivals<Notification>(({ topic, title }) => `"${title}" on ${topic}`)
  const open = new Set<Socket>()

  const server = http.createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      outgoing.writeHead(status, { 'content-type': 'application/json', ...headers })
      outgoing.end(`${JSON.stringify(body)}\n`)
    }
    const refuse = ({ status, code, error }: Refused, headers?: Record<string, string>) =>
      answer(status, { code, http: status, error }, headers)

    const token = /^Bearer (.+)$/.exec(incoming.headers.authorization ?? '')?.[1]
    if (incoming.url !== '/' || !['POST', 'PUT'].includes(incoming.method ?? '')) return refuse(NOT_FOUND)
    if (token !== undefined && token !== options.token) return refuse(UNAUTHORIZED)
    if (options.token !== undefined && token === undefined) return refuse(FORBIDDEN)
    if (how.kind === 'refuse') return refuse(how, how.headers)
    const checked = check(Buffer.concat(chunks))
    if ('error' in checked) return refuse(checked)
    const notification = { ...checked, token }
    received.told(notification)
    if (how.kind === 'hang') return
    const { topic, title, message, priority, tags, click, actions } = notification
    answer(200, {
      id: 'hwQ2YpKdmg4s',
      time: 1_750_000_000,
      expires: 1_750_043_200,
      event: 'message',
      topic,
      title,
      message,
      priority,
      tags,
      click,
      actions,
    })
  })
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => open.delete(socket))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    notifications: received.all,
    behave: (next) => {
      how = next
    },
    waitFor: received.waitFor,
    tap,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        for (const socket of open) socket.destroy()
      }),
  }
}

const NOT_FOUND: Refused = { status: 404, code: 40401, error: 'page not found' }
const UNAUTHORIZED: Refused = { status: 401, code: 40101, error: 'unauthorized' }
const FORBIDDEN: Refused = { status: 403, code: 40301, error: 'forbidden' }

function invalid(code: number, error: string): Refused {
  return { status: 400, code, error }
}

function check(raw: Buffer): Omit<Notification, 'token'> | Refused {
  // Twice the message limit leaves room for the form around it.
  if (raw.length > 2 * MESSAGE_BYTES_MAX) return { status: 413, code: 41303, error: 'JSON body too large' }
  const sent = parsed(raw)
  if (!sent) return invalid(40024, 'invalid request: request body must be valid JSON')
  const { topic, title = '', message = '', priority = 3, tags = [], click = '', actions = [], sequence_id: sequenceId = '' } = sent
  if (typeof topic !== 'string' || !/^[-_A-Za-z0-9]{1,64}$/.test(topic)) return invalid(40009, 'invalid request: topic invalid')
  if (!Number.isInteger(priority) || (priority as number) < 1 || (priority as number) > 5)
    return invalid(40007, 'invalid priority parameter')
  if (![title, message, click, sequenceId].every((field) => typeof field === 'string') || !isTexts(tags) || !Array.isArray(actions)) {
    return invalid(40024, 'invalid request: request body must be valid JSON')
  }
  // The real one would turn it into a file to download, which no one reads at night.
  if (Buffer.byteLength(message as string) > MESSAGE_BYTES_MAX)
    return { status: 413, code: 41301, error: 'attachment too large, or bandwidth limit reached' }
  if (sequenceId !== '' && !/^[-_A-Za-z0-9]{1,64}$/.test(sequenceId as string))
    return invalid(40049, 'invalid request: sequence ID invalid')
  const buttons = actions.map(buttonOf)
  if (buttons.length > 3) return invalid(40018, 'invalid request: actions invalid, only 3 actions allowed')
  const broken = buttons.find((button) => typeof button === 'string')
  if (typeof broken === 'string') return invalid(40018, `invalid request: actions invalid, ${broken}`)
  return {
    topic,
    title: title as string,
    message: (message as string) || 'triggered',
    priority: priority as number,
    // The real one joins them with commas on the way in.
    tags: tags.join(',').split(',').filter(Boolean),
    click: click as string,
    sequenceId: sequenceId as string,
    actions: buttons as NotificationAction[],
  }
}

const MESSAGE_BYTES_MAX = 4096

/** The button, or what is wrong with it. */
function buttonOf(sent: unknown): NotificationAction | string {
  const { action, label, url, method = 'POST', headers = {}, body = '', clear = false } = sent as Partial<NotificationAction>
  if (action !== 'view' && action !== 'http' && action !== 'broadcast') return `action '${action}' unknown`
  if (!label) return "parameter 'label' is required"
  if (action !== 'broadcast' && !url) return `parameter 'url' is required for action '${action}'`
  if (action === 'http' && ['GET', 'HEAD'].includes(method) && body) return `parameter 'body' cannot be set if method is ${method}`
  return { action, label, url: url ?? '', method, headers, body, clear }
}

async function tap({ actions }: Notification, label: string): Promise<number> {
  const button = actions.find((action) => action.label === label)
  if (button?.action !== 'http')
    throw new Error(`No button "${label}" that sends a request; there are: ${actions.map((action) => action.label).join(', ')}`)
  const { url, method, headers, body } = button
  return new Promise((done, failed) => {
    const request = http.request(url, { method, headers, agent: false }, (reply) => {
      reply.resume()
      done(reply.statusCode ?? 0)
    })
    request.on('error', failed)
    request.end(body)
  })
}

function parsed(raw: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(raw.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}
