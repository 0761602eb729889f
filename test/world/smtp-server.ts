import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { arrivals } from './waiting.ts'

/** A mail server that keeps what it takes and refuses, hangs or goes away at the step the test names. */
export interface MailServer {
  /** As written in TOCSIN_SMTP_URL. */
  url: string
  port: number
  /** Everything taken so far, oldest first. */
  mails: ReceivedMail[]
  behave(how: MailBehaviour): void
  waitFor(fits: (mail: ReceivedMail) => boolean, options?: { timeoutMs?: number }): Promise<ReceivedMail>
  connections(): number
  /** What clients greeted with, in order. */
  greetings: string[]
  close(): Promise<void>
}

export type MailBehaviour =
  | { kind: 'take' }
  | { kind: 'refuse'; at: Step; code: number; text: string }
  /** Never answers that step. With `data` the whole mail has been read by then. */
  | { kind: 'hang'; at: Step }
  /** Closes the connection instead of answering that step. */
  | { kind: 'cut'; at: Step }

export type Step = 'greeting' | 'sender' | 'recipient' | 'data'

export interface ReceivedMail {
  /** Of the envelope. */
  from: string
  to: string[]
  /** By lower-case name; decoded. */
  headers: Map<string, string>
  subject: string
  text: string
  html: string
  raw: string
}

type Done = (error?: Error & { responseCode?: number }) => void

export async function startMailServer(
  options: { user?: string; password?: string; starttls?: { key: string; cert: string } } = {},
): Promise<MailServer> {
  let how: MailBehaviour = { kind: 'take' }
  const received = arrivals<ReceivedMail>((mail) => `"${mail.subject}" to ${mail.to.join(', ')}`)
  const sockets = new Map<number, Socket>()
  const greetings: string[] = []
  let opened = 0

  function carryOut(step: Step, session: SMTPServerSession, done: Done): void {
    if (how.kind === 'take' || how.at !== step) done()
    else if (how.kind === 'refuse') done(Object.assign(new Error(how.text), { responseCode: how.code }))
    else if (how.kind === 'cut') sockets.get(session.remotePort)?.destroy()
  }

  const server = new SMTPServer({
    logger: false,
    ...(options.starttls ?? { disabledCommands: ['STARTTLS'] }),
    disableReverseLookup: true,
    authOptional: options.user === undefined,
    allowInsecureAuth: true,
    closeTimeout: 0,
    onAuth(given, _session, done) {
      const right = given.username === options.user && given.password === options.password
      done(right ? null : Object.assign(new Error('5.7.8 Authentication credentials invalid'), { responseCode: 535 }), {
        user: given.username,
      })
    },
    onConnect: (session, done) => carryOut('greeting', session, done as Done),
    onMailFrom: (_address, session, done) => {
      greetings.push(session.hostNameAppearsAs)
      carryOut('sender', session, done as Done)
    },
    onRcptTo: (_address, session, done) => carryOut('recipient', session, done as Done),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      // A sender that dies in the middle: there is nobody left to answer, and no mail.
      stream.on('error', () => {})
      stream.on('end', () => {
        const mail = parseMail(Buffer.concat(chunks).toString('utf8'), session)
        carryOut('data', session, (error) => {
          if (error) return done(error)
          received.told(mail)
          done(null, 'queued as 4711')
        })
      })
    },
  })
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => {
    opened++
    const { remotePort = 0 } = socket
    sockets.set(remotePort, socket)
    socket.once('close', () => sockets.delete(remotePort))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.server.address() as AddressInfo
  const credentials = options.user ? `${encodeURIComponent(options.user)}:${encodeURIComponent(options.password ?? '')}@` : ''

  return {
    url: `smtp://${credentials}127.0.0.1:${port}`,
    port,
    mails: received.all,
    behave: (next) => {
      how = next
    },
    waitFor: received.waitFor,
    connections: () => opened,
    greetings,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        for (const socket of sockets.values()) socket.destroy()
      }),
  }
}

/** Enough of MIME for mails of one text and one HTML part. */
function parseMail(raw: string, session: SMTPServerSession): ReceivedMail {
  const [headers, body] = split(raw)
  const parts = partsOf(headers, body)
  const part = (type: string) => parts.find(([of]) => of.get('content-type')?.startsWith(type))
  return {
    from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
    to: session.envelope.rcptTo.map((recipient) => recipient.address),
    headers,
    subject: headers.get('subject') ?? '',
    text: decoded(part('text/plain')),
    html: decoded(part('text/html')),
    raw,
  }
}

type Part = [headers: Map<string, string>, body: string]

function split(raw: string): Part {
  const end = raw.indexOf('\r\n\r\n')
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), words(line.slice(line.indexOf(':') + 1).trim())]),
  )
  return [headers, raw.slice(end + 4)]
}

function partsOf(headers: Map<string, string>, body: string): Part[] {
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get('content-type') ?? '')?.[1]
  if (!boundary) return [[headers, body]]
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.replace(/^\r\n|\r\n$/g, '')))
}

function decoded(part: Part | undefined): string {
  if (!part) return ''
  const [headers, body] = part
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase()
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  if (encoding === 'quoted-printable') return unquoted(body.replace(/=\r\n/g, ''))
  return body
}

/** `=?UTF-8?Q?…?=` and its base64 sister; a space between two of them belongs to neither. */
function words(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_all, kind: string, text: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('utf8') : unquoted(text.replaceAll('_', ' ')),
    )
}

function unquoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
